"""What staff do with the sub-tasks of a report. Each is a line in its story."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.models import Team
from wijken.queries import members_of

from .. import mails
from ..models import Deeltaak, Gebeurtenis, Melding
from ..rules import sub_task_steps_for
from ..states import Deelstatus
from .lock import locked, write

Soort = Gebeurtenis.Soort


@transaction.atomic
def hand_out(
    *,
    melding: Melding,
    titel: str,
    teams: Iterable[Team],
    uiterlijk: date,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    tekst: str = "",
    behandelaar: Gebruiker | None = None,
) -> list[Deeltaak]:
    """Give each of the teams a sub-task with this title; the person who gets it is told.

    Raises ValueError for a closed report, without a team, for a day in the past, and when the person works in none
    of the teams.
    """
    row, teams = locked(melding, versie), list(teams)
    if not row.is_open or not teams or not titel.strip() or uiterlijk < local_date(at):
        raise ValueError("een deeltaak heeft een titel, een team en een dag vanaf vandaag, bij een open melding")
    if behandelaar and not any(_works_in(team, behandelaar, at) for team in teams):
        raise ValueError("deze collega werkt niet in het team van de deeltaak")
    last = row.deeltaken.aggregate(last=Max("volgorde"))["last"] or 0
    made = [
        Deeltaak(
            melding=row,
            volgorde=last + number,
            titel=titel,
            tekst=tekst,
            team=team,
            behandelaar=behandelaar if behandelaar and _works_in(team, behandelaar, at) else None,
            uiterlijk=uiterlijk,
            gemaakt_op=at,
            gemaakt_door=door,
        )
        for number, team in enumerate(teams, 1)
    ]
    Deeltaak.objects.bulk_create(made)
    line = write(row, soort=Soort.DEELTAAK, at=at, door=door, datum=uiterlijk, tekst=_handed_out(titel, teams))
    for task in made:
        if task.behandelaar and task.behandelaar != door:
            mails.sub_task_assigned(row, task, line)
    return made


@transaction.atomic
def start(*, deeltaak: Deeltaak, door: Gebruiker, at: datetime) -> Deeltaak:
    """Somebody works on it; without a person it becomes theirs when they work in the team."""
    row = _locked(deeltaak)
    _step(row, Deelstatus.BEZIG)
    if row.behandelaar is None and _works_in(row.team, door, at):
        row.behandelaar = door
    return _save(row, f"{row.titel}: {row.team} is ermee bezig", door, at)


@transaction.atomic
def finish(*, deeltaak: Deeltaak, door: Gebruiker, at: datetime, afloop: str = "") -> Deeltaak:
    """It is done. When it was the last one, the handler of the report is told that it can be closed."""
    row = _locked(deeltaak)
    _step(row, Deelstatus.KLAAR)
    row.afloop, row.afgerond_op = afloop, at
    return _save(row, f"{row.titel}: klaar ({row.team})\n{afloop}", door, at, tell=True)


@transaction.atomic
def drop(*, deeltaak: Deeltaak, reden: str, door: Gebruiker | None, at: datetime) -> Deeltaak:
    """It need not be done any more. Raises ValueError without a reason."""
    row = _locked(deeltaak)
    if not reden.strip():
        raise ValueError("een deeltaak vervalt met een reden")
    _step(row, Deelstatus.VERVALLEN)
    row.afloop, row.afgerond_op = reden, at
    return _save(row, f"{row.titel}: vervallen ({row.team})\n{reden}", door, at, tell=True)


@transaction.atomic
def put_back(*, deeltaak: Deeltaak, reden: str, door: Gebruiker, at: datetime) -> Deeltaak:
    """It is open again: somebody began by mistake, or it was not done after all. Raises ValueError without a reason."""
    row = _locked(deeltaak)
    if not reden.strip():
        raise ValueError("een deeltaak weer openzetten vraagt een reden")
    _step(row, Deelstatus.OPEN)
    row.afloop, row.afgerond_op = "", None
    return _save(row, f"{row.titel}: weer open ({row.team})\n{reden}", door, at)


@transaction.atomic
def change(
    *,
    deeltaak: Deeltaak,
    team: Team,
    behandelaar: Gebruiker | None,
    uiterlijk: date,
    door: Gebruiker,
    at: datetime,
) -> Deeltaak:
    """Give an open sub-task to another team or person, or another day. The new person is told.

    Raises ValueError for a closed one, and when the person does not work in the team.
    """
    row = _locked(deeltaak)
    if not row.is_open or not row.melding.is_open:
        raise ValueError("deze deeltaak is al afgerond")
    if behandelaar and not _works_in(team, behandelaar, at):
        raise ValueError("deze collega werkt niet in het team van de deeltaak")
    is_new = behandelaar is not None and behandelaar != row.behandelaar
    row.team, row.behandelaar, row.uiterlijk = team, behandelaar, uiterlijk
    who = " · ".join(str(x) for x in (team, behandelaar) if x)
    with historiek.reason(Soort.DEELTAAK.label):
        row.save()
    line = write(
        row.melding, soort=Soort.DEELTAAK, at=at, door=door, datum=uiterlijk, tekst=f"{row.titel}: nu voor {who}"
    )
    if is_new and behandelaar != door:
        mails.sub_task_assigned(row.melding, row, line)
    return row


def _locked(deeltaak: Deeltaak) -> Deeltaak:
    """The sub-task, with its report locked first: every write goes in that order."""
    melding = locked(deeltaak.melding)
    row = melding.deeltaken.select_for_update(of=("self",)).select_related("team", "behandelaar").get(pk=deeltaak.pk)
    row.melding = melding
    return row


def _step(row: Deeltaak, naar: Deelstatus) -> None:
    if naar not in sub_task_steps_for(row):
        raise ValueError(f"een deeltaak die {row.get_status_display()} is, kan niet naar {naar.label}")
    row.status = naar


def _save(row: Deeltaak, words: str, door: Gebruiker | None, at: datetime, *, tell: bool = False) -> Deeltaak:
    with historiek.reason(Soort.DEELTAAK.label):
        row.save()
    line = write(row.melding, soort=Soort.DEELTAAK, at=at, door=door, tekst=words.strip())
    if tell and not row.melding.deeltaken.open().exists():
        mails.sub_tasks_done(row.melding, line)
    return row


def _works_in(team: Team, person: Gebruiker, at: datetime) -> bool:
    return any(member.pk == person.pk for member in members_of([team.pk], local_date(at)).get(team.pk, []))


def _handed_out(titel: str, teams: list[Team]) -> str:
    return f"{titel}: voor {', '.join(team.naam for team in teams)}"
