"""Make what nobody should recognise in a photo unrecognisable."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ... import actions, rules
from ...forms.privacy import MAX_AREAS, VlakkenFormSet
from ...models import Melding, MeldingBeeld
from ...queries.staff import visible
from .gate import StaffRequest, for_staff


@require_http_methods(["GET", "POST"])
@for_staff
def blur(request: StaffRequest, nummer: int, foto: int) -> HttpResponse:
    """Show the photo with a form of areas; POST makes them unrecognisable, or (`meer`) gives another row."""
    melding, row = _get(request, nummer, foto)
    areas = VlakkenFormSet(_one_more(request) if request.method == "POST" else None, prefix="vlak")
    if request.method == "POST" and "meer" not in request.POST and areas.is_valid():
        try:
            actions.blur(foto=row, vlakken=areas.vlakken, door=request.user, at=timezone.now())
        except ValueError:
            messages.error(request, _("De foto wordt nog klaargemaakt. Probeer het over een minuut opnieuw."))
        else:
            messages.success(request, _("De foto is onherkenbaar gemaakt waar je het vroeg. Kijk of het genoeg is."))
        return redirect("meldingen:staff_blur", melding.pk, row.pk)
    context = {"melding": melding, "foto": row, "vlakken": areas, "hoogstens": MAX_AREAS}
    return render(request, "meldingen/werk/vervaag.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def restore(request: StaffRequest, nummer: int, foto: int) -> HttpResponse:
    """Put back the photo as it was; GET (whose log-in had ended comes back here) shows the page again."""
    melding, row = _get(request, nummer, foto)
    if request.method == "GET":
        return redirect("meldingen:staff_blur", melding.pk, row.pk)
    try:
        actions.restore_photo(foto=row, door=request.user, at=timezone.now())
    except ValueError:
        messages.error(request, _("De oorspronkelijke foto is er niet meer."))
    else:
        messages.success(request, _("De oorspronkelijke foto staat er weer. Ze is niet openbaar."))
    return redirect("meldingen:staff_blur", melding.pk, row.pk)


def _get(request: StaffRequest, nummer: int, foto: int) -> tuple[Melding, MeldingBeeld]:
    rows = visible(request.user, request.reach).select_related("categorie")
    melding = get_object_or_404(rows, pk=nummer)
    if not rules.may_handle(request.user, request.reach, melding):
        raise Http404
    return melding, get_object_or_404(MeldingBeeld.objects.select_related("beeld"), pk=foto, melding=melding)


def _one_more(request: StaffRequest) -> Any:
    """What was typed; with a row more when that was asked."""
    data = request.POST.copy()
    if "meer" in data:
        shown = data.get("vlak-TOTAL_FORMS", "")
        data["vlak-TOTAL_FORMS"] = str(min(int(shown) + 1, MAX_AREAS)) if shown.isdigit() else "1"
    return data
