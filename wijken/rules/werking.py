"""Who may do what on the way from a word of a resident to an action, and how long each gets."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from .bereik import Bereik

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..models import Actie, Actievoorstel, Advies, Behoefte


DECIDE_WORKING_DAYS = 10
PROPOSE_AGAIN_DAYS = 365


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
