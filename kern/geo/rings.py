"""What one can ask of rings: area, inside or not, does it cross itself, how much do two outlines overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .vormen import EARTH_RADIUS_M, Punt, Ring, close_ring

METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M


def signed_area(ring: Sequence[Punt]) -> float:
    """The area in square degrees: positive when the ring runs counter-clockwise."""
    return sum(a.lon * b.lat - b.lon * a.lat for a, b in pairwise(close_ring(ring))) / 2


def area_km2(ring: Sequence[Punt]) -> float:
    """The area in square kilometres, flat-earth (error under 0.1 % for a city)."""
    if not ring:
        return 0.0
    scale = METRES_PER_DEGREE**2 * math.cos(math.radians(ring[0].lat))
    return abs(signed_area(ring)) * scale / 1e6


def oriented(ring: Sequence[Punt], counter_clockwise: bool = True) -> Ring:
    """The ring turned the wanted way (RFC 7946: outer rings counter-clockwise, holes clockwise)."""
    rows = tuple(ring)
    return rows if (signed_area(rows) >= 0) == counter_clockwise else rows[::-1]


def contains(ring: Sequence[Punt], punt: Punt) -> bool:
    """Whether the place lies in the ring (even-odd rule; a place on the border may go either way)."""
    inside = False
    for a, b in pairwise(close_ring(ring)):
        if (a.lat > punt.lat) != (b.lat > punt.lat):
            inside ^= punt.lon < a.lon + (punt.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return inside


def centroid(ring: Sequence[Punt]) -> Punt:
    """The centre of mass of the ring; the mean of its points when it has no area."""
    # Relative to the first point: the products of whole degrees would eat the decimals.
    origin, area = ring[0], signed_area(ring)
    if not area:
        return Punt(sum(p.lon for p in ring) / len(ring), sum(p.lat for p in ring) / len(ring))
    lon = lat = 0.0
    local = [Punt(p.lon - origin.lon, p.lat - origin.lat) for p in close_ring(ring)]
    for a, b in pairwise(local):
        cross = a.lon * b.lat - b.lon * a.lat
        lon += (a.lon + b.lon) * cross
        lat += (a.lat + b.lat) * cross
    return Punt(origin.lon + lon / (6 * area), origin.lat + lat / (6 * area))


def crossing(ring: Sequence[Punt]) -> Punt | None:
    """A place where the ring touches or crosses itself; None when it is simple. Quadratic: meant for outlines."""
    closed = close_ring(ring)
    sides = list(pairwise(closed))
    last = len(sides) - 1
    for i, (a, b) in enumerate(sides):
        if a == b:
            return a
        for j in range(i + 1, len(sides)):
            c, d = sides[j]
            if j == i + 1 or (i == 0 and j == last):
                # Neighbours share a point; they may only not lie on each other.
                far = d if j == i + 1 else c
                near = a if j == i + 1 else b
                if _on_segment(a, b, far) or _on_segment(c, d, near):
                    return b if j == i + 1 else a
            elif _segments_meet(a, b, c, d):
                return c
    return None


def overlap_km2(first: Sequence[Ring], second: Sequence[Ring], step_m: float = 25.0) -> float:
    """How many square kilometres two outlines share, holes left out, measured along lines `step_m` apart."""
    lats = [[p.lat for ring in rings for p in ring] for rings in (first, second)]
    south, north = max(map(min, lats)), min(map(max, lats))
    step = step_m / METRES_PER_DEGREE
    shared, lat = 0.0, south + step / 2
    while lat < north:
        spans = list(_spans(second, lat))
        for a, b in _spans(first, lat):
            shared += sum(max(0.0, min(b, d) - max(a, c)) for c, d in spans)
        lat += step
    return shared * METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2)) * step_m / 1e6


def inner_point(rings: Sequence[Ring]) -> Punt:
    """A place well inside an outline, for its name on a map: the middle of its widest stretch near mid-height."""
    lats = [p.lat for ring in rings for p in ring]
    south, height = min(lats), max(lats) - min(lats)
    best, place = 0.0, rings[0][0]
    for step in range(5, 16):
        lat = south + height * step / 20
        for a, b in _spans(rings, lat):
            if b - a > best:
                best, place = b - a, Punt((a + b) / 2, lat)
    return place


def _spans(rings: Sequence[Ring], lat: float) -> Iterator[tuple[float, float]]:
    """The stretches of longitude that lie inside the rings at this latitude."""
    cuts = sorted(
        a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
        for ring in rings
        for a, b in pairwise(close_ring(ring))
        if (a.lat > lat) != (b.lat > lat)
    )
    yield from zip(cuts[::2], cuts[1::2], strict=True)


def _turn(a: Punt, b: Punt, c: Punt) -> float:
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)


def _on_segment(a: Punt, b: Punt, p: Punt) -> bool:
    return (
        _turn(a, b, p) == 0
        and min(a.lon, b.lon) <= p.lon <= max(a.lon, b.lon)
        and min(a.lat, b.lat) <= p.lat <= max(a.lat, b.lat)
    )


def _segments_meet(a: Punt, b: Punt, c: Punt, d: Punt) -> bool:
    if (_turn(a, b, c) > 0) != (_turn(a, b, d) > 0) and (_turn(c, d, a) > 0) != (_turn(c, d, b) > 0):
        return True
    return any(
        (_on_segment(a, b, c), _on_segment(a, b, d), _on_segment(c, d, a), _on_segment(c, d, b)),
    )
