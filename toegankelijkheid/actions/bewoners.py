"""What residents answer about work that was done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Bewonersvraag


@transaction.atomic
def answer(*, vraag: Bewonersvraag, antwoord: str, at: datetime) -> Bewonersvraag:
    """Keep the answer of a resident; a later one takes its place."""
    row = Bewonersvraag.objects.select_for_update().get(pk=vraag.pk)
    row.antwoord, row.beantwoord_op = antwoord, at
    row.save(update_fields=["antwoord", "beantwoord_op"])
    return row
