"""The kinds of long jobs. An app registers its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .actions import Voortgang
    from .models import Opdracht


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of long job: its code, what people call it, and the work.

    `run` gets the row and the `Voortgang` to report to, outside a transaction, and gives what came of it (JSON). It
    reports at least every few minutes, or another worker takes the job for lost. After a worker was killed it is called
    again, unless `hervatbaar` is False: then it must find what was done already. `Onmogelijk` tells the owner in words
    why it cannot be done. `terug` is the address to go on from when it is done, with `verder` as the words of the link.
    """

    code: str
    naam: str
    run: Callable[[Opdracht, Voortgang], Mapping[str, Any] | None]
    hervatbaar: bool = True
    terug: Callable[[Opdracht], str] = lambda opdracht: ""
    verder: str = "Bekijk wat ervan kwam"


class Onmogelijk(Exception):
    """The job cannot be done; the words are for its owner."""


_soorten: dict[str, Soort] = {}


def register(soort: Soort) -> None:
    """Make a kind of job known. Raises ValueError when its code is taken."""
    if _soorten.setdefault(soort.code, soort) is not soort:
        raise ValueError(f"there is a kind of job {soort.code} already")


def get(code: str) -> Soort:
    """The kind of job with this code; KeyError when nobody registered it."""
    return _soorten[code]


def names() -> dict[str, str]:
    """What people call each kind, by code."""
    return {soort.code: soort.naam for soort in _soorten.values()}
