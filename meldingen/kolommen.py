"""The columns of a list of reports: what each is called, what it shows, and what it gives a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kern.documenten.werkblad import Cel
from kern.templatetags.kern import datum_kort

from .intern import next_step
from .models import Melding
from .models.categorie import Prioriteit
from .queries.labels import labels_of
from .states import Sluitreden, Status

Waarde = Callable[[Melding, date], Cel]


@dataclass(frozen=True)
class Kolom:
    """A column that a list can have. `velden` is what it gives a spreadsheet: a heading and a value each.

    `toon` is the text of a cell, where the table itself makes nothing of it; `laad` fetches what the column needs
    beside the row.
    """

    code: str
    naam: str
    velden: tuple[tuple[str, Waarde], ...]
    toon: Callable[[Melding, date], str] | None = None
    laad: Callable[[QuerySet[Melding]], QuerySet[Melding]] = lambda rows: rows


def _name(row: Any) -> str:
    return row.naam if row else ""


def _handler(melding: Melding, on: date) -> str:
    return melding.behandelaar.naam if melding.behandelaar else ""


def _status(melding: Melding, on: date) -> str:
    return str(Status(melding.status).label)


def _reason(melding: Melding, on: date) -> str:
    return str(Sluitreden(melding.sluitreden).label) if melding.sluitreden else ""


def _priority(melding: Melding, on: date) -> str:
    return str(Prioriteit(melding.prioriteit).label)


def _labels(melding: Melding, on: date) -> str:
    return ", ".join(label["naam"] for label in getattr(melding, "labelrij", []))


def _day(day: Any) -> str:
    return datum_kort(day) or "–"


KOLOMMEN = {
    kolom.code: kolom
    for kolom in (
        Kolom("nummer", "Nummer", (("Nummer", lambda m, on: m.pk),)),
        Kolom(
            "wat",
            "Wat: categorie en tekst",
            (("Categorie", lambda m, on: m.categorie.naam), ("Omschrijving", lambda m, on: m.omschrijving)),
        ),
        Kolom(
            "waar",
            "Waar: adres en wijk",
            (("Adres", lambda m, on: m.adres or m.plaats_in_woorden), ("Wijk", lambda m, on: _name(m.wijk))),
        ),
        Kolom(
            "termijn",
            "Termijn",
            (("Termijn", lambda m, on: m.volgende_termijn), ("Te laat", lambda m, on: m.is_late(on))),
        ),
        Kolom("status", "Status", (("Status", _status), ("Afsluitreden", _reason))),
        Kolom("wie", "Wie: behandelaar en team", (("Behandelaar", _handler), ("Team", lambda m, on: _name(m.team)))),
        Kolom("doen", "Wat nu", (("Wat nu", next_step),)),
        Kolom("ontvangen", "Ontvangen", (("Ontvangen", lambda m, on: m.ontvangen_op),)),
        Kolom(
            "categorie",
            "Categorie",
            (("Categorie", lambda m, on: m.categorie.naam),),
            lambda m, on: m.categorie.naam,
        ),
        Kolom("wijk", "Wijk", (("Wijk", lambda m, on: _name(m.wijk)),), lambda m, on: _name(m.wijk) or "geen wijk"),
        Kolom("team", "Team", (("Team", lambda m, on: _name(m.team)),), lambda m, on: _name(m.team) or "geen team"),
        Kolom("behandelaar", "Behandelaar", (("Behandelaar", _handler),), lambda m, on: _handler(m, on) or "niemand"),
        Kolom("prioriteit", "Prioriteit", (("Prioriteit", _priority),), _priority),
        Kolom(
            "bron",
            "Bron",
            (("Bron", lambda m, on: m.get_bron_display()),),
            lambda m, on: m.get_bron_display(),
        ),
        Kolom(
            "volgers",
            "Volgers",
            (("Volgers", lambda m, on: m.aantal_volgers),),
            lambda m, on: str(m.aantal_volgers),
        ),
        Kolom("gepland", "Gepland op", (("Gepland op", lambda m, on: m.gepland_op),), lambda m, on: _day(m.gepland_op)),
        Kolom(
            "belofte",
            "Oplossing uiterlijk",
            (("Oplossing uiterlijk", lambda m, on: m.oplossing_uiterlijk),),
            lambda m, on: _day(m.oplossing_uiterlijk),
        ),
        Kolom(
            "afgesloten",
            "Afgesloten op",
            (("Afgesloten op", lambda m, on: m.afgesloten_op),),
            lambda m, on: _day(m.afgesloten_op),
        ),
        Kolom("reden", "Afsluitreden", (("Afsluitreden", _reason),), lambda m, on: _reason(m, on) or "–"),
        Kolom(
            "gewijzigd",
            "Laatst gewijzigd",
            (("Laatst gewijzigd", lambda m, on: m.gewijzigd_op),),
            lambda m, on: _day(m.gewijzigd_op),
        ),
        Kolom(
            "labels",
            "Labels",
            (("Labels", _labels),),
            lambda m, on: _labels(m, on) or "–",
            lambda rows: rows.annotate(labelrij=labels_of()),
        ),
        Kolom(
            "doorgestuurd",
            "Keren doorgestuurd",
            (("Keren doorgestuurd", lambda m, on: m.keren_doorgestuurd),),
            lambda m, on: str(m.keren_doorgestuurd),
        ),
    )
}
GEWOON = ("nummer", "wat", "waar", "termijn", "status", "wie", "doen", "ontvangen")
"""The columns of a list for who chose none."""

# In a file with all columns, after those of the list.
VERDER: tuple[tuple[str, Waarde], ...] = (
    ("Hoofdcategorie", lambda m, on: _name(m.categorie.hoofdcategorie)),
    ("Lengtegraad", lambda m, on: m.plaats.lon if m.plaats else None),
    ("Breedtegraad", lambda m, on: m.plaats.lat if m.plaats else None),
    ("Eerste reactie op", lambda m, on: m.gereageerd_op),
    ("Reactie beloofd", lambda m, on: m.reactie_beloofd),
    ("Oplossing beloofd", lambda m, on: m.oplossing_beloofd),
    ("Taal van de melder", lambda m, on: m.get_taal_display()),
    ("Openbaar", lambda m, on: m.openbaar),
)
CONTACT: tuple[tuple[str, Waarde], ...] = (
    ("Naam van de melder", lambda m, on: m.melder_of_niemand.naam),
    ("E-mailadres van de melder", lambda m, on: m.melder_of_niemand.email),
    ("Telefoon van de melder", lambda m, on: m.melder_of_niemand.telefoon),
)


def valid(codes: Iterable[str]) -> list[str]:
    """The codes that are columns, each once, in their order; the number leads to the report and is always there."""
    chosen = [code for code in dict.fromkeys(codes) if code in KOLOMMEN]
    return chosen if "nummer" in chosen or not chosen else ["nummer", *chosen]


def load(rows: QuerySet[Melding], codes: Iterable[str]) -> QuerySet[Melding]:
    """The reports with what these columns need beside the row."""
    for code in codes:
        rows = KOLOMMEN[code].laad(rows)
    return rows


def fields(codes: Sequence[str], *, everything: bool, contact: bool) -> list[tuple[str, Waarde]]:
    """What a spreadsheet with these columns holds: headings with their values, each heading once."""
    chosen = [*codes, *KOLOMMEN] if everything else codes
    found: dict[str, Waarde] = {}
    for code in chosen:
        for heading, value in KOLOMMEN[code].velden:
            found.setdefault(heading, value)
    if everything:
        found |= dict(VERDER)
    if contact:
        found |= dict(CONTACT)
    return list(found.items())
