"""What was written down about a report: its history as the database kept it, and the mails that went out."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from kern.berichten import views as berichten
from kern.berichten.queries import for_object
from kern.historiek.queries import history_of

from ... import actions, rules
from ...models import Inzage, Melding
from ...queries.staff import visible
from .gate import StaffRequest, for_staff

READINGS = 100


@for_staff
def history(request: StaffRequest, nummer: int) -> HttpResponse:
    """Every change of the report's fields with who, when and why; the mails for who may know the reporter."""
    melding = get_object_or_404(visible(request.user, request.reach).select_related("categorie"), pk=nummer)
    actions.read(melding=melding, door=request.user, wat=Inzage.Wat.HISTORIEK, at=timezone.now())
    mag = rules.may_handle(request.user, request.reach, melding)
    context = {
        "inzages": melding.inzages.select_related("gebruiker")[:READINGS] if melding.categorie.is_gevoelig else [],
        "melding": melding,
        "regels": history_of(melding),
        "mag": mag,
        "berichten": for_object(melding).select_related("opnieuw_door").defer("html", "tekst") if mag else [],
    }
    return render(request, "meldingen/werk/historiek.html", context)


@for_staff
def mail(request: StaffRequest, nummer: int, pk: int) -> HttpResponse:
    """One mail about the report."""
    melding = _to_handle(request, nummer)
    actions.read(melding=melding, door=request.user, wat=Inzage.Wat.MAIL, at=timezone.now())
    return berichten.show(request, over=melding, pk=pk, back=reverse("meldingen:detail", args=[nummer]))


@for_staff
def mail_again(request: StaffRequest, nummer: int, pk: int) -> HttpResponse:
    """Send a mail about the report once more."""
    melding = _to_handle(request, nummer)
    return berichten.send_again(request, over=melding, pk=pk, back=reverse("meldingen:staff_history", args=[nummer]))


def _to_handle(request: StaffRequest, nummer: int) -> Melding:
    melding = get_object_or_404(visible(request.user, request.reach).select_related("categorie"), pk=nummer)
    if not rules.may_handle(request.user, request.reach, melding):
        raise Http404
    return melding
