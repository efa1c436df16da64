"""Staff enter a report for somebody else: on the phone, at the counter, in the street."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from kern.gebruikers.models import Gebruiker

from ..models import Melding
from ..states import Sluitreden
from . import handle
from .submit import submit


class Daarna(StrEnum):
    """What happens with a report right after it was entered."""

    ROUTE = "route"
    IK = "ik"
    OPGELOST = "opgelost"


@transaction.atomic
def enter(
    *, door: Gebruiker, at: datetime, daarna: Daarna = Daarna.ROUTE, toelichting: str = "", **fields: Any
) -> tuple[Melding, bool]:
    """Store a report that somebody else told, and at once leave it to the rules, take it up, or close it as solved.

    The fields are those of `submit`. A second call with the same `inzending` changes nothing and returns the report of
    the first, and False. What is solved at once gets one mail: the one that says so.
    Raises ValueError when it is solved without words for the resident.
    """
    if daarna == Daarna.OPGELOST and not toelichting.strip():
        raise ValueError("afsluiten vraagt een toelichting")
    melding, made = submit(door=door, at=at, mail_ontvangst=daarna != Daarna.OPGELOST, **fields)
    if not made:
        return melding, False
    match daarna:
        case Daarna.IK:
            melding = handle.assign(melding=melding, team=melding.team, behandelaar=door, door=door, at=at)
        case Daarna.OPGELOST:
            melding = handle.close(
                melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting=toelichting, door=door, at=at
            )
    return melding, True
