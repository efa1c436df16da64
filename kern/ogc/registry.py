"""The collections that the apps offer to maps and other programs. An app registers its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Expression, F, Model, QuerySet

from .vormen import Geometrie, Soort

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

RECHT = "ogc:lezen"
"""The right of a key that opens the collections of staff, as its owner."""


@dataclass(frozen=True, slots=True)
class Beller:
    """Who asks, on which day: a member of staff (by log-in or by key), or everybody (`gebruiker` None)."""

    op: date
    gebruiker: Gebruiker | None = None
    met_sleutel: bool = False

    @property
    def is_staf(self) -> bool:
        return self.gebruiker is not None


@dataclass(frozen=True, slots=True)
class Licentie:
    """What one may do with the data, and whom to name."""

    naam: str
    url: str
    bronvermelding: str = "Stad Genk"


GRATIS_HERGEBRUIK = Licentie(
    "Modellicentie Gratis Hergebruik – Vlaanderen, versie 1.0",
    "https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0",
)
GEEN_HERGEBRUIK = Licentie("Alleen voor het werk van de stad", "")


@dataclass(frozen=True, slots=True)
class Eigenschap:
    """A property: its name in the data, what it holds and what it means.

    `bron` is a field path or an expression on the model (the name itself when left out). `keuzes` are all values that
    it can have, as (value, words). `filterbaar`: a query parameter of the same name asks for one value.
    """

    naam: str
    soort: Soort
    titel: str
    uitleg: str = ""
    bron: str | Expression | None = None
    keuzes: tuple[tuple[str, str], ...] = ()
    filterbaar: bool = False

    @property
    def waarde(self) -> Any:
        bron = self.naam if self.bron is None else self.bron
        return F(bron) if isinstance(bron, str) else bron


@dataclass(frozen=True, slots=True)
class Collectie:
    """Things of one kind, on the map or not.

    `rijen` gives what a caller may have, without an order. `sleutel` is a unique field, never empty, that never
    changes. `tabellen` are all models whose rows can change an answer; each is `gevolgd` (`kern.ogc.models`).
    `tijd` names the property that is the time of a thing, `opschrift` the one that people know it by.
    """

    id: str
    titel: str
    omschrijving: str
    model: type[Model]
    rijen: Callable[[Beller], QuerySet[Any]]
    geometrie: Geometrie
    eigenschappen: tuple[Eigenschap, ...]
    tabellen: tuple[type[Model], ...]
    opschrift: str
    sleutel: str = "pk"
    tijd: str = ""
    voor_staf: bool = False
    licentie: Licentie = GRATIS_HERGEBRUIK
    volgorde: int = 50

    def eigenschap(self, naam: str) -> Eigenschap:
        """The property with this name; KeyError when there is none."""
        for row in self.eigenschappen:
            if row.naam == naam:
                return row
        raise KeyError(naam)

    @property
    def filters(self) -> tuple[Eigenschap, ...]:
        return tuple(row for row in self.eigenschappen if row.filterbaar)

    @property
    def tijd_eigenschap(self) -> Eigenschap | None:
        return self.eigenschap(self.tijd) if self.tijd else None

    def mag(self, beller: Beller) -> bool:
        """Whether this caller may know that the collection is there."""
        return beller.is_staf or not self.voor_staf


RESERVED = frozenset({"f", "limit", "offset", "na", "bbox", "bbox-crs", "crs", "datetime"})
_collecties: dict[str, Collectie] = {}


def register(collectie: Collectie) -> None:
    """Make a collection known. Raises ValueError when its id is taken, or a filter has the name of a parameter."""
    if taken := RESERVED & {row.naam for row in collectie.filters}:
        raise ValueError(f"{collectie.id}: {sorted(taken)} are parameters already")
    if collectie.tijd and collectie.tijd_eigenschap.soort not in (Soort.DAG, Soort.MOMENT):  # type: ignore[union-attr]
        raise ValueError(f"{collectie.id}: {collectie.tijd} is no time")
    if _collecties.setdefault(collectie.id, collectie) is not collectie:
        raise ValueError(f"there is a collection {collectie.id} already")


def unregister(id: str) -> None:
    """Take a collection out again: for tests, which bring their own."""
    _collecties.pop(id, None)


def collecties(beller: Beller) -> list[Collectie]:
    """What this caller may know of, in the order in which it is listed."""
    return sorted((row for row in _collecties.values() if row.mag(beller)), key=lambda row: (row.volgorde, row.id))


def alle() -> Iterable[Collectie]:
    """Every collection, whoever may have it, in the order in which it is listed."""
    return tuple(sorted(_collecties.values(), key=lambda row: (row.volgorde, row.id)))


def zoek(id: str, beller: Beller) -> Collectie | None:
    """The collection with this id; None when there is none for this caller."""
    found = _collecties.get(id)
    return found if found and found.mag(beller) else None
