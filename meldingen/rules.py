"""Who may do what with a report, and which clock runs. Plain predicates: they fetch and write nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .states import OPEN, STEPS, Status

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.queries import Bereik

    from .models import Melding

REOPEN_DAYS = 30
# How often the portal itself gives a new date after a broken promise; then it is for the team leader.
MAX_NEW_DATES = 2
# From how many working days before its day a promise is asked for.
PROMISE_NEAR_DAYS = 2
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
    """Whether the resident may reopen: within 30 days after closing."""
    return (
        melding.status == Status.AFGESLOTEN
        and melding.afgesloten_op is not None
        and at - melding.afgesloten_op <= timedelta(days=REOPEN_DAYS)
    )


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


def promise_outcome(
    *, status: str, closed_on: date | None, oplossing_uiterlijk: date, keren_verzet: int, keren_gebroken: int
) -> str:
    """How the promise of a closed report ended: gehouden, verzet or gebroken; empty while it is open.

    The twin of `models.beloften.ENDED`, and of what the database counts.
    """
    if status != Status.AFGESLOTEN or closed_on is None:
        return ""
    if keren_gebroken or closed_on > oplossing_uiterlijk:
        return "gebroken"
    return "verzet" if keren_verzet else "gehouden"


def promise_may_break(*, runs: bool, oplossing_uiterlijk: date, on: date) -> bool:
    """Whether a promise is so near that its working days are worth counting: within a week, while the clock runs."""
    return runs and oplossing_uiterlijk <= on + timedelta(days=7)


def new_term(original: int) -> int:
    """Within how many working days a report is solved after its promise broke: half the first term, at least five."""
    return max(original // 2, 5)
