"""What the apps offer to other programs: rights of a key, events of a webhook, and what narrows a webhook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recht:
    """Something that a key may do. `persoonlijk`: only as somebody with an account, and never without an end."""

    code: str
    naam: str
    persoonlijk: bool = False


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """An occasion that a webhook can ask to hear of."""

    code: str
    naam: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a webhook can be narrowed by; the choices as (code, name). Nothing chosen means everything."""

    code: str
    naam: str
    keuzes: Callable[[], Iterable[tuple[str, str]]]


# The keys of occasions -> what is told of each. What may not be told (any more) is left out. Set-based.
Inhoud = Callable[[Collection[str]], Mapping[str, dict[str, Any]]]

rechten: dict[str, Recht] = {}
gebeurtenissen: dict[str, Gebeurtenis] = {}
filters: dict[str, Filter] = {}
_inhoud: dict[str, Inhoud] = {}


def register_right(recht: Recht) -> None:
    """Make a right known. Raises ValueError when its code is taken."""
    if rechten.setdefault(recht.code, recht) != recht:
        raise ValueError(f"there is a right {recht.code} already")


def register_events(soort: str, rows: Iterable[Gebeurtenis], inhoud: Inhoud) -> None:
    """Make events known whose codes begin with `soort` and a point, and who tells what happened.

    Raises ValueError when one is taken or named otherwise.
    """
    if _inhoud.setdefault(soort, inhoud) is not inhoud:
        raise ValueError(f"there are events of {soort} already")
    for row in rows:
        if row.code.partition(".")[0] != soort or gebeurtenissen.setdefault(row.code, row) != row:
            raise ValueError(f"event {row.code} cannot be registered as {soort}")


def register_filter(row: Filter) -> None:
    """Make known what a webhook can be narrowed by. Raises ValueError when its code is taken."""
    if filters.setdefault(row.code, row) is not row:
        raise ValueError(f"there is a filter {row.code} already")


def contents(gebeurtenis: str, sleutels: Collection[str]) -> Mapping[str, dict[str, Any]]:
    """What is told of these occasions of one event; those that may not be told are left out."""
    return _inhoud[gebeurtenis.partition(".")[0]](sleutels)
