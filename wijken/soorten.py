"""The kinds of meetings. A room that holds meetings of its own registers its kinds in its AppConfig.ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Who may plan a meeting of a kind that says nothing else.
PLANNERS = frozenset({"beheerder", "wijkmanager"})


@dataclass(frozen=True)
class Bijeenkomstsoort:
    """A kind of meeting: what it is called (lazy translations), for one and for many, and the roles that plan it.

    `openbaar` says whether such a meeting is for everybody unless its organiser chooses otherwise.
    """

    code: str
    naam: Any
    meervoud: Any
    rollen: frozenset[str] = PLANNERS
    openbaar: bool = True
    volgorde: int = 50


_soorten: dict[str, Bijeenkomstsoort] = {}


def register(soort: Bijeenkomstsoort) -> None:
    """Make a kind of meeting known. Raises ValueError when another one has its code."""
    if _soorten.setdefault(soort.code, soort) != soort:
        raise ValueError(f"there is a Bijeenkomstsoort {soort.code} already")


def get(code: str) -> Bijeenkomstsoort:
    """The kind with this code; one that names itself when its room is gone."""
    return _soorten.get(code) or Bijeenkomstsoort(code, code, code)


def all_kinds() -> list[Bijeenkomstsoort]:
    """Every kind, in the order in which it is offered."""
    return sorted(_soorten.values(), key=lambda soort: (soort.volgorde, soort.code))


def choices(rollen: Iterable[str] | None = None) -> list[tuple[str, Any]]:
    """The kinds as (code, name): all, or those that somebody with these roles may plan."""
    mine = None if rollen is None else set(rollen)
    return [(row.code, row.naam) for row in all_kinds() if mine is None or mine & row.rollen]
