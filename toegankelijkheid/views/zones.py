"""Zones as the coordinator draws them, with the level of each part and how it came about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.geo.forms import map_context
from wijken.gate import StaffRequest, for_staff

from ..actions import zones as actions
from ..forms.beheer import DeelForm, ZoneForm
from ..models import Voorzieningsoort, Woonzorgzone, Zonedeel
from ..queries import zones
from ..rules import recht
from .deur import managers_only


@for_staff
def zone_list(request: StaffRequest) -> HttpResponse:
    """Every zone with its level, its parts and how much of it was screened."""
    context = {
        "zones": zones.zone_list(),
        "soorten": Voorzieningsoort.objects.select_related("niveau"),
        "beheert": recht.may_manage(request.user),
        "kaart": map_context(),
    }
    return render(request, "toegankelijkheid/werk/zones.html", context)


@for_staff
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One zone: its parts with their level, and from which facility each was derived."""
    zone = get_object_or_404(zones.zone_list(), pk=pk)
    context = {
        "zone": zone,
        "delen": zones.parts_of(zone),
        "voorzieningen": zones.facilities_in(zone),
        "beheert": recht.may_manage(request.user),
        "kaart": map_context(),
    }
    return render(request, "toegankelijkheid/werk/zone.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Draw a zone or read its outline in; what lies in it looks up its level again."""
    managers_only(request)
    zone = get_object_or_404(Woonzorgzone, pk=pk) if pk else Woonzorgzone()
    form = ZoneForm(request.POST or None, request.FILES or None, instance=zone)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_zone(
            zone=form.save(commit=False),
            wijken=form.cleaned_data["wijken"],
            ringen=form.ringen(),
            at=timezone.now(),
        )
        messages.success(request, "De zone is bewaard.")
        return redirect("toegankelijkheid:staff_zone", saved.pk)
    return render(request, "toegankelijkheid/werk/zone_form.html", {"form": form, "zone": zone})


@require_http_methods(["GET", "POST"])
@for_staff
def part(request: StaffRequest, pk: int, deel: int | None = None) -> HttpResponse:
    """Draw a part with a level of its own, or change one that was drawn."""
    managers_only(request)
    zone = get_object_or_404(Woonzorgzone, pk=pk)
    own = zone.delen.filter(herkomst="handmatig")
    row = get_object_or_404(own, pk=deel) if deel else Zonedeel(zone=zone)
    if request.method == "POST" and "weg" in request.POST and row.pk:
        actions.remove_part(deel=row, at=timezone.now())
        messages.success(request, "Het deel is weg. Wat erin lag, volgt de zone weer.")
        return redirect("toegankelijkheid:staff_zone", zone.pk)
    form = DeelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.save_part(deel=form.save(commit=False), at=timezone.now())
        messages.success(request, "Het deel is bewaard.")
        return redirect("toegankelijkheid:staff_zone", zone.pk)
    return render(request, "toegankelijkheid/werk/deel_form.html", {"form": form, "zone": zone, "deel": row})


@require_http_methods(["GET", "POST"])
@for_staff
def derive(request: StaffRequest, pk: int) -> HttpResponse:
    """Derive the levels around facilities again; GET (whose log-in had ended comes back here) shows the zone."""
    managers_only(request)
    zone = get_object_or_404(Woonzorgzone, pk=pk)
    if request.method == "POST":
        done = actions.derive(zone=zone, at=timezone.now())
        messages.success(
            request,
            f"Afgeleid: {done.nieuw} delen nieuw, {done.gewijzigd} gewijzigd, {done.weg} weg. "
            f"{done.objecten} objecten kregen een ander niveau.",
        )
    return redirect("toegankelijkheid:staff_zone", zone.pk)
