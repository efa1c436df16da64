"""Who may do what with a meeting, and what is told of who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from .bereik import Bereik

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..models import Bijeenkomst, Inschrijving


# The reminder of a meeting goes out this long before; who registers later is not reminded of what they just did.
REMIND_HOURS = 48
# Fewer people of a group than this are not shown: they could be recognised.
SMALLEST_CELL = 5
# A meeting that was held is rounded off within so many working days.
CLOSE_WORKING_DAYS = 5


def may_see_meeting(user: Gebruiker, reach: Bereik, bijeenkomst: Bijeenkomst) -> bool:
    """Whether somebody may see it among the staff pages; the twin of `BijeenkomstQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    return bool({"beheerder", "lezer"} & user.rollen) or _is_theirs(reach, bijeenkomst)


def may_run_meeting(user: Gebruiker, reach: Bereik, bijeenkomst: Bijeenkomst) -> bool:
    """Whether they may change it and see who comes: who organises it, the wijkmanager of its wijk, a beheerder."""
    if not may_see_meeting(user, reach, bijeenkomst):
        return False
    if "beheerder" in user.rollen or bijeenkomst.team_id in reach.team_ids:
        return True
    if reach.gebruiker_ids & {row.pk for row in bijeenkomst.organisatoren.all()}:
        return True
    return "wijkmanager" in user.rollen and bool(reach.wijk_ids & {row.pk for row in bijeenkomst.wijken.all()})


def _is_theirs(reach: Bereik, bijeenkomst: Bijeenkomst) -> bool:
    return (
        bijeenkomst.team_id in reach.team_ids
        or bool(reach.wijk_ids & {row.pk for row in bijeenkomst.wijken.all()})
        or bool(reach.gebruiker_ids & {row.pk for row in bijeenkomst.organisatoren.all()})
    )


def registration_open(bijeenkomst: Bijeenkomst, at: datetime) -> bool:
    """Whether residents can register for it at this moment."""
    if not bijeenkomst.met_inschrijving or not bijeenkomst.is_aangekondigd:
        return False
    if bijeenkomst.inschrijven_vanaf and at < bijeenkomst.inschrijven_vanaf:
        return False
    return at < min(filter(None, [bijeenkomst.inschrijven_tot, bijeenkomst.begin]))


def may_change_registration(inschrijving: Inschrijving, at: datetime) -> bool:
    """Whether who registered can still change or cancel it: until it begins."""
    meeting = inschrijving.bijeenkomst
    return not inschrijving.is_geannuleerd and meeting.is_aangekondigd and at < meeting.begin


def shown_counts(counts: Sequence[int], total: int | None = None) -> list[int | None]:
    """Counts of groups as others may read them: None where fewer than five people would be recognisable.

    One small group alone could be worked out from the total, so then the next smallest is not told either. Zero is
    told, for it is about nobody.
    """
    small = [place for place, count in enumerate(counts) if 0 < count < SMALLEST_CELL]
    hidden = set(small)
    others = [place for place, count in enumerate(counts) if count and place not in hidden]
    if len(small) == 1 and others and (total is None or sum(counts) == total):
        hidden.add(min(others, key=lambda place: counts[place]))
    return [None if place in hidden else count for place, count in enumerate(counts)]
