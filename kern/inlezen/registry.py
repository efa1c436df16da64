"""The kinds of files that can be read in. An app registers its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .waarden import tekst

if TYPE_CHECKING:
    from kern.documenten.werkblad import Cel
    from kern.gebruikers.models import Gebruiker

NIEUW, GEWIJZIGD, GELIJK = "nieuw", "gewijzigd", "gelijk"


@dataclass(frozen=True, slots=True)
class Veld:
    """What a column of the file can be: its code, its heading, and how a cell of it is read.

    `lees` gets the cell (text, number, day or None) and gives the value, None for an empty one; ValueError tells in
    plain Dutch what is wrong with it. `ook` are other headings by which the column is known.
    """

    code: str
    label: str
    lees: Callable[[Any], Any] = tekst
    verplicht: bool = False
    hulp: str = ""
    voorbeeld: str = ""
    ook: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong with a row, or with one cell of it."""

    rij: int
    kolom: str
    waarde: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of the file, read: its number as a spreadsheet shows it, and a value for each field that has a column.

    A field without a column is not there, and what it is about stays as it is.
    """

    nummer: int
    waarden: Mapping[str, Any]
    ruw: Mapping[str, Any] = field(default_factory=dict)
    koppen: Mapping[str, str] = field(default_factory=dict)

    def get(self, code: str, otherwise: Any = None) -> Any:
        return self.waarden.get(code, otherwise)

    def __contains__(self, code: str) -> bool:
        return code in self.waarden

    def fout(self, code: str, tekst: str) -> Fout:
        """An error at the cell of this field; at the row when the field has no column."""
        raw = self.ruw.get(code)
        return Fout(self.nummer, self.koppen.get(code, ""), "" if raw is None else str(raw)[:100], tekst)


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One field that gets another value, both in words."""

    veld: str
    van: str
    naar: str


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What a row does: something new, a change, or nothing. `inhoud` is what `schrijf` needs for it."""

    rij: int
    wat: str
    naam: str
    wijzigingen: tuple[Wijziging, ...] = ()
    inhoud: Any = None


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of file.

    `velden(doel, kop)` are the fields for what the file is about; with the headings of a file also those that the
    headings make (a column per year). `doelen(user)` are the things a file of this kind can be about, as (value,
    name); none when it is always about the same. `vergelijk(rijen, doel)` tells for each row what it would do or
    what is wrong; it writes nothing, and is called again just before writing. `schrijf(uitkomsten, doel, door, at)`
    does it, inside the one transaction, and gets only what is new or changed. `uitvoer(doel)` gives what is there
    now in the columns of the fields, so that it can be read in again. `terug(doel)` is the page to go on from.
    """

    code: str
    naam: str
    uitleg: str
    mag: Callable[[Gebruiker], bool]
    velden: Callable[[str, Sequence[str]], Sequence[Veld]]
    vergelijk: Callable[[Sequence[Rij], str], Iterable[Uitkomst | Fout]]
    schrijf: Callable[[Sequence[Uitkomst], str, Gebruiker, datetime], None]
    terug: Callable[[str], str]
    doelen: Callable[[Gebruiker], Sequence[tuple[str, str]]] | None = None
    doel_vraag: str = "Waarover gaat dit bestand?"
    uitvoer: Callable[[str], Iterable[Sequence[Cel]]] | None = None
    voorbeelden: Callable[[str], Iterable[Sequence[Cel]]] | None = None
    max_rijen: int = 20_000

    @property
    def kan_uit(self) -> bool:
        """Whether what is there now can be taken out in the same columns."""
        return self.uitvoer is not None


_soorten: dict[str, Soort] = {}


def register(soort: Soort) -> None:
    """Make a kind of file known. Raises ValueError when its code is taken."""
    if _soorten.setdefault(soort.code, soort) is not soort:
        raise ValueError(f"there is a kind of file {soort.code} already")


def get(code: str) -> Soort:
    """The kind of file with this code; KeyError when nobody registered it."""
    return _soorten[code]


def kinds() -> list[Soort]:
    """Every kind of file, by name."""
    return sorted(_soorten.values(), key=lambda soort: soort.naam.lower())
