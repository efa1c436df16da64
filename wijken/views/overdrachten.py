"""Handing over a wijk: the pack, getting it ready, and the receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kern.documenten import pdf
from kern.gebruikers.models import Vervanging

from .. import actions, queries, rules
from ..forms.velden import wijken_of
from ..forms.wijkblad import OverdrachtForm, OvernameForm
from ..gate import StaffRequest, for_staff
from ..models import Overdracht, Wijk
from ..queries import overdracht as packs
from .fouten import attempt, say_or_warn


def _wijk(request: StaffRequest, slug: str) -> tuple[Wijk, list[Overdracht], rules.Bereik]:
    """The wijk with its hand-overs, and how far this person reaches there.

    Who takes over sees of the wijk what its team sees from the moment the hand-over is ready, to read before signing.
    """
    wijk = get_object_or_404(Wijk, slug=slug)
    rows = packs.handovers(wijk)
    if rules.may_see_of_wijk(request.user, request.reach, wijk.pk):
        return wijk, rows, request.reach
    if any(row.is_open and rules.may_take_over(request.user, row) for row in rows):
        return wijk, rows, replace(request.reach, wijk_ids=request.reach.wijk_ids | {wijk.pk})
    raise Http404


@for_staff
def handover(request: StaffRequest, slug: str) -> HttpResponse:
    """The pack of a wijk as it is today, with the hand-over that is ready and those that were."""
    wijk, rows, reach = _wijk(request, slug)
    ready = next((row for row in rows if row.is_open), None)
    context = {
        "wijk": wijk,
        "pakket": packs.pack(wijk, request.user, reach, timezone.localdate()),
        "klaar": ready,
        "geweest": [row for row in rows if not row.is_open],
        "mag": ready is None and rules.may_hand_over(request.user, request.reach, wijk.pk),
        "tekent": ready is not None and rules.may_take_over(request.user, ready),
        "nog_niet_in_team": reach is not request.reach,
    }
    return render(request, "wijken/werk/wijkblad/overdracht.html", context)


@for_staff
def handover_pdf(request: StaffRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    wijk, rows, reach = _wijk(request, slug)
    pakket = packs.pack(wijk, request.user, reach, timezone.localdate())
    ready = next((row for row in rows if row.is_open), None)
    title = f"Overdracht van {wijk.naam}"
    content = pdf.render("wijken/documenten/overdracht.typ", packs.document(pakket, ready), titel=title)
    return pdf.pdf_response(content, title)


@for_staff
def handover_new(request: StaffRequest, slug: str) -> HttpResponse:
    """Get a hand-over ready; and who stands in for the wijkmanagers now, for when it is only for a while."""
    wijk = get_object_or_404(wijken_of(request.user, request.reach), slug=slug)
    if not rules.may_hand_over(request.user, request.reach, wijk.pk):
        raise Http404
    today = timezone.localdate()
    managers = queries.wijkmanagers_of([wijk.pk], today, with_deputies=False).get(wijk.pk, [])
    initial: dict[str, Any] = {"van": request.user.pk if request.user in managers else None}
    if len(managers) == 1:
        initial["van"] = managers[0].pk
    form = OverdrachtForm(
        request.POST if request.method == "POST" else None, initial=initial, nu=managers, vandaag=today
    )
    if form.is_bound and form.is_valid():
        row = attempt(
            form,
            lambda: actions.prepare_handover(wijk=wijk, door=request.user, at=timezone.now(), **form.cleaned_data),
        )
        if row:
            messages.success(request, f"De overdracht staat klaar. {row.naar} krijgt een seintje en tekent ervoor.")
            return redirect(row)
    away = Vervanging.objects.filter(afwezige__in=managers, tot__gte=today).select_related("afwezige", "vervanger")
    context = {"wijk": wijk, "form": form, "vervangingen": away.order_by("van", "pk"), "vandaag": today}
    return render(request, "wijken/werk/wijkblad/overdracht_nieuw.html", context)


@for_staff
def handover_receipt(request: StaffRequest, slug: str, overdracht: int) -> HttpResponse:
    """One hand-over: to sign for, to take back, or the receipt of what was taken over."""
    rows = Overdracht.objects.visible_to(request.user, request.reach)
    rows = rows.select_related("wijk", "van", "naar", "gemaakt_door", "beeindigd_door")
    row = get_object_or_404(rows, pk=overdracht, wijk__slug=slug)
    signs = row.is_open and rules.may_take_over(request.user, row)
    may_stop = row.is_open and rules.may_hand_over(request.user, request.reach, row.wijk_id)
    form = OvernameForm(request.POST if signs and "teken" in request.POST else None)
    if request.method == "POST":
        if may_stop and "trek_in" in request.POST:
            return say_or_warn(
                request,
                lambda: actions.withdraw_handover(overdracht=row, door=request.user, at=timezone.now()),
                "De overdracht is ingetrokken.",
                row,
            )
        if "teken" in request.POST and not signs:
            raise Http404
        if form.is_bound and form.is_valid() and attempt(form, lambda: _take_over(request, row, form)):
            messages.success(request, f"Je nam {row.wijk} over. Dit is je ontvangstbewijs.")
            return redirect(row)
    if request.GET.get("vorm") == "pdf" and row.is_overgenomen:
        title = f"Ontvangstbewijs overdracht {row.wijk.naam}"
        return pdf.pdf_response(pdf.render("wijken/documenten/overdracht.typ", packs.receipt(row), titel=title), title)
    context = {"overdracht": row, "wijk": row.wijk, "form": form, "tekent": signs, "mag_intrekken": may_stop}
    if signs:
        context["op_naam"] = sum(found.count() for found in actions.in_name_of(row.wijk, row.van))
    return render(request, "wijken/werk/wijkblad/ontvangst.html", context)


def _take_over(request: StaffRequest, row: Overdracht, form: OvernameForm) -> Overdracht:
    reach = replace(request.reach, wijk_ids=request.reach.wijk_ids | {row.wijk_id})
    pakket = packs.pack(row.wijk, request.user, reach, timezone.localdate())
    return actions.take_over(
        overdracht=row,
        inhoud=pakket.as_content(),
        op_naam=form.cleaned_data["op_naam"],
        door=request.user,
        at=timezone.now(),
    )
