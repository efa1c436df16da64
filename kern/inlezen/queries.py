"""What somebody was reading in, and what a file would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kern.gebruikers.models import Gebruiker

from . import lezen, registry, rules
from .models import Inlezing, Koppeling
from .registry import GELIJK, GEWIJZIGD, NIEUW, Fout, Rij, Soort, Uitkomst, Veld

MINE = 20


def mine(user: Gebruiker) -> list[Inlezing]:
    """My last files, the newest first (one query)."""
    return list(Inlezing.objects.visible_to(user).select_related("opdracht")[:MINE])


def remembered(soort: str, kop: Sequence[str]) -> dict[str, int]:
    """The columns that were chosen before for these headings; by code, the place of each in this file."""
    row = Koppeling.objects.filter(soort=soort, koppen=rules.headings_key(kop)).first()
    if row is None:
        return {}
    places = {rules.known_as(text): place for place, text in enumerate(kop)}
    return {code: places[name] for code, name in row.velden.items() if name in places}


def mapping_for(inlezing: Inlezing, velden: Sequence[Veld]) -> dict[str, int]:
    """The columns to begin with: what was chosen for these headings before, else what their names say."""
    codes = {veld.code for veld in velden}
    before = {code: place for code, place in remembered(inlezing.soort, inlezing.kop).items() if code in codes}
    return before or rules.recognise(inlezing.kop, velden)


@dataclass(frozen=True)
class Nagekeken:
    """What a file would do, row by row."""

    uitkomsten: list[Uitkomst]
    fouten: list[Fout]

    @property
    def werk(self) -> list[Uitkomst]:
        """What has to be written."""
        return [row for row in self.uitkomsten if row.wat != GELIJK]

    def as_json(self) -> dict[str, Any]:
        """The counts, and the first rows and errors, to keep and show."""
        work = self.werk
        rows = [[row.rij, row.wat, row.naam, [[w.veld, w.van, w.naar] for w in row.wijzigingen]] for row in work]
        return {
            "nieuw": sum(row.wat == NIEUW for row in work),
            "gewijzigd": sum(row.wat == GEWIJZIGD for row in work),
            "gelijk": len(self.uitkomsten) - len(work),
            "fouten": len(self.fouten),
            "geweigerd": len({fout.rij for fout in self.fouten}),
            "vingerafdruk": rules.fingerprint([rows, len(self.uitkomsten)]),
            "rijen": rows[: rules.SHOWN],
            "lijst": [[fout.rij, fout.kolom, fout.waarde, fout.tekst] for fout in self.fouten[: rules.SHOWN]],
        }


def table_of(inlezing: Inlezing, soort: Soort) -> lezen.Tabel:
    """The file, read again. Raises Onleesbaar."""
    if not inlezing.bestand:
        raise lezen.Onleesbaar("Het bestand is er niet meer. Kies het opnieuw.")
    try:
        with inlezing.bestand.open("rb") as file:
            return lezen.read(file, inlezing.bestandsnaam, max_rijen=soort.max_rijen)
    except FileNotFoundError:
        raise lezen.Onleesbaar("Het bestand is er niet meer. Kies het opnieuw.") from None


def looked_at(inlezing: Inlezing, step: Callable[[int], None] = lambda rows: None) -> Nagekeken:
    """What the file would do now; `step` is told how many rows were read. Raises Onleesbaar."""
    soort = registry.get(inlezing.soort)
    table = table_of(inlezing, soort)
    velden = soort.velden(inlezing.doel, table.kop)
    if table.kop != inlezing.kop or not rules.fits(inlezing.koppeling, table.kop, velden):
        raise lezen.Onleesbaar("De kolommen van dit bestand zijn niet meer die van daarnet. Kies ze opnieuw.")
    rows: list[Rij] = []
    errors: list[Fout] = []
    for count, regel in enumerate(table.regels, 1):
        row, wrong = _row(regel, table.kop, velden, inlezing.koppeling)
        errors += wrong
        if not wrong:
            rows.append(row)
        if count % 500 == 0:
            step(500)
    outcomes: list[Uitkomst] = []
    for found in soort.vergelijk(rows, inlezing.doel):
        if isinstance(found, Fout):
            errors.append(found)
        else:
            outcomes.append(found)
    wrong_rows = {fout.rij for fout in errors}
    errors.sort(key=lambda fout: fout.rij)
    return Nagekeken([row for row in outcomes if row.rij not in wrong_rows], errors)


def _row(
    regel: lezen.Regel, kop: Sequence[str], velden: Iterable[Veld], koppeling: dict[str, int]
) -> tuple[Rij, list[Fout]]:
    values: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    heads: dict[str, str] = {}
    errors: list[Fout] = []
    for veld in velden:
        if veld.code not in koppeling:
            continue
        place = koppeling[veld.code]
        cell, heads[veld.code] = regel.cellen[place], kop[place]
        raw[veld.code] = cell
        shown = "" if cell is None else str(cell)[:100]
        if isinstance(cell, lezen.Kapot):
            errors.append(Fout(regel.nummer, kop[place], shown, cell.tekst))
            continue
        try:
            values[veld.code] = veld.lees(cell)
        except ValueError as error:
            errors.append(Fout(regel.nummer, kop[place], shown, str(error)))
            continue
        if veld.verplicht and values[veld.code] is None:
            errors.append(Fout(regel.nummer, kop[place], "", "dit moet ingevuld zijn"))
    return Rij(regel.nummer, values, raw, heads), errors
