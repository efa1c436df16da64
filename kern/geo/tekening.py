"""Outlines as small line drawings: the one ornament of the portal, made from the data of the places themselves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .vormen import Kader, Punt, Ring

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


class Merk(NamedTuple):
    """A numbered mark on a map: where it is drawn, and where the place itself is (the same when nothing was in the
    way)."""

    nummer: int
    x: int
    y: int
    plek_x: int
    plek_y: int


class Plattegrond(NamedTuple):
    """A map of a round for an SVG: its size, the outlines, the walk, the start and the numbered places."""

    breedte: int
    hoogte: int
    omtrekken: list[str]
    weg: str
    start: tuple[int, int]
    merken: list[Merk]


MARK = 13  # the radius of a mark, in units
TALLEST = 1.1  # as a share of the width: with the list below it on one sheet


def plan_of(
    outlines: Mapping[object, Iterable[Ring]],
    start: Punt,
    stops: Sequence[tuple[int, Punt]],
    *,
    back: bool,
    width: int = 680,
) -> Plattegrond | None:
    """Draw numbered places around a start, north up, fitted to the places and not to the outlines; None without one.

    Marks that would cover each other are pushed apart, each with a line to its place.
    """
    if not stops:
        return None
    points = [start, *(place for _number, place in stops)]
    box = Kader.of(points)
    squeeze = math.cos(math.radians((box.zuid + box.noord) / 2))
    edge = 3 * MARK
    wide, high = max((box.oost - box.west) * squeeze, 1e-5), max(box.noord - box.zuid, 1e-5)
    scale = min((width - 2 * edge) / wide, (width * TALLEST - 2 * edge) / high)
    height = round(high * scale) + 2 * edge
    left = (width - wide * scale) / 2

    def place(lon: float, lat: float) -> tuple[int, int]:
        return round((lon - box.west) * squeeze * scale + left), round((box.noord - lat) * scale) + edge

    at = [place(*point) for _number, point in stops]
    begin = place(*start)
    walk = [begin, *at, *([begin] if back else [])]
    drawn = _apart([begin, *at])[1:]
    return Plattegrond(
        width,
        height,
        ["".join(_path([place(*point) for point in ring]) for ring in rings if ring) for rings in outlines.values()],
        "M" + "L".join(f"{x} {y}" for x, y in walk),
        begin,
        [Merk(number, x, y, *spot) for (number, _point), (x, y), spot in zip(stops, drawn, at, strict=True)],
    )


def _apart(spots: list[tuple[int, int]], rounds: int = 60) -> list[tuple[int, int]]:
    """Push spots apart that lie nearer than two radii; the first one stays. The same spots end in the same way."""
    rows = [[float(x), float(y)] for x, y in spots]
    least = 2 * MARK + 2
    for _ in range(rounds):
        moved = False
        for i in range(len(rows)):
            for j in range(i + 1, len(rows)):
                dx, dy = rows[j][0] - rows[i][0], rows[j][1] - rows[i][1]
                far = math.hypot(dx, dy)
                if far >= least:
                    continue
                moved = True
                if far < 0.5:  # on the same spot: each in a direction of its own
                    dx, dy, far = math.cos(2.4 * j), math.sin(2.4 * j), 1.0
                push = (least - min(far, least)) / 2 + 0.5
                for row, sign in ((rows[j], 1), (rows[i], -1 if i else 0)):
                    row[0] += sign * dx / far * push
                    row[1] += sign * dy / far * push
        if not moved:
            break
    return [(round(x), round(y)) for x, y in rows]
