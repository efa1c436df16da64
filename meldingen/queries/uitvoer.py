"""The rows of a file, one by one from the database: the memory they take does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from .. import kolommen
from ..models import Melding
from .keyset import Volgorde

if TYPE_CHECKING:
    from kern.documenten.werkblad import Cel

CHUNK = 500


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
