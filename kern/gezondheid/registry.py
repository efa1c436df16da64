"""What makes the portal healthy: each room of kern and each app registers what it can tell about itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stand(StrEnum):
    """How something stands; only FOUT makes the health page red."""

    GOED = "goed"
    LET_OP = "let op"
    FOUT = "fout"


@dataclass(frozen=True, slots=True)
class Controle:
    """One line of the health page, in words for an operator and without personal data: everybody may read it."""

    code: str
    naam: str
    stand: Stand
    uitleg: str


Check = Callable[[datetime], Iterable[Controle]]

checks: dict[str, Check] = {}


def register(code: str, check: Check) -> None:
    """Ask `check` each time how things stand at a moment; it may query the database, cheaply.

    Raises ValueError when the code is taken.
    """
    if checks.setdefault(code, check) is not check:
        raise ValueError(f"there is a check {code} already")
