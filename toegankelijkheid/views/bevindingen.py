"""Findings: knelpunten and good examples, and what a second person thinks of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wijken.gate import StaffRequest, for_staff
from wijken.models import Wijk

from ..actions import bevindingen as actions
from ..forms.beheer import MeningForm
from ..models import GoedVoorbeeld, Knelpunt
from ..queries import screening
from ..rules import recht
from ..states import CLOSED, Mening
from . import knelpunt
from .deur import managers_only

PAGE = 50


@for_staff
def finding_list(request: StaffRequest) -> HttpResponse:
    """Knelpunten, good examples, or what colleagues disagree on."""
    soort = request.GET.get("soort", "knelpunten")
    rows: Any = screening.findings(request.user, request.reach)
    if soort == "goed":
        rows = screening.good_examples(request.user, request.reach)
    elif soort == "betwist":
        rows = rows.filter(**{f"{Mening.BETWIST}__gt": 0})
    else:
        soort, rows = "knelpunten", rows.exclude(status__in=CLOSED)
    wijk = Wijk.objects.filter(slug=request.GET["wijk"]).first() if "wijk" in request.GET else None
    page = Paginator(rows.filter(wijk=wijk) if wijk else rows, PAGE).get_page(request.GET.get("page"))
    context = {"soort": soort, "pagina": page, "rijen": page.object_list, "wijk": wijk}
    return render(request, "toegankelijkheid/werk/bevindingen.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    """One knelpunt; POST gives a second opinion."""
    return _page(request, knelpunt.get_knelpunt(request, pk))


@require_http_methods(["GET", "POST"])
@for_staff
def example(request: StaffRequest, pk: int) -> HttpResponse:
    """One good example; POST gives a second opinion."""
    return _page(request, get_object_or_404(screening.good_examples(request.user, request.reach), pk=pk))


@require_http_methods(["GET", "POST"])
@for_staff
def publish(request: StaffRequest, soort: str, pk: int) -> HttpResponse:
    """Show a finding to everybody, or no longer; GET (whose log-in had ended) shows it again."""
    kinds = {"knelpunt": screening.findings, "voorbeeld": screening.good_examples}
    if soort not in kinds:
        raise Http404
    managers_only(request)
    row = get_object_or_404(kinds[soort](request.user, request.reach), pk=pk)
    if request.method == "POST":
        actions.publish(bevinding=row, openbaar="openbaar" in request.POST)
        messages.success(request, "Iedereen kan dit nu lezen." if row.openbaar else "Alleen collega's zien dit nog.")
    return redirect(_address(row))


def _page(request: StaffRequest, row: Knelpunt | GoedVoorbeeld) -> HttpResponse:
    own = row.opname is not None and row.opname.door_id == request.user.pk
    form = MeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.second_opinion(bevinding=row, door=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.EigenMeting:
            form.add_error(None, "Je hebt dit zelf gemeten. Vraag een collega om te kijken.")
        else:
            messages.success(request, "Je mening is bewaard.")
            return redirect(_address(row))
    if isinstance(row, Knelpunt):
        return knelpunt.page(request, row, form, eigen=own)
    context = {
        "bevinding": row,
        "meningen": row.meningen.select_related("door"),
        "fotos": row.opname.beelden.select_related("beeld") if row.opname else [],
        "form": form,
        "mag_oordelen": not own,
        "beheert": recht.may_manage(request.user),
    }
    return render(request, "toegankelijkheid/werk/bevinding.html", context)


def _address(row: Knelpunt | GoedVoorbeeld) -> str:
    return row.get_absolute_url()
