"""Who may do what with a report, and which clock runs. Plain predicates: they fetch and write nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kern.spelling import fold

from .states import DEEL_STEPS, OPEN, PAUSED, STEPS, Deelstatus, Status

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.models import Team, Wijk
    from wijken.queries import Bereik

    from .models import Deeltaak, Melding, Ronde, Weergave

REOPEN_DAYS = 30
# How long a step can be taken back, and its mails wait.
UNDO = timedelta(minutes=5)
SEPARATE_DAYS = 30
# How often the portal itself gives a new date after a broken promise; then it is for the team leader.
MAX_NEW_DATES = 2
# From how many working days before its day a promise is asked for.
PROMISE_NEAR_DAYS = 2
# A partner is reminded on these working days counted from its term, each once; then the city's own people are.
PARTNER_REMINDERS = (-2, 0, 3, 8)
PARTNER_LINK_DAYS = 60  # how long after its term the mailed link works
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
# Who may take back what a colleague did.
UNDOING_ROLES = frozenset({"beheerder", "teamleider"})


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


def may_take_back(user: Gebruiker, reach: Bereik, melding: Melding, door_id: int | None) -> bool:
    """Whether this member of staff may take back a step that `door_id` took with the report."""
    own = door_id == user.pk or not UNDOING_ROLES.isdisjoint(user.rollen)
    return own and may_handle(user, reach, melding)


def may_see_round(user: Gebruiker, reach: Bereik, ronde: Ronde) -> bool:
    """Whether this member of staff may see the round; the twin of `RondeQuerySet.visible_to`.

    Of its reports they see those that `may_see` allows.
    """
    if not user.is_active or not user.rollen:
        return False
    return (
        not {"beheerder", "lezer"}.isdisjoint(user.rollen)
        or ronde.team_id in reach.team_ids
        or ronde.wijk_id in reach.wijk_ids
        or ronde.uitvoerder_id in reach.gebruiker_ids
    )


def may_plan_round(user: Gebruiker, reach: Bereik, team: Team, wijk: Wijk | None) -> bool:
    """Whether this member of staff may make a round for the team: who works in it, or manages the wijk."""
    if not handles(user):
        return False
    if "beheerder" in user.rollen or team.pk in reach.team_ids:
        return True
    return "wijkmanager" in user.rollen and wijk is not None and wijk.pk in reach.wijk_ids


def may_walk_round(user: Gebruiker, reach: Bereik, ronde: Ronde) -> bool:
    """Whether this member of staff may change the round and write what was done on it."""
    if not may_see_round(user, reach, ronde) or not handles(user):
        return False
    return ronde.uitvoerder_id in reach.gebruiker_ids or may_plan_round(user, reach, ronde.team, ronde.wijk)


def why_not_in_round(melding: Melding) -> str:
    """Why a report cannot be a stop, in words; empty when it can. What is sensitive never stands on paper."""
    if melding.status not in OPEN:
        return f"melding {melding.pk} is al afgesloten"
    if melding.status in PAUSED:
        return f"melding {melding.pk} wacht op iemand buiten de stad"
    if melding.plaats is None:
        return f"melding {melding.pk} heeft geen plaats op de kaart"
    if melding.categorie.is_gevoelig:
        return f"melding {melding.pk} is gevoelig: die komt niet op een lijst voor onderweg"
    return ""


def may_use_view(user: Gebruiker, reach: Bereik, weergave: Weergave) -> bool:
    """Whether a saved view is there for this member of staff; the twin of `WeergaveQuerySet.visible_to`."""
    return (
        weergave.eigenaar_id == user.pk
        or weergave.team_id in reach.team_ids
        or (weergave.rol != "" and weergave.rol in user.rollen)
    )


def may_change_view(user: Gebruiker, reach: Bereik, weergave: Weergave) -> bool:
    """Whether this member of staff may rename, share and delete a view; the twin of `changeable_by`."""
    if weergave.eigenaar_id == user.pk or weergave.team_id in reach.geleide_team_ids:
        return True
    return weergave.rol != "" and user.is_active and "beheerder" in user.rollen


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
    """The first date at which a clock runs out; None when no clock runs (closed, or waiting for somebody outside)."""
    if status == Status.AFGESLOTEN or status in PAUSED:
        return None
    if gereageerd_op is None:
        return min(reactie_uiterlijk, oplossing_uiterlijk)
    return oplossing_uiterlijk


def is_first_reaction(status: str) -> bool:
    """Whether a step to this status tells the resident that somebody is busy with the report."""
    return status in PAUSED | {Status.IN_BEHANDELING, Status.INGEPLAND, Status.AFGESLOTEN}


def may_see_routes(user: Gebruiker) -> bool:
    """Whether this member of staff may read and try the routing rules."""
    return user.is_active and not {"beheerder", "teamleider"}.isdisjoint(user.rollen)


def may_change_routes(user: Gebruiker) -> bool:
    """Whether this member of staff may change the routing rules."""
    return user.is_active and "beheerder" in user.rollen


def may_edit_texts(user: Gebruiker) -> bool:
    """Whether this member of staff may change the standard texts."""
    return user.is_active and not {"beheerder", "teamleider"}.isdisjoint(user.rollen)


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


def last_occasion(ritme: str, dag: int | None, on: date, is_working_day: Callable[[date], bool]) -> date:
    """The last day, up to and with `on`, on which something of this rhythm goes out.

    `dag` is a day of the week (1 is Monday) or of the month; on working days there is none.
    """
    day = on
    while not (
        is_working_day(day)
        if ritme == "werkdag"
        else day.isoweekday() == dag
        if ritme == "week"
        else day.day == (dag or 1)
    ):
        day -= timedelta(days=1)
    return day
