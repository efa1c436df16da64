"""The order of a round on foot: a short way past every place, the same one each time it is asked.

Nearest neighbour first, then 2-opt until no exchange of two stretches makes the walk shorter. Distances are in a
straight line times DETOUR, because the streets are not in the portal; for the order alone the factor makes no
difference, for the metres that people read it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .vormen import Punt, haversine

DETOUR = 1.3
"""How much longer one walks than the straight line. In towns this lies around 1.2 to 1.4: Ballou, Rahardja and Sakai,
Selected country circuity factors, Transportation Research Part A 36 (2002)."""
MAX_STOPS = 40
SHORTER = 1e-6  # metres: less is rounding


@dataclass(frozen=True)
class Route:
    """The stops in the order to walk them (positions in what was given), and the metres to each from the one before.

    `terug` is the way from the last stop back to the start; 0 when one does not go back.
    """

    volgorde: tuple[int, ...]
    meters: tuple[int, ...]
    terug: int

    @property
    def totaal(self) -> int:
        return sum(self.meters) + self.terug


def walking(a: Punt, b: Punt) -> float:
    """Metres on foot from one place to another, estimated."""
    return haversine(a, b) * DETOUR


def plan(start: Punt, stops: Sequence[Punt], *, back: bool = True) -> Route:
    """A short round from `start` past all stops; with `back` it ends there again.

    ValueError for more than 40 stops: the round is for one day on foot.
    """
    if len(stops) > MAX_STOPS:
        raise ValueError(f"hoogstens {MAX_STOPS} plaatsen in een ronde")
    table = _table(start, stops)
    return _route(two_opt(nearest_neighbour(table), table, back=back), table, back=back)


def measure(start: Punt, stops: Sequence[Punt], *, back: bool = True) -> Route:
    """The round past the stops in the order in which they are given."""
    return _route(list(range(1, len(stops) + 1)), _table(start, stops), back=back)


Table = list[list[float]]


def nearest_neighbour(table: Table) -> list[int]:
    """Walk to the nearest place that is left, each time; of equals the first. Place 0 of the table is the start."""
    left, here, order = list(range(1, len(table))), 0, []
    while left:
        here = min(left, key=lambda place: (table[here][place], place))
        left.remove(here)
        order.append(here)
    return order


def two_opt(order: list[int], table: Table, *, back: bool) -> list[int]:
    """Turn stretches round as long as one of them makes the walk shorter; it never gets longer."""
    path = [0, *order]
    last = len(path)
    better = True
    while better:
        better = False
        for i in range(1, last - 1):
            for j in range(i + 1, last):
                a, b, c = path[i - 1], path[i], path[j]
                d = path[j + 1] if j + 1 < last else 0 if back else None
                before = table[a][b] + (table[c][d] if d is not None else 0)
                after = table[a][c] + (table[b][d] if d is not None else 0)
                if after < before - SHORTER:
                    path[i : j + 1] = path[i : j + 1][::-1]
                    better = True
    return path[1:]


def length(order: Sequence[int], table: Table, *, back: bool) -> float:
    """Metres of the walk in this order."""
    path = [0, *order, *([0] if back and order else [])]
    return sum(table[a][b] for a, b in pairwise(path))


def _table(start: Punt, stops: Sequence[Punt]) -> Table:
    places = [start, *stops]
    return [[walking(a, b) for b in places] for a in places]


def _route(order: list[int], table: Table, *, back: bool) -> Route:
    path = [0, *order]
    return Route(
        volgorde=tuple(place - 1 for place in order),
        meters=tuple(round(table[a][b]) for a, b in zip(path, order, strict=False)),
        terug=round(table[path[-1]][0]) if back and order else 0,
    )
