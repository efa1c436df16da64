"""The figures as a table to read, and to put in the docs."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from typing import Any

import psutil

from .metingen import EMPTY, INSERTS, TOGETHER, Uitslag

MB = 1024 * 1024


def machine() -> str:
    """What this ran on."""
    cores, memory = os.cpu_count(), round(psutil.virtual_memory().total / 1024**3)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cores} processorkernen, {memory} GB geheugen, {system}"


def lines(results: Sequence[Uitslag]) -> Iterator[str]:
    """Each result as a line for the screen."""
    for row in results:
        yield line(row, _empty(results, row), _yardstick(results, INSERTS))


def line(row: Uitslag, empty: Uitslag | None, insert: Uitslag | None) -> str:
    name = f"{row.naam} [{row.wie}]" if row.wie else row.naam
    if not row.aantal:
        return f"  {name:<62} {row.nota}"
    ratio = f"{row.per_seconde / empty.per_seconde:5.2f}×leeg" if empty else ""
    single = f"{row.p50 / insert.p50:6.1f}×rij" if insert else ""
    verdict = "" if fits(row) is None else ("ok" if fits(row) else "TE TRAAG")
    return (
        f"  {name:<62} {row.per_seconde:8.1f}/s p50 {row.p50:8.1f} p95 {row.p95:8.1f} ms {row.vragen:4d} vragen "
        f"{row.geheugen / MB:6.0f} MB {ratio} {single} {verdict} {row.nota}"
    ).rstrip()


def fits(row: Uitslag) -> bool | None:
    """Whether the row holds its limits; None when it has none or was not measured."""
    if not row.aantal or (row.max_ms is None and row.max_vragen is None):
        return None
    slow = row.max_ms is not None and row.p95 > row.max_ms
    many = row.max_vragen is not None and row.vragen > row.max_vragen
    return not (slow or many or row.nota)


def _empty(results: Sequence[Uitslag], row: Uitslag) -> Uitslag | None:
    """The empty page to compare with: asked by as many visitors at once as the row."""
    return _yardstick(results, EMPTY + TOGETHER if row.naam.endswith(TOGETHER) else EMPTY)


def _yardstick(results: Sequence[Uitslag], naam: str) -> Uitslag | None:
    return next((row for row in results if row.naam == naam and row.aantal), None)


def markdown(runs: dict[int, list[Uitslag]], facts: dict[int, dict[str, Any]]) -> str:
    """The tables for docs/snelheid.md: one per size, and how each line grows when there are two."""
    parts = [f"Gemeten op: {machine()}."]
    for size, results in runs.items():
        filled = facts[size].get("vullen")
        how = f", gevuld in {filled:.0f} s" if filled else ""
        parts += ["", f"### {_number(size)} meldingen{how}", "", *_table(results)]
    if len(runs) > 1:
        parts += ["", "### Groei", "", *_growth(runs)]
    return "\n".join(parts) + "\n"


def _table(results: Sequence[Uitslag]) -> Iterator[str]:
    insert = _yardstick(results, INSERTS)
    yield "| Wat | Wie | per s | p50 ms | p95 ms | vragen | MB | × leeg | × één rij | |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|---|"
    for row in results:
        if not row.aantal:
            yield f"| {row.naam} | {row.wie} | | | | | | | | {row.nota} |"
            continue
        empty = _empty(results, row)
        cells = [
            row.naam,
            row.wie,
            f"{row.per_seconde:.1f}",
            f"{row.p50:.1f}",
            f"{row.p95:.1f}",
            str(row.vragen),
            f"{row.geheugen / MB:.0f}" if row.geheugen else "",
            f"{row.per_seconde / empty.per_seconde:.2f}" if empty else "",
            f"{row.p50 / insert.p50:.1f}" if insert else "",
            row.nota or {None: "", True: "goed", False: "**te traag**"}[fits(row)],
        ]
        yield f"| {' | '.join(cells)} |"


def _growth(runs: dict[int, list[Uitslag]]) -> Iterator[str]:
    (small, before), *_rest, (large, after) = runs.items()
    yield f"| Wat | Wie | p50 bij {_number(small)} | p50 bij {_number(large)} | maal |"
    yield "|---|---|--:|--:|--:|"
    known = {(row.naam.split(" met ")[0], row.wie): row for row in before if row.aantal}
    for row in after:
        earlier = known.get((row.naam.split(" met ")[0], row.wie))
        if row.aantal and earlier:
            yield f"| {row.naam} | {row.wie} | {earlier.p50:.1f} | {row.p50:.1f} | {row.p50 / earlier.p50:.2f} |"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
