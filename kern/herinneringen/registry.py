"""What the apps registered: the kinds of things with a deadline, and the small jobs of every few minutes."""

from collections.abc import Callable, Collection, Iterable, Mapping
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
class LichteTaak:
    """Small, repeatable work for every few minutes: gets the moment, gives counts. May run twice without harm."""

    code: str
    run: Callable[[datetime], Mapping[str, int]]
    daily: bool = False  # once a day is enough; then it is a run of its own in the table


bronnen: dict[str, Bron] = {}
lichte_taken: dict[str, LichteTaak] = {}


def register(bron: Bron) -> None:
    """Make a kind of thing known. Raises ValueError when its code is taken."""
    if bronnen.setdefault(bron.code, bron) is not bron:
        raise ValueError(f"there is a Bron {bron.code} already")


def register_light(taak: LichteTaak) -> None:
    """Make a small job known. Raises ValueError when its code is taken."""
    if lichte_taken.setdefault(taak.code, taak) is not taak:
        raise ValueError(f"there is a LichteTaak {taak.code} already")
