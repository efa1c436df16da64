"""The coordinate reference systems of the service, and boxes in each of them as a condition in degrees."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyproj import Transformer

from kern.geo import Kader

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"

# Further out a Lambert box says nothing of Belgium, and the projection itself ends somewhere.
LAMBERT_REACH = {31370: (-300_000.0, 700_000.0), 3812: (200_000.0, 1_200_000.0)}
NODES = 6  # of the polynomial of a side: exact to far below a millimetre over 300 km


class GeenKader(ValueError):
    """These numbers are no box in this system."""


@dataclass(frozen=True, slots=True)
class Stelsel:
    """A coordinate reference system by its EPSG number; `lat_first` is the order of its axes."""

    uri: str
    epsg: int
    naam: str
    lat_first: bool = False

    @property
    def is_degrees(self) -> bool:
        return self.epsg == 4326


STELSELS = {
    stelsel.uri: stelsel
    for stelsel in (
        Stelsel(CRS84, 4326, "WGS 84, lengte en breedte"),
        Stelsel(f"{EPSG}4326", 4326, "WGS 84, breedte en lengte", lat_first=True),
        Stelsel(f"{EPSG}3857", 3857, "Web Mercator"),
        Stelsel(f"{EPSG}31370", 31370, "Belgische Lambert 72"),
        Stelsel(f"{EPSG}3812", 3812, "Belgische Lambert 2008"),
    )
}


@dataclass(frozen=True, slots=True)
class Rand:
    """A side of a projected box as a polynomial (Newton's form): longitude by latitude, or the other way round."""

    nodes: tuple[float, ...]
    factors: tuple[float, ...]

    def sql(self, variable: str) -> str:
        """The polynomial of this SQL number."""
        *firsts, last = self.factors
        text = repr(last)
        for node, factor in zip(reversed(self.nodes[: len(firsts)]), reversed(firsts), strict=True):
            text = f"({factor!r} + ({variable} - {node!r}) * {text})"
        return text

    def at(self, value: float) -> float:
        result = self.factors[-1]
        for node, factor in zip(reversed(self.nodes[:-1]), reversed(self.factors[:-1]), strict=True):
            result = factor + (value - node) * result
        return result


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of an area in degrees: everything in `kader` and, where it has sides of its own, between those."""

    kader: Kader
    west: Rand | None = None
    zuid: Rand | None = None
    oost: Rand | None = None
    noord: Rand | None = None

    @property
    def is_box(self) -> bool:
        return self.west is None

    def ring(self, steps: int = 48) -> list[tuple[float, float]]:
        """Its border as points; a straight box is its four corners."""
        w, s, e, n = self.kader
        if self.west is None or self.zuid is None or self.oost is None or self.noord is None:
            return [(w, s), (e, s), (e, n), (w, n)]
        corners = [_meet(a, b) for a in (self.west, self.oost) for b in (self.zuid, self.noord)]
        (ws, wn, es, en), part = corners, [step / steps for step in range(steps)]
        return [
            *((x, self.zuid.at(x)) for x in (ws[0] + p * (es[0] - ws[0]) for p in part)),
            *((self.oost.at(y), y) for y in (es[1] + p * (en[1] - es[1]) for p in part)),
            *((x, self.noord.at(x)) for x in (en[0] + p * (wn[0] - en[0]) for p in part)),
            *((self.west.at(y), y) for y in (wn[1] + p * (ws[1] - wn[1]) for p in part)),
        ]


Gebied = tuple[Deel, ...]


def _meet(across: Rand, along: Rand) -> tuple[float, float]:
    """Where a west or east side meets a south or north one."""
    lon, lat = across.at(along.factors[0]), along.factors[0]
    for _ in range(8):
        lat = along.at(lon)
        lon = across.at(lat)
    return lon, lat


def area(numbers: Sequence[float], stelsel: Stelsel) -> Gebied:
    """A box, in the order of the axes of its system, as parts in degrees; raises GeenKader when south is over north.

    West over east crosses the antimeridian, where the system goes round the world.
    """
    a, b, c, d = (float(number) for number in numbers)
    west, south, east, north = (b, a, d, c) if stelsel.lat_first else (a, b, c, d)
    if south > north:
        raise GeenKader("south lies over north")
    if stelsel.epsg == 3857:
        west, east = (math.degrees(x / _SPHERE) for x in (west, east))
        south, north = (_mercator_lat(y) for y in (south, north))
    elif not stelsel.is_degrees:
        if west > east:
            raise GeenKader("west lies over east")
        return _lambert_area(west, south, east, north, stelsel)
    if west > east:
        return Deel(Kader(west, south, max(180.0, west), north)), Deel(Kader(min(-180.0, east), south, east, north))
    return (Deel(Kader(west, south, east, north)),)


def around(kader: Kader) -> Gebied:
    """Everything outside a box, to the last decimal: four boxes that share nothing."""
    far = 1e6
    w, s, e, n = kader
    return (
        Deel(Kader(-far, -far, math.nextafter(w, -math.inf), far)),
        Deel(Kader(math.nextafter(e, math.inf), -far, far, far)),
        Deel(Kader(w, -far, e, math.nextafter(s, -math.inf))),
        Deel(Kader(w, math.nextafter(n, math.inf), e, far)),
    )


def _lambert_area(west: float, south: float, east: float, north: float, stelsel: Stelsel) -> Gebied:
    low, high = LAMBERT_REACH[stelsel.epsg]
    west, south = max(west, low), max(south, low)
    east, north = min(east, high), min(north, high)
    if west > east or south > north:
        return ()
    to_degrees = transformer(stelsel.epsg, back=True)

    def side(point: Callable[[float], tuple[float, float]], by: int) -> tuple[Rand, list[tuple[float, float]]]:
        # A box without width or height still has four sides, so the nodes are spread over at least some metres.
        shares = [0.5 - 0.5 * math.cos(math.pi * (2 * k + 1) / (2 * NODES)) for k in range(NODES)]
        places = list(zip(*to_degrees.transform(*zip(*map(point, shares), strict=True)), strict=True))
        return _through([p[by] for p in places], [p[1 - by] for p in places]), places

    wide, high_ = max(east - west, 10.0), max(north - south, 10.0)
    sides = [
        side(lambda t: (west, south + t * high_), 1),
        side(lambda t: (west + t * wide, south), 0),
        side(lambda t: (east, south + t * high_), 1),
        side(lambda t: (west + t * wide, north), 0),
    ]
    rand_w, rand_s, rand_e, rand_n = (rand for rand, _places in sides)
    corners = to_degrees.transform([west, east, east, west], [south, south, north, north])
    lons = [*corners[0], *(lon for _rand, places in sides for lon, _lat in places)]
    lats = [*corners[1], *(lat for _rand, places in sides for _lon, lat in places)]
    # Between two nodes a side may bend out a little further than the nodes themselves.
    slack = max(max(lons) - min(lons), max(lats) - min(lats)) * 0.01 + 1e-9
    kader = Kader(min(lons) - slack, min(lats) - slack, max(lons) + slack, max(lats) + slack)
    return (Deel(kader, rand_w, rand_s, rand_e, rand_n),)


def _through(x: Sequence[float], y: Sequence[float]) -> Rand:
    """The polynomial through these points (divided differences)."""
    factors = list(y)
    for order in range(1, len(x)):
        for i in range(len(x) - 1, order - 1, -1):
            factors[i] = (factors[i] - factors[i - 1]) / (x[i] - x[i - order])
    return Rand(tuple(x), tuple(factors))


_SPHERE = 6378137.0


def _mercator_lat(y: float) -> float:
    return math.degrees(math.atan(math.sinh(max(-700.0, min(700.0, y / _SPHERE)))))


@cache
def transformer(epsg: int, *, back: bool = False) -> Transformer:
    """From degrees (longitude first) to this system (east first), or back. No grid files: exact to about a metre."""
    source, target = (epsg, 4326) if back else (4326, epsg)
    return Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)


def project(geometries: Sequence[Any], stelsel: Stelsel) -> list[Any]:
    """GeoJSON geometries (or None) in the axes and numbers of this system; all coordinates in one call."""
    lons: list[float] = []
    lats: list[float] = []

    def collect(part: Any) -> None:
        if isinstance(part[0], (int, float)):
            lons.append(part[0])
            lats.append(part[1])
        else:
            for deeper in part:
                collect(deeper)

    for geometry in geometries:
        if geometry and geometry["coordinates"]:
            collect(geometry["coordinates"])
    if not lons:
        return list(geometries)
    if stelsel.is_degrees:
        pairs = zip(lats, lons, strict=True) if stelsel.lat_first else zip(lons, lats, strict=True)
    else:
        xs, ys = transformer(stelsel.epsg).transform(lons, lats)
        pairs = zip((round(x, 3) for x in xs), (round(y, 3) for y in ys), strict=True)

    def rebuilt(part: Any) -> Any:
        return list(next(pairs)) if isinstance(part[0], (int, float)) else [rebuilt(deeper) for deeper in part]

    return [
        {**geometry, "coordinates": rebuilt(geometry["coordinates"])}
        if geometry and geometry["coordinates"]
        else geometry
        for geometry in geometries
    ]
