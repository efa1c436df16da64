"""The multi-year plan: browse it, see what is tied to it, and tie something to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.historiek.queries import history_of

from .. import actions, queries, registry, rules
from ..forms import PlankoppelForm, WaaromForm
from ..gate import StaffRequest, for_staff
from ..models import Meerjarenplan, Planbedrag, Planlink


@for_staff
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    """Every plan; when there is one, that one."""
    rows = list(Meerjarenplan.objects.all())
    if len(rows) == 1:
        return redirect(rows[0])
    context = {"plannen": rows, "beheert": rules.may_manage_figures(request.user)}
    return render(request, "wijken/werk/plan/plannen.html", context)


@for_staff
@require_safe
def plan(request: StaffRequest, plan: int) -> HttpResponse:
    """One plan with its objectives, and money that adds up."""
    row = get_object_or_404(Meerjarenplan, pk=plan)
    tree = queries.plan_tree(row)
    context = {
        "plan": row,
        "boom": tree,
        "zonder": queries.bonds(queries.links_without_place(row), request.user, request.reach),
        "beheert": rules.may_manage_figures(request.user),
    }
    return render(request, "wijken/werk/plan/plan.html", context)


@for_staff
@require_safe
def item(request: StaffRequest, plan: int, plancode: str) -> HttpResponse:
    """An objective, action plan or action: its money, what is under it, what is tied to it, its history."""
    row = get_object_or_404(Meerjarenplan, pk=plan)
    knot = queries.plan_tree(row).find(plancode)
    if knot is None:
        raise Http404
    also = [Planbedrag] if knot.niveau == "A" else []
    context = {
        "plan": row,
        "knoop": knot,
        "ding": knot.rij,
        "per_soort": [(Planbedrag.Soort(soort).label, geld) for soort, geld in knot.per_soort.items()],
        "banden": queries.bonds(queries.links_under(knot), request.user, request.reach),
        "regels": history_of(knot.rij, also=also, limit=50),
    }
    return render(request, "wijken/werk/plan/item.html", context)


@for_staff
def tie(request: StaffRequest, soort: str, nummer: int) -> HttpResponse:
    """Say to what degree a thing of the red thread was taken up in a plan."""
    model = registry.thread_model(soort)
    kind = registry.thread_kind(model)
    if model is None or kind is None or not rules.may_tie_to_plan(request.user):
        raise Http404
    knot = next(iter(kind.tonen([nummer], request.user, request.reach)), None)
    if knot is None:
        raise Http404
    plans = list(Meerjarenplan.objects.all())
    asked = request.GET.get("plan", "")
    row = next((found for found in plans if str(found.pk) == asked), plans[0] if plans else None)
    if row is None:
        return render(request, "wijken/werk/plan/koppel.html", {"knoop": knot, "plan": None})
    choices = queries.plan_choices(row)
    form = PlankoppelForm(request.POST or None, plan=row, keuzes=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.tie_to_plan(
                van=model._base_manager.get(pk=nummer),
                plan=row,
                waarin=queries.find_item(row, data["waarin"]) if data["waarin"] else None,
                mate=data["mate"],
                reden=data["reden"],
                door=request.user,
                at=timezone.now(),
            )
        except ValueError as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "Bewaard: de band met het meerjarenplan staat erbij.")
            return redirect(knot.url)
    context = {"knoop": knot, "plan": row, "plannen": plans, "form": form}
    return render(request, "wijken/werk/plan/koppel.html", context)


@for_staff
def untie(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what was said of a thing and the plan; asks why."""
    link = get_object_or_404(Planlink.objects.select_related("plan"), pk=pk)
    kind = registry.thread_kind(link.van_type.model_class())
    knots = kind.tonen([link.van_id], request.user, request.reach) if kind else []
    if not knots or not rules.may_tie_to_plan(request.user):
        raise Http404
    form = WaaromForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.untie_from_plan(link=link, reden=form.cleaned_data["reden"])
        messages.success(request, "De band met het plan is weg. In de historiek staat waarom.")
        return redirect(knots[0].url)
    return render(request, "wijken/werk/plan/los.html", {"link": link, "knoop": knots[0], "form": form})
