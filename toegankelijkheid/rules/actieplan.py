"""The action plan: which knelpunt in which year, what a year costs, how two versions differ. Fetches nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..states import CLOSED, Knelpuntstatus

S = Knelpuntstatus
DONE = frozenset({S.UITGEVOERD, S.GECONTROLEERD})
# Where a knelpunt of a plan is, as the plan tells it.
KLAAR, BEZIG, TE_DOEN, NIET = "klaar", "bezig", "te doen", "gebeurt niet"


@dataclass(frozen=True)
class Werk:
    """One knelpunt to plan. `kost` is its high estimate in euro, None when nobody estimated it.

    `jaar` is where it stands now; it stays there when it `staat_vast`. `rang` and `haalbaarheid` say what comes first.
    """

    pk: int
    rang: int
    haalbaarheid: int
    kost: int | None = None
    jaar: int | None = None
    staat_vast: bool = False


def divide(work: Iterable[Werk], years: Sequence[int], budgets: Mapping[int, int]) -> dict[int, int | None]:
    """The year of each knelpunt: the first one that still has the money, the most urgent first; None when none has.

    The order is priority (`rang`), then how feasible it is, then what is cheapest. What stands fast keeps its year and
    takes its money first, also when that is too much. What has no estimate takes no money. A year without a budget
    takes everything.
    """
    rows = list(work)
    left: dict[int, float] = {year: budgets.get(year, float("inf")) for year in years}
    placed: dict[int, int | None] = {}
    for row in rows:
        if row.staat_vast:
            placed[row.pk] = row.jaar
            if row.jaar in left:
                left[row.jaar] -= row.kost or 0
    for row in sorted(rows, key=urgency):
        if row.pk in placed:
            continue
        cost = row.kost or 0
        year = next((year for year in years if cost <= left[year]), None)
        placed[row.pk] = year
        if year is not None:
            left[year] -= cost
    return placed


def urgency(row: Werk) -> tuple[int, int, int, int]:
    """What comes first: priority, then how feasible, then what is cheapest."""
    return (-row.rang, -row.haalbaarheid, row.kost or 0, row.pk)


def in_order(there: Sequence[Werk], new: Iterable[Werk]) -> list[int]:
    """The order of a year: what stood there keeps its order; a newcomer goes before the first less urgent one."""
    order = list(there)
    for row in sorted(new, key=urgency):
        place = next((at for at, other in enumerate(order) if other.rang < row.rang), len(order))
        order.insert(place, row)
    return [row.pk for row in order]


def progress(status: str) -> str:
    """How far a knelpunt of a plan is, in words of the plan: follows from its steps and is never typed."""
    if status in DONE:
        return KLAAR
    if status in CLOSED:
        return NIET
    return BEZIG if status == S.IN_UITVOERING else TE_DOEN


@dataclass(frozen=True)
class Som:
    """What a year holds: how many knelpunten, how far they are, what they cost and what there is to spend."""

    aantal: int = 0
    klaar: int = 0
    bezig: int = 0
    niet: int = 0
    laag: int = 0
    hoog: int = 0
    zonder_kost: int = 0
    budget: int | None = None

    @property
    def te_doen(self) -> int:
        return self.aantal - self.klaar - self.bezig - self.niet

    @property
    def te_veel(self) -> int:
        """By how much the high estimate passes the budget; 0 when it fits or there is none."""
        return max(0, self.hoog - self.budget) if self.budget is not None else 0

    @property
    def procent(self) -> int:
        """The share that was carried out, of what is to be carried out."""
        wanted = self.aantal - self.niet
        return round(100 * self.klaar / wanted) if wanted else 0


def add(som: Som, status: str, laag: int | None, hoog: int | None) -> Som:
    """The sum with one knelpunt more."""
    how = progress(status)
    return replace(
        som,
        aantal=som.aantal + 1,
        klaar=som.klaar + (how == KLAAR),
        bezig=som.bezig + (how == BEZIG),
        niet=som.niet + (how == NIET),
        laag=som.laag + (laag if laag is not None else hoog or 0),
        hoog=som.hoog + (hoog if hoog is not None else laag or 0),
        zonder_kost=som.zonder_kost + (laag is None and hoog is None),
    )


@dataclass(frozen=True)
class Stand:
    """One line of a version, for comparing: its year and its estimates."""

    jaar: int | None
    laag: int | None
    hoog: int | None


@dataclass(frozen=True)
class Verschil:
    """What became of one knelpunt between two versions. `soort`: nieuw, weg, verschoven, kost, klaar."""

    knelpunt: int
    soort: str
    oud: Stand | None
    nieuw: Stand | None


def compare(old: Mapping[int, Stand], new: Mapping[int, Stand], done: Collection[int] = ()) -> list[Verschil]:
    """What differs, by knelpunt: first what is new, then what left, what moved, and what only costs something else.

    Last what was in the old one and was `done` since; that did not leave the plan, but is finished.
    """
    found = [Verschil(pk, "nieuw", None, row) for pk, row in new.items() if pk not in old]
    found += [Verschil(pk, "weg", row, None) for pk, row in old.items() if pk not in new and pk not in done]
    both = [(pk, old[pk], row) for pk, row in new.items() if pk in old]
    found += [Verschil(pk, "verschoven", was, now) for pk, was, now in both if was.jaar != now.jaar]
    found += [
        Verschil(pk, "kost", was, now)
        for pk, was, now in both
        if was.jaar == now.jaar and (was.laag, was.hoog) != (now.laag, now.hoog)
    ]
    found += [Verschil(pk, "klaar", row, new.get(pk)) for pk, row in old.items() if pk in done]
    return found
