"""What the apps keep about people: each kind of thing tells what is over, and how to anonymise or delete it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from .models import Bewaarregel

Choices = Callable[[], Iterable[tuple[str, str]]]
Apply = Callable[[Collection[int], datetime], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of thing that is not kept for ever.

    `over(regel, uitzonderingen, moment)` gives the rows whose time under the rule has passed at that moment, without
    what a more exact rule in `uitzonderingen` is about and without what was treated already; it must lean on an index.
    `omschrijf` says what a row is in a line without personal data. `uitvoering` has, for each thing that can be
    done, the function that does it to a batch of rows in one transaction and gives counts.
    """

    code: str
    naam: str
    over: Callable[[Bewaarregel, Sequence[Bewaarregel], datetime], QuerySet[Any]]
    omschrijf: Callable[[Collection[int]], Mapping[int, str]]
    uitvoering: Mapping[str, Apply]
    toestanden: Choices = field(default=tuple)
    onderwerpen: Choices = field(default=tuple)


soorten: dict[str, Soort] = {}


def register(soort: Soort) -> None:
    """Make a kind of thing known. Raises ValueError when its code is taken."""
    if soorten.setdefault(soort.code, soort) is not soort:
        raise ValueError(f"there is a Soort {soort.code} already")
