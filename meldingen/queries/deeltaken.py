"""Reads about sub-tasks: the lists of who works on them, and those of one report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ..models import Deeltaak, Melding
from ..models.deeltaak import DeeltaakQuerySet
from ..states import DEEL_OPEN
from .keyset import Volgorde, capped_count, count_words

COUNT_LIMIT = 999
BY_DUE = Volgorde("uiterlijk", F("uiterlijk"), date.fromisoformat)
NEWEST_DONE = Volgorde("-afgerond", F("afgerond_op"), datetime.fromisoformat)


@dataclass(frozen=True)
class Deellijst:
    """A list of sub-tasks. Late ones come first, because the list goes by the day on which each is due."""

    code: str
    naam: str
    leeg: str
    restrict: Callable[[DeeltaakQuerySet, Gebruiker, Bereik], DeeltaakQuerySet]
    order: Volgorde = BY_DUE
    telt: bool = True


def _of_me(rows: DeeltaakQuerySet, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    return rows.open().filter(behandelaar__in=reach.gebruiker_ids)


def _of_my_team(rows: DeeltaakQuerySet, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    return rows.open().filter(team__in=reach.team_ids)


def _of_my_reports(rows: DeeltaakQuerySet, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    return rows.open().filter(melding__behandelaar__in=reach.gebruiker_ids)


def _done(rows: DeeltaakQuerySet, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    return rows.exclude(status__in=sorted(DEEL_OPEN)).filter(team__in=reach.team_ids)


def _all_open(rows: DeeltaakQuerySet, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    return rows.open().visible_to(user, reach)


LISTS = {
    row.code: row
    for row in (
        Deellijst("mijn", "Van mij", "Hier staan de deeltaken die jij opnam of kreeg.", _of_me),
        Deellijst("team", "Van mijn team", "Hier staan de open deeltaken van je teams.", _of_my_team),
        Deellijst(
            "uitgezet",
            "Bij mijn meldingen",
            "Hier staan de open deeltaken bij meldingen die jij behandelt, van welk team ze ook zijn.",
            _of_my_reports,
        ),
        Deellijst("alle", "Alle open", "Er staat nergens een deeltaak open die je mag zien.", _all_open, telt=False),
        Deellijst("rond", "Afgerond", "Hier komt wat je teams klaar kregen.", _done, NEWEST_DONE, telt=False),
    )
}


def rows_of(lijst: Deellijst, user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    """The sub-tasks of a list, with all that a row shows.

    All but one are about people or teams that this person stands for, so all of it may be seen.
    """
    if not user.is_active or not user.rollen:
        return Deeltaak.objects.none()
    rows = lijst.restrict(Deeltaak.objects.all(), user, reach)
    return rows.select_related("team", "behandelaar", "melding__categorie", "melding__wijk").defer("melding__zoek")


def counts(user: Gebruiker, reach: Bereik) -> dict[str, str]:
    """How many each working list holds, up to 999+ (a query per list, none for all and for what is done)."""
    return {
        row.code: count_words(capped_count(rows_of(row, user, reach), COUNT_LIMIT), COUNT_LIMIT)
        for row in LISTS.values()
        if row.telt
    }


def of_report(melding: Melding) -> list[Deeltaak]:
    """The sub-tasks of a report in their order (one query; none for a report without)."""
    return list(melding.deeltaken.select_related("team", "behandelaar")) if melding.deeltaken_aantal else []


def one(user: Gebruiker, reach: Bereik) -> DeeltaakQuerySet:
    """Where the page of one sub-task looks."""
    rows = Deeltaak.objects.visible_to(user, reach)
    return rows.select_related(
        "team", "behandelaar", "gemaakt_door", "melding__categorie", "melding__wijk", "melding__behandelaar"
    ).defer("melding__zoek")
