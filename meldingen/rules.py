"""Who may do what with a report, and which clock runs. Plain predicates: they fetch and write nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .states import DEEL_STEPS, OPEN, PAUSED, STEPS, Deelstatus, Status

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.queries import Bereik

    from .models import Deeltaak, Melding

REOPEN_DAYS = 30
# A partner is reminded on these working days counted from its term, each once; then the city's own people are.
PARTNER_REMINDERS = (-2, 0, 3, 8)
PARTNER_LINK_DAYS = 60  # how long after its term the mailed link works
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
        or not reach.team_ids.isdisjoint(melding.deeltaakteams)
        or melding.wijk_id in reach.wijk_ids
        or (reach.is_meldpunt and (melding.team_id is None or melding.status == Status.NIEUW))
    )


def may_see_sub_task(user: Gebruiker, reach: Bereik, deeltaak: Deeltaak) -> bool:
    """Whether this member of staff may see the sub-task; the twin of `DeeltaakQuerySet.visible_to`.

    Who works on it sees it, also when the report itself is not theirs to see (a sensitive one).
    """
    if not user.is_active or not user.rollen:
        return False
    own = deeltaak.team_id in reach.team_ids or deeltaak.behandelaar_id in reach.gebruiker_ids
    return own or may_see(user, reach, deeltaak.melding)


def may_handle_sub_task(user: Gebruiker, reach: Bereik, deeltaak: Deeltaak) -> bool:
    """Whether this member of staff may work on the sub-task, finish or drop it."""
    return may_see_sub_task(user, reach, deeltaak) and handles(user)


def sub_task_steps_for(deeltaak: Deeltaak) -> list[Deelstatus]:
    """The statuses that this sub-task can go to, in the order of the table; none while its report is closed."""
    targets = DEEL_STEPS[Deelstatus(deeltaak.status)] if deeltaak.melding.is_open else frozenset()
    return [status for status in Deelstatus if status in targets]


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
    """The first date at which a clock runs out; None when no clock runs (closed, or waiting for somebody outside)."""
    if status == Status.AFGESLOTEN or status in PAUSED:
        return None
    if gereageerd_op is None:
        return min(reactie_uiterlijk, oplossing_uiterlijk)
    return oplossing_uiterlijk


def is_first_reaction(status: str) -> bool:
    """Whether a step to this status tells the resident that somebody is busy with the report."""
    return status in PAUSED | {Status.IN_BEHANDELING, Status.INGEPLAND, Status.AFGESLOTEN}
