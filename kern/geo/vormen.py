"""Shapes as plain values: a point, a ring of points, a box. Always WGS84 degrees, longitude first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class Punt(NamedTuple):
    """A place on earth in WGS84 degrees."""

    lon: float
    lat: float

    def __str__(self) -> str:
        """The form in which Postgres reads a `point`."""
        return f"({self.lon!r},{self.lat!r})"


Ring = tuple[Punt, ...]


class Kader(NamedTuple):
    """A box: west, south, east, north in WGS84 degrees."""

    west: float
    zuid: float
    oost: float
    noord: float

    @classmethod
    def around(cls, punt: Punt, metres: float) -> Kader:
        """The smallest box that holds every place within `metres` of the point."""
        dlat = math.degrees(metres / EARTH_RADIUS_M)
        dlon = dlat / max(math.cos(math.radians(punt.lat)), 1e-9)
        return cls(punt.lon - dlon, punt.lat - dlat, punt.lon + dlon, punt.lat + dlat)

    @classmethod
    def read(cls, text: str) -> Kader:
        """A box from the text of an address, `west,south,east,north`. ValueError for what is no box on earth."""
        west, south, east, north = (float(part) for part in text.split(","))
        box = cls(west, south, east, north)
        if not (-180 <= box.west < box.oost <= 180 and -90 <= box.zuid < box.noord <= 90):
            raise ValueError(f"no box on earth: {text}")
        return box

    @classmethod
    def of(cls, punten: Iterable[Punt]) -> Kader:
        """The smallest box around the points. ValueError when there are none."""
        rows = list(punten)
        if not rows:
            raise ValueError("a box needs at least one point")
        return cls(
            min(p.lon for p in rows), min(p.lat for p in rows), max(p.lon for p in rows), max(p.lat for p in rows)
        )


def haversine(a: Punt, b: Punt) -> float:
    """Metres between two places over the sphere (error under 0.5 %)."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(h))


def close_ring(ring: Iterable[Punt]) -> Ring:
    """The ring with its first point repeated at the end, as GeoJSON wants it."""
    rows = tuple(ring)
    return rows if not rows or rows[0] == rows[-1] else (*rows, rows[0])


def parse_punt(text: str) -> Punt:
    """Read Postgres' own text of a `point`, '(lon,lat)'."""
    lon, lat = _NUMBER.findall(text)
    return Punt(float(lon), float(lat))


def parse_ring(text: str) -> Ring:
    """Read Postgres' own text of a `polygon`, '((x,y),(x,y),…)'."""
    numbers = [float(n) for n in _NUMBER.findall(text)]
    return tuple(Punt(lon, lat) for lon, lat in zip(numbers[::2], numbers[1::2], strict=True))
