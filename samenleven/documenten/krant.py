"""What stands in an edition of De Genksenaar: for its page, its feed and its PDFs alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..models import Editie, Editieblok

# A line of print holds about so many signs, and each kind of block takes so many lines beside its text.
SIGNS_PER_LINE = 46
EXTRA_LINES = {"kop": 3, "verhaal": 3, "citaat": 2, "signaal": 2}
# Which part of the whole is over at the end of each column of the folded sheet.
COLUMN_ENDS = (0.09, 0.18, 0.317, 0.453, 0.59, 0.727, 0.863, 1.01)


@dataclass(frozen=True)
class Stuk:
    """A piece of the newspaper as it is read now."""

    soort: str
    titel: str
    tekst: str
    label: str = ""
    thema: str = ""

    @property
    def regels(self) -> int:
        return EXTRA_LINES[self.soort] + -(-len(self.tekst) // SIGNS_PER_LINE)

    def __json__(self) -> dict[str, Any]:
        return {"soort": self.soort, "titel": self.titel, "tekst": self.tekst, "label": self.label, "thema": self.thema}


def pieces(editie: Editie) -> list[Stuk]:
    """The readable blocks of an edition that was fetched with `readable_blocks`."""
    return [_piece(blok) for blok in editie.leesbaar]  # type: ignore[attr-defined]


def _piece(blok: Editieblok) -> Stuk:
    match blok.soort:
        case Editieblok.Soort.TUSSENTITEL:
            return Stuk("kop", blok.titel, "")
        case Editieblok.Soort.CITAAT if blok.citaat:
            return Stuk("citaat", "", blok.citaat.tekst)
        case Editieblok.Soort.SIGNAAL if blok.signaal:
            thema = blok.signaal.thema.naam if blok.signaal.thema else ""
            return Stuk("signaal", "", blok.signaal.tekst, str(blok.signaal.get_soort_display()), thema)
    return Stuk("verhaal", blok.titel, blok.tekst)


def in_columns(stukken: list[Stuk]) -> list[list[Stuk]]:
    """The pieces over the eight columns of a folded sheet, two a page, in order, each about as full.

    The columns of the front page are shorter, for its head stands above them. A heading goes with what follows it.
    """
    whole = sum(stuk.regels for stuk in stukken) or 1
    columns: list[list[Stuk]] = [[] for _ in COLUMN_ENDS]
    place, done = 0, 0
    for stuk in stukken:
        while place < len(columns) - 1 and (done + stuk.regels / 2) / whole > COLUMN_ENDS[place]:
            place += 1
        if not columns[place] and place and columns[place - 1] and columns[place - 1][-1].soort == "kop":
            columns[place].append(columns[place - 1].pop())
        columns[place].append(stuk)
        done += stuk.regels
    return columns


def newspaper_data(editie: Editie) -> dict[str, Any]:
    """The edition for a PDF."""
    stukken = pieces(editie)
    return {
        "nummer": editie.nummer,
        "traject": editie.traject.naam,
        "kop": editie.titel,
        "inleiding": editie.inleiding,
        "datum": editie.gepubliceerd_op.date() if editie.gepubliceerd_op else "nog niet verschenen",
        "stukken": stukken,
        "kolommen": in_columns(stukken),
    }
