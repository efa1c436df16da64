"""Which rule takes a report: the conditions, why each holds or not, and which rules can never take one.

Values in, values out: nothing is fetched here, so that a report that is sent, the page on which rules are tried and
the count of what a change would do all go by the same few lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from kern.spelling import fold

# A proof that rules together take everything before this one gives up past so many pieces: it is then not flagged.
MOST_PIECES = 400
MINUTES = frozenset(range(24 * 60))
WEEKDAYS = frozenset(range(1, 8))


@dataclass(frozen=True)
class Feiten:
    """What the conditions look at. `moment` is that of receipt, on the clock of Brussels."""

    categorie: int
    hoofdcategorie: int | None
    wijk: int | None
    bron: str
    prioriteit: str
    moment: datetime
    antwoorden: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doel:
    """To whom a rule gives a report: a team or a person. `is_bruikbaar`: active, and a person with the right role."""

    team: int | None
    persoon: int | None
    is_bruikbaar: bool = True


@dataclass(frozen=True)
class Regel:
    """A rule. None or empty does not matter; `wijken` holds the one wijk, or all of the stadsdeel."""

    pk: int
    doel: Doel
    categorie: int | None = None
    wijken: frozenset[int] | None = None
    bron: str = ""
    prioriteit: str = ""
    weekdagen: frozenset[int] = frozenset()
    van_uur: time | None = None
    tot_uur: time | None = None
    vraag: int | None = None
    antwoord: str = ""
    is_actief: bool = True
    geldig_van: date | None = None
    geldig_tot: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule is switched on and holds on this day."""
        return (
            self.is_actief
            and (self.geldig_van is None or self.geldig_van <= on)
            and (self.geldig_tot is None or self.geldig_tot >= on)
        )

    def asked(self) -> list[Voorwaarde]:
        """The conditions that this rule has."""
        return [row for row in VOORWAARDEN if row.is_asked(self)]

    def fits(self, feiten: Feiten) -> bool:
        """Whether all conditions hold."""
        return all(row.holds(self, feiten) for row in VOORWAARDEN if row.is_asked(self))


@dataclass(frozen=True)
class Voorwaarde:
    """One kind of condition: whether a rule asks it, and whether it holds for a report."""

    code: str
    naam: str
    is_asked: Callable[[Regel], bool]
    holds: Callable[[Regel, Feiten], bool]


def within_hours(moment: time, van: time, tot: time) -> bool:
    """Whether a moment lies from `van` up to and not including `tot`; the window may run past midnight."""
    return van <= moment < tot if van < tot else moment >= van or moment < tot


def same_words(given: str, wanted: str) -> bool:
    """Whether an answer is the one a rule speaks of; capitals, accents and spaces around it do not count."""
    return fold(given.strip()) == fold(wanted.strip())


VOORWAARDEN: tuple[Voorwaarde, ...] = (
    Voorwaarde(
        "categorie",
        "Categorie",
        lambda regel: regel.categorie is not None,
        lambda regel, feiten: regel.categorie in (feiten.categorie, feiten.hoofdcategorie),
    ),
    Voorwaarde(
        "plaats",
        "Wijk",
        lambda regel: regel.wijken is not None,
        lambda regel, feiten: regel.wijken is not None and feiten.wijk in regel.wijken,
    ),
    Voorwaarde("bron", "Bron", lambda regel: bool(regel.bron), lambda regel, feiten: regel.bron == feiten.bron),
    Voorwaarde(
        "prioriteit",
        "Prioriteit",
        lambda regel: bool(regel.prioriteit),
        lambda regel, feiten: regel.prioriteit == feiten.prioriteit,
    ),
    Voorwaarde(
        "weekdag",
        "Weekdag",
        lambda regel: bool(regel.weekdagen),
        lambda regel, feiten: feiten.moment.isoweekday() in regel.weekdagen,
    ),
    Voorwaarde(
        "uur",
        "Uur",
        lambda regel: regel.van_uur is not None and regel.tot_uur is not None,
        lambda regel, feiten: (
            regel.van_uur is not None
            and regel.tot_uur is not None
            and within_hours(feiten.moment.time(), regel.van_uur, regel.tot_uur)
        ),
    ),
    Voorwaarde(
        "antwoord",
        "Antwoord",
        lambda regel: regel.vraag is not None,
        lambda regel, feiten: (
            regel.vraag is not None
            and regel.vraag in feiten.antwoorden
            and same_words(feiten.antwoorden[regel.vraag], regel.antwoord)
        ),
    ),
)


def first(regels: Iterable[Regel], feiten: Feiten, on: date) -> Regel | None:
    """The rule that takes the report on this day: the first that holds, fits and leads to somebody who can have it."""
    return next((row for row in regels if row.in_force(on) and row.doel.is_bruikbaar and row.fits(feiten)), None)


class Uitkomst(StrEnum):
    """What became of one rule when a report was tried."""

    NEEMT = "neemt"
    TE_LAAT = "te_laat"
    PAST_NIET = "past_niet"
    DOEL_KAN_NIET = "doel_kan_niet"
    STAAT_UIT = "staat_uit"
    NOG_NIET = "nog_niet"
    VOORBIJ = "voorbij"


@dataclass(frozen=True)
class Uitslag:
    """What became of one rule, and of each of its conditions (code, holds)."""

    regel: Regel
    uitkomst: Uitkomst
    voorwaarden: tuple[tuple[str, bool], ...]


def explain(regels: Sequence[Regel], feiten: Feiten, on: date) -> list[Uitslag]:
    """For each rule why it takes the report or not. At most one takes it: the one that `first` finds."""
    results = []
    taken = False
    for regel in regels:
        tested = tuple((row.code, row.holds(regel, feiten)) for row in regel.asked())
        outcome = _outcome(regel, all(ok for _code, ok in tested), on, taken=taken)
        taken = taken or outcome == Uitkomst.NEEMT
        results.append(Uitslag(regel, outcome, tested))
    return results


def _outcome(regel: Regel, fits: bool, on: date, *, taken: bool) -> Uitkomst:
    if not regel.is_actief:
        return Uitkomst.STAAT_UIT
    if regel.geldig_van and regel.geldig_van > on:
        return Uitkomst.NOG_NIET
    if regel.geldig_tot and regel.geldig_tot < on:
        return Uitkomst.VOORBIJ
    if not fits:
        return Uitkomst.PAST_NIET
    if not regel.doel.is_bruikbaar:
        return Uitkomst.DOEL_KAN_NIET
    return Uitkomst.TE_LAAT if taken else Uitkomst.NEEMT


@dataclass(frozen=True)
class Deel:
    """A set of values of one kind, or all values but these (`is_rest`): new categories and answers can still come."""

    waarden: frozenset[object]
    is_rest: bool = False

    def minus(self, other: Deel) -> Deel:
        return self.along(Deel(other.waarden, not other.is_rest))

    def along(self, other: Deel) -> Deel:
        """What is in both."""
        if self.is_rest and other.is_rest:
            return Deel(self.waarden | other.waarden, True)
        if self.is_rest:
            return Deel(other.waarden - self.waarden)
        if other.is_rest:
            return Deel(self.waarden - other.waarden)
        return Deel(self.waarden & other.waarden)

    @property
    def is_empty(self) -> bool:
        return not self.is_rest and not self.waarden


ALLES = Deel(frozenset(), True)
Vak = dict[str, Deel]


def shadowed_by(regel: Regel, earlier: Iterable[Regel], below: Mapping[int, frozenset[int]], on: date) -> list[Regel]:
    """The earlier rules that take everything this one could still take from `on`; empty when something is left.

    One rule where one is enough, else all that have a share in it. `below` has the subcategories of each main category.
    Rules that are off, over or lead to nobody take nothing.
    """
    rows = [row for row in earlier if row.is_actief and row.doel.is_bruikbaar and not _is_over(row, on)]
    days = _segments([regel, *rows], on)
    whole = _box(regel, below, days)
    for row in rows:
        if not _minus([whole], _box(row, below, days)):
            return [row]
    left, takers = [whole], []
    for row in rows:
        rest = _minus(left, _box(row, below, days))
        if rest != left:
            takers.append(row)
        left = rest
        if not left:
            return takers
        if len(left) > MOST_PIECES:
            return []
    return []


def _is_over(regel: Regel, on: date) -> bool:
    return regel.geldig_tot is not None and regel.geldig_tot < on


def _segments(regels: Iterable[Regel], on: date) -> list[date]:
    """The days from `on` at which a rule begins or has ended."""
    cuts = {on}
    for row in regels:
        if row.geldig_van and row.geldig_van > on:
            cuts.add(row.geldig_van)
        if row.geldig_tot and row.geldig_tot >= on and row.geldig_tot < date.max:
            cuts.add(row.geldig_tot + timedelta(days=1))
    return sorted(cuts)


def _box(regel: Regel, below: Mapping[int, frozenset[int]], days: Sequence[date]) -> Vak:
    """The rule as a set of values per kind of condition."""
    box: Vak = {
        "dag": Deel(
            frozenset(
                day
                for day in days
                if (regel.geldig_van is None or regel.geldig_van <= day)
                and (regel.geldig_tot is None or day <= regel.geldig_tot)
            )
        ),
        "weekdag": Deel(regel.weekdagen or WEEKDAYS),
    }
    if regel.categorie is not None:
        # A main category also takes what will be put below it later.
        more = {("later", regel.categorie), *below[regel.categorie]} if regel.categorie in below else set()
        box["categorie"] = Deel(frozenset({regel.categorie, *more}))
    if regel.wijken is not None:
        box["plaats"] = Deel(frozenset(regel.wijken))
    if regel.bron:
        box["bron"] = Deel(frozenset({regel.bron}))
    if regel.prioriteit:
        box["prioriteit"] = Deel(frozenset({regel.prioriteit}))
    box["uur"] = Deel(frozenset(_minutes(regel.van_uur, regel.tot_uur)))
    if regel.vraag is not None:
        box[f"vraag {regel.vraag}"] = Deel(frozenset({fold(regel.antwoord.strip())}))
    return box


@cache
def _minutes(van: time | None, tot: time | None) -> frozenset[int]:
    if van is None or tot is None:
        return MINUTES
    return frozenset(minute for minute in MINUTES if within_hours(time(minute // 60, minute % 60), van, tot))


def _minus(boxes: list[Vak], taken: Vak) -> list[Vak]:
    """What is left of the boxes without `taken`, again as boxes."""
    left = []
    for box in boxes:
        if any(box.get(kind, ALLES).along(part).is_empty for kind, part in taken.items()):
            left.append(box)
            continue
        inside = dict(box)
        for kind, part in taken.items():
            rest = inside.get(kind, ALLES).minus(part)
            if not rest.is_empty:
                left.append({**inside, kind: rest})
            inside[kind] = inside.get(kind, ALLES).along(part)
    return left
