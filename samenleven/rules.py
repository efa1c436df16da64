"""Who may see and do what with conversations and uitdagers, and what is too small to show. Fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik

    from .models import Gesprek, Uitdager

WRITERS = frozenset({"beheerder", "samenlevingscoördinator"})
READERS = WRITERS | {"lezer"}
# Who has something to look for on the pages of this app at all.
ROLES = READERS | {"wijkmanager"}


def may_see_all(user: Gebruiker) -> bool:
    """Whether somebody sees every conversation and uitdager, of whatever wijk."""
    return user.is_active and bool(user.rollen & READERS)


def may_write(user: Gebruiker) -> bool:
    """Whether somebody plans, checks and publishes: the coordinator of living together, and administrators."""
    return user.is_active and bool(user.rollen & WRITERS)


def may_see_gesprek(user: Gebruiker, reach: Bereik, gesprek: Gesprek) -> bool:
    """Whether somebody may see the conversation; the twin of `GesprekQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if may_see_all(user) or gesprek.begeleider_id in reach.gebruiker_ids:
        return True
    return "wijkmanager" in user.rollen and gesprek.wijk_id in reach.wijk_ids


def may_see_uitdager(user: Gebruiker, reach: Bereik, uitdager: Uitdager) -> bool:
    """Whether somebody may see the uitdager; the twin of `UitdagerQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if may_see_all(user) or uitdager.coach_id in reach.gebruiker_ids:
        return True
    return "wijkmanager" in user.rollen and uitdager.wijk_id in reach.wijk_ids
