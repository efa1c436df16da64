"""When a step is due, and who hears of it instead of somebody who cannot."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kern import termijnen
from kern.termijnen import Calendar

BRUSSELS = ZoneInfo("Europe/Brussels")
MORNING = time(7, 30)

# To whom a step goes when its own role has nobody who works here (any more). After these: the beheerders.
FALLBACK: Mapping[str, tuple[str, ...]] = {
    "verantwoordelijke": ("teamleider", "hoofd"),
    "teamleider": ("hoofd",),
    "wijkmanager": ("hoofd",),
    "hoofd": (),
}


@dataclass(frozen=True, slots=True)
class Stap:
    """A step as the sweep uses it; see `models.Ladderstap`."""

    sleutel: str
    werkdagen: int
    aan: str


class Ladders:
    """All steps; those of a subject go before those of its Bron, and those before the general ones."""

    def __init__(self, rows: Iterable[tuple[str, str, bool, Stap]]) -> None:
        """Rows of bron, onderwerp, active, step. An inactive step still makes its ladder the one that counts."""
        self._steps: dict[tuple[str, str], list[Stap]] = defaultdict(list)
        for bron, onderwerp, active, step in rows:
            self._steps[bron, onderwerp] += [step] if active else []

    def steps(self, bron: str, onderwerp: str) -> list[Stap]:
        """The active steps for a thing of this kind and subject."""
        for key in ((bron, onderwerp), (bron, ""), ("", "")):
            if key in self._steps:
                return self._steps[key]
        return []

    def horizon(self, on: date, calendar: Calendar) -> date:
        """The latest deadline for which some step can be due on this day."""
        before = max((-step.werkdagen for steps in self._steps.values() for step in steps), default=0)
        return termijnen.add_working_days(on, max(before, 0), calendar)


class Moments:
    """On which day a step is due for a deadline; remembers what it counted, for thousands of things share deadlines."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[date, int], date] = {}

    def due_on(self, deadline: date, working_days: int) -> date:
        key = deadline, working_days
        if key not in self._known:
            self._known[key] = termijnen.add_working_days(deadline, working_days, self._calendar)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class People:
    """Who works here, and who stands in for whom today."""

    active: frozenset[int]
    stand_ins: Mapping[int, Collection[int]]
    beheerders: frozenset[int]

    def recipients(self, by_role: Mapping[str, Collection[int]], role: str) -> dict[int, int | None]:
        """Who gets a reminder meant for `role`: their ids, with the id of the colleague they stand in for."""
        for candidate in (role, *FALLBACK[role]):
            if found := self.reachable(by_role.get(candidate, ())):
                return found
        return self.reachable(self.beheerders)

    def reachable(self, ids: Collection[int]) -> dict[int, int | None]:
        """The people who can act for these: themselves, or who stands in for them; the inactive left out."""
        found: dict[int, int | None] = {}
        for person in ids:
            for somebody in self._follow(person, frozenset()):
                namens = None if somebody == person else person
                found[somebody] = None if somebody in found and found[somebody] is None else namens
        return found

    def _follow(self, person: int, passed: frozenset[int]) -> set[int]:
        passed = passed | {person}
        further = [self._follow(other, passed) for other in self.stand_ins.get(person, ()) if other not in passed]
        reached = set().union(*further)
        return reached or ({person} & self.active)


def morning_of(day: date) -> datetime:
    """The moment of the morning round on this day."""
    return datetime.combine(day, MORNING, tzinfo=BRUSSELS)


def last_morning(at: datetime, calendar: Calendar) -> datetime:
    """The last moment, up to and with `at`, at which a morning round had to run: 07:30 on a working day."""
    day = termijnen.local_date(at)
    while not termijnen.is_working_day(day, calendar) or morning_of(day) > at:
        day -= timedelta(days=1)
    return morning_of(day)
