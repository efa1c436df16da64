"""Tables for a spreadsheet: CSV as Excel opens it here, and xlsx. Both take rows one by one and keep none of them."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cel = str | int | float | Decimal | bool | date | datetime | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
FLUSH = 64 * 1024  # characters of CSV that are sent at a time
XLSX_ROWS = 1_048_576  # of one sheet, its header included
CELL_LENGTH = 32_767
WIDTHS = range(12, 60)

# A cell that begins with one of these is a formula to some spreadsheet, the wide forms of CJK keyboards included.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# What XML does not allow, and no file needs.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with a ' before it where it would be one."""
    return f"'{text}" if FORMULA.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cel]]) -> Iterator[bytes]:
    r"""The table as CSV in pieces: `;`, UTF-8 with a BOM and \r\n, dates as 2026-07-23, decimals with a comma."""
    parts: list[str] = [BOM]
    sheet = csv.writer(_Pieces(parts), delimiter=";", lineterminator="\r\n")
    size = 0
    for row in chain([header], rows):
        before = len(parts)
        sheet.writerow([_as_words(cell) for cell in row])
        size += sum(len(part) for part in parts[before:])
        if size >= FLUSH:
            yield "".join(parts).encode()
            parts.clear()
            size = 0
    if parts:
        yield "".join(parts).encode()


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[Cel]], *, title: str) -> IO[bytes]:
    """The table as a workbook in a temporary file, open at its start and gone when it is closed.

    Dates are dates and numbers are numbers; moments are on the clock of Brussels. What does not fit in one sheet
    goes on in the next.
    """
    book = Workbook(write_only=True)
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:28] or "Blad"
    number, left = 0, 0
    for row in rows:
        if left == 0:
            number += 1
            sheet, left = _sheet(book, header, name if number == 1 else f"{name} {number}"), XLSX_ROWS - 1
        sheet.append([_as_cell(sheet, cell) for cell in row])
        left -= 1
    if number == 0:
        _sheet(book, header, name)
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 (whoever asked for it closes it)
    book.save(file)
    file.seek(0)
    return file


class _Pieces:
    """What the csv module writes, as a list of its lines."""

    def __init__(self, parts: list[str]) -> None:
        self.write = parts.append


def _as_words(cell: Cel) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case datetime():
            return f"{_local(cell):%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case int():
            return str(cell)
        case float() | Decimal():
            return str(cell).replace(".", ",")
    return guarded(CONTROL.sub("", cell))


def _as_cell(sheet: object, cell: Cel) -> object:
    match cell:
        case None | "":
            return None
        case bool():
            return "ja" if cell else "nee"
        case int() | float() | Decimal():
            return cell
        case datetime():
            return _styled(sheet, _local(cell), "dd/mm/yyyy hh:mm")
        case date():
            return _styled(sheet, cell, "dd/mm/yyyy")
    return guarded(CONTROL.sub("", cell))[:CELL_LENGTH] or None


def _styled(sheet: object, value: object, look: str) -> object:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = look
    return cell


def _sheet(book: Workbook, header: Sequence[str], name: str) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, word in enumerate(header, 1):
        width = min(max(len(word) + 4, WIDTHS.start), WIDTHS.stop)
        sheet.column_dimensions[get_column_letter(number)].width = width
    cells = []
    for word in header:
        cell = WriteOnlyCell(sheet, guarded(word))
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _local(moment: datetime) -> datetime:
    """A moment on the clock of Brussels, to the second and without its zone: a spreadsheet knows neither."""
    return timezone.make_naive(moment).replace(microsecond=0) if timezone.is_aware(moment) else moment
