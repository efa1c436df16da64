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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kern.beelden import actions as beelden
from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.geo import Kader
from kern.geo.forms import map_context

from ... import actions, rules
from ...forms.staff import StapForm
from ...models import Inzage, Melding, MeldingBeeld
from ...queries import deeltaken, dossier, keyset, partners
from ...queries.staff import visible
from ...states import Status
from .gate import StaffRequest, for_staff, kept
from .places import box_words
from .selection import Selectie, select
from .steps import STAPPEN, Stap, offered, refusal


@dataclass(frozen=True)
class Herkomst:
    """The list that the person came from, and the place of the report in it."""

    selectie: Selectie | None
    plek: str

    @property
    def query(self) -> str:
        return urlencode({"terug": self.selectie.terug, "plek": self.plek}) if self.selectie else ""

    @property
    def lijst_url(self) -> str:
        return f"{reverse('meldingen:staff_list')}?{self.selectie.terug if self.selectie else ''}"

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
    return get_object_or_404(dossier.complete(visible(request.user, request.reach)), pk=nummer)


def _to_handle(request: StaffRequest, nummer: int) -> Melding:
    melding = _get(request, nummer)
    if not rules.may_handle(request.user, request.reach, melding):
        raise Http404
    return melding


@for_staff
def detail(request: StaffRequest, nummer: int) -> HttpResponse:
    """The report; `?stap=` opens the form of that step, else the likeliest one is open."""
    melding = _get(request, nummer)
    actions.read(melding=melding, door=request.user, wat=Inzage.Wat.MELDING, at=timezone.now())
    stappen = _offered(request, melding)
    stap = next((row for row in stappen if row.code == request.GET.get("stap")), stappen[0] if stappen else None)
    form = stap.form(melding=melding) if stap else None
    if form and stap and (typed := kept(request, reverse("meldingen:step", args=[melding.pk, stap.code]))):
        form.put_back(typed)
        messages.warning(request, _("Je was uitgelogd. Wat je typte, staat er weer; het is nog niet verstuurd."))
    if request.htmx and not request.htmx.boosted:
        return render(request, "meldingen/werk/doen.html", _doing(request, melding, stappen, stap, form))
    return _page(request, melding, stappen, stap, form)


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


def _done(request: StaffRequest, melding: Melding, stap: Stap) -> HttpResponse:
    messages.success(request, stap.gedaan % {"nr": melding.pk})
    origin = _origin(request)
    if "volgende" in request.POST:
        return HttpResponseRedirect(origin.beside(melding)[1] or origin.lijst_url)
    return HttpResponseRedirect(f"{reverse('meldingen:detail', args=[melding.pk])}?{origin.query}")


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
        "verhaal": dossier.story(melding, mails=mag),
        "deeltaken": deeltaken.of_report(melding),
        "opdracht": partners.open_task(melding) if melding.status == Status.BIJ_PARTNER else None,
        "nabij": dossier.nearby(melding, visible(request.user, request.reach)),
        "kaart": map_context(),
        "kader": box_words(Kader.around(melding.plaats, 200) if melding.plaats else None),
        "namens": melding.behandelaar_id != request.user.pk and melding.behandelaar_id in request.reach.gebruiker_ids,
    }
    if context["namens"] and melding.behandelaar:
        context["namens_tekst"] = _("voor %(naam)s") % {"naam": melding.behandelaar.naam}
    return render(request, "meldingen/werk/detail.html", {**context, **extra}, status=status)
