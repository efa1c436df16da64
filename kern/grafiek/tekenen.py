"""From numbers to the points of a drawing. Sizes are units of the picture, which scales with the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

WIDTH, HEIGHT = 520, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 84, 14, 26
BAR, BAR_GAP, BAR_LEFT, BAR_RIGHT = 26, 12, 150, 56


@dataclass(frozen=True)
class Reeks:
    """A line: its name, and a value per label; None where there is none, and the line breaks."""

    naam: str
    waarden: Sequence[float | None]
    # What the table says instead of a dash where there is no value; as many as there are values.
    woorden: Sequence[str] = ()


@dataclass(frozen=True)
class Lijnen:
    """A chart of lines over time. `uitleg` says what it shows; `hoogste` fixes the top, as 100 for percentages.

    `decimalen` is how many decimals the numbers in the table have.
    """

    code: str
    titel: str
    uitleg: str
    labels: Sequence[str]
    reeksen: Sequence[Reeks]
    eenheid: str = ""
    hoogste: int = 0
    decimalen: int = 0


@dataclass(frozen=True)
class Staaf:
    """One bar; with the page behind it when it has one."""

    naam: str
    waarde: int
    href: str = ""


@dataclass(frozen=True)
class Staven:
    """A chart of bars that lie under each other; `hoogste` fixes the full width, as 100 for percentages."""

    code: str
    titel: str
    uitleg: str
    staven: Sequence[Staaf]
    eenheid: str = ""
    hoogste: int = 0


def nice_top(value: float) -> int:
    """The first of 4, 8, 20, 40, 80, 200… that is not below the value: four even steps of round numbers."""
    ten = 1
    while True:
        for step in (1, 2, 5):
            if step * ten * 4 >= value:
                return step * ten * 4
        ten *= 10


@dataclass(frozen=True)
class Punt:
    """A value on its place in the drawing."""

    x: float
    y: float
    waarde: float


@dataclass(frozen=True)
class Lijn:
    """A line as it is drawn: pieces of a path, its points, and where its name stands."""

    naam: str
    pad: str
    punten: list[Punt]
    naam_y: float


@dataclass(frozen=True)
class Streep:
    """A line of the grid with its number, or a month under the axis."""

    plek: float
    tekst: str


def lines(chart: Lijnen) -> tuple[list[Lijn], list[Streep], list[Streep]]:
    """The lines, the grid with its numbers, and the labels under the axis (each second one when there are many)."""
    known = [value for row in chart.reeksen for value in row.waarden if value is not None]
    top = chart.hoogste or nice_top(max(known, default=4))
    count = max(len(chart.labels) - 1, 1)

    def x(index: int) -> float:
        return round(LEFT + index * (WIDTH - LEFT - RIGHT) / count, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / top, 1)

    drawn = []
    for row in chart.reeksen:
        points = [Punt(x(i), y(value), value) for i, value in enumerate(row.waarden) if value is not None]
        pieces, pen_down = [], False
        for i, value in enumerate(row.waarden):
            if value is not None:
                pieces.append(f"{'L' if pen_down else 'M'}{x(i)} {y(value)}")
            pen_down = value is not None
        drawn.append(Lijn(row.naam, " ".join(pieces), points, points[-1].y if points else y(0)))
    grid = [Streep(y(top * part / 4), f"{top * part // 4}{chart.eenheid}") for part in range(5)]
    every = 1 if len(chart.labels) <= 6 else 2
    below = [Streep(x(i), label) for i, label in enumerate(chart.labels) if (len(chart.labels) - 1 - i) % every == 0]
    return _apart(drawn), grid, below


def cells(chart: Lijnen) -> list[tuple[str, list[str]]]:
    """The table of the chart: for each line its name, and each value as it is written here."""

    def text(row: Reeks, index: int, value: float | None) -> str:
        if value is None:
            return row.woorden[index] if row.woorden else "–"
        return f"{number_format(value, chart.decimalen)}{chart.eenheid}"

    return [(row.naam, [text(row, i, value) for i, value in enumerate(row.waarden)]) for row in chart.reeksen]


def _apart(rows: list[Lijn], least: float = 15) -> list[Lijn]:
    """The names at the end of the lines, moved so that none covers another."""
    placed: list[Lijn] = []
    for row in sorted(rows, key=lambda line: line.naam_y):
        at = max(row.naam_y, placed[-1].naam_y + least) if placed else row.naam_y
        placed.append(Lijn(row.naam, row.pad, row.punten, at))
    order = [row.naam for row in rows]
    return sorted(placed, key=lambda line: order.index(line.naam))


@dataclass(frozen=True)
class Balk:
    """A bar as it is drawn."""

    naam: str
    waarde: int
    href: str
    y: float
    midden: float
    breedte: float
    einde: float


def bars(chart: Staven) -> tuple[list[Balk], float]:
    """The bars, and the height of the drawing."""
    top = chart.hoogste or max((bar.waarde for bar in chart.staven), default=0) or 1
    drawn = []
    for i, bar in enumerate(chart.staven):
        at, width = i * (BAR + BAR_GAP), round(bar.waarde * (WIDTH - BAR_LEFT - BAR_RIGHT) / top, 1)
        drawn.append(Balk(bar.naam, bar.waarde, bar.href, at, at + BAR / 2, width, BAR_LEFT + width + 6))
    return drawn, len(drawn) * (BAR + BAR_GAP)
