"""Every write on trainings: planned as a meeting of `wijken`, with what it treats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from wijken import actions as wijken

from ..models import Themavorming
from ..vormingsoort import VORMING


@transaction.atomic
def plan(*, themas: Iterable[str], doelgroep: str, door: Gebruiker, at: datetime, **meeting: Any) -> Themavorming:
    """Draft a training, run by whoever plans it; announcing, registration and attendance are those of any meeting."""
    made = wijken.plan_meeting(door=door, at=at, organisatoren=[door], soort=VORMING.code, **meeting)
    return Themavorming.objects.create(bijeenkomst=made, themas=list(themas), doelgroep=doelgroep)


@transaction.atomic
def describe(*, vorming: Themavorming, themas: Iterable[str], doelgroep: str) -> Themavorming:
    """Change what it treats and for whom it is."""
    vorming.themas, vorming.doelgroep = list(themas), doelgroep
    vorming.save()
    return vorming
