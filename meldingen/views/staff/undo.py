"""Take back the last step with a report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import actions, rules
from ...models import Handeling, Melding
from ...queries.staff import visible
from ...queries.undo import open_step, until
from .gate import StaffRequest, for_staff
from .steps import refusal


def undoable(request: StaffRequest, melding: Melding) -> dict[str, Any]:
    """What the page of a report shows of the step that this person can take back; empty when there is none."""
    step = open_step(melding, timezone.now())
    if step is None or not rules.may_take_back(request.user, request.reach, melding, step.door_id):
        return {}
    return {"stap": step, "tot": until(step), "eigen": step.door_id == request.user.pk}


@for_staff
def take_back(request: StaffRequest, nummer: int, pk: int) -> HttpResponse:
    """Take back a step; whom the log-in page sends here only goes to the report."""
    melding = get_object_or_404(visible(request.user, request.reach).select_related("categorie"), pk=nummer)
    step = get_object_or_404(Handeling.objects.filter(melding=melding), pk=pk)
    if not rules.may_take_back(request.user, request.reach, melding, step.door_id):
        raise Http404
    if request.method == "POST":
        try:
            if step.op + rules.UNDO < timezone.now():
                raise actions.NietTerug(_("de vijf minuten om dit terug te draaien zijn voorbij"))  # noqa: TRY301
            actions.take_back(handeling=step, door=request.user, at=timezone.now())
        except actions.NietTerug as error:
            messages.warning(request, refusal(error))
        else:
            text = _("Teruggedraaid: %(wat)s. Er ging geen mail weg.")
            messages.success(request, text % {"wat": step.wat})
    return HttpResponseRedirect(f"{reverse('meldingen:detail', args=[nummer])}?{request.GET.urlencode()}")
