"""A report leaves a partner without its answer: the task ends, and the partner hears it."""

from __future__ import annotations

from datetime import datetime

from .. import mails
from ..models import Gebeurtenis, Melding
from ..states import OPDRACHT_OPEN, Opdrachtstatus


def withdraw_task(melding: Melding, *, at: datetime, reden: str) -> None:
    """End the open task of a locked report as taken back."""
    task = melding.partneropdrachten.select_related("partner").filter(status__in=OPDRACHT_OPEN).first()
    if task is None:
        return
    task.status, task.afgerond_op = Opdrachtstatus.INGETROKKEN, at
    task.save()
    Gebeurtenis.objects.create(
        melding=melding, soort=Gebeurtenis.Soort.PARTNER_TERUG, op=at, partner=task.partner, tekst=reden
    )
    mails.partner_withdrawn(melding, task, reden)
