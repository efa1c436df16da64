"""The two clocks of a report: the terms that apply, and what a pause or another category does to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from kern.geheugen import onthoud
from kern.termijnen import Calendar, add_working_days, load_calendar, local_date, working_days_between

from ..models import Categorie, Melding, Termijn
from ..rules import next_term

DEFAULT = Termijn(reactie_werkdagen=5, oplossing_werkdagen=30, antwoord_werkdagen=10)


@dataclass(frozen=True)
class Beloften:
    """The dates that a report gets on arrival."""

    reactie: date
    oplossing: date


def term_of(categorie: Categorie, prioriteit: str) -> Termijn:
    """The term row that fits best: category before main category before none, then priority before none."""

    def load() -> Termijn:
        rows = Termijn.objects.filter(
            Q(categorie__in=[categorie.pk, categorie.hoofdcategorie_id]) | Q(categorie__isnull=True),
            prioriteit__in=[prioriteit, ""],
        )
        return best_term(rows, categorie, prioriteit)

    return onthoud(("termijn", categorie.pk, categorie.hoofdcategorie_id, prioriteit), load)


def best_term(rows: Iterable[Termijn], categorie: Categorie, prioriteit: str) -> Termijn:
    """The row that fits best out of these; those of other categories and priorities do not count."""
    rank = {categorie.pk: 2, categorie.hoofdcategorie_id: 1, None: 0}
    fit = [row for row in rows if row.categorie_id in rank and row.prioriteit in ("", prioriteit)]
    return max(fit, key=lambda row: (rank[row.categorie_id], bool(row.prioriteit)), default=DEFAULT)


def promises(term: Termijn, received: datetime, calendar: Calendar) -> Beloften:
    """Both dates, counted from the working day after receipt."""
    day = local_date(received)
    return Beloften(
        reactie=add_working_days(day, term.reactie_werkdagen, calendar),
        oplossing=add_working_days(day, term.oplossing_werkdagen, calendar),
    )


def paused_days(melding: Melding, calendar: Calendar) -> int:
    """Working days in which the clock of the solution has stood still so far."""
    ended = melding.pauzes.filter(tot__isnull=False)
    return sum(working_days_between(pauze.van, pauze.tot, calendar) for pauze in ended if pauze.tot)


def refresh(melding: Melding) -> None:
    """Set the stored next term from the fields it follows from."""
    melding.volgende_termijn = next_term(
        status=melding.status,
        gereageerd_op=melding.gereageerd_op,
        reactie_uiterlijk=melding.reactie_uiterlijk,
        oplossing_uiterlijk=melding.oplossing_uiterlijk,
    )


def replace_promise(melding: Melding, day: date, at: datetime) -> None:
    """Promise another day for the solution, and remember whether that was in time or after the old one had passed.

    An earlier day is no moving. Call it before the status changes: while the clock stood still, nothing broke.
    """
    old, runs = melding.oplossing_uiterlijk, melding.volgende_termijn is not None
    if day != old and runs and old < local_date(at):
        melding.keren_gebroken += 1
    elif day > old:
        melding.keren_verzet += 1
    melding.oplossing_uiterlijk = day


def restart(melding: Melding, at: datetime) -> None:
    """Count the solution anew from today, after a closed report was opened again. The first promise stays."""
    term = term_of(melding.categorie, melding.prioriteit)
    melding.oplossing_uiterlijk = add_working_days(local_date(at), term.oplossing_werkdagen, load_calendar())


def recount(melding: Melding, at: datetime) -> bool:
    """Count both dates again from receipt, for another category or priority; whether the solution moved."""
    calendar = load_calendar()
    term, before = term_of(melding.categorie, melding.prioriteit), melding.oplossing_uiterlijk
    fresh = promises_now(melding, term, calendar, paused_days(melding, calendar))
    melding.reactie_uiterlijk = fresh.reactie
    replace_promise(melding, fresh.oplossing, at)
    return melding.oplossing_uiterlijk != before


def promises_now(melding: Melding, term: Termijn, calendar: Calendar, paused: int) -> Beloften:
    """Both dates by this term, counted from receipt, with the working days that the clock stood still."""
    fresh = promises(term, melding.ontvangen_op, calendar)
    return Beloften(fresh.reactie, add_working_days(fresh.oplossing, paused, calendar))
