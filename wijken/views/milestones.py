"""The milestones of an action: add one, reach it or drop it, and what shows that it was reached."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Maat
from kern.beelden.views import respond

from .. import actions
from ..forms import BewijsForm, MijlpaalForm, MijlpaalStapForm
from ..gate import StaffRequest, for_staff
from ..models import Bewijs
from .acties import get, page, to_carry
from .fouten import attempt

SAID = {
    "gehaald": "De mijlpaal is gehaald.",
    "vervallen": "De mijlpaal is vervallen.",
    "open": "De mijlpaal staat weer open.",
}


@for_staff
def milestone_new(request: StaffRequest, actie: int) -> HttpResponse:
    """One more point to reach."""
    row = to_carry(request, actie)
    if request.method != "POST":
        return redirect(row)
    form = MijlpaalForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.add_milestone(actie=row, **form.cleaned_data)):
        messages.success(request, "De mijlpaal staat erbij.")
        return redirect(f"{row.get_absolute_url()}#mijlpalen")
    return page(request, row, mijlpaal=form)


@for_staff
def milestone(request: StaffRequest, actie: int, pk: int) -> HttpResponse:
    """Reached, dropped, or open again."""
    row = to_carry(request, actie)
    point = get_object_or_404(row.mijlpalen, pk=pk)
    if request.method != "POST":
        return redirect(row)
    form = MijlpaalStapForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.move_milestone(mijlpaal=point, **form.cleaned_data)):
        messages.success(request, SAID[form.cleaned_data["status"]])
        return redirect(f"{row.get_absolute_url()}#mijlpaal-{point.pk}")
    return page(request, row, stap={point.pk: form})


@for_staff
def evidence_new(request: StaffRequest, actie: int, pk: int) -> HttpResponse:
    """What shows that it was reached: words, a link, photos."""
    row = to_carry(request, actie)
    point = get_object_or_404(row.mijlpalen, pk=pk)
    if request.method != "POST":
        return redirect(row)
    form = BewijsForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, row, bewijs={point.pk: form})
    data = form.cleaned_data
    with transaction.atomic():
        photos = [beelden.store(photo, alt_tekst=data["tekst"][:250]).pk for photo in data["fotos"]]
        actions.add_evidence(
            mijlpaal=point,
            tekst="" if photos else data["tekst"],
            link=data["link"],
            beelden=photos,
            door=request.user,
            at=timezone.now(),
        )
    messages.success(request, "Het bewijs staat erbij.")
    return redirect(f"{row.get_absolute_url()}#mijlpaal-{point.pk}")


@for_staff
def evidence_photo(request: StaffRequest, actie: int, pk: int, maat: str) -> HttpResponseBase:
    """A photo that shows that a milestone was reached."""
    row = get(request, actie)
    found = get_object_or_404(Bewijs.objects.select_related("beeld"), pk=pk, mijlpaal__actie=row, beeld__isnull=False)
    if maat not in Maat.values or found.beeld is None:
        raise Http404
    return respond(found.beeld, Maat(maat), request)
