"""What is tied to the goals of Samen Stad maken and to the policy domains."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .. import queries
from ..gate import StaffRequest, for_staff
from ..models import Beleidsdomein, Doelstelling

MODELS: dict[str, Any] = {"doel": Doelstelling, "domein": Beleidsdomein}


@for_staff
@require_safe
def goals(request: StaffRequest) -> HttpResponse:
    """Every goal and domain, with how much of each kind is tied to it."""
    report = queries.goal_report(request.user, request.reach)
    context = {
        "rapport": report,
        "tabellen": [("doel", "Doelen", report.doelen), ("domein", "Beleidsdomeinen", report.domeinen)],
        "beheert": request.user.is_staff,
    }
    return render(request, "wijken/werk/programma/doelen.html", context)


@for_staff
@require_safe
def goal(request: StaffRequest, doelsoort: str, doelcode: str) -> HttpResponse:
    """One goal or domain with what is tied to it."""
    if doelsoort not in MODELS:
        raise Http404
    row = get_object_or_404(MODELS[doelsoort], code=doelcode)
    lists = queries.goal_lists(row, request.user, request.reach)
    return render(request, "wijken/werk/programma/doel.html", {"doel": row, "lijsten": lists})
