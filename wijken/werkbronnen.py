"""What other rooms add to the staff pages of a wijk: their own work there, and what they know for the silence map.

Each registers in its AppConfig.ready; `wijken` may not import them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kern.gebruikers.models import Gebruiker

from .models import Wijk
from .rules import Bereik


@dataclass(frozen=True)
class Getal:
    """A number with the list that has exactly so many rows."""

    naam: str
    aantal: int
    url: str
    laat: bool = False


@dataclass(frozen=True)
class Regel:
    """A thing to be done: what it is, by when, by whom. `laat`: that day is over."""

    soort: str
    titel: str
    url: str
    tegen: date | None = None
    wie: str = ""
    laat: bool = False


@dataclass(frozen=True)
class Wijkwerk:
    """The work of a room in a wijk, as this person may see it: numbers with their lists, and what is most late."""

    naam: str
    getallen: list[Getal]
    regels: list[Regel]


@dataclass(frozen=True)
class Werkbron:
    """Where another room tells its work in a wijk, in two queries at most."""

    code: str
    stand: Callable[[Wijk, Gebruiker, Bereik, date], Wijkwerk]


@dataclass(frozen=True)
class Stiltebron:
    """A column of the silence map: how many there are per wijk, in one query, and the list of a wijk.

    `is_melding` counts what residents told themselves; the rest is what others found in the street.
    """

    code: str
    kop: str
    is_melding: bool
    per_wijk: Callable[[Collection[int], Gebruiker, Bereik, date, date], Mapping[int, int]]
    url: Callable[[Wijk, date, date], str]
    volgorde: int = 50


_work: dict[str, Werkbron] = {}
_silence: dict[str, Stiltebron] = {}


def register_work(bron: Werkbron) -> None:
    """Show the work of a room on the staff page of each wijk. The same code again replaces it."""
    _work[bron.code] = bron


def work_sources() -> list[Werkbron]:
    """The rooms with work in the wijken."""
    return list(_work.values())


def register_silence(bron: Stiltebron) -> None:
    """Add a column to the silence map. The same code again replaces it."""
    _silence[bron.code] = bron


def silence_sources() -> list[Stiltebron]:
    """The columns of the silence map, in order: first what was reported."""
    return sorted(_silence.values(), key=lambda bron: (not bron.is_melding, bron.volgorde, bron.code))
