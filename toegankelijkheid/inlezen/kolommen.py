"""The columns of the monitoring table in a file, in their order, and how a cell of each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kern.inlezen.registry import Veld
from kern.inlezen.waarden import datum, decimaal, geheel, ja_nee, keuze, tekst, tekst_tot
from kern.spelling import fold

from ..rules.monitoring import FIRST_YEAR
from ..rules.woorden import (
    Dimensie,
    Ernst,
    Groep,
    Haalbaarheid,
    Haalbaarheidsreden,
    Onderwerp,
    Planning,
    Prioriteit,
    Wegbeheerder,
)
from ..states import Knelpuntstatus

# What a measurement tells: it changes by measuring again.
MEASURED = ("onderwerp", "dimensie", "titel", "adres", "plaats", "vastgesteld_op", "ernst", "groepen")
FINDING = (*MEASURED, "omschrijving", "tags")
PLANNED = (
    "wegbeheerder", "oplossing", "haalbaarheid", "haalbaarheidsreden", "prioriteit", "prioriteit_reden", "planning",
    "planjaar", "uiterlijk", "dienst", "verantwoordelijke", "doorverwezen_naar", "overgedragen_op", "kost_laag",
    "kost_hoog", "budgetlijn", "subsidie", "werkdossier", "jaarstappen", "uitgevoerd_op",
)  # fmt: skip
_REF = re.compile(r"^(?:GNK-T-)?0*(\d{1,9})$", re.IGNORECASE)


def nummer(cel: Any) -> int | None:
    """The number of a knelpunt: GNK-T-0012, or 12."""
    text = tekst(cel)
    if text is None:
        return None
    if not (found := _REF.match(text)):
        raise ValueError("dit is geen nummer van een knelpunt: schrijf het zoals GNK-T-0012")
    return int(found[1])


def coordinaat(cel: Any) -> Decimal | None:
    """A coordinate to a tenth of a micrometre of a degree; a spreadsheet may have calculated more decimals."""
    if isinstance(cel, int | float | Decimal) and not isinstance(cel, bool):
        return round(Decimal(str(cel)), 7)
    return decimaal(7)(cel)


def getalkeuze(choices: Any) -> Callable[[Any], int | None]:
    """One of a numbered list, by its number or its words."""
    read = keuze({str(value): str(label) for value, label in choices})

    def one(cel: Any) -> int | None:
        found = read(cel)
        return None if found is None else int(found)

    return one


def lijst(choices: Mapping[str, str] | None, lengte: int = 40) -> Callable[[Any], list[str] | None]:
    """Several, with a comma or a semicolon between them; None for an empty cell."""
    known = {fold(key): code for code, label in (choices or {}).items() for key in (code, str(label))}

    def read(cel: Any) -> list[str] | None:
        text = tekst(cel)
        if text is None:
            return None
        found = []
        for word in (part.strip() for part in re.split(r"[,;\n]", text)):
            if not word:
                continue
            if choices is not None and fold(word) not in known:
                raise ValueError(f"“{word}” kennen we niet: kies uit {', '.join(map(str, choices.values()))}")
            if len(word) > lengte:
                raise ValueError(f"een woord is te lang: hoogstens {lengte} tekens")
            found.append(known[fold(word)] if choices is not None else word)
        return list(dict.fromkeys(found))

    return read


def _words(choices: Any) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def velden(doel: str = "", kop: Sequence[str] = ()) -> list[Veld]:
    """The columns of the source page, and those that a monitoring table needs beside them."""
    told = "Staat hier om te lezen; het portaal houdt dit zelf bij."
    money = geheel(hoogstens=2_000_000_000)
    return [
        Veld(
            "nummer", "Nummer", nummer, hulp="Leeg bij wat nieuw is.", voorbeeld="GNK-T-0012", ook=("Ref", "Referentie")
        ),
        Veld("externe_id", "Nummer elders", tekst_tot(80), voorbeeld="ENTER-2010-17", ook=("Extern nummer", "ID")),
        Veld("onderwerp", "Thema", keuze(_words(Onderwerp)), voorbeeld="oversteekplaats", ook=("Onderwerp",)),
        Veld("dimensie", "DOD", keuze(_words(Dimensie)), voorbeeld="drempel", ook=("Dimensie",)),
        Veld(
            "titel", "Knelpunt", tekst_tot(200), voorbeeld="Boordsteen van 8 cm", ook=("Titel", "Omschrijving knelpunt")
        ),
        Veld("omschrijving", "Omschrijving", tekst),
        Veld("adres", "Plaats", tekst_tot(200), voorbeeld="Stalenstraat 12", ook=("Adres", "Straat", "Locatie")),
        Veld(
            "x",
            "X",
            coordinaat,
            hulp="Lengtegraad, of X in Lambert.",
            voorbeeld="5,4969480",
            ook=("Lengtegraad", "Lon", "X-coördinaat"),
        ),
        Veld(
            "y",
            "Y",
            coordinaat,
            hulp="Breedtegraad, of Y in Lambert.",
            voorbeeld="50,9634980",
            ook=("Breedtegraad", "Lat", "Y-coördinaat"),
        ),
        Veld("wijk", "Wijk", tekst, hulp=told),
        Veld("zone", "Woonzorgzone", tekst, hulp=told),
        Veld("niveau", "Kwaliteitsniveau", tekst, hulp=told),
        Veld("ronde", "Ronde", tekst, hulp=told),
        Veld("wegbeheerder", "Wegbeheerder", keuze(_words(Wegbeheerder)), voorbeeld="stad Genk"),
        Veld("vastgesteld_op", "Vastgesteld op", datum, voorbeeld="14/05/2026"),
        Veld("vereist", "Gevraagd", tekst, hulp=told),
        Veld("gemeten", "Gemeten", tekst, hulp=told),
        Veld("eenheid", "Eenheid", tekst, hulp=told),
        Veld("afwijking", "Afwijking", tekst, hulp=told),
        Veld("instrument", "Instrument", tekst, hulp=told),
        Veld("nauwkeurigheid", "Nauwkeurigheid", tekst, hulp=told),
        Veld("ernst", "Ernst", getalkeuze(Ernst.choices), hulp="1 tot 4.", voorbeeld="3"),
        Veld("groepen", "Wie het raakt", lijst(_words(Groep)), voorbeeld="rolstoelgebruikers, ouderen"),
        Veld("tags", "Trefwoorden", lijst(None), voorbeeld="hoogteverschil"),
        Veld("tijdelijk", "Tijdelijk", ja_nee, hulp=told),
        Veld("tijdelijk_tot", "Tijdelijk tot", datum, hulp=told),
        Veld("alternatief", "Andere route", ja_nee, hulp=told),
        Veld("omweg_m", "Omweg in meter", geheel(), hulp=told),
        Veld("bewoners", "Gemeld door bewoners", geheel(), hulp=told),
        Veld("oplossing", "Mogelijke oplossing", tekst, voorbeeld="Verlaag de boordsteen", ook=("Oplossing",)),
        Veld("haalbaarheid", "Haalbaarheid", getalkeuze(Haalbaarheid.choices), voorbeeld="goed haalbaar"),
        Veld("haalbaarheidsreden", "Reden van de haalbaarheid", keuze(_words(Haalbaarheidsreden)), voorbeeld="budget"),
        Veld("punten", "Punten", geheel(), hulp=told),
        Veld("prioriteit", "Prioriteit", keuze(_words(Prioriteit)), voorbeeld="hoog"),
        Veld(
            "prioriteit_reden", "Waarom deze prioriteit", tekst_tot(300), hulp="Leeg: de prioriteit volgt de formule."
        ),
        Veld(
            "planning",
            "Planning",
            keuze({p.value: str(p.label) for p in Planning}),
            hulp="KT, MLT of LT.",
            voorbeeld="KT",
            ook=("Termijn KT/MLT/LT",),
        ),
        Veld("planjaar", "Jaar", geheel(minstens=FIRST_YEAR, hoogstens=2200), voorbeeld="2027"),
        Veld("uiterlijk", "Klaar tegen", datum, voorbeeld="30/06/2027", ook=("Deadline",)),
        Veld("dienst", "Verantwoordelijke dienst", tekst_tot(120), ook=("Verantwoordelijke", "Dienst")),
        Veld(
            "verantwoordelijke",
            "Verantwoordelijke collega",
            tekst_tot(254),
            hulp="Naam of e-mailadres.",
            ook=("Collega",),
        ),
        Veld("doorverwezen_naar", "Doorverwezen naar", tekst_tot(120)),
        Veld("overgedragen_op", "Overgedragen op", datum),
        Veld("kost_laag", "Kost laag (euro)", money, voorbeeld="1200"),
        Veld("kost_hoog", "Kost hoog (euro)", money, voorbeeld="2500"),
        Veld("budgetlijn", "Budgetlijn", tekst_tot(60)),
        Veld("subsidie", "Subsidie", tekst_tot(120)),
        Veld("werkdossier", "Dossier van de werken", tekst_tot(60)),
        Veld("jaarstappen", "Stappen per jaar", tekst),
        Veld("status", "Status", keuze(_words(Knelpuntstatus)), voorbeeld="gepland"),
        Veld("statusreden", "Reden van de status", tekst),
        Veld("uitgevoerd_op", "Uitgevoerd op", datum),
        Veld("goedgekeurd", "Niet uitvoeren goedgekeurd door", tekst, hulp=told),
        Veld("openbaar", "Openbaar", ja_nee, hulp=told),
        Veld("gewijzigd", "Laatst gewijzigd", tekst, hulp=told),
    ]
