"""Coordinates as Flanders writes them: Belgian Lambert 72 and 2008, to and from WGS84.

EPSG:31370 and EPSG:3812 by pyproj without grid files: accurate to about 1 m (Lambert 72) and 0.1 m (Lambert 2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from math import isfinite

from pyproj import Transformer

from .vormen import Kader, Punt


class Stelsel(IntEnum):
    """A coordinate system, by its EPSG number."""

    WGS84 = 4326
    LAMBERT_72 = 31370
    LAMBERT_2008 = 3812


# Belgium in each system; they cannot be confused because Lambert 2008 was moved by 500 km on purpose.
BELGIUM = {
    Stelsel.WGS84: Kader(2.4, 49.4, 6.5, 51.6),
    Stelsel.LAMBERT_72: Kader(15_000, 15_000, 300_000, 250_000),
    Stelsel.LAMBERT_2008: Kader(515_000, 515_000, 800_000, 750_000),
}
# The city's box, from the bounding box of its official border. Source: Statbel, NIS 71016.
GENK = Kader(5.3838, 50.9142, 5.5963, 51.0196)

_NUMBER = r"[-+]?\d+(?:{mark}\d+)?"
_DOTS = re.compile(rf"^\D*?({_NUMBER.format(mark='[.]')})\D*?[\s,;/]\D*?({_NUMBER.format(mark='[.]')})\D*$")
_COMMAS = re.compile(rf"^\D*?({_NUMBER.format(mark='[,]')})\D*?[\s;/]\D*?({_NUMBER.format(mark='[,]')})\D*$")


def recognise(x: float, y: float) -> Stelsel | None:
    """The system in which this pair (east, north) lies in Belgium; None when in none."""
    for stelsel, kader in BELGIUM.items():
        if kader.west <= x <= kader.oost and kader.zuid <= y <= kader.noord:
            return stelsel
    return None


def to_wgs84(pairs: Iterable[tuple[float, float]], stelsel: Stelsel) -> list[Punt]:
    """Pairs (east, north; degrees for WGS84: longitude first) as places, all in one call."""
    rows = list(pairs)
    if stelsel is Stelsel.WGS84 or not rows:
        return [Punt(float(x), float(y)) for x, y in rows]
    lon, lat = _transformer(stelsel, Stelsel.WGS84).transform(*zip(*rows, strict=True))
    return [Punt(a, b) for a, b in zip(lon, lat, strict=True)]


def from_wgs84(punten: Iterable[Punt], stelsel: Stelsel) -> list[tuple[float, float]]:
    """Places as pairs (east, north) in metres of a Lambert system, all in one call."""
    rows = list(punten)
    if stelsel is Stelsel.WGS84 or not rows:
        return [(p.lon, p.lat) for p in rows]
    x, y = _transformer(Stelsel.WGS84, stelsel).transform(*zip(*rows, strict=True))
    return list(zip(x, y, strict=True))


def parse_coordinates(text: str) -> Punt:
    """A place from what people paste: 'lat, lon', 'lon lat', or a Lambert pair, with a comma or a dot as decimal mark.

    ValueError when these are not two numbers, or when they lie outside Belgium in every system.
    """
    match = _DOTS.match(text.strip()) or _COMMAS.match(text.strip())
    if not match:
        raise ValueError("not two numbers")
    a, b = (float(number.replace(",", ".")) for number in match.groups())
    # In Belgium no latitude can be a longitude, so the order of degrees needs no asking.
    for x, y in ((a, b), (b, a)):
        stelsel = recognise(x, y)
        if stelsel is Stelsel.WGS84 or (stelsel and (x, y) == (a, b)):
            punt = to_wgs84([(x, y)], stelsel)[0]
            if isfinite(punt.lon) and isfinite(punt.lat):
                return punt
    raise ValueError("outside Belgium")


def format_coordinates(punt: Punt) -> str:
    """The place as 'lat, lon' with five decimals (about a metre): the order of maps and phones."""
    return f"{punt.lat:.5f}, {punt.lon:.5f}"


@cache
def _transformer(source: Stelsel, target: Stelsel) -> Transformer:
    return Transformer.from_crs(int(source), int(target), always_xy=True)
