"""Every write on the red thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from kern.gebruikers.models import Gebruiker

from ..models import Draad


@transaction.atomic
def tie(
    *,
    van: Iterable[Model],
    naar: Model,
    at: datetime,
    soort: str = Draad.Soort.BRON,
    door: Gebruiker | None = None,
) -> int:
    """Add pieces of the red thread from these things to one other; what was tied already stays. How many are new."""
    to = ContentType.objects.get_for_model(naar)
    before = Draad.objects.into(naar).count()
    Draad.objects.bulk_create(
        (
            Draad(
                soort=soort,
                van_type=ContentType.objects.get_for_model(thing),
                van_id=thing.pk,
                naar_type=to,
                naar_id=naar.pk,
                sinds=at,
                door=door,
            )
            for thing in van
        ),
        ignore_conflicts=True,
    )
    return Draad.objects.into(naar).count() - before
