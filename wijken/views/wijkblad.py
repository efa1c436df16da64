"""The staff page of a wijk, the map of silence, and how residents see a colleague."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import actions, rules
from ..forms.velden import wijken_of
from ..forms.wijkblad import KaartjeForm
from ..gate import StaffRequest, for_staff
from ..models import Teamlid
from ..queries import wijkblad


@for_staff
def staff_wijk(request: StaffRequest, slug: str) -> HttpResponse:
    """A wijk as its team looks at it: agenda, what is late, what was promised, partners, signals."""
    today = timezone.localdate()
    wijk = get_object_or_404(wijkblad.with_handover(wijken_of(request.user, request.reach)), slug=slug)
    context = {
        "wijk": wijk,
        "blad": wijkblad.staff_page(wijk, request.user, request.reach, today),
        "mag_noteren": rules.may_note_moments(request.user, request.reach, wijk.pk),
        "vandaag": today,
        "dagen": rules.SOON_DAYS,
    }
    return render(request, "wijken/werk/wijkblad/wijk.html", context)


@for_staff
@require_safe
def silence(request: StaffRequest) -> HttpResponse:
    """Where much is found in the street and little is reported."""
    wijken = list(wijken_of(request.user, request.reach))
    found = wijkblad.silence(wijken, request.user, request.reach, timezone.localdate())
    context = {"stilte": found, "mag_inlezen": rules.may_manage_figures(request.user)}
    return render(request, "wijken/werk/wijkblad/stilte.html", context)


@for_staff
def member_card(request: StaffRequest) -> HttpResponse:
    """How residents see me: in each team I work in my name, my hours and my photo."""
    today = timezone.localdate()
    rows = Teamlid.objects.on(today).filter(gebruiker=request.user, team__is_actief=True)
    cards = list(rows.select_related("team", "foto").order_by("team__naam"))
    forms = []
    for card in cards:
        mine = request.method == "POST" and request.POST.get("lid") == str(card.pk)
        form = KaartjeForm(
            request.POST if mine else None,
            request.FILES if mine else None,
            prefix=f"lid{card.pk}",
            initial={"toon": card.toon_op_wijkpagina, "bereikbaar": card.bereikbaar},
            heeft_foto=card.foto_id is not None,
        )
        if mine and form.is_valid():
            actions.show_member(lid=card, **form.chosen)
            messages.success(request, "Zo zien bewoners je vanaf nu.")
            return redirect(f"{reverse('wijken:member_card')}#lid-{card.pk}")
        forms.append((card, form))
    return render(request, "wijken/werk/wijkblad/kaartje.html", {"kaartjes": forms})
