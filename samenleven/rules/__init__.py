"""Who may see and do what with conversations and uitdagers, and what is too small to show. Fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik

    from ..models import Aanbeveling, Gesprek, Uitdager

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


def may_see_aanbeveling(user: Gebruiker, reach: Bereik, aanbeveling: Aanbeveling) -> bool:
    """Whether somebody may see the recommendation; the twin of `AanbevelingQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if may_see_all(user) or aanbeveling.trekker_id in reach.gebruiker_ids:
        return True
    return aanbeveling.is_openbaar and aanbeveling.traject.is_openbaar


# A recommendation asks for an answer within so many working days after it was presented.
ANSWER_WORKING_DAYS = 60
# Changes of the last minutes wait, so that what is done together is told together.
TELL_AFTER_MINUTES = 15

# No count of people below this is shown, and none that can be worked out from the others.
SMALLEST_CELL = 5
# A group is missing when its share among those counted is less than this part of its share in the city.
MISSING_BELOW = 0.75
# A wijk with a conversation planned within so many days is not proposed.
PLANNED_DAYS = 28
PROPOSED_WIJKEN = 3
# An impulswijk asks for twice the effort of another wijk.
IMPULS_WEIGHT = 2


def hide_small(counts: Sequence[int]) -> list[int | None]:
    """The counts of groups that add up to a known total, with None for those that may not be shown.

    Everything from 1 to 4 is hidden. From the total the sum of what is hidden is known: it has to be of at least two
    groups and five people, and not the least or the most that such small groups can be together, or the groups could
    be computed. As long as it is, the smallest groups that still show go too, all of the same size. Nobody (0)
    shows: it tells of no one.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_CELL}
    while hidden and _computable([counts[place] for place in hidden]):
        rest = [count for place, count in enumerate(counts) if count and place not in hidden]
        if not rest:
            break
        hidden |= {place for place, count in enumerate(counts) if count == min(rest)}
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _computable(hidden: Sequence[int]) -> bool:
    """Whether the sum of hidden groups tells what they are."""
    whole, many = sum(hidden), len(hidden)
    if many < 2 or whole < SMALLEST_CELL:
        return True
    return max(hidden) < SMALLEST_CELL and whole in (many, many * (SMALLEST_CELL - 1))


def total_may_show(counts: Sequence[int]) -> bool:
    """Whether the sum of these groups may stand beside them.

    With one group hidden, or fewer than five people in all, the sum would tell what the groups hide.
    """
    shown = hide_small(counts)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    return not hidden or not _computable(hidden)


def is_missing(share_counted: float, share_city: float) -> bool:
    """Whether a group is so much rarer among those counted than in the city that it has to be sought out."""
    return share_counted < MISSING_BELOW * share_city
