"""What the apps keep on a mail address: each tells what it has, and how to forget it. For who asks for their data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Vondst:
    """One thing that is kept on an address: in a line for who reads, and all of it for who takes it along."""

    tekst: str
    inhoud: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Adresbron:
    """A kind of thing that is kept on mail addresses, under a heading (lazy).

    `vind(email)` gives what there is, in whatever capitals, in the active language and one query. `wis(email, at)`
    forgets it, from the mails too, and gives how many there were; what only counts stays.
    """

    code: str
    naam: Any
    vind: Callable[[str], Sequence[Vondst]]
    wis: Callable[[str, datetime], int]


_bronnen: dict[str, Adresbron] = {}


def register(bron: Adresbron) -> None:
    """Make a kind known. Raises ValueError when its code is taken."""
    if _bronnen.setdefault(bron.code, bron) is not bron:
        raise ValueError(f"there is an Adresbron {bron.code} already")


def found_on(email: str) -> list[tuple[Adresbron, Sequence[Vondst]]]:
    """All that is kept on this address, by kind; kinds without anything are left out (one query for each kind)."""
    looked = [(bron, bron.vind(email)) for _code, bron in sorted(_bronnen.items())]
    return [(bron, found) for bron, found in looked if found]


@transaction.atomic
def forget(email: str, at: datetime) -> int:
    """Forget all that is kept on this address; how many things."""
    return sum(bron.wis(email, at) for _code, bron in sorted(_bronnen.items()))
