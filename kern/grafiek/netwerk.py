"""Who is tied to whom, as a drawing: names around an ellipse, one in the middle, a line for each tie.

The same names and ties give the same drawing. The order around the ellipse is chosen so that those who are tied lie
near each other; what does not fit in the drawing stands in the list beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 560
RX, RY = 215, 200
LINE = 20  # letters of a name on one line
MOST = 22


@dataclass(frozen=True)
class Knoop:
    """Somebody: a key, a name, and a kind that decides the shape (square for who is of the house)."""

    sleutel: str
    naam: str
    is_huis: bool = False


@dataclass(frozen=True)
class Verband:
    """Two keys that are tied, and how often."""

    een: str
    ander: str
    aantal: int = 1


@dataclass(frozen=True)
class Plek:
    """A name as it is drawn: where, and its lines with where each stands."""

    knoop: Knoop
    x: int
    y: int
    anker: str
    regels: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Streng:
    """A tie as it is drawn."""

    pad: str
    dikte: float


@dataclass(frozen=True)
class Net:
    """The drawing. `weggelaten` counts the names that did not fit."""

    breedte: int
    hoogte: int
    plekken: list[Plek]
    strengen: list[Streng]
    weggelaten: int


def draw(midden: Knoop, knopen: Sequence[Knoop], verbanden: Sequence[Verband]) -> Net:
    """Draw `midden` in the middle and the others around it, those with the most ties when there are too many."""
    ties: dict[str, int] = {}
    for row in verbanden:
        for key in (row.een, row.ander):
            ties[key] = ties.get(key, 0) + row.aantal
    most = sorted(knopen, key=lambda row: (-ties.get(row.sleutel, 0), row.naam, row.sleutel))
    shown = order(most[:MOST], verbanden)
    places = {midden.sleutel: (WIDTH // 2, HEIGHT // 2)}
    spots = [_spot(midden, *places[midden.sleutel], middle=True)]
    for number, row in enumerate(shown):
        angle = -math.pi / 2 + 2 * math.pi * number / len(shown)
        x, y = round(WIDTH / 2 + RX * math.cos(angle)), round(HEIGHT / 2 + RY * math.sin(angle))
        places[row.sleutel] = (x, y)
        spots.append(_spot(row, x, y))
    strands = [
        Streng(_path(places[row.een], places[row.ander], straight=midden.sleutel in (row.een, row.ander)), _width(row))
        for row in verbanden
        if row.een in places and row.ander in places
    ]
    return Net(WIDTH, HEIGHT, spots, strands, len(knopen) - len(shown))


def order(knopen: Sequence[Knoop], verbanden: Sequence[Verband]) -> list[Knoop]:
    """Around the ellipse: who is tied to the last one comes next, else the first by name."""
    tied: dict[str, dict[str, int]] = {}
    for row in verbanden:
        tied.setdefault(row.een, {})[row.ander] = tied.get(row.een, {}).get(row.ander, 0) + row.aantal
        tied.setdefault(row.ander, {})[row.een] = tied.get(row.ander, {}).get(row.een, 0) + row.aantal
    left = sorted(knopen, key=lambda row: (not row.is_huis, row.naam, row.sleutel))
    found: list[Knoop] = []
    while left:
        near = tied.get(found[-1].sleutel, {}) if found else {}
        best = max(range(len(left)), key=lambda at: (near.get(left[at].sleutel, 0), -at))
        found.append(left.pop(best))
    return found


def wrapped(naam: str, most: int = LINE) -> list[str]:
    """A name in lines of at most so many letters, three lines at most; what does not fit ends in …"""
    lines: list[str] = []
    for word in naam.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2]} …"]
    return [line if len(line) <= most + 2 else f"{line[:most]}…" for line in lines]


def _spot(knoop: Knoop, x: int, y: int, *, middle: bool = False) -> Plek:
    lines = wrapped(knoop.naam)
    aside = abs(x - WIDTH / 2) > RX * 0.25 and not middle
    if aside:
        right = x > WIDTH / 2
        at, anchor = (x + 16, "start") if right else (x - 16, "end")
        top = y + 5 - 8 * (len(lines) - 1)
    else:
        at, anchor = x, "middle"
        above = y < HEIGHT / 2 and not middle
        top = y - 18 - 16 * (len(lines) - 1) if above else y + 28
    return Plek(knoop, x, y, anchor, tuple((at, top + 16 * number, line) for number, line in enumerate(lines)))


def _path(a: tuple[int, int], b: tuple[int, int], *, straight: bool) -> str:
    """A straight line to the middle; between two at the edge one that bends inwards, so that it crosses no name."""
    if straight:
        return f"M{a[0]} {a[1]}L{b[0]} {b[1]}"
    x = round(((a[0] + b[0]) / 2 + WIDTH / 2) / 2)
    y = round(((a[1] + b[1]) / 2 + HEIGHT / 2) / 2)
    return f"M{a[0]} {a[1]}Q{x} {y} {b[0]} {b[1]}"


def _width(row: Verband) -> float:
    return min(1 + row.aantal, 6)
