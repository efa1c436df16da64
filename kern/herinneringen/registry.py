"""What the apps registered: things with a deadline, sections of the digest, and the small jobs of every few minutes."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Item:
    """Something open with a deadline, as its app tells it."""

    sleutel: str  # names the object within its Bron, such as its number
    titel: str  # one line that says what it is
    url: str  # path of the page where one acts on it
    due_on: date
    ontvangers: Mapping[str, Collection[int]]  # ids of accounts by role (`Aan`); a role that nobody has is left out
    onderwerp: str = ""  # for a ladder of its own, such as the code of a category


@dataclass(frozen=True, slots=True)
class Bron:
    """A kind of thing with a deadline."""

    code: str
    naam: str
    # (today, horizon): every open item due on or before the horizon, with who is responsible today; set-based
    open_items: Callable[[date, date], Iterable[Item]]
    list_url: str  # path of the list of such things
    onderwerpen: Callable[[], Iterable[tuple[str, str]]] = field(default=tuple)  # code and name, for the admin


@dataclass(frozen=True, slots=True)
class Nieuws:
    """Something that one person wants to hear in the morning, and that has no deadline."""

    titel: str
    regels: Sequence[tuple[str, str]]  # what it is, and the path of its page
    aantal: int  # how many there are, with those that are not among the lines
    url: str  # path of the page with all of them


@dataclass(frozen=True, slots=True)
class Rubriek:
    """A section of the digest that an app fills."""

    code: str
    # (moment): what is new since the last time, by id of account. Called in the transaction that writes the mails, so
    # that what it writes down as told is told, or neither happens.
    nieuws: Callable[[datetime], Mapping[int, Sequence[Nieuws]]]


@dataclass(frozen=True, slots=True)
class LichteTaak:
    """Small, repeatable work for every few minutes: gets the moment, gives counts. May run twice without harm."""

    code: str
    run: Callable[[datetime], Mapping[str, int]]
    daily: bool = False  # once a day is enough; then it is a run of its own in the table


bronnen: dict[str, Bron] = {}
rubrieken: dict[str, Rubriek] = {}
lichte_taken: dict[str, LichteTaak] = {}


def register(bron: Bron) -> None:
    """Make a kind of thing known. Raises ValueError when its code is taken."""
    if bronnen.setdefault(bron.code, bron) is not bron:
        raise ValueError(f"there is a Bron {bron.code} already")


def register_section(rubriek: Rubriek) -> None:
    """Make a section of the digest known. Raises ValueError when its code is taken."""
    if rubrieken.setdefault(rubriek.code, rubriek) is not rubriek:
        raise ValueError(f"there is a Rubriek {rubriek.code} already")


def register_light(taak: LichteTaak) -> None:
    """Make a small job known. Raises ValueError when its code is taken."""
    if lichte_taken.setdefault(taak.code, taak) is not taak:
        raise ValueError(f"there is a LichteTaak {taak.code} already")
