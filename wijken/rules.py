"""How names of streets are compared, what a typed address says, who may do what with a need or a meeting, and when a
partner's contact is asked again. Fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kern.spelling import fold

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from .models import Actie, Actievoorstel, Advies, Behoefte, Bijeenkomst, Inschrijving

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
    return leads_wijk(user, reach, behoefte.wijk_id)


# A contact moment of this kind comes back after six weeks.
WIJKTEAM_DAYS = 42
# How long others get to say what they think, unless told otherwise; and when it is decided at the latest.
ADVICE_WORKING_DAYS = 15
DECISION_WORKING_DAYS = 5
# A partner is reminded on these working days counted from the day its opinion is expected, each once.
ADVICE_REMINDERS = (-3, 0, 5)
ADVICE_LINK_DAYS = 60  # how long after that day the mailed link works
# The text under which somebody asked to hear what comes of it; change the name with the words.
CONSENT_VERSION = "2026-11"


def may_see_of_wijk(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether somebody may see what is kept about a wijk; the twin of the `visible_to` of contact moments."""
    if not user.is_active or not user.rollen:
        return False
    return bool({"beheerder", "lezer"} & user.rollen) or wijk_id in reach.wijk_ids


def leads_wijk(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether this person decides in the wijk: its wijkmanager, or an administrator."""
    if not user.is_active:
        return False
    return "beheerder" in user.rollen or ("wijkmanager" in user.rollen and wijk_id in reach.wijk_ids)


def may_note_moments(user: Gebruiker, reach: Bereik, wijk_id: int) -> bool:
    """Whether this person may write down a contact moment of the wijk: who works there, and does more than read."""
    return may_see_of_wijk(user, reach, wijk_id) and bool(user.rollen - {"lezer"})


def may_see_proposal(user: Gebruiker, reach: Bereik, voorstel: Actievoorstel, asked_team_ids: Collection[int]) -> bool:
    """Whether somebody may see the proposal: of a wijk they work in, or about which their team is asked."""
    if not user.is_active or not user.rollen:
        return False
    return may_see_of_wijk(user, reach, voorstel.wijk_id) or not reach.team_ids.isdisjoint(asked_team_ids)


def may_give_advice(user: Gebruiker, reach: Bereik, advies: Advies) -> bool:
    """Whether this person may say what their own service thinks of a proposal."""
    return user.is_active and bool(user.rollen - {"lezer"}) and advies.is_gevraagd and advies.team_id in reach.team_ids


def may_see_action(user: Gebruiker, reach: Bereik, actie: Actie, wijk_ids: Collection[int]) -> bool:
    """Whether somebody may see the action. `wijk_ids` are all its wijken; the twin of `ActieQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if {"beheerder", "lezer"} & user.rollen or actie.eigenaar_id in reach.gebruiker_ids:
        return True
    return not reach.wijk_ids.isdisjoint(wijk_ids)


def may_carry(user: Gebruiker, reach: Bereik, actie: Actie) -> bool:
    """Whether this person may change the action and end it: who leads its wijk, and its owner."""
    own = user.is_active and bool(user.rollen - {"lezer"}) and actie.eigenaar_id in reach.gebruiker_ids
    return own or leads_wijk(user, reach, actie.wijk_id)


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
