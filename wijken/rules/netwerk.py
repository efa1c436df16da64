"""Who may do what with partners and with what was agreed on with them, and when a partner is asked again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .bereik import Bereik

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..models import Afspraak


# The contact of a partner is asked once a year; who has not answered by then is on the list of the beheerder.
CONTACT_DAYS = 365
CONTACT_WORKING_DAYS = 20
CONTACT_LINK_DAYS = 90
# A half-year report is expected a month after its half year; its partner is reminded on these working days from then.
REPORT_DAYS = 31
REPORT_REMINDERS = (-10, 0, 5, 15)
REPORT_LOOK_WORKING_DAYS = 10
REPORT_LINK_DAYS = 365
SHORT_PERIOD_DAYS = 60  # less than this is no half year of its own
# Of an agreed task its partner hears once before the day and once after it, and then no more: it is no duty.
TASK_REMINDERS = (-2, 3)
TASK_LINK_DAYS = 180
NETWORK_ROLES = frozenset({"beheerder", "wijkmanager"})


def may_see_contact_person(user: Gebruiker, reach: Bereik, wijken: Collection[int]) -> bool:
    """Whether somebody may read the contact data of a person of a partner, who is there for these wijken (none: all).

    The twin of `PartnerpersoonQuerySet.visible_to`.
    """
    if not user.is_active or not user.rollen - {"lezer"}:
        return False
    return "beheerder" in user.rollen or not wijken or not reach.wijk_ids.isdisjoint(wijken)


def may_keep_partners(user: Gebruiker) -> bool:
    """Whether somebody writes down who and what the partners are: wijkmanagers and administrators."""
    return user.is_active and not NETWORK_ROLES.isdisjoint(user.rollen)


def may_see_agreement(user: Gebruiker, reach: Bereik, verantwoordelijke: int | None, wijken: Collection[int]) -> bool:
    """Whether somebody may see an agreement for these wijken; the twin of `OvereenkomstQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if {"beheerder", "lezer"} & user.rollen:
        return True
    return verantwoordelijke in reach.gebruiker_ids or not reach.wijk_ids.isdisjoint(wijken)


def may_keep_agreement(user: Gebruiker, reach: Bereik, verantwoordelijke: int | None, wijken: Collection[int]) -> bool:
    """Whether somebody may change an agreement and look at its reports: who follows it or manages a wijk of it."""
    if not may_see_agreement(user, reach, verantwoordelijke, wijken) or not may_keep_partners(user):
        return False
    return (
        "beheerder" in user.rollen or verantwoordelijke in reach.gebruiker_ids or not reach.wijk_ids.isdisjoint(wijken)
    )


def may_see_task(user: Gebruiker, reach: Bereik, afspraak: Afspraak) -> bool:
    """Whether somebody may see an agreed task; the twin of `AfspraakQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    return (
        bool({"beheerder", "lezer"} & user.rollen)
        or afspraak.wijk_id in reach.wijk_ids
        or afspraak.collega_id in reach.gebruiker_ids
        or afspraak.gemaakt_door_id in reach.gebruiker_ids
    )


def may_keep_task(user: Gebruiker, reach: Bereik, afspraak: Afspraak) -> bool:
    """Whether somebody may change an agreed task and say how it went: its wijkmanager, its maker, who took it on."""
    if not may_see_task(user, reach, afspraak) or user.rollen <= {"lezer"}:
        return False
    if afspraak.collega_id in reach.gebruiker_ids or afspraak.gemaakt_door_id in reach.gebruiker_ids:
        return True
    return may_keep_partners(user) and ("beheerder" in user.rollen or afspraak.wijk_id in reach.wijk_ids)


def half_years(van: date, tot: date) -> list[tuple[date, date]]:
    """The half years of the calendar in a period, of each the days that lie in it.

    A piece of less than sixty days at an end belongs to its neighbour.
    """
    pieces: list[tuple[date, date]] = []
    begin = van
    while begin <= tot:
        end = date(begin.year, 6, 30) if begin.month <= 6 else date(begin.year, 12, 31)
        pieces.append((begin, min(end, tot)))
        begin = end + timedelta(days=1)

    def is_short(piece: tuple[date, date]) -> bool:
        return (piece[1] - piece[0]).days + 1 < SHORT_PERIOD_DAYS

    if len(pieces) > 1 and is_short(pieces[0]):
        pieces[:2] = [(pieces[0][0], pieces[1][1])]
    if len(pieces) > 1 and is_short(pieces[-1]):
        pieces[-2:] = [(pieces[-2][0], pieces[-1][1])]
    return pieces
