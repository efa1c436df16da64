"""Who may hand over a wijk, who may take it over, and what the pages of a wijk call soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bereik import Bereik
from .werking import leads_wijk

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..models import Overdracht

# What is due within so many days stands on the page of a wijk, and in a hand-over as what comes first.
SOON_DAYS = 28
# An agreement that ends within so many days asks for a decision now.
ENDING_DAYS = 90
# Reports of so many days are held against what was found in the street.
SILENCE_DAYS = 365
# From so many inhabitants on a number per 1,000 says something.
MIN_INHABITANTS = 200
# Where fewer things were found, nothing can be said about who is silent.
MIN_FOUND = 5


def may_see_handover(user: Gebruiker, reach: Bereik, overdracht: Overdracht) -> bool:
    """Whether somebody may see the receipt; the twin of `OverdrachtQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if {"beheerder", "lezer"} & user.rollen or overdracht.wijk_id in reach.wijk_ids:
        return True
    return not reach.gebruiker_ids.isdisjoint({overdracht.van_id, overdracht.naar_id})


def may_hand_over(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether somebody may prepare a hand-over of the wijk, or take it back: who leads it."""
    return leads_wijk(user, reach, wijk_id)


def may_take_over(user: Gebruiker, overdracht: Overdracht) -> bool:
    """Whether somebody may sign for it: who takes over, in person."""
    return user.is_active and bool(user.rollen - {"lezer"}) and overdracht.naar_id == user.pk
