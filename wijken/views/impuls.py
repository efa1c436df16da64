"""The impulswijken: which and since when, their figures, and what is agreed there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.historiek.queries import history_of

from .. import actions, queries, rules
from ..forms import ImpulsBeginForm, ImpulsEindeForm, ProgrammapuntForm, StapForm
from ..gate import StaffRequest, for_staff
from ..models import Factor, Programmapunt, Wijk

FIELDS = ("titel", "factor", "toelichting", "partner", "wie", "van", "tegen", "doelstellingen")


@for_staff
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Every impulswijk with its periods, and where its programme stands."""
    context = {
        "rijen": queries.impulswijken(timezone.localdate()),
        "beheert": rules.may_manage_figures(request.user),
    }
    return render(request, "wijken/werk/impuls/lijst.html", context)


@for_staff
def begin(request: StaffRequest) -> HttpResponse:
    """Make a wijk an impulswijk."""
    _for_manager(request)
    form = ImpulsBeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            period = actions.begin_impuls(on=timezone.localdate(), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, f"{period.wijk} is een impulswijk vanaf {period.van:%d/%m/%Y}.")
            return redirect("wijken:impuls")
    return render(request, "wijken/werk/impuls/begin.html", {"form": form})


@for_staff
def end(request: StaffRequest, slug: str) -> HttpResponse:
    """Say until when a wijk is an impulswijk."""
    _for_manager(request)
    wijk = get_object_or_404(Wijk, slug=slug)
    form = ImpulsEindeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_impuls(wijk=wijk, on=timezone.localdate(), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, f"Bewaard: {wijk} is een impulswijk tot en met de dag die je koos.")
            return redirect("wijken:impuls")
    return render(request, "wijken/werk/impuls/einde.html", {"form": form, "wijk": wijk})


@for_staff
def programme(request: StaffRequest, slug: str) -> HttpResponse:
    """What is agreed in one wijk, what is due first."""
    wijk = _wijk(request, slug)
    factor = request.GET.get("factor", "")
    factor = factor if factor in Factor.values else ""
    everything = request.GET.get("stand") == "alle"
    context = {
        "wijk": wijk,
        "periodes": wijk.impulsperiodes.order_by("-van"),
        "punten": queries.programme(wijk, request.user, request.reach, factor=factor, alles=everything),
        "factoren": Factor.choices,
        "factor": factor,
        "alles": everything,
        "vandaag": timezone.localdate(),
        "mag": rules.may_lead_programme(request.user, request.reach, wijk.pk),
    }
    return render(request, "wijken/werk/impuls/programma.html", context)


@for_staff
def add(request: StaffRequest, slug: str) -> HttpResponse:
    """Write down a new agreement."""
    wijk = _wijk(request, slug, lead=True)
    form = ProgrammapuntForm(request.POST or None, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        actions.add_point(
            wijk=wijk, sleutel=form.cleaned_data["sleutel"], door=request.user, at=timezone.now(), **fields
        )
        messages.success(request, "De afspraak staat in het programma.")
        return redirect("wijken:impuls_programme", wijk.slug)
    return render(request, "wijken/werk/impuls/afspraak_form.html", {"form": form, "wijk": wijk})


@for_staff
def item(request: StaffRequest, pk: int) -> HttpResponse:
    """One agreement: what, who, until when, where it stands, and its history."""
    point = _point(request, pk)
    return _item_page(request, point, StapForm(punt=point))


@for_staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what was agreed."""
    point = _point(request, pk, lead=True)
    fresh = Programmapunt.objects.get(pk=point.pk)
    form = ProgrammapuntForm(request.POST or None, instance=fresh)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            actions.change_point(punt=point, versie=form.cleaned_data["versie"], **fields)
        except actions.PuntGewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "De afspraak is bewaard.")
            return redirect(point)
    return render(request, "wijken/werk/impuls/afspraak_form.html", {"form": form, "wijk": point.wijk, "punt": point})


@for_staff
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Say where an agreement stands now."""
    point = _point(request, pk, lead=True)
    if request.method != "POST":
        return redirect(point)
    form = StapForm(request.POST, punt=point)
    if form.is_valid():
        try:
            actions.move_point(punt=point, at=timezone.now(), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "Bewaard hoe het nu staat.")
            return redirect(point)
    return _item_page(request, point, form)


@for_staff
@require_safe
def monitors(request: StaffRequest) -> HttpResponse:
    """Every wijk, with how many figures there are of it."""
    context = {"rijen": queries.wijken_with_figures(), "beheert": rules.may_manage_figures(request.user)}
    return render(request, "wijken/werk/impuls/monitors.html", context)


@for_staff
@require_safe
def monitor(request: StaffRequest, slug: str) -> HttpResponse:
    """The figures of one wijk beside the city, with those that are not public."""
    wijk = get_object_or_404(Wijk, slug=slug)
    context = {"wijk": wijk, "factoren": queries.monitor(wijk, openbaar=False)}
    return render(request, "wijken/werk/impuls/monitor.html", context)


@require_safe
def public_monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of one wijk beside the city, for everybody."""
    wijk = get_object_or_404(Wijk, slug=slug)
    return render(request, "wijken/cijfers.html", {"wijk": wijk, "factoren": queries.monitor(wijk, openbaar=True)})


def _for_manager(request: StaffRequest) -> None:
    if not rules.may_manage_figures(request.user):
        raise Http404


def _wijk(request: StaffRequest, slug: str, *, lead: bool = False) -> Wijk:
    wijk = get_object_or_404(Wijk, slug=slug)
    may: Any = rules.may_lead_programme if lead else rules.may_see_programme
    if not may(request.user, request.reach, wijk.pk):
        raise Http404
    return wijk


def _point(request: StaffRequest, pk: int, *, lead: bool = False) -> Programmapunt:
    rows = Programmapunt.objects.visible_to(request.user, request.reach)
    point = get_object_or_404(rows.select_related("wijk", "partner", "gemaakt_door"), pk=pk)
    if lead and not rules.may_lead_programme(request.user, request.reach, point.wijk_id):
        raise Http404
    return point


def _item_page(request: StaffRequest, point: Programmapunt, form: StapForm) -> HttpResponse:
    context = {
        "punt": point,
        "doelen": point.doelstellingen.all(),
        "form": form,
        "vandaag": timezone.localdate(),
        "mag": rules.may_lead_programme(request.user, request.reach, point.wijk_id),
        "regels": history_of(point),
    }
    return render(request, "wijken/werk/impuls/afspraak.html", context)
