"""How a promise to a resident ended, as conditions on reports; `rules.promise_outcome` says it for one report.

Broken is broken: a promise that the portal or a colleague replaced after its day stays broken, whatever came later.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, TextChoices

from ..states import Status


class Belofte(TextChoices):
    """How the promise of a closed report ended."""

    GEHOUDEN = "gehouden", "gehouden"
    VERZET = "verzet", "op tijd verzet"
    GEBROKEN = "gebroken", "gebroken"


_CLOSED = Q(status=Status.AFGESLOTEN)
_LATE = Q(keren_gebroken__gt=0) | Q(afgesloten_op__date__gt=F("oplossing_uiterlijk"))

ENDED = {
    Belofte.GEHOUDEN: _CLOSED & ~_LATE & Q(keren_verzet=0),
    Belofte.VERZET: _CLOSED & ~_LATE & Q(keren_verzet__gt=0),
    Belofte.GEBROKEN: _CLOSED & _LATE,
}


def open_late(on: date) -> Q:
    """Open work whose promise was broken: its day is over while the clock runs, or it got a new date after its day."""
    return ~_CLOSED & (Q(keren_gebroken__gt=0) | Q(volgende_termijn__isnull=False, oplossing_uiterlijk__lt=on))


def breaking(first: date, last: date) -> Q:
    """Open work whose promised day is one of these while its clock runs."""
    return ~_CLOSED & Q(volgende_termijn__isnull=False, oplossing_uiterlijk__gte=first, oplossing_uiterlijk__lte=last)
