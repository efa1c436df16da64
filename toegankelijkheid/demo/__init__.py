"""An invented screening to look around in. Each module here fills one subject; all names and values are made up.

Only the zone "Oost (Menos)" is a real name; the others are marked as fictitious.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ..models import Woonzorgzone
from . import (
    actieplannen,
    adviezen,
    bevindingen,
    campagnes,
    metingen,
    monitoring,
    normen,
    rondes,
    route,
    vormingen,
    zones,
)

SEED = 71016
PARTS: tuple[Callable[[datetime, random.Random], None], ...] = (
    zones.fill,
    campagnes.fill,
    metingen.fill,
    bevindingen.fill,
    normen.fill,
    rondes.fill,
    monitoring.fill,
    route.fill,
    actieplannen.fill,
    adviezen.fill,
    vormingen.fill,
)


@transaction.atomic
def fill(now: datetime) -> None:
    """Add zones, campaigns and over a thousand objects, where there is no zone yet."""
    if Woonzorgzone.objects.exists():
        return
    dice = random.Random(SEED)  # noqa: S311 (nothing secret)
    for part in PARTS:
        part(now, dice)
