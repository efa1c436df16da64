"""Which level holds at a place, and why. Fetches nothing."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from kern.geo import Punt, Ring
from kern.geo.rings import METRES_PER_DEGREE

from .woorden import Herkomst

# How many sides the circle around a facility has.
SIDES = 32


@dataclass(frozen=True)
class Deel:
    """A part of a zone that holds the place."""

    pk: int
    niveau: int  # the order of its level
    herkomst: str


def circle(centre: Punt, metres: float) -> Ring:
    """A circle on the ground as a ring of 32 corners, whose sides keep the distance (corners lie just outside)."""
    radius = metres / math.cos(math.pi / SIDES)
    lat = radius / METRES_PER_DEGREE
    lon = lat / math.cos(math.radians(centre.lat))
    return tuple(
        Punt(
            round(centre.lon + lon * math.cos(2 * math.pi * step / SIDES), 7),
            round(centre.lat + lat * math.sin(2 * math.pi * step / SIDES), 7),
        )
        for step in range(SIDES)
    )


def deciding_part(parts: Iterable[Deel]) -> Deel | None:
    """The part whose level holds: one drawn by hand goes before one that was derived, then the highest level."""
    return max(parts, key=lambda p: (p.herkomst == Herkomst.HANDMATIG, p.niveau, -p.pk), default=None)


def middle(line: Ring) -> Punt:
    """The place half way along a line."""
    steps = list(itertools.pairwise(line))
    squeeze = math.cos(math.radians(line[0].lat))
    lengths = [math.hypot((b.lon - a.lon) * squeeze, b.lat - a.lat) for a, b in steps]
    left = sum(lengths) / 2
    for (a, b), length in zip(steps, lengths, strict=True):
        if length and left <= length:
            share = left / length
            return Punt(a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat))
        left -= length
    return line[-1]
