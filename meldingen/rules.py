"""Who may do what with a report, and which clock runs. Plain predicates: they fetch and write nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kern.spelling import fold

from .states import OPEN, STEPS, Status

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.queries import Bereik

    from .models import Melding

REOPEN_DAYS = 30
SEPARATE_DAYS = 30
# What a report that is taken out of its main can be again; anything else ended when it was merged.
RETURNS_TO = frozenset(
    {
        Status.NIEUW,
        Status.TOEGEWEZEN,
        Status.IN_BEHANDELING,
        Status.INGEPLAND,
        Status.WACHT_OP_MELDER,
        Status.HEROPEND,
    }
)
HANDLING_ROLES = frozenset(
    {"beheerder", "wijkmanager", "buurttoezichter", "buurtwerkplaats", "behandelaar", "teamleider"}
)
RELEASING_ROLES = frozenset({"beheerder", "wijkmanager", "teamleider"})


def may_see(user: Gebruiker, reach: Bereik, melding: Melding) -> bool:
    """Whether this member of staff may see the report; the twin of `MeldingQuerySet.visible_to`."""
    if not user.is_active or not user.rollen:
        return False
    if "beheerder" in user.rollen:
        return True
    if melding.behandelaar_id in reach.gebruiker_ids or melding.team_id in reach.team_ids:
        return True
    if melding.categorie.is_gevoelig:
        return False
    return (
        "lezer" in user.rollen
        or melding.wijk_id in reach.wijk_ids
        or (reach.is_meldpunt and (melding.team_id is None or melding.status == Status.NIEUW))
    )


def handles(user: Gebruiker) -> bool:
    """Whether this member of staff handles reports at all, and so may know who reported."""
    return user.is_active and not HANDLING_ROLES.isdisjoint(user.rollen)


def may_handle(user: Gebruiker, reach: Bereik, melding: Melding) -> bool:
    """Whether this member of staff may take steps, write notes and change the report."""
    return may_see(user, reach, melding) and handles(user)


def may_release(user: Gebruiker, reach: Bereik, melding: Melding) -> bool:
    """Whether this member of staff may show the report to everybody, or hide it again."""
    return may_see(user, reach, melding) and not RELEASING_ROLES.isdisjoint(user.rollen)


def may_reopen(melding: Melding, at: datetime) -> bool:
    """Whether the resident may reopen: within 30 days after closing. A merged report is separated instead."""
    return (
        melding.status == Status.AFGESLOTEN
        and melding.hoofdmelding_id is None
        and melding.afgesloten_op is not None
        and at - melding.afgesloten_op <= timedelta(days=REOPEN_DAYS)
    )


def may_separate(melding: Melding, at: datetime) -> bool:
    """Whether a merged report may be taken out of its main again, by staff or by who sent it: within 30 days."""
    return (
        melding.hoofdmelding_id is not None
        and melding.afgesloten_op is not None
        and at - melding.afgesloten_op <= timedelta(days=SEPARATE_DAYS)
    )


def why_not_merge(melding: Melding, hoofdmelding: Melding) -> str:
    """Why a report cannot be merged into another, in words; empty when it can.

    A sensitive report is seen by its team alone, so it never takes in one of everybody, nor the other way round.
    """
    if melding.pk == hoofdmelding.pk:
        return "een melding kan niet met zichzelf samengaan"
    if melding.status not in OPEN:
        return f"melding {melding.pk} is al afgesloten"
    if hoofdmelding.status not in OPEN:
        return f"melding {hoofdmelding.pk} is al afgesloten: heropen ze eerst"
    if melding.categorie.is_gevoelig != hoofdmelding.categorie.is_gevoelig:
        return "een gevoelige melding gaat alleen samen met een andere gevoelige"
    return ""


def word_overlap(texts: Sequence[str]) -> float:
    """How much of their words two texts or more share, from 0 to 1: a hint for a person, never a decision.

    Words of four letters or more, without accents or capitals; the share of the shortest text, so that a long story
    about the same thing still counts.
    """
    sets = [set(re.findall(r"[a-z]{4,}", fold(text))) for text in texts]
    shortest = min((len(words) for words in sets), default=0)
    return len(set.intersection(*sets)) / shortest if shortest else 0.0


def may_withdraw(melding: Melding) -> bool:
    """Whether the resident may still withdraw the report."""
    return melding.status in OPEN


def steps_for(melding: Melding) -> list[Status]:
    """The statuses that this report can go to, in the order of the table."""
    targets = STEPS[Status(melding.status)]
    return [status for status in Status if status in targets]


def next_term(
    *, status: str, gereageerd_op: datetime | None, reactie_uiterlijk: date, oplossing_uiterlijk: date
) -> date | None:
    """The first date at which a clock runs out; None when no clock runs (closed, or waiting for the resident)."""
    if status in (Status.AFGESLOTEN, Status.WACHT_OP_MELDER):
        return None
    if gereageerd_op is None:
        return min(reactie_uiterlijk, oplossing_uiterlijk)
    return oplossing_uiterlijk


def is_first_reaction(status: str) -> bool:
    """Whether a step to this status tells the resident that somebody is busy with the report."""
    return status in (Status.IN_BEHANDELING, Status.INGEPLAND, Status.WACHT_OP_MELDER, Status.AFGESLOTEN)
