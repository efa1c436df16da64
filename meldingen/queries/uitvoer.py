"""The rows of a file, one by one from the database: the memory they take does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from kern.documenten.werkblad import CSV_TYPE, XLSX_TYPE, Cel

from .. import kolommen
from ..models import Melding, Vorm
from .keyset import Volgorde

CHUNK = 500
TITLE = "Meldingen"
TYPES = {Vorm.CSV: CSV_TYPE, Vorm.XLSX: XLSX_TYPE}


@dataclass(frozen=True)
class Tabel:
    """A list as a spreadsheet takes it: the headings, and the rows as they come."""

    kop: list[str]
    rijen: Iterator[list[Cel]]


def table(
    rows: QuerySet[Melding], order: Volgorde, on: date, *, codes: Sequence[str], everything: bool, contact: bool
) -> Tabel:
    """The reports in their order with these columns; `everything`: all that there are. `contact`: who reported too.

    One query through a cursor of the server, and one per chunk of rows for what a column keeps elsewhere.
    """
    chosen = kolommen.fields(codes, everything=everything, contact=contact)
    rows = rows.select_related("categorie__hoofdcategorie", "wijk", "team", "behandelaar", *["melder"] * contact)
    rows = kolommen.load(rows.defer("zoek", "openbare_tekst"), kolommen.KOLOMMEN if everything else codes)
    found = order.sorted(rows).iterator(chunk_size=CHUNK)
    return Tabel([heading for heading, _ in chosen], ([value(row, on) for _, value in chosen] for row in found))


def sensitive(rows: QuerySet[Melding]) -> list[int]:
    """Which of these reports are sensitive: who takes them along has read them (one query)."""
    return list(rows.filter(categorie__is_gevoelig=True).order_by().values_list("pk", flat=True))


def file_name(vorm: str, at: datetime) -> str:
    """What the file is called on the disk of who fetches it."""
    return f"meldingen-{timezone.localtime(at):%Y-%m-%d-%H%M}.{vorm}"
