"""Sub-tasks: the lists of who works on them, and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.gebruikers.models import Gebruiker

from ... import actions, rules
from ...forms import uitbesteden as forms
from ...models import Deeltaak, Inzage
from ...queries import deeltaken, keyset
from ...queries.staff import visible
from ...states import Deelstatus
from .gate import StaffRequest, for_staff, kept
from .steps import refusal

Fields = dict[str, Any]


@dataclass(frozen=True)
class Deelstap:
    """One thing that can be done with a sub-task."""

    code: str
    naam: str
    icoon: str
    form: type[forms.DeelStapForm]
    offered: Callable[[Deeltaak], bool]
    perform: Callable[[Deeltaak, Fields, Gebruiker, datetime], object]
    gedaan: str


def _to(target: Deelstatus) -> Callable[[Deeltaak], bool]:
    return lambda row: target in rules.sub_task_steps_for(row)


def _call(action: Callable[..., object]) -> Callable[[Deeltaak, Fields, Gebruiker, datetime], object]:
    return lambda row, fields, door, at: action(deeltaak=row, door=door, at=at, **fields)


STEPS = {
    step.code: step
    for step in (
        Deelstap(
            "start",
            "Begin eraan",
            "gereedschap",
            forms.DeelStapForm,
            _to(Deelstatus.BEZIG),
            _call(actions.deeltaak.start),
            "Je bent ermee bezig.",
        ),
        Deelstap(
            "klaar",
            "Meld klaar",
            "vink",
            forms.DeelKlaarForm,
            _to(Deelstatus.KLAAR),
            _call(actions.deeltaak.finish),
            "De deeltaak is klaar.",
        ),
        Deelstap(
            "wijzig",
            "Geef door of verzet",
            "team",
            forms.DeelWijzigForm,
            lambda row: row.is_open and row.melding.is_open,
            _call(actions.deeltaak.change),
            "De deeltaak is aangepast.",
        ),
        Deelstap(
            "vervalt",
            "Laat vervallen",
            "kruis",
            forms.DeelRedenForm,
            _to(Deelstatus.VERVALLEN),
            _call(actions.deeltaak.drop),
            "De deeltaak is vervallen.",
        ),
        Deelstap(
            "terug",
            "Zet weer open",
            "herhaal",
            forms.DeelRedenForm,
            _to(Deelstatus.OPEN),
            _call(actions.deeltaak.put_back),
            "De deeltaak is weer open.",
        ),
    )
}


@for_staff
def sub_task_list(request: StaffRequest) -> HttpResponse:
    """Sub-tasks by list; late first."""
    lijst = deeltaken.LISTS.get(request.GET.get("lijst", ""), deeltaken.LISTS["mijn"])
    rows = deeltaken.rows_of(lijst, request.user, request.reach)
    page = keyset.page(rows, lijst.order, na=request.GET.get("na", ""), voor=request.GET.get("voor", ""))
    numbers = deeltaken.counts(request.user, request.reach)
    context = {
        "lijst": lijst,
        "tabs": [
            {"lijst": row, "aantal": numbers.get(row.code, ""), "is_nu": row is lijst}
            for row in deeltaken.LISTS.values()
        ],
        "pagina": page,
        "vandaag": timezone.localdate(),
    }
    return render(request, "meldingen/werk/deeltaken.html", context)


@for_staff
def sub_task(request: StaffRequest, pk: int) -> HttpResponse:
    """One sub-task; `?stap=` opens the form of that step."""
    row = _get(request, pk)
    actions.read(melding=row.melding, door=request.user, wat=Inzage.Wat.MELDING, at=timezone.now())
    steps = _offered(request, row)
    step = next((step for step in steps if step.code == request.GET.get("stap")), steps[0] if steps else None)
    form = step.form(deeltaak=row) if step else None
    if form and step and (typed := kept(request, reverse("meldingen:deeltaak_step", args=[row.pk, step.code]))):
        form.initial |= {name: values[-1] for name, values in typed.items() if name in form.fields}
    return _page(request, row, steps, step, form)


@require_http_methods(["GET", "POST"])
@for_staff
def sub_task_step(request: StaffRequest, pk: int, stap: str) -> HttpResponse:
    """Take a step with a sub-task."""
    row, step = _get(request, pk), STEPS.get(stap)
    if step is None or not rules.may_handle_sub_task(request.user, request.reach, row):
        raise Http404
    if request.method == "GET":  # whose log-in had ended comes back here from the log-in page
        query = urlencode({"stap": stap})
        return HttpResponseRedirect(f"{reverse('meldingen:deeltaak', args=[row.pk])}?{query}")
    steps = _offered(request, row)
    form = step.form(request.POST, deeltaak=row)
    if step not in steps:
        messages.warning(request, "Iemand was je voor: kijk hoe de deeltaak er nu voor staat.")
        return redirect("meldingen:deeltaak", row.pk)
    if form.is_valid():
        try:
            step.perform(row, form.cleaned_data, request.user, timezone.now())
        except ValueError as error:
            form.add_error(None, ValidationError(refusal(error)))
        else:
            messages.success(request, step.gedaan)
            return redirect("meldingen:deeltaak", row.pk)
    return _page(request, row, steps, step, form)


def _get(request: StaffRequest, pk: int) -> Deeltaak:
    return get_object_or_404(deeltaken.one(request.user, request.reach), pk=pk)


def _offered(request: StaffRequest, row: Deeltaak) -> list[Deelstap]:
    if not rules.may_handle_sub_task(request.user, request.reach, row):
        return []
    return [step for step in STEPS.values() if step.offered(row)]


def _page(
    request: StaffRequest, row: Deeltaak, steps: list[Deelstap], step: Deelstap | None, form: forms.DeelStapForm | None
) -> HttpResponse:
    whole = visible(request.user, request.reach).filter(pk=row.melding_id).exists()
    context = {
        "deeltaak": row,
        "melding": row.melding,
        "ziet_melding": whole,
        "stappen": steps,
        "stap": step,
        "form": form,
        "vandaag": timezone.localdate(),
        "is_laat": row.is_late(timezone.localdate()),
    }
    return render(request, "meldingen/werk/deeltaak.html", context)
