"""Which few repairs open a route: the way between two places with the fewest bottlenecks. Fetches nothing.

The net is made of what is known of public space: lines (stretches of pavement) and points (crossings, ramps, stairs).
Ends of lines that lie within `JOIN_M` metres of each other meet; a point joins what ends within `REACH_M` of it. Where
nobody screened, nothing is said to be in order: such a stretch may be walked, but is told and avoided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import cos, floor, radians

from kern.geo import Punt
from kern.geo.vormen import haversine

JOIN_M, REACH_M = 6, 15
# From where one starts or goes, this far to the first or last piece.
NEAR_M = 60
# Degrees of latitude a little over REACH_M wide, to look around a place in squares.
SQUARE = 0.0002


@dataclass(frozen=True)
class Stuk:
    """A piece of public space: `punten` is one place, or the points of a line; `knelpunten` stop this group."""

    pk: int
    punten: tuple[Punt, ...]
    gescreend: bool = True
    knelpunten: frozenset[int] = frozenset()

    @property
    def meter(self) -> float:
        return sum(haversine(a, b) for a, b in zip(self.punten, self.punten[1:], strict=False))

    @property
    def einden(self) -> tuple[Punt, ...]:
        return self.punten if len(self.punten) == 1 else (self.punten[0], self.punten[-1])


@dataclass(frozen=True)
class Weg:
    """A way: its pieces in order, what stops people on it, and how much of it nobody screened."""

    stukken: tuple[int, ...]
    knelpunten: frozenset[int]
    meter: float
    ongescreend: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing stops people, as far as is known."""
        return not self.knelpunten


@dataclass
class Net:
    """All pieces, and which meet."""

    stukken: dict[int, Stuk] = field(default_factory=dict)
    buren: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def build(pieces: Iterable[Stuk]) -> Net:
    """Join the pieces where they meet."""
    net = Net({piece.pk: piece for piece in pieces})
    squares: dict[tuple[int, int], list[tuple[Punt, int]]] = defaultdict(list)
    for piece in net.stukken.values():
        for end in piece.einden:
            squares[_square(end)].append((end, piece.pk))
    for piece in net.stukken.values():
        for end in piece.einden:
            for other_end, other in _around(squares, end):
                if other != piece.pk and haversine(end, other_end) <= _reach(piece, net.stukken[other]):
                    net.buren[piece.pk].add(other)
                    net.buren[other].add(piece.pk)
    return net


def _reach(one: Stuk, other: Stuk) -> float:
    return JOIN_M if len(one.punten) > 1 and len(other.punten) > 1 else REACH_M


def _square(punt: Punt) -> tuple[int, int]:
    return floor(punt.lon * cos(radians(51)) / SQUARE), floor(punt.lat / SQUARE)


def _around(squares: dict[tuple[int, int], list[tuple[Punt, int]]], punt: Punt) -> Iterator[tuple[Punt, int]]:
    x, y = _square(punt)
    return (row for dx in (-1, 0, 1) for dy in (-1, 0, 1) for row in squares.get((x + dx, y + dy), ()))


def near(net: Net, punt: Punt) -> list[int]:
    """The pieces where somebody at this place can begin, nearest first: within `NEAR_M` of any of their points."""
    found = ((min(haversine(punt, at) for at in piece.punten), pk) for pk, piece in net.stukken.items())
    return [pk for metres, pk in sorted(found) if metres <= NEAR_M]


def find(net: Net, van: Sequence[int], naar: Sequence[int]) -> Weg | None:
    """The way with the fewest bottlenecks; of those the one of which most was screened, then the shortest.

    None when the pieces do not meet. Each piece is passed once, and a bottleneck belongs to one piece, so the
    bottlenecks of this way are the smallest set that opens any way between both places (Dijkstra, by three costs).
    """
    goal = set(naar)
    queue: list[tuple[tuple[int, float, float], int, int | None]] = []
    for pk in van:
        heappush(queue, (_cost(net.stukken[pk]), pk, None))
    came: dict[int, int | None] = {}
    while queue:
        cost, pk, before = heappop(queue)
        if pk in came:
            continue
        came[pk] = before
        if pk in goal:
            return _way(net, came, pk)
        for other in net.buren[pk]:
            if other not in came:
                more = _cost(net.stukken[other])
                heappush(queue, ((cost[0] + more[0], cost[1] + more[1], cost[2] + more[2]), other, pk))
    return None


def _cost(piece: Stuk) -> tuple[int, float, float]:
    metres = max(piece.meter, 1)  # a point is passed too
    return len(piece.knelpunten), 0 if piece.gescreend else metres, metres


def _way(net: Net, came: dict[int, int | None], last: int) -> Weg:
    order: list[int] = []
    here: int | None = last
    while here is not None:
        order.append(here)
        here = came[here]
    pieces = [net.stukken[pk] for pk in reversed(order)]
    return Weg(
        tuple(piece.pk for piece in pieces),
        frozenset().union(*(piece.knelpunten for piece in pieces)),
        sum(piece.meter for piece in pieces),
        tuple(piece.pk for piece in pieces if not piece.gescreend),
    )
