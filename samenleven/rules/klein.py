"""Small numbers in a table with totals in two directions: hidden so that they follow from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import SMALLEST_CELL, _computable

Plek = tuple[int, int]
Rooster = list[list[int | None]]


def hide_in_table(cells: Sequence[Sequence[int]]) -> Rooster:
    """The table with a row and a column of totals at its end, None for what may not be shown.

    Hidden is everything from 1 to 4. In each row and column that says its total, what is hidden may not follow from
    that total: more goes until it does not, the smallest first, and the total itself when nothing else is left. Then
    no cell may follow from several rows and columns together. Nobody (0) shows: it tells of no one.
    """
    values = [[*row, sum(row)] for row in cells]
    values.append([sum(column) for column in zip(*values, strict=True)] if values else [0])
    rows, columns = len(values), len(values[0])
    hidden = {(r, k) for r in range(rows) for k in range(columns) if 0 < values[r][k] < SMALLEST_CELL}
    lines = [[(r, k) for k in range(columns)] for r in range(rows)]
    lines += [[(r, k) for r in range(rows)] for k in range(columns)]

    def value(plek: Plek) -> int:
        return values[plek[0]][plek[1]]

    while more := _first_open(lines, hidden, value) or _bridge(lines, hidden, value):
        hidden.add(more)
    return [[None if (r, k) in hidden else values[r][k] for k in range(columns)] for r in range(rows)]


def _first_open(lines: list[list[Plek]], hidden: set[Plek], value: Callable[[Plek], int]) -> Plek | None:
    """What has to go next because a line tells what it hides; None when no line does."""
    for *parts, total in lines:
        gone = [plek for plek in parts if plek in hidden]
        rest = [plek for plek in parts if plek not in hidden and value(plek)]
        if total in hidden:
            if not gone and rest:
                return min(rest, key=lambda plek: (value(plek), plek))
        elif gone and _computable([value(plek) for plek in gone]):
            return min(rest, key=lambda plek: (value(plek), plek)) if rest else total
    return None


def _bridge(lines: list[list[Plek]], hidden: set[Plek], value: Callable[[Plek], int]) -> Plek | None:
    """What has to go next because a hidden cell follows from several lines together; None when none does.

    A hidden cell ties its row to its column. It can be computed when it is the only tie between two parts of all that
    is tied so.
    """
    half = len({plek[0] for line in lines for plek in line})
    for cell in sorted(hidden):
        others = hidden - {cell}
        reached, edge = {("r", cell[0])}, [("r", cell[0])]
        while edge:
            kind, place = edge.pop()
            for r, k in others:
                mine, far = (r, ("k", k)) if kind == "r" else (k, ("r", r))
                if mine == place and far not in reached:
                    reached.add(far)
                    edge.append(far)
        if ("k", cell[1]) in reached:
            continue
        near = {*lines[cell[0]], *lines[half + cell[1]]}
        options = [plek for line in lines for plek in line if plek not in hidden and value(plek)]
        if options:
            return min(options, key=lambda plek: (plek not in near, value(plek), plek))
    return None
