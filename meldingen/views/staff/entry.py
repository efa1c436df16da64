"""Quick entry: staff write down what somebody else tells, on one page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld

from ... import actions, rules
from ...forms.entry import SOURCES, Invoer
from ...forms.steps import WaarForm
from ...models import Melding
from ...queries import entry as queries
from ...queries import form as form_queries
from ...queries.staff import visible
from .gate import StaffRequest, for_staff, kept

SOURCE_KEY = "invoer_bron"
PHOTOS_KEY = "invoer_fotos"
MAX_KEPT = 5
MAX_DIGITS = 15
PAGE = "meldingen/werk/invoer.html"


@never_cache
@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def staff_new(request: StaffRequest) -> HttpResponse:
    """Enter a report for somebody else. What is refused, or was typed when the log-in had ended, stands there again."""
    if request.method == "POST":
        return _posted(request)
    typed = {name: values[-1] for name, values in kept(request, request.path).items()}
    if typed:
        messages.warning(request, _("Je was uitgelogd. Wat je typte, staat er weer; het is nog niet bewaard."))
    elif request.htmx:
        return _search(request)
    typed.setdefault("bron", _source(request))
    return _page(request, _invoer(request, typed=typed))


@never_cache
@for_staff
def entered(request: StaffRequest, nummer: int) -> HttpResponse:
    """The code to read aloud, who has the report now and whether a mail goes."""
    melding = _known(request, pk=nummer)
    if melding is None:
        raise Http404
    return render(request, "meldingen/werk/ingevoerd.html", {"melding": melding})


def _posted(request: StaffRequest) -> HttpResponse:
    if request.htmx:
        return render(request, "meldingen/werk/_gevolgen.html", _consequences(request, _typed(request)))
    if "zoeken" in request.POST:
        return _page(request, _typed(request))
    if "plaats_zoek" in request.POST:
        return _page(request, _placed(request))
    if (nummer := _stored_before(request)) is not None:
        return _done(request, nummer)
    if nummer := request.POST.get("zelfde"):
        return _same(request, nummer)
    invoer = Invoer(
        request.POST,
        request.FILES,
        categories=_categories(),
        handles=rules.handles(request.user),
        kept=_n_kept(request),
    )
    right = invoer.is_valid()
    _keep_photos(request, invoer)
    if invoer.has_new_questions:
        messages.info(request, _("Bij deze categorie horen nog vragen."))
        return _page(request, _typed(request))
    if not right:
        return _page(request, invoer)
    if not _keys(_consequences(request, invoer)) <= set(request.POST.getlist("gezien")):
        messages.warning(request, _("Kijk dit even na. Klopt de melding? Bewaar ze dan nog eens."))
        return _page(request, _typed(request))
    return _save(request, invoer)


def _save(request: StaffRequest, invoer: Invoer) -> HttpResponse:
    fields = invoer.result()
    photos = [row["id"] for row in _photos(request)]
    fields["beelden"] = list(Beeld.objects.filter(pk__in=photos, melding=None).values_list("pk", flat=True))
    try:
        melding, _made = actions.enter(door=request.user, at=timezone.now(), **fields)
    except IntegrityError:
        messages.warning(request, _("Er is intussen iets veranderd. Kijk de melding nog even na."))
        return _page(request, _typed(request))
    request.session[SOURCE_KEY] = fields["bron"]
    _forget_photos(request)
    return _done(request, melding.pk)


def _done(request: StaffRequest, nummer: int) -> HttpResponse:
    if "volgende" in request.POST:
        query = urlencode({"bron": request.POST.get("bron", ""), "na": nummer})
        return HttpResponseRedirect(f"{reverse('meldingen:staff_new')}?{query}")
    return redirect("meldingen:staff_entered", nummer)


def _stored_before(request: StaffRequest) -> int | None:
    """The number of the report that this same form made already: a second click, or a way back."""
    if (inzending := _inzending(request)) is None:
        return None
    melding = _known(request, inzending=inzending)
    return melding.pk if melding else None


def _inzending(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("inzending", ""))
    except ValueError:
        return None


def _same(request: StaffRequest, nummer: str) -> HttpResponse:
    """It is a report that is there already: count this reporter with it, and keep what was told as a note."""
    invoer = _typed(request)
    found = {str(row.pk): row for row in _near(request, invoer)}
    checked = Invoer(request.POST, categories=_categories(), handles=rules.handles(request.user))
    if nummer not in found or not checked.melder.is_valid() or not checked.wat.is_valid():
        return _page(request, checked if nummer in found else invoer)
    melding, told = found[nummer], checked.wat.cleaned_data
    actions.follow(
        melding=melding,
        sleutel=told["inzending"],
        at=timezone.now(),
        email=checked.melder.cleaned_data["email"],
        taal=told["taal"],
    )
    if rules.may_handle(request.user, request.reach, melding):
        words = _("Ook gemeld (%(bron)s): %(tekst)s") % {
            "bron": dict(SOURCES)[told["bron"]],
            "tekst": told["omschrijving"],
        }
        actions.note(melding=melding, tekst=words, door=request.user, at=timezone.now())
    messages.success(request, _("De melder is meegeteld bij melding %(nr)s.") % {"nr": melding.pk})
    return redirect("meldingen:detail", melding.pk)


def _search(request: StaffRequest) -> HttpResponse:
    """The categories that fit the words typed so far; a single one is chosen at once."""
    rows = _categories()
    words = request.GET.get("zoek", "")
    typed = request.GET.dict()
    hits = form_queries.find_categories(words, rows)
    chosen_at_once = len(hits) == 1 and not typed.get("categorie")
    if chosen_at_once:
        typed["categorie"] = str(hits[0].categorie.pk)
    invoer = Invoer(categories=rows, handles=False, typed=typed)
    context = _choice(invoer, rows, words)
    response = render(request, "meldingen/formulier/_categorieen.html", context)
    return trigger_client_event(response, "gekozen", after="swap") if chosen_at_once else response


def _page(request: StaffRequest, invoer: Invoer) -> HttpResponse:
    context = {
        "invoer": invoer,
        "fotos": _photos(request),
        "vorige": _entered_before(request),
        **_choice(invoer, list(invoer.wat.categories.values()), str(invoer.data.get("zoek", ""))),
        **_consequences(request, invoer),
    }
    return render(request, PAGE, context)


def _choice(invoer: Invoer, rows: list[Any], words: str) -> dict[str, Any]:
    return {
        "form": invoer.wat,
        "groepen": form_queries.groups(rows),
        "onbekend": [row for row in rows if row.is_onbekend],
        "zoek": words,
        "treffers": form_queries.find_categories(words, rows),
    }


def _consequences(request: StaffRequest, invoer: Invoer) -> dict[str, Any]:
    """What follows from the category and the place: questions, stop pages, and what was reported near."""
    return {"invoer": invoer, "stops": invoer.stops(), "nabij": _near(request, invoer)}


def _keys(consequences: dict[str, Any]) -> set[str]:
    """What staff have to have seen before the report is stored."""
    return {f"stop:{page.code}" for page in consequences["stops"]} | {
        f"nabij:{row.pk}" for row in consequences["nabij"]
    }


def _near(request: StaffRequest, invoer: Invoer) -> list[Melding]:
    return queries.nearby(visible(request.user, request.reach), invoer.punt, invoer.wat.chosen)


def _categories() -> list[Any]:
    return form_queries.categories(timezone.localdate())


def _typed(request: StaffRequest) -> Invoer:
    """What is on the page now, not judged."""
    return _invoer(request, typed=request.POST.dict())


def _placed(request: StaffRequest) -> Invoer:
    """The same with the place of the typed address, where there is one."""
    waar = WaarForm(request.POST)
    if not waar.is_valid() and waar.has_error("plaats", "unknown"):
        messages.warning(request, waar.errors["plaats"][0])
    return _invoer(request, typed={**request.POST.dict(), **waar.typed()})


def _invoer(request: StaffRequest, *, typed: dict[str, str]) -> Invoer:
    return Invoer(categories=_categories(), handles=rules.handles(request.user), typed=typed)


def _source(request: StaffRequest) -> str:
    """The source that the page opens with: the one asked for, else the one of last time, else the telephone."""
    known = [code for code, _name in SOURCES]
    asked = request.GET.get("bron", "") or request.session.get(SOURCE_KEY, "")
    return asked if asked in known else known[0]


def _known(request: StaffRequest, **lookup: object) -> Melding | None:
    """The report, for who may know its code."""
    return queries.entered(request.user, visible(request.user, request.reach), **lookup)


def _entered_before(request: StaffRequest) -> Melding | None:
    """The report that was stored just before, when the next one follows at once."""
    nummer = request.GET.get("na", "")
    return _known(request, pk=int(nummer)) if nummer.isdecimal() and len(nummer) <= MAX_DIGITS else None


# Photos of a report that is not stored yet: a browser sends a file only once.


def _photos(request: StaffRequest) -> list[dict[str, str]]:
    """The photos that were sent with an earlier try of this same form, but those that were taken away."""
    rows: list[dict[str, str]] = request.session.get(PHOTOS_KEY, {}).get(str(_inzending(request)), [])
    dropped = set(request.POST.getlist("getoonde_foto")) - set(request.POST.getlist("behoud"))
    return [row for row in rows if row["id"] not in dropped]


def _n_kept(request: StaffRequest) -> int:
    return len(_photos(request))


def _keep_photos(request: StaffRequest, invoer: Invoer) -> None:
    inzending = _inzending(request)
    if inzending is None or not (invoer.fotos.good or _photos(request)):
        return
    rows = _photos(request)
    rows += [{"id": str(beelden.store(foto).pk), "naam": naam[:100]} for naam, foto in invoer.fotos.good]
    everything = {**request.session.get(PHOTOS_KEY, {}), str(inzending): rows}
    request.session[PHOTOS_KEY] = dict(list(everything.items())[-MAX_KEPT:])


def _forget_photos(request: StaffRequest) -> None:
    if rest := request.session.get(PHOTOS_KEY, {}):
        rest.pop(str(_inzending(request)), None)
        request.session[PHOTOS_KEY] = rest
