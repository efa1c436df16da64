"""What a wijk needs: the list, one need with what it comes from, and the decision on a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kern.geo import Kader, geojson
from kern.geo.forms import map_context

from .. import actions, queries, rules
from ..forms import BehoefteForm, BeslisForm
from ..gate import StaffRequest, for_staff
from ..models import Behoefte

MAP_METRES = 150


@for_staff
def need_list(request: StaffRequest) -> HttpResponse:
    """The needs of my wijken, the drafts that wait for a decision first."""
    status = request.GET.get("status", Behoefte.Status.CONCEPT)
    if status not in Behoefte.Status.values:
        status = Behoefte.Status.CONCEPT
    start = request.GET.get("voor", "")
    rows = queries.needs(request.user, request.reach, status)
    page, more = queries.needs_page(rows, voor=int(start) if start.isdecimal() and len(start) < 18 else None)
    context = {"rijen": page, "meer": more, "status": status, "standen": Behoefte.Status.choices}
    return render(request, "wijken/werk/behoeften.html", context)


@for_staff
def need(request: StaffRequest, behoefte: int) -> HttpResponse:
    """One need: what it comes from, with photos and a map, and what can be decided."""
    row = _get(request, behoefte)
    return _page(request, row, BehoefteForm(instance=row), BeslisForm(initial={"versie": row.versie}))


@for_staff
def edit(request: StaffRequest, behoefte: int) -> HttpResponse:
    """Change the words of a draft."""
    row = _to_decide(request, behoefte)
    if request.method != "POST":
        return redirect(row)
    form = BehoefteForm(request.POST, instance=Behoefte.objects.get(pk=row.pk))
    if not form.is_valid():
        return _page(request, row, form, BeslisForm(initial={"versie": row.versie}))
    try:
        actions.edit_need(behoefte=row, **form.cleaned_data)
    except actions.BehoefteGewijzigd as error:
        form.add_error(None, str(error).capitalize())
        return _page(request, _get(request, behoefte), form, BeslisForm(initial={"versie": row.versie}), status=409)
    messages.success(request, "De behoefte is bewaard.")
    return HttpResponseRedirect(row.get_absolute_url())


@for_staff
def confirm(request: StaffRequest, behoefte: int) -> HttpResponse:
    """Say that the wijk needs this."""
    return _decide(request, behoefte, actions.confirm_need, "De behoefte is bevestigd.")


@for_staff
def reject(request: StaffRequest, behoefte: int) -> HttpResponse:
    """Say that this is no need, and why."""
    return _decide(request, behoefte, actions.reject_need, "De behoefte is verworpen.")


@for_staff
def places(request: StaffRequest, behoefte: int) -> JsonResponse:
    """The places that a need comes from, as far as this person may see them (GeoJSON)."""
    row = _get(request, behoefte)
    features = [
        geojson.feature(knot.nummer, geojson.point(knot.punt), naam=knot.titel, url=knot.url)
        for source in queries.thread_into(row, request.user, request.reach)
        for knot in source.knopen
        if knot.punt
    ]
    return JsonResponse(geojson.feature_collection(features), content_type=geojson.MEDIA_TYPE)


def _get(request: StaffRequest, pk: int) -> Behoefte:
    return get_object_or_404(queries.needs(request.user, request.reach), pk=pk)


def _to_decide(request: StaffRequest, pk: int) -> Behoefte:
    row = _get(request, pk)
    if not rules.may_decide(request.user, request.reach, row):
        raise Http404
    return row


def _decide(request: StaffRequest, pk: int, action: Any, done: str) -> HttpResponse:
    row = _to_decide(request, pk)
    if request.method != "POST":
        return redirect(row)
    form = BeslisForm(request.POST)
    if form.is_valid():
        try:
            action(behoefte=row, door=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.BehoefteGewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        except ValueError as error:
            form.add_error("reden", f"{error}.".capitalize())
        else:
            messages.success(request, done)
            return redirect(reverse("wijken:needs"))
    fresh = _get(request, pk)
    return _page(request, fresh, BehoefteForm(instance=fresh), form)


def _page(
    request: StaffRequest, row: Behoefte, form: BehoefteForm, decision: BeslisForm, status: int = 200
) -> HttpResponse:
    box = Kader.around(row.plaats, MAP_METRES) if row.plaats else None
    context = {
        "behoefte": row,
        "form": form,
        "beslissing": decision,
        "mag": row.is_concept and rules.may_decide(request.user, request.reach, row),
        "bronnen": queries.thread_into(row, request.user, request.reach),
        "kaart": map_context(),
        "kader": ",".join(f"{side:.5f}" for side in box) if box else "",
    }
    return render(request, "wijken/werk/behoefte.html", context, status=status)
