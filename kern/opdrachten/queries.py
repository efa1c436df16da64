"""What the pages and the health page ask about jobs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from kern.gebruikers.models import Gebruiker

from .models import Opdracht, OpdrachtQuerySet

SHOWN = 100


def mine(user: Gebruiker) -> OpdrachtQuerySet:
    """The jobs that this person started, the newest first: nobody sees those of another."""
    return Opdracht.objects.filter(eigenaar=user)


def before(opdracht: Opdracht) -> int:
    """How many jobs are done before this one, that waits (counted up to 100)."""
    if opdracht.status != Opdracht.Status.WACHT:
        return 0
    others = Opdracht.objects.exclude(pk=opdracht.pk)
    busy = others.filter(status=Opdracht.Status.BEZIG)
    earlier = others.waiting().filter(aangevraagd_op__lte=opdracht.aangevraagd_op)
    return busy.count() + earlier.order_by()[:SHOWN].count()


def overdue(*, lost: datetime, waiting: datetime) -> tuple[int, int]:
    """How many jobs were last heard of before `lost`, and how many wait since before `waiting`. One query."""
    status = Opdracht.Status
    found = Opdracht.objects.filter(status__in=[status.WACHT, status.BEZIG]).aggregate(
        lost=Count("pk", filter=Q(status=status.BEZIG, hartslag__lt=lost)),
        waiting=Count("pk", filter=Q(status=status.WACHT, aangevraagd_op__lt=waiting)),
    )
    return found["lost"], found["waiting"]
