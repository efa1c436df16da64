"""One report: its facts, its story, and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kern.beelden import actions as beelden
from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.geo import Kader
from kern.geo.forms import map_context
from wijken.queries import in_a_thread, thread_of
from wijken.registry import report_panels

from ... import actions, rules
from ...forms.staff import StapForm, TekstForm
from ...models import Inzage, Melding, MeldingBeeld
from ...queries import deeltaken, dossier, keyset, partners, routes
from ...queries.routes import Bestemming
from ...queries.staff import visible
from ...queries.undo import has_open_step
from ...states import Status
from .gate import StaffRequest, for_staff, kept
from .places import box_words
from .selection import Selectie, select
from .steps import STAPPEN, Stap, offered, refusal
from .undo import undoable

# After a correction the page says to whom the rules would give the report now.
PROPOSAL = "voorstel"
MAY_LEAVE = frozenset({"verbeter", "wijs-toe"})


@dataclass(frozen=True)
class Herkomst:
    """The list that the person came from, and the place of the report in it."""

    selectie: Selectie | None
    plek: str

    @property
    def query(self) -> str:
        return urlencode({"terug": self.selectie.hier, "plek": self.plek}) if self.selectie else ""

    @property
    def lijst_url(self) -> str:
        """The list at the page and the row where this report stood, also when one walked on to it from another page."""
        if self.selectie is None:
            return f"{reverse('meldingen:staff_list')}?"
        query = self.selectie.query.copy()
        row = self.selectie.order.read(self.plek)
        if row:
            query["bij"] = self.plek
        return f"{reverse('meldingen:staff_list')}?{query.urlencode()}{f'#rij-{row[1]}' if row else ''}"

    def beside(self, melding: Melding) -> tuple[str, str]:
        """The addresses of the reports before and after this one in the list; empty where there is none."""
        if self.selectie is None:
            return "", ""
        before, after = keyset.neighbours(self.selectie.rows, self.selectie.order, self.plek, melding.pk)
        return (self.selectie.link(before) if before else "", self.selectie.link(after) if after else "")


def _origin(request: StaffRequest) -> Herkomst:
    if "terug" not in request.GET:
        return Herkomst(None, "")
    query = QueryDict(request.GET["terug"])
    return Herkomst(select(query, request.user, request.reach, timezone.localdate()), request.GET.get("plek", ""))


def _get(request: StaffRequest, nummer: int) -> Melding:
    rows = dossier.complete(visible(request.user, request.reach)).annotate(
        in_draad=in_a_thread(Melding), heeft_stap=has_open_step(timezone.now())
    )
    return get_object_or_404(rows, pk=nummer)


def _to_handle(request: StaffRequest, nummer: int) -> Melding:
    melding = _get(request, nummer)
    if not rules.may_handle(request.user, request.reach, melding):
        raise Http404
    return melding


@for_staff
def detail(request: StaffRequest, nummer: int) -> HttpResponse:
    """The report with a form open: that of `?stap=`, else of a promise about to break, else the likeliest one."""
    melding = _get(request, nummer)
    actions.read(melding=melding, door=request.user, wat=Inzage.Wat.MELDING, at=timezone.now())
    stappen, belofte = _offered(request, melding), dossier.promise(melding, timezone.localdate())
    asked = request.GET.get("stap") or ("belofte" if belofte.vraagt else "")
    stap = next((row for row in stappen if row.code == asked), stappen[0] if stappen else None)
    form = stap.form(melding=melding) if stap else None
    if form and stap and (typed := kept(request, reverse("meldingen:step", args=[melding.pk, stap.code]))):
        form.put_back(typed)
        messages.warning(request, _("Je was uitgelogd. Wat je typte, staat er weer; het is nog niet verstuurd."))
    if request.htmx and not request.htmx.boosted:
        return render(request, "meldingen/werk/doen.html", _doing(request, melding, stappen, stap, form))
    return _page(request, melding, stappen, stap, form, belofte=belofte)


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, nummer: int, stap: str) -> HttpResponse:
    """Take a step, or show the mail that it would send (`voorbeeld`)."""
    melding = _to_handle(request, nummer)
    chosen = STAPPEN.get(stap)
    if chosen is None:
        raise Http404
    if request.method == "GET":  # whose log-in had ended comes back here from the log-in page
        query = urlencode({**request.GET.dict(), "stap": stap})
        return HttpResponseRedirect(f"{reverse('meldingen:detail', args=[melding.pk])}?{query}#doen")
    form = chosen.form(request.POST, request.FILES, melding=melding)
    stappen = offered(melding, request.user)
    if chosen not in stappen:
        if str(melding.versie) == request.POST.get("versie"):
            raise Http404
        return _conflict(request, melding, chosen, form)
    if "plaats_zoek" in request.POST:
        return _page(request, melding, stappen, chosen, form)
    if "teksten" in request.POST or "vul_in" in request.POST:
        return _texts(request, melding, stappen, chosen)
    if "voorbeeld" in request.POST:
        return _preview(request, melding, stappen, chosen, form)
    if form.is_valid():
        try:
            _perform(request, melding, chosen, form)
        except actions.Gewijzigd as change:
            return _conflict(request, _get(request, change.melding.pk), chosen, form)
        except ValueError as error:
            form.add_error(None, ValidationError(refusal(error)))
        else:
            return _done(request, melding, chosen)
    return _page(request, melding, stappen, chosen, form)


@for_staff
def photo(request: StaffRequest, nummer: int, foto: int, maat: str) -> HttpResponseBase:
    """A photo of a report that this person may see."""
    if maat not in Maat.values:
        raise Http404
    rows = visible(request.user, request.reach).only("pk", "categorie__is_gevoelig").select_related("categorie")
    melding = get_object_or_404(rows, pk=nummer)
    actions.read(melding=melding, door=request.user, wat=Inzage.Wat.FOTO, at=timezone.now())
    row = get_object_or_404(MeldingBeeld.objects.select_related("beeld"), pk=foto, melding=melding)
    return respond(row.beeld, Maat(maat), request)


def _offered(request: StaffRequest, melding: Melding) -> list[Stap]:
    return offered(melding, request.user) if rules.may_handle(request.user, request.reach, melding) else []


def _perform(request: StaffRequest, melding: Melding, stap: Stap, form: StapForm) -> None:
    with transaction.atomic():
        fields: dict[str, Any] = dict(form.cleaned_data)
        if "fotos" in fields:
            fields["beelden"] = [beelden.store(foto).pk for foto in fields.pop("fotos")]
        stap.perform(melding, fields, request.user, timezone.now())
        if isinstance(form, TekstForm):
            actions.texts.used(teksten=form.gebruikt, at=timezone.now())


def _texts(request: StaffRequest, melding: Melding, stappen: list[Stap], stap: Stap) -> HttpResponse:
    """Offer the standard texts of this step, or put the chosen one (`vul_in`) below what was typed."""
    form = stap.form(melding=melding)
    if not isinstance(form, TekstForm):
        raise Http404
    form.put_back({name: [str(value) for value in values] for name, values in request.POST.lists()})
    teksten = form.offered()
    chosen = next((row for row in teksten if str(row.pk) == request.POST.get("tekst")), None)
    if chosen and "vul_in" in request.POST:
        form.insert(chosen)
    context = {"teksten": teksten, "ingevuld": chosen if "vul_in" in request.POST else None}
    if request.htmx:
        # The field goes along beside the list, so that chosen files stay chosen.
        context["los"] = [form[form.tekst_veld].as_widget(attrs={"hx-swap-oob": "true"}), *_reason_of(form)]
        return render(request, "meldingen/werk/_teksten.html", {**context, "form": form})
    return _page(request, melding, stappen, stap, form, **context)


def _reason_of(form: TekstForm) -> list[str]:
    """The chosen reason of closing as a radio button on its own: a text can bring its reason along."""
    if "sluitreden" not in form.fields:
        return []
    field = form["sluitreden"]
    for radio in field.subwidgets:
        if radio.data["value"] == field.value():
            words = '<input type="radio" name="sluitreden" value="{}" id="{}" checked hx-swap-oob="true">'
            return [format_html(words, radio.data["value"], radio.id_for_label)]
    return []


def _done(request: StaffRequest, melding: Melding, stap: Stap) -> HttpResponse:
    messages.success(request, stap.gedaan % {"nr": melding.pk})
    origin = _origin(request)
    if "volgende" in request.POST:
        return HttpResponseRedirect(origin.beside(melding)[1] or origin.lijst_url)
    if stap.code in MAY_LEAVE and (away := _moved(request, melding, origin)):
        return away
    query = "&".join(filter(None, (origin.query, f"{PROPOSAL}=ja" if stap.code == "verbeter" else "")))
    return HttpResponseRedirect(f"{reverse('meldingen:detail', args=[melding.pk])}?{query}")


def _moved(request: StaffRequest, melding: Melding, origin: Herkomst) -> HttpResponse | None:
    """Tell to whom the report went by the rules; back to the list when this person sees it no more."""
    now = visible(request.user, request.reach).select_related("team", "behandelaar").filter(pk=melding.pk).first()
    if now is None:
        messages.info(request, _("Melding %(nr)s is nu van een ander team; je ziet ze niet meer.") % {"nr": melding.pk})
        return HttpResponseRedirect(origin.lijst_url)
    if (now.team_id, now.behandelaar_id) != (
        melding.team_id,
        melding.behandelaar_id,
    ) and not now.is_met_hand_toegewezen:
        words = {"wie": now.behandelaar or now.team}
        messages.info(request, _("Volgens de routeregels is ze nu bij %(wie)s.") % words)
    return None


def _proposal(melding: Melding) -> Bestemming | None:
    """To whom the rules would give the report now, where that is somebody else."""
    if not melding.is_open:
        return None
    to = routes.destination(routes.facts_of(melding), melding.categorie, melding.wijk, timezone.localdate())
    return to if to.differs(melding) else None


def _preview(request: StaffRequest, melding: Melding, stappen: list[Stap], stap: Stap, form: StapForm) -> HttpResponse:
    context: dict[str, Any] = {"voorbeeld": True}
    if form.is_valid():
        fields = {key: value for key, value in form.cleaned_data.items() if key != "fotos"}
        try:
            context["mails"] = actions.outgoing(
                melding, lambda: stap.perform(melding, fields, request.user, timezone.now())
            )
        except actions.Gewijzigd as change:
            return _conflict(request, _get(request, change.melding.pk), stap, form)
        except ValueError as error:
            context["weigering"] = refusal(error)
    if request.htmx:
        return render(request, "meldingen/werk/voorbeeld.html", {**context, "form": form, "melding": melding})
    return _page(request, melding, stappen, stap, form, **context)


def _conflict(request: StaffRequest, melding: Melding, stap: Stap, form: StapForm) -> HttpResponse:
    """Somebody was first: tell who did what, keep the words, and let the person decide again on the new state."""
    stappen = offered(melding, request.user)
    possible = stap in stappen
    data = form.data.copy()
    data["versie"] = str(melding.versie)
    again = stap.form(data, melding=melding) if possible else None
    if again is not None:
        again.full_clean()
    context = {"botsing": dossier.latest(melding), "eigen_tekst": "" if possible else form.typed()}
    other = None if possible else next(iter(stappen), None)
    shown = stap if possible else other
    blank = other.form(melding=melding) if other else None
    return _page(request, melding, stappen, shown, again or blank, status=409, **context)


def _doing(
    request: StaffRequest, melding: Melding, stappen: list[Stap], stap: Stap | None, form: StapForm | None
) -> dict[str, Any]:
    origin = _origin(request)
    return {"melding": melding, "stappen": stappen, "stap": stap, "form": form, "herkomst": origin}


def _page(
    request: StaffRequest,
    melding: Melding,
    stappen: list[Stap],
    stap: Stap | None,
    form: StapForm | None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    on = timezone.localdate()
    context = _doing(request, melding, stappen, stap, form)
    vorige, volgende = context["herkomst"].beside(melding)
    mag = rules.may_handle(request.user, request.reach, melding)
    context |= {
        "vandaag": on,
        "mag": mag,
        "vorige": vorige,
        "volgende": volgende,
        "is_laat": melding.is_late(on),
        "terug": undoable(request, melding) if mag and melding.heeft_stap else {},
        "belofte": extra.pop("belofte", None) or dossier.promise(melding, on),
        "verhaal": dossier.story(melding, mails=mag),
        "deeltaken": deeltaken.of_report(melding),
        "opdracht": partners.open_task(melding) if melding.status == Status.BIJ_PARTNER else None,
        "draad": thread_of(melding, request.user, request.reach) if melding.in_draad else [],
        "panelen": [(paneel, paneel.url(melding.pk)) for paneel in report_panels(melding.categorie.code)],
        "kaart": map_context(),
        "kader": box_words(Kader.around(melding.plaats, 200) if melding.plaats else None),
        "namens": melding.behandelaar_id != request.user.pk and melding.behandelaar_id in request.reach.gebruiker_ids,
    }
    if mag and PROPOSAL in request.GET:
        context["voorstel"] = _proposal(melding)
    if context["namens"] and melding.behandelaar:
        context["namens_tekst"] = _("voor %(naam)s") % {"naam": melding.behandelaar.naam}
    return render(request, "meldingen/werk/detail.html", {**context, **extra}, status=status)
