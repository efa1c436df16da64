"""What a wijk needs: the list, one need with what it comes from, and the decision on a draft."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kern.geo import Kader, geojson
from kern.geo.forms import map_context
from kern.historiek.queries import history_of

from .. import actions, queries, registry, rules
from ..forms import BehoefteFilter, BehoefteForm, BeslisForm, BronForm, NieuweBehoefteForm
from ..gate import StaffRequest, for_staff, kept
from ..models import Behoefte
from ..queries import afloop
from .fouten import attempt
from .lijst import as_file

MAP_METRES = 150
HEADER = (
    "nummer",
    "wijk",
    "titel",
    "toelichting",
    "stand",
    "komt van",
    "bronnen",
    "gemaakt op",
    "besloten op",
    "reden",
)


@for_staff
def need_list(request: StaffRequest) -> HttpResponseBase:
    """The needs of my wijken, the drafts that wait for a decision first."""
    status = request.GET.get("status", Behoefte.Status.CONCEPT)
    if status not in Behoefte.Status.values:
        status = Behoefte.Status.CONCEPT
    start = request.GET.get("voor", "")
    filters = BehoefteFilter(request.GET, user=request.user, reach=request.reach)
    rows = filters.found(queries.needs(request.user, request.reach, status), timezone.localdate())
    if file := as_file(request, HEADER, queries.need_lines(rows), naam=f"behoeften-{status}"):
        return file
    page, more = queries.needs_page(rows, voor=int(start) if start.isdecimal() and len(start) < 18 else None)
    context = {
        "rijen": page,
        "meer": more,
        "status": status,
        "standen": Behoefte.Status.choices,
        "filters": filters,
        "mag_maken": bool(request.user.rollen - {"lezer"}),
    }
    return render(request, "wijken/werk/behoeften.html", context)


@for_staff
def need_new(request: StaffRequest) -> HttpResponse:
    """Write down what a wijk needs, by hand."""
    if not request.user.rollen - {"lezer"}:
        raise Http404
    initial = {name: values[-1] for name, values in kept(request, request.path).items()}
    data = request.POST if request.method == "POST" else None
    form = NieuweBehoefteForm(data, initial=initial, user=request.user, reach=request.reach)
    if form.is_bound and form.is_valid():
        row = actions.make_need(door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "De behoefte is bewaard als concept.")
        return redirect(row)
    return render(request, "wijken/werk/behoefte_nieuw.html", {"form": form})


@for_staff
def source(request: StaffRequest, behoefte: int) -> HttpResponse:
    """Say what the need comes from as well: something that this person may see."""
    row = _to_decide(request, behoefte)
    if request.method != "POST":
        return redirect(row)
    form = BronForm(request.POST)
    if form.is_valid():
        kind = registry.thread_kind(apps.get_model(form.cleaned_data["soort"]))
        number = form.cleaned_data["nummer"]
        if kind is None or not kind.tonen([number], request.user, request.reach):
            form.add_error("nummer", "Dit nummer bestaat niet, of je mag het niet zien.")
        else:
            thing = kind.model._default_manager.get(pk=number)
            made = attempt(
                form,
                lambda: 1 + actions.add_sources(behoefte=row, bronnen=[thing], door=request.user, at=timezone.now()),
            )
            if made:
                messages.success(request, "De bron staat erbij." if made > 1 else "Deze bron stond er al bij.")
                return redirect(row)
    return _page(request, row, BehoefteForm(instance=row), BeslisForm(initial={"versie": row.versie}), bron=form)


@for_staff
def history(request: StaffRequest, behoefte: int) -> HttpResponse:
    """Every change of a need."""
    row = _get(request, behoefte)
    context = {"wat": row.titel, "terug": row.get_absolute_url(), "regels": history_of(row)}
    return render(request, "wijken/werk/historiek.html", context)


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
    request: StaffRequest,
    row: Behoefte,
    form: BehoefteForm,
    decision: BeslisForm,
    status: int = 200,
    bron: BronForm | None = None,
) -> HttpResponse:
    may_lead = rules.may_decide(request.user, request.reach, row)
    box = Kader.around(row.plaats, MAP_METRES) if row.plaats else None
    context = {
        "behoefte": row,
        "form": form,
        "beslissing": decision,
        "mag": row.is_concept and may_lead,
        "mag_meer": may_lead and row.status != Behoefte.Status.VERWORPEN,
        "mag_verwerpen": may_lead and row.status == Behoefte.Status.BEVESTIGD,
        "bronnen": queries.thread_into(row, request.user, request.reach),
        "draad": queries.thread_of(row, request.user, request.reach),
        "bronform": bron or BronForm(),
        "domeinen": [*row.domeinen.all(), *row.doelstellingen.all()],
        "horen": afloop.outcome(row) if may_lead and row.status != Behoefte.Status.VERWORPEN else None,
        "kaart": map_context(),
        "kader": ",".join(f"{side:.5f}" for side in box) if box else "",
    }
    return render(request, "wijken/werk/behoefte.html", context, status=status)
