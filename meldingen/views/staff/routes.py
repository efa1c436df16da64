"""The routing rules: their list, one rule, what the rules do with a report, and what a change would do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.historiek.queries import history_of

from ... import actions, rules
from ...actions import routes as writes
from ...forms.routes import ProbeerForm, RegelForm
from ...models import Routeregel
from ...queries import routes as queries
from ...queries.routes import Paar
from ...queries.staff import visible
from .gate import StaffRequest, View, for_staff
from .steps import refusal


def only_for(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """Let in who may; for others the page is not there."""

    def decorate(view: View) -> View:
        @never_cache
        @for_staff
        @wraps(view)
        def inner(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return decorate


@only_for(rules.may_see_routes)
@require_safe
def route_list(request: StaffRequest) -> HttpResponse:
    """The rules in their order, with what is wrong with each."""
    now = timezone.now()
    rijen = queries.overview(timezone.localdate())
    context = {
        "rijen": [row for row in rijen if row.row.is_actief],
        "uit": [row for row in rijen if not row.row.is_actief],
        "aantallen": queries.counts(now),
        "mag": rules.may_change_routes(request.user),
    }
    return render(request, "meldingen/werk/routes/lijst.html", context)


@only_for(rules.may_see_routes)
@require_safe
def route_try(request: StaffRequest) -> HttpResponse:
    """Which rule takes a report, and for each other one why it does not."""
    on = timezone.localdate()
    rijen = queries.overview(on)
    form = ProbeerForm(
        request.GET.dict() or None,
        visible=visible(request.user, request.reach),
        questions=[row.row.vraag for row in rijen if row.row.vraag],
        at=timezone.now(),
    )
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        facts, categorie, wijk = form.facts()
        day = on if form.melding else facts.moment.date()
        names = {"categorie": str(categorie), "wijk": str(wijk or "")}
        context |= {
            "proeven": sorted(queries.try_out(rijen, facts, day, names), key=lambda row: not row.rij.row.is_actief),
            "gegeven": queries.facts_in_words(facts, names),
            "bestemming": queries.destination(facts, categorie, wijk, day),
            "melding": form.melding,
        }
    return render(request, "meldingen/werk/routes/probeer.html", context)


@only_for(rules.may_change_routes)
@require_http_methods(["GET", "HEAD", "POST"])
def route_add(request: StaffRequest) -> HttpResponse:
    """Write a new rule, at the end of the order."""
    return _edit(request, Routeregel())


@only_for(rules.may_change_routes)
@require_http_methods(["GET", "HEAD", "POST"])
def route_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a rule; what the change would have done comes before it is stored."""
    return _edit(request, get_object_or_404(Routeregel, pk=pk))


@only_for(rules.may_change_routes)
@require_POST
def route_move(request: StaffRequest, pk: int) -> HttpResponse:
    """One place up or down: at once when no report would go elsewhere, else after a yes."""
    regel = get_object_or_404(Routeregel, pk=pk)
    up = request.POST.get("richting") != "omlaag"
    now = queries.all_rules()
    order = writes.swapped([row for row, _value in now], regel.pk, omhoog=up)
    if order is None:
        return redirect("meldingen:route_list")
    values = {row.pk: (row, value) for row, value in now}
    after = [values[row.pk] for row in order]
    context = _effect(now, after)
    if context["effect"].aantal and not _agreed(request, context):
        context |= {"regel": regel, "richting": "omhoog" if up else "omlaag"}
        return render(request, "meldingen/werk/routes/bevestig.html", context)
    writes.move(regel=regel, omhoog=up, door=request.user)
    messages.success(request, _("“%(naam)s” staat nu ergens anders. %(effect)s") % _told(regel, context))
    return redirect("meldingen:route_list")


@only_for(rules.may_change_routes)
@require_POST
def route_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete a rule that never gave a report to anybody, after a yes."""
    regel = get_object_or_404(Routeregel, pk=pk)
    now = queries.all_rules()
    context = _effect(now, [pair for pair in now if pair[0].pk != regel.pk])
    if not _agreed(request, context):
        context |= {"regel": regel, "wis": True}
        return render(request, "meldingen/werk/routes/bevestig.html", context)
    try:
        writes.remove(regel=regel, door=request.user)
    except ValueError as error:
        messages.warning(request, refusal(error))
        return redirect("meldingen:route_edit", regel.pk)
    messages.success(request, _("“%(naam)s” is gewist. %(effect)s") % _told(regel, context))
    return redirect("meldingen:route_list")


@for_staff
def route_apply(request: StaffRequest, nummer: int) -> HttpResponse:
    """Give a report to whom the rules say now, in one click."""
    rows = visible(request.user, request.reach).select_related("categorie", "wijk")
    melding = get_object_or_404(rows, pk=nummer)
    if not rules.may_handle(request.user, request.reach, melding):
        raise Http404
    here = f"{reverse('meldingen:detail', args=[nummer])}?voorstel=ja"
    if request.method != "POST":  # whose log-in had ended comes back here from the log-in page
        return redirect(here)
    try:
        after = actions.assign_by_rules(melding=melding, door=request.user, at=timezone.now())
    except ValueError as error:
        messages.warning(request, refusal(error))
    else:
        words = {"nr": melding.pk, "wie": after.behandelaar or after.team}
        messages.success(request, _("Melding %(nr)s is nu bij %(wie)s.") % words)
    if rows.filter(pk=nummer).exists():
        return redirect("meldingen:detail", nummer)
    return redirect("meldingen:staff_list")


def _edit(request: StaffRequest, regel: Routeregel) -> HttpResponse:
    is_new = regel.pk is None
    posted = request.method == "POST"
    form = RegelForm(request.POST if posted else None, instance=regel)
    context: dict[str, Any] = {"form": form, "regel": None if is_new else regel}
    if posted and form.is_valid():
        candidate = form.instance
        pair = (candidate, queries.value_of(candidate))
        now = queries.all_rules()
        after = [*now, pair] if is_new else [pair if row.pk == candidate.pk else (row, value) for row, value in now]
        context |= _effect(now, after, seen=repr(pair[1]))
        context["kandidaat"] = queries.conditions_in_words(candidate)
        if _agreed(request, context):
            try:
                writes.save(regel=candidate, door=request.user, reden=form.cleaned_data["reden"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("“%(naam)s” is bewaard. %(effect)s") % _told(candidate, context))
                return redirect("meldingen:route_list")
        elif "bevestig" in request.POST:
            messages.info(request, _("Er is iets veranderd sinds je het effect bekeek. Dit is het nu."))
    if not is_new:
        context |= {"historiek": history_of(regel), "gebruikt": writes.is_used(regel)}
    return render(request, "meldingen/werk/routes/regel.html", context)


def _effect(now: Sequence[Paar], after: Sequence[Paar], *, seen: str = "") -> dict[str, Any]:
    """What a change would do: reports that go elsewhere, and rules that can never fire any more."""
    on = timezone.localdate()
    before_flags = {row.row.pk for row in queries.overview(on, now) if any(flag.nooit for flag in row.vlaggen)}
    shown = [row for row in queries.overview(on, after) if any(flag.nooit for flag in row.vlaggen)]
    stamp = f"{queries.fingerprint([row for row, _value in now])}{seen}{[row.pk for row, _value in after]}"
    return {
        "effect": queries.effect([value for _r, value in now], [value for _r, value in after], timezone.now()),
        "dood": [row for row in shown if row.row.pk not in before_flags],
        "gezien": hashlib.sha256(stamp.encode()).hexdigest()[:20],
    }


def _agreed(request: StaffRequest, context: dict[str, Any]) -> bool:
    """Whether this person said yes to this very effect of this very change."""
    return "bevestig" in request.POST and request.POST.get("gezien") == context["gezien"]


def _told(regel: Routeregel, context: dict[str, Any]) -> dict[str, Any]:
    n = context["effect"].aantal
    words = _("Van de laatste 90 dagen zouden %(n)d meldingen elders terechtkomen.") % {"n": n}
    return {"naam": regel.naam, "effect": words if n else _("Van de laatste 90 dagen zou geen melding verhuizen.")}
