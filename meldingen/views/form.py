"""The public form: where, what, photos, contact and a summary, each a page of its own that works without JavaScript."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld, Maat
from kern.beelden.views import respond
from kern.documenten.qr import svg_response
from kern.geheugen import vers
from kern.limieten import allow, client_address
from wijken.models import Wijk

from .. import actions, mailadres
from ..forms import draft as drafts
from ..forms import sending
from ..forms.draft import Draft
from ..forms.follow import CodeForm
from ..forms.photos import FotoForm
from ..forms.questions import VragenForm
from ..forms.steps import ContactForm, FollowForm, SendForm, WaarForm, WatForm
from ..models import Melding, Stoppagina
from ..models.melding import CODE_LENGTH
from ..queries import form as queries
from .draft import go_on, place_of, posted_or_refused, refuse, reports_nearby, show, step, url_name
from .private import too_many_photos, too_many_wrong, unknown_code

HOUR = 3600
FOLLOWED_KEY = "gevolgde_melding"


@never_cache
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Start, or go on where the visitor was. `categorie` (a code) and `wijk` (its slug) fill in a choice."""
    draft = Draft(request)
    if not draft.is_empty:
        messages.info(request, _("We hebben bewaard wat je al had ingevuld."))
    if (code := request.GET.get("categorie")) and not draft.typed("wat"):
        found = [row for row in queries.categories(timezone.localdate()) if row.code == code]
        if found:
            draft.keep("wat", {"categorie": str(found[0].pk)})
    if (slug := request.GET.get("wijk", "").replace("\0", "")) and not draft.typed("waar"):
        wijk = Wijk.objects.filter(slug=slug).first()
        if wijk:
            draft.keep("waar", {"wijk": str(wijk.pk)})
    return redirect(url_name(draft.first_unfinished()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restart(request: HttpRequest) -> HttpResponse:
    """Begin anew, after a confirmation."""
    draft = Draft(request)
    if request.method == "POST" or draft.is_empty:
        draft.drop()
        return redirect(url_name("waar"))
    return render(request, "meldingen/formulier/opnieuw.html", {"terug": url_name(draft.first_unfinished())})


@step("waar")
def place(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Where is it: by address, on the map, or in words."""
    form = WaarForm(posted_or_refused(request, draft, "waar"), typed=draft.typed("waar"))
    if request.method == "POST":
        before = draft.result("waar").get("punt")
        right = form.is_valid()
        draft.keep("waar", form.typed())
        if right and "plaats_zoek" in request.POST and form.cleaned_data["plaats"]:
            draft.finish("waar", form.result())
            return redirect(url_name("waar"))
        if right:
            draft.finish("waar", form.result())
            if form.result()["punt"] != before:
                draft.undo("buurt")
            return go_on(draft)
        return refuse(request, draft, "waar")
    return show(request, draft, "waar", {"form": form})


@step("wat")
def subject(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What is it about: a category, found by searching or in the list, and the story."""
    rows = queries.categories(timezone.localdate())
    typed = {**draft.typed("wat"), **(request.GET.dict() if request.htmx else {})}
    posted = None if request.htmx else posted_or_refused(request, draft, "wat")
    form = WatForm(posted, typed=typed, categories=rows)
    context = {"form": form, "groepen": queries.groups(rows), "onbekend": [row for row in rows if row.is_onbekend]}
    if request.method == "POST":
        return _subject_posted(draft, form) or refuse(request, draft, "wat")
    context["vondsten"] = form.found_data() if form.is_valid() else []
    context |= {"zoek": typed.get("zoek", ""), "treffers": queries.find_categories(typed.get("zoek", ""), rows)}
    if request.htmx:
        return render(request, "meldingen/formulier/_categorieen.html", context)
    return show(request, draft, "wat", context)


def _subject_posted(draft: Draft, form: WatForm) -> HttpResponse | None:
    """Where to go after the second step; None to show it again."""
    before = draft.result("wat").get("categorie")
    draft.keep("wat", form.typed())
    if "zoeken" in form.data:
        return redirect(url_name("wat"))
    if form.chosen and form.chosen.stoppagina:
        return redirect("meldingen:new_stop", form.chosen.stoppagina.code)
    if not form.is_valid():
        return None
    kinds = [vondst.soort.value for vondst in form.found_data()]
    if not set(kinds) <= set(draft.warned):
        draft.warn(kinds)
        return None
    result = form.result()
    draft.finish("wat", result)
    if result["categorie"] != before:
        draft.undo("vragen", "buurt")
    return go_on(draft)


@step("vragen")
def questions(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The extra questions of the category; an answer may bring up another question, or end on a stop page."""
    rows = queries.questions(draft.result("wat")["categorie"])
    if not rows:
        return go_on(draft)
    posted = posted_or_refused(request, draft, "vragen")
    form = VragenForm(posted, questions=rows, typed=draft.typed("vragen"))
    if request.method == "POST":
        draft.keep("vragen", {**draft.typed("vragen"), **form.typed()})
        if request.htmx:
            context = {"form": VragenForm(questions=rows, typed=draft.typed("vragen"))}
            return render(request, "meldingen/formulier/_vragen.html", context)
        if page := form.stop():
            return redirect("meldingen:new_stop", page.code)
        if form.has_new_questions:
            return redirect(url_name("vragen"))
        if form.is_valid():
            draft.finish("vragen", form.result())
            return go_on(draft)
        return refuse(request, draft, "vragen")
    return show(request, draft, "vragen", {"form": form})


@never_cache
@require_safe
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """This is not for the city, or too urgent for a form: who to call instead."""
    page = get_object_or_404(Stoppagina, code=code)
    draft = Draft(request)
    back = url_name("wat") if draft.first_unfinished() in ("waar", "wat") else url_name("vragen")
    return render(request, "meldingen/formulier/stop.html", {"pagina": page, "terug": back})


@step("buurt")
def nearby(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Is it one of these open reports? Then follow that one; else go on."""
    rows = reports_nearby(draft)
    if request.method == "POST" or not rows:
        draft.keep("buurt", request.POST.dict())
        draft.finish("buurt", {} if rows else {"overgeslagen": True})
        return go_on(draft)
    return show(request, draft, "buurt", {"meldingen": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, nummer: int) -> HttpResponse:
    """“Dit is dezelfde”: count this visitor with a report nearby, and mail what happens to it when asked."""
    draft = Draft(request)
    if draft.is_empty and FOLLOWED_KEY in request.session:
        return redirect("meldingen:new_followed")
    found = next((row for row in reports_nearby(draft) if row.nummer == nummer), None)
    if found is None:
        return redirect(url_name("buurt"))
    posted = request.method == "POST"
    form = FollowForm(request.POST if posted else None, initial={"email": draft.typed("contact").get("email", "")})
    if posted and form.is_valid():
        email = form.cleaned_data["email"]
        if not _within_limits(request, email):
            return _refused(request)
        actions.follow(
            melding=get_object_or_404(Melding, pk=nummer),
            sleutel=draft.inzending,
            at=timezone.now(),
            email=email,
            taal=get_language(),
        )
        draft.drop()
        request.session[FOLLOWED_KEY] = {"categorie": found.categorie, "email": email}
        return redirect("meldingen:new_followed")
    context = {"form": form, "melding": found, "terug": url_name("buurt"), "concept": draft}
    return render(request, "meldingen/formulier/volg.html", context)


@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """The visitor now follows a report of somebody else."""
    if not (what := request.session.get(FOLLOWED_KEY)):
        return redirect("meldingen:new")
    return render(request, "meldingen/formulier/gevolgd.html", what)


@step("foto")
def photos(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add up to five photos, take one away, go on. Good ones are kept when another one is refused."""
    if pk := request.POST.get("verwijder"):
        draft.keep_photos({row["id"] for row in draft.photos} - {pk})
        return redirect(url_name("foto"))
    if refused := too_many_photos(request):
        return refused
    posted = request.method == "POST"
    form = FotoForm(request.POST if posted else None, request.FILES if posted else None, kept=len(draft.photos))
    if posted:
        right = form.is_valid()
        draft.keep("foto", {})
        for naam, foto in form.good:
            draft.add_photo(beelden.store(foto).pk, naam)
        if right and "voeg_toe" in request.POST:
            return redirect(url_name("foto"))
        if right:
            draft.keep_photos({row["id"] for row in draft.photos})
            draft.finish("foto")
            return go_on(draft)
        draft.refuse("foto", {str(number): text for number, text in enumerate(form.errors["fotos"])})
        return redirect(url_name("foto"))
    if complaints := draft.refused("foto"):
        form = FotoForm({}, kept=len(draft.photos))
        form.complain(complaints.values())
        draft.keep("foto", {})
    return show(request, draft, "foto", {"form": form, "max": drafts.MAX_PHOTOS})


@require_safe
def photo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A photo of the draft, for its maker alone."""
    if str(pk) not in {row["id"] for row in Draft(request).photos}:
        raise Http404
    return respond(get_object_or_404(Beeld, pk=pk), Maat.KLEIN, request)


@step("contact")
def contact(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who are you, as far as you want to say."""
    form = ContactForm(posted_or_refused(request, draft, "contact"), typed=draft.typed("contact"))
    if request.method == "POST":
        draft.keep("contact", form.typed())
        if form.is_valid():
            draft.finish("contact", form.result())
            return go_on(draft)
        return refuse(request, draft, "contact")
    hint = mailadres.suggest(draft.typed("contact").get("email", ""))
    return show(request, draft, "contact", {"form": form, "bedoeld": hint})


@step("samenvatting")
@vers()
def summary(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything once more, and the one button that sends it. A second click finds the report of the first."""
    posted = request.method == "POST"
    if posted and (code := drafts.sent(request).get(request.POST.get("inzending", ""))):
        return redirect("meldingen:thanks", code)
    seen = {"inzending": draft.inzending, "gezien": draft.fingerprint}
    form = SendForm(request.POST if posted else None, stempel=draft.stamp, initial=seen)
    if posted and form.is_valid() and form.cleaned_data["inzending"] == draft.inzending:
        if form.cleaned_data["gezien"] not in ("", draft.fingerprint):
            messages.warning(request, _("Je melding veranderde in een ander venster. Kijk ze nog even na."))
            return redirect(url_name("samenvatting"))
        if not _within_limits(request, draft.result("contact")["email"]):
            return _refused(request)
        try:
            return redirect("meldingen:thanks", _send(draft).code)
        except (IntegrityError, sending.NoLongerFits):
            sending.refresh(draft)
            messages.warning(request, _("Er is intussen iets veranderd. Kijk je melding nog even na."))
            return go_on(draft)
    elif posted:
        draft.restamp()
        form.data = {name: str(value) for name, value in seen.items()}
    return _show_summary(request, draft, form)


def _show_summary(request: HttpRequest, draft: Draft, form: SendForm) -> HttpResponse:
    try:
        rows = sending.overview(draft)
    except sending.NoLongerFits:
        sending.refresh(draft)
        return go_on(draft)
    hint = mailadres.suggest(draft.result("contact")["email"])
    return show(request, draft, "samenvatting", {"form": form, "rijen": rows, "bedoeld": hint})


def _send(draft: Draft) -> Melding:
    categorie, answers = sending.category_and_answers(draft)
    waar, wat, wie = (draft.result(name) for name in ("waar", "wat", "contact"))
    melding, _made = actions.submit(
        inzending=draft.inzending,
        categorie=categorie,
        omschrijving=wat["omschrijving"],
        let_op_gegevens=wat["let_op_gegevens"],
        plaats=place_of(draft),
        adres=waar["adres"],
        plaats_in_woorden=waar["in_woorden"],
        wijk=Wijk(pk=waar["wijk"], naam=waar["wijk_naam"]) if waar["wijk"] else None,
        antwoorden=answers,
        beelden=[UUID(row["id"]) for row in draft.photos],
        taal=get_language(),
        at=timezone.now(),
        **wie,
    )
    return melding


@never_cache
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """The report has arrived: its code and what happens next, for whoever sent it; others go to the follow page."""
    if refused := too_many_wrong(request):
        return refused
    melding = Melding.objects.select_related("team", "categorie", "wijk", "melder").filter(code=code).first()
    if melding is None:
        return unknown_code(request, CodeForm({"code": code}), status=404)
    draft = Draft(request)
    if draft.inzending == melding.inzending:
        draft.close(code)
    if str(melding.inzending) not in drafts.sent(request):
        return redirect("meldingen:status", code)
    context = {"melding": melding, "volg_adres": _follow_address(request, code)}
    return render(request, "meldingen/formulier/bedankt.html", context)


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The address of the follow page as a square to scan, for the printed page."""
    if len(code) != CODE_LENGTH:
        raise Http404
    return svg_response(_follow_address(request, code))


def _follow_address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("meldingen:status", args=[code]))


def _within_limits(request: HttpRequest, email: str) -> bool:
    by_address = allow("melding", client_address(request), settings.REPORTS_PER_ADDRESS, HOUR)
    return allow("melding-mail", email, settings.REPORTS_PER_MAIL, HOUR) and by_address


def _refused(request: HttpRequest) -> HttpResponse:
    """Too many reports in an hour: nothing is lost, and there is a telephone."""
    return render(request, "meldingen/formulier/te_vaak.html", {"telefoon": settings.CITY_PHONE}, status=429)
