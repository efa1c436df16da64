"""What is with partners now. The pages of partners themselves are in `wijken`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wijken.models import Partner

from ...queries import keyset, partners
from .gate import StaffRequest, for_staff


@for_staff
def at_partners(request: StaffRequest) -> HttpResponse:
    """What is with partners now, late first."""
    chosen = request.GET.get("partner", "")
    partner = Partner.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    rows = partners.at_partners(request.user, request.reach, partner)
    page = keyset.page(rows, partners.BY_DUE, na=request.GET.get("na", ""), voor=request.GET.get("voor", ""))
    context = {
        "pagina": page,
        "aantal": keyset.count_words(keyset.capped_count(rows)),
        "laat": keyset.count_words(keyset.capped_count(rows.late(timezone.localdate()))),
        "partner": partner,
        "partners": Partner.objects.active(),
        "vandaag": timezone.localdate(),
    }
    return render(request, "meldingen/werk/bij_partners.html", context)
