"""Plan a campaign and take its steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker

from ..models import Campagne
from ..states import CAMPAGNE_STEPS, Campagnestatus

NEEDS_A_REASON = frozenset({Campagnestatus.ONDERBROKEN, Campagnestatus.GEANNULEERD})


class StapMagNiet(ValueError):
    """The campaign cannot go from where it is to there, or a reason is missing."""


class CampagneGewijzigd(ValueError):
    """Somebody else changed the campaign since the page was opened."""


@transaction.atomic
def save(*, campagne: Campagne, screeners: Iterable[Gebruiker], versie: int | None = None) -> Campagne:
    """Keep a campaign with its people. Raises CampagneGewijzigd when `versie` is not the one in the database."""
    if campagne.pk:
        current = Campagne.objects.select_for_update().values_list("versie", flat=True).get(pk=campagne.pk)
        if versie is not None and versie != current:
            raise CampagneGewijzigd
        campagne.versie = current + 1
    campagne.save()
    campagne.screeners.set(screeners)
    return campagne


@transaction.atomic
def step(*, campagne: Campagne, naar: str, reden: str = "", at: datetime) -> Campagne:
    """Take a step of `states.CAMPAGNE_STEPS`. Raises StapMagNiet for another one, or without the reason it needs."""
    row = Campagne.objects.select_for_update().get(pk=campagne.pk)
    if naar not in CAMPAGNE_STEPS[Campagnestatus(row.status)]:
        raise StapMagNiet(f"{row.status} → {naar}")
    if naar in NEEDS_A_REASON and not reden.strip():
        raise StapMagNiet("reden")
    row.status, row.reden = naar, reden.strip()
    row.versie += 1
    row.save(update_fields=["status", "reden", "versie"])
    return row
