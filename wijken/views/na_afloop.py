"""What staff take out of a meeting: the list for the door, counts, minutes, decisions; and the shared agenda."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten import werkblad
from kern.historiek.queries import history_of

from .. import actions, queries, registry
from ..forms import AfrondForm, BehoefteUitBesluitForm, BesluitFormSet, MixForm
from ..forms.inschrijven import TOLKTALEN
from ..gate import StaffRequest, for_staff
from ..models import Inschrijving, Wijk
from .bijeenkomsten import attempt, chosen, get, to_run

DOOR = (
    "Naam", "Aantal", "Tolk", "Kinderopvang", "Rolstoel", "Gebarentaal", "Andere", "E-mail", "Telefoon", "Status",
    "Ingeschreven op",
)  # fmt: skip
LIST = (
    "Nummer", "Titel", "Soort", "Status", "Begin", "Einde", "Waar", "Wijken", "Team", "Plaatsen", "Ingeschreven",
    "Wachtlijst", "Aanwezigen", "Kosten",
)  # fmt: skip
AGENDA_DAYS = 28
LANGUAGES = dict(TOLKTALEN)


@for_staff
def door_list(request: StaffRequest, pk: int) -> HttpResponse:
    """Who comes, for the door: to print, with boxes to tick and what was asked for."""
    row = to_run(request, pk)
    lists = queries.bijeenkomsten.registrations(row)
    context = {
        "bijeenkomst": row,
        "lijsten": lists,
        "noden": queries.bijeenkomsten.needs_of(lists["bevestigd"]),
        "personen": sum(one.aantal for one in lists["bevestigd"]),
        "lege_regels": range(8),
    }
    return render(request, "wijken/werk/bijeenkomsten/deurlijst.html", context)


@for_staff
def door_xlsx(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook."""
    row = to_run(request, pk)
    lists = queries.bijeenkomsten.registrations(row)
    rows = (_door_row(one) for one in [*lists["bevestigd"], *lists["wachtlijst"]])
    return _workbook(DOOR, rows, title="Inschrijvingen", name=f"inschrijvingen-{row.pk}")


def _door_row(row: Inschrijving) -> Sequence[werkblad.Cel]:
    return [
        row.naam, row.aantal, LANGUAGES.get(row.tolktaal, row.tolktaal), row.kinderen, row.rolstoel, row.gebarentaal,
        row.andere_nood, row.email, row.telefoon, str(row.get_status_display()), row.ingeschreven_op,
    ]  # fmt: skip


@for_staff
@require_safe
def list_file(request: StaffRequest, formaat: str) -> HttpResponseBase:
    """The meetings of the list, as CSV or xlsx."""
    rows, _form = chosen(request)
    lines = (_list_row(row) for row in rows)
    if formaat == "csv":
        response = StreamingHttpResponse(werkblad.csv_bytes(LIST, lines), content_type=werkblad.CSV_TYPE)
        response["Content-Disposition"] = 'attachment; filename="bijeenkomsten.csv"'
        return response
    if formaat != "xlsx":
        raise Http404
    return _workbook(LIST, lines, title="Bijeenkomsten", name="bijeenkomsten")


def _list_row(row: Any) -> Sequence[werkblad.Cel]:
    return [
        row.pk, row.titel, row.soort_naam, str(row.get_status_display()), row.begin, row.einde,
        row.waar or row.get_vorm_display(), ", ".join(wijk.naam for wijk in row.wijken.all()) or "hele stad",
        row.team.naam, row.capaciteit, row.personen_in, row.personen_wacht, row.aanwezigen, row.kosten,
    ]  # fmt: skip


def _workbook(header: Sequence[str], rows: Iterator[Any], *, title: str, name: str) -> HttpResponse:
    with werkblad.xlsx_file(header, rows, title=title) as file:
        response = HttpResponse(file.read(), content_type=werkblad.XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_staff
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """How it went: counts, minutes, decisions, costs; keep it, or round it off."""
    row = to_run(request, pk)
    if row.begin > timezone.now() or row.is_concept or row.is_afgelast:
        return redirect("wijken:staff_meeting", pk)
    posted = [request.POST] if request.method == "POST" else []
    form, mix = AfrondForm.of(row, *posted), MixForm(*posted, bijeenkomst=row)
    known = [{"pk": one.pk, "tekst": one.tekst, "wie": one.wie, "tegen": one.tegen} for one in row.besluiten.all()]
    besluiten = BesluitFormSet(*posted, initial=known, prefix="besluit")
    if posted and form.is_valid() and mix.is_valid() and besluiten.is_valid():
        values = dict(form.cleaned_data)
        decided = [one for one in besluiten.cleaned_data if one.get("tekst")]

        def act() -> object:
            return actions.record_meeting(
                bijeenkomst=row,
                at=timezone.now(),
                mix=mix.counts(),
                besluiten=decided,
                sluit_af="sluit_af" in request.POST,
                **values,
            )

        if attempt(form, act):
            messages.success(request, "Afgerond." if "sluit_af" in request.POST else "Bewaard.")
            return redirect("wijken:staff_meeting", pk)
    context = {"form": form, "mixform": mix, "besluitforms": besluiten, "bijeenkomst": row}
    return render(request, "wijken/werk/bijeenkomsten/afronden.html", context)


@for_staff
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Mend what was written of a meeting that is rounded off."""
    row = to_run(request, pk)
    if request.method == "POST":
        text = request.POST.get("versie", "")
        try:
            actions.reopen_meeting(bijeenkomst=row, versie=int(text) if text.isdecimal() else 0)
        except actions.BijeenkomstGewijzigd:
            messages.warning(request, "Iemand anders was je voor. Kijk na wat er nu staat.")
        else:
            return redirect("wijken:staff_meeting_record", pk)
    return redirect("wijken:staff_meeting", pk)


@for_staff
def need(request: StaffRequest, pk: int, besluit: int) -> HttpResponse:
    """Make a need of a wijk of what was decided; the thread keeps where it comes from."""
    row = to_run(request, pk)
    decision = get_object_or_404(row.besluiten, pk=besluit)
    form = BehoefteUitBesluitForm(
        request.POST if request.method == "POST" else None, initial={"titel": decision.tekst[:160]}
    )
    wijken = row.wijken.order_by("naam") if row.wijken.all() else Wijk.objects.order_by("naam")
    form.fields["wijk"].queryset = wijken
    if request.method == "POST" and form.is_valid():
        made = actions.need_of_decision(besluit=decision, door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "De behoefte staat klaar als voorstel. De wijkmanager beslist.")
        return redirect(made)
    context = {"form": form, "bijeenkomst": row, "besluit": decision}
    return render(request, "wijken/werk/bijeenkomsten/behoefte.html", context)


@for_staff
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Who changed what of a meeting, when and why."""
    row = get(request, pk)
    context = {"bijeenkomst": row, "regels": history_of(row)}
    return render(request, "wijken/werk/bijeenkomsten/historiek.html", context)


@for_staff
@require_safe
def shared_agenda(request: StaffRequest) -> HttpResponse:
    """What has a date in my wijken in four weeks: meetings, and what the other rooms add."""
    start = _day(request.GET.get("van", "")) or timezone.localdate()
    wijk = Wijk.objects.filter(slug=request.GET.get("wijk", "").replace("\0", "")).first()
    kinds = [bron for bron in registry.agenda_sources() if bron.code in request.GET.getlist("soort")]
    since, until = _midnight(start), _midnight(start + timedelta(days=AGENDA_DAYS))
    rows = [
        line
        for bron in kinds or registry.agenda_sources()
        for line in bron.regels(request.user, request.reach, wijk, since, until)
    ]
    rows.sort(key=lambda line: (timezone.localtime(line.begin).date(), not line.heel_de_dag, line.begin, line.titel))
    days = [(day, list(lines)) for day, lines in groupby(rows, lambda line: timezone.localtime(line.begin).date())]
    wijken = Wijk.objects.order_by("naam")
    if "beheerder" not in request.user.rollen and request.reach.wijk_ids:
        wijken = wijken.filter(pk__in=request.reach.wijk_ids)
    kept = request.GET.copy()
    kept.pop("van", None)
    context = {
        "dagen": days,
        "wijken": wijken,
        "wijk": wijk,
        "bronnen": registry.agenda_sources(),
        "gekozen": [bron.code for bron in kinds],
        "van": start,
        "tot": start + timedelta(days=AGENDA_DAYS - 1),
        "vandaag": timezone.localdate(),
        "vorige": start - timedelta(days=AGENDA_DAYS),
        "volgende": start + timedelta(days=AGENDA_DAYS),
        "filters": kept.urlencode(),
    }
    return render(request, "wijken/werk/bijeenkomsten/agenda.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
