"""Every write to the standard texts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Standaardtekst
from ..rules import may_edit_texts


@transaction.atomic
def save(*, tekst: Standaardtekst, door: Gebruiker) -> Standaardtekst:
    """Add or change a standard text. Raises PermissionError, and ValidationError for what the database would refuse."""
    if not may_edit_texts(door):
        raise PermissionError("alleen een beheerder of teamleider verandert standaardteksten")
    tekst.full_clean()
    with historiek.reason("Standaardtekst bewaard"):
        tekst.save()
    return tekst


@transaction.atomic
def remove(*, tekst: Standaardtekst, door: Gebruiker) -> None:
    """Delete a standard text; what was sent with it stays as it was sent. Raises PermissionError."""
    if not may_edit_texts(door):
        raise PermissionError("alleen een beheerder of teamleider verandert standaardteksten")
    with historiek.reason("Standaardtekst gewist"):
        Standaardtekst.objects.filter(pk=tekst.pk).delete()


def used(*, teksten: Collection[int], at: datetime) -> None:
    """Count that these texts were sent just now (one query)."""
    if teksten:
        Standaardtekst.objects.filter(pk__in=teksten).update(
            aantal_gebruikt=F("aantal_gebruikt") + 1, laatst_gebruikt_op=at
        )
