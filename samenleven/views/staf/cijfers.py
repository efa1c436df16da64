"""The figures for staff: of every traject, each number with the list that it counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wijken.gate import StaffRequest

from ... import rules
from ...forms.cijfers import CijferFilters
from ...models import Aanbeveling
from ...queries import cijfers
from ...queries.staf import trajects_by_now
from ..cijfers import file_answer, page, query
from . import for_samenleven

MEETINGS = "wijken:staff_meetings"


@for_samenleven
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """The tables and their drawings; whoever sees only a part of a list gets its number without the link."""
    today = timezone.localdate()
    jaren = cijfers.years(today)
    form = CijferFilters(request.GET, trajecten=trajects_by_now(), jaren=jaren)
    traject, jaar = form.chosen()
    context: dict[str, Any] = {"form": form, "traject": traject, "jaar": jaar, "jaren": jaren}
    if traject:
        tables = cijfers.of_traject(traject, jaar, Aanbeveling.objects.all(), today)
        tables += cijfers.of_city(jaar, today)
        context |= page(traject, jaar, cijfers.links_for(tables, lambda lijst: _sees_all_of(request, lijst)))
        context |= {"vraag": query(traject, jaar), "ziet_alles": rules.may_see_all(request.user)}
    return render(request, "samenleven/werk/cijfers.html", context)


@for_samenleven
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """One table as CSV, or as a workbook with `?vorm=xlsx`."""
    return file_answer(request, trajects_by_now(), Aanbeveling.objects.all(), timezone.localdate())


def _sees_all_of(request: StaffRequest, lijst: str) -> bool:
    if lijst == MEETINGS:  # the list of meetings has rights of its own
        return bool(request.user.rollen & {"beheerder", "lezer"})
    return rules.may_see_all(request.user)
