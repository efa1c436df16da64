"""A norm that became stricter, so that it shows which verdicts changed without a new visit."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal

from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date

from ..actions import normen as actions
from ..models import Norm


def fill(now: datetime, dice: random.Random) -> None:
    """A resting place every 150 m instead of 200 m, since yesterday."""
    boss = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.BEHEERDER).order_by("pk").first()
    norm = Norm.objects.filter(code="SM-02", geldig_tot=None, versie=1).first()
    day = local_date(now) - timedelta(days=1)
    if boss is None or norm is None or day <= norm.geldig_van:
        return
    fields = {"maximum": Decimal(15000), "opmerking": "Voor de demo strenger gemaakt: 150 meter."}
    actions.revise(norm=norm, velden=fields, vanaf=day, door=boss, at=now, nu=True)  # there is no worker yet
