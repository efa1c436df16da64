"""An invented programme in the shape of the real one: 43 uitdagers and 3,200 people in De Genks, and 100% Genks
that runs now. The numbers of De Genks are real; people, conversations and words are made up, and say so.
"""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction

from ..models import Gesprek
from . import aanbevelingen, activiteiten, brieven, bruggen, degenks, denktafels, nu

SEED = 2009


@transaction.atomic
def fill(now: datetime) -> int:
    """Add the programme where there is none yet; how many conversations there are then."""
    if not Gesprek.objects.exists():
        dice = random.Random(SEED)  # noqa: S311 (nothing secret)
        degenks.fill(dice)
        nu.fill(now, dice)
        aanbevelingen.fill(now)
        denktafels.fill(now)
        brieven.fill(now)
    bruggen.fill(now)
    activiteiten.fill(now)
    return Gesprek.objects.count()
