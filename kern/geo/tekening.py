"""Outlines as small line drawings: the one ornament of the portal, made from the data of the places themselves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .vormen import Kader, Ring

MARGIN = 2


class Tekening(NamedTuple):
    """A drawing for an SVG: its size in units, and per key the `d` of one path."""

    breedte: int
    hoogte: int
    paden: dict[object, str]


def draw(outlines: Mapping[object, Iterable[Ring]], width: int = 400) -> Tekening | None:
    """Fit the outlines (rings in WGS84 per key) in a drawing `width` units wide, north up; None without any point.

    Points are rounded to whole units and doubles dropped, so the whole city stays within a few kilobytes.
    Holes come out as holes with `fill-rule="evenodd"`.
    """
    rings = {key: [ring for ring in rows if ring] for key, rows in outlines.items()}
    points = [point for rows in rings.values() for ring in rows for point in ring]
    if not points:
        return None
    box = Kader.of(points)
    squeeze = math.cos(math.radians((box.zuid + box.noord) / 2))
    scale = (width - 2 * MARGIN) / max((box.oost - box.west) * squeeze, 1e-9)

    def place(lon: float, lat: float) -> tuple[int, int]:
        return round((lon - box.west) * squeeze * scale) + MARGIN, round((box.noord - lat) * scale) + MARGIN

    paths = {
        key: "".join(_path([place(*point) for point in ring]) for ring in rows) for key, rows in rings.items() if rows
    }
    return Tekening(width, place(box.west, box.zuid)[1] + MARGIN, paths)


def _path(points: list[tuple[int, int]]) -> str:
    (x, y), *rest = points
    steps = [f"M{x} {y}"]
    for to_x, to_y in rest:
        if (to_x, to_y) != (x, y):
            steps.append(f"l{to_x - x} {to_y - y}".replace(" -", "-"))
            x, y = to_x, to_y
    return "".join(steps) + "z"
