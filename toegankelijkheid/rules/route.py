"""Which few repairs open a route: the way between two places with the fewest bottlenecks. Fetches nothing.

The net is made of what is known of public space: lines (stretches of pavement) and points (crossings, ramps, stairs).
A line meets another where one of them ends within `JOIN_M` metres of the other, also half-way; a point joins what
passes within `REACH_M` of it. A stretch counts whole, with every bottleneck on it, also when only a part is walked: the
place of a bottleneck is often only that of its stretch. Where nobody screened, nothing is said to be in order: a way
over such a stretch is never open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians

from kern.geo import Punt
from kern.geo.vormen import EARTH_RADIUS_M, haversine

JOIN_M, REACH_M = 6, 15
# From where one starts or goes, this far to the first or last piece.
NEAR_M = 60
# Degrees of latitude wide enough to find, in the squares around a place, all that passes within REACH_M of it when
# lines are noted down every SAMPLE_M.
SQUARE, SAMPLE_M = 0.0002, 10


@dataclass(frozen=True)
class Stuk:
    """A piece of public space: `punten` is one place, or the points of a line; `knelpunten` stop this group."""

    pk: int
    punten: tuple[Punt, ...]
    gescreend: bool = True
    knelpunten: frozenset[int] = frozenset()

    @property
    def meter(self) -> float:
        return sum(haversine(a, b) for a, b in pairwise(self.punten))

    def metres_from(self, punt: Punt) -> float:
        """How far a place is from the nearest point on this piece."""
        if len(self.punten) == 1:
            return haversine(punt, self.punten[0])
        return min(_to_segment(punt, a, b) for a, b in pairwise(self.punten))

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
        """Whether people can pass: nothing stops them, and all of it was screened."""
        return not self.knelpunten and not self.ongescreend


@dataclass
class Net:
    """All pieces, and which meet."""

    stukken: dict[int, Stuk] = field(default_factory=dict)
    buren: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def build(pieces: Iterable[Stuk]) -> Net:
    """Join the pieces where they meet."""
    net = Net({piece.pk: piece for piece in pieces})
    squares: dict[tuple[int, int], set[int]] = defaultdict(set)
    for piece in net.stukken.values():
        for place in _samples(piece.punten):
            squares[_square(place)].add(piece.pk)
    for piece in net.stukken.values():
        for end in piece.einden:
            for pk in _around(squares, end):
                other = net.stukken[pk]
                if pk != piece.pk and other.metres_from(end) <= _reach(piece, other):
                    net.buren[piece.pk].add(pk)
                    net.buren[pk].add(piece.pk)
    return net


def _reach(one: Stuk, other: Stuk) -> float:
    return JOIN_M if len(one.punten) > 1 and len(other.punten) > 1 else REACH_M


def _samples(punten: Sequence[Punt]) -> Iterator[Punt]:
    """The points of a line, and places between them so that none is further than SAMPLE_M from the next."""
    yield punten[0]
    for a, b in pairwise(punten):
        parts = max(1, ceil(haversine(a, b) / SAMPLE_M))
        for part in range(1, parts + 1):
            yield Punt(a.lon + (b.lon - a.lon) * part / parts, a.lat + (b.lat - a.lat) * part / parts)


def _to_segment(punt: Punt, a: Punt, b: Punt) -> float:
    """Metres from a place to a straight piece of line, on a flat map around that place."""
    north = radians(1) * EARTH_RADIUS_M
    east = north * cos(radians(punt.lat))
    ax, ay = (a.lon - punt.lon) * east, (a.lat - punt.lat) * north
    dx, dy = (b.lon - a.lon) * east, (b.lat - a.lat) * north
    square = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(ax * dx + ay * dy) / square)) if square else 0.0
    return hypot(ax + along * dx, ay + along * dy)


def _square(punt: Punt) -> tuple[int, int]:
    return floor(punt.lon * cos(radians(51)) / SQUARE), floor(punt.lat / SQUARE)


def _around(squares: dict[tuple[int, int], set[int]], punt: Punt) -> set[int]:
    x, y = _square(punt)
    return {pk for dx in (-1, 0, 1) for dy in (-1, 0, 1) for pk in squares.get((x + dx, y + dy), ())}


def near(net: Net, punt: Punt) -> list[int]:
    """The pieces where somebody at this place can begin, nearest first: within `NEAR_M` of any place on them."""
    found = ((piece.metres_from(punt), pk) for pk, piece in net.stukken.items())
    return [pk for metres, pk in sorted(found) if metres <= NEAR_M]


def find(net: Net, van: Iterable[int], naar: Iterable[int], *, alleen_gescreend: bool = False) -> Weg | None:
    """The way with the fewest bottlenecks; of those the one of which most was screened, then the shortest.

    None when the pieces do not meet; `alleen_gescreend` leaves out what nobody screened. Each piece is passed once, and
    a bottleneck belongs to one piece, so the bottlenecks of this way are the smallest set that opens any way between
    both places (Dijkstra, by three costs).
    """
    goal = set(naar)

    def walks(pk: int) -> bool:
        return net.stukken[pk].gescreend or not alleen_gescreend

    queue: list[tuple[tuple[int, float, float], int, int | None]] = []
    for pk in filter(walks, van):
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
            if other not in came and walks(other):
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
