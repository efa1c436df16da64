"""How names of streets are compared, what a typed address says, who may do what with a need, and when a partner's
contact is asked again. Fetches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kern.spelling import fold

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from .models import Behoefte

DECIDE_WORKING_DAYS = 10
PROPOSE_AGAIN_DAYS = 365

# The contact of a partner is asked once a year; who has not answered by then is on the list of the beheerder.
CONTACT_DAYS = 365
CONTACT_WORKING_DAYS = 20
CONTACT_LINK_DAYS = 90

_LETTERS = re.compile(r"[a-z0-9]+")
_HOUSE_NUMBER = re.compile(
    r"^(?P<straat>.*?\D)\s+(?P<nummer>\d{1,4}\s?[a-z]?(?:\s*(?:bus|/|-)\s*\w+)?)$", re.IGNORECASE
)
_TOWN = re.compile(r"[\s,]+(?:3600\s*)?(?:genk|3600)\s*$", re.IGNORECASE)


class Zoekvraag(NamedTuple):
    """A typed address in parts: the street as people wrote it, and the house number if any."""

    straat: str
    nummer: str


def zoeknaam(naam: str) -> str:
    """A name as it is searched: small letters, no accents, one space between words."""
    return " ".join(_LETTERS.findall(fold(naam)))


def read_address(text: str) -> Zoekvraag:
    """Take street and house number out of a typed address; the town and its postcode may follow."""
    line = _TOWN.sub("", " ".join(text.split())).strip(" ,")
    match = _HOUSE_NUMBER.match(line)
    return Zoekvraag(match["straat"].strip(" ,"), match["nummer"]) if match else Zoekvraag(line, "")


@dataclass(frozen=True)
class Bereik:
    """What somebody may reach on a day: as themselves and for the absent colleagues they stand in for."""

    gebruiker_ids: frozenset[int]
    team_ids: frozenset[int]
    geleide_team_ids: frozenset[int]
    wijk_ids: frozenset[int]
    is_meldpunt: bool


def may_see_need(user: Gebruiker, reach: Bereik, behoefte: Behoefte) -> bool:
    """Whether somebody may see the need: of a wijk they work in; the twin of `BehoefteQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    return bool({"beheerder", "lezer"} & user.rollen) or behoefte.wijk_id in reach.wijk_ids


def may_decide(user: Gebruiker, reach: Bereik, behoefte: Behoefte) -> bool:
    """Whether this person may edit, confirm or reject it: the wijkmanager of the wijk, or an administrator."""
    if not may_see_need(user, reach, behoefte):
        return False
    return "beheerder" in user.rollen or ("wijkmanager" in user.rollen and behoefte.wijk_id in reach.wijk_ids)


def may_tie_to_plan(user: Gebruiker) -> bool:
    """Whether somebody may say to what degree a thing they see was taken up in the multi-year plan."""
    return user.is_active and bool(
        {"beheerder", "wijkmanager", "toegankelijkheidscoördinator", "samenlevingscoördinator"} & user.rollen
    )


def may_manage_figures(user: Gebruiker) -> bool:
    """Whether somebody may read in the plan and the figures, and say which wijken are impulswijken."""
    return user.is_active and "beheerder" in user.rollen


def may_see_programme(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether somebody may see the programme of a wijk; the twin of `ProgrammapuntQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    return bool({"beheerder", "lezer", "samenlevingscoördinator"} & user.rollen) or wijk_id in reach.wijk_ids


def may_lead_programme(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether this person writes down the agreements of a wijk: its wijkmanager, or an administrator."""
    if not may_see_programme(user, reach, wijk_id):
        return False
    return "beheerder" in user.rollen or ("wijkmanager" in user.rollen and wijk_id in reach.wijk_ids)
