"""From a file to its headings and rows: CSV as any spreadsheet writes it, and xlsx."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .waarden import als_tekst

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_COLUMNS = 150
MAX_CELL = 20_000
DELIMITERS = ";,\t|"
ENDINGS = (".csv", ".txt", ".xlsx")
# Lines above the headings, such as a title, that some programs write.
HEADER_WITHIN = 15


class Onleesbaar(ValueError):
    """The file cannot be read; the words are for who sent it."""


class Kapot:
    """A cell without a value that can be used; `tekst` says why."""

    def __init__(self, tekst: str) -> None:
        self.tekst = tekst

    def __str__(self) -> str:
        return ""


NO_RESULT = Kapot("deze formule heeft geen uitkomst: open het bestand in je rekenblad, bewaar het en probeer opnieuw")
FORMULA_ERROR = Kapot("deze formule geeft een fout")


@dataclass(frozen=True)
class Regel:
    """A row of the file: its number as a spreadsheet shows it, and its cells in the order of the headings."""

    nummer: int
    cellen: Sequence[Any]


@dataclass(frozen=True)
class Tabel:
    """The headings of a file, and its rows below those; empty rows are left out."""

    kop: list[str]
    regels: list[Regel]


def read(file: IO[bytes], naam: str, *, max_rijen: int) -> Tabel:
    """Read a whole file. Raises Onleesbaar."""
    rows = _xlsx(file) if _is_workbook(file, naam) else _csv(file)
    head: list[str] | None = None
    places: list[int] = []
    headed: frozenset[int] = frozenset()
    found: list[Regel] = []
    for number, cells in _from_header(rows):
        if head is None:
            head, places = _headings(cells)
            headed = frozenset(places)
            continue
        if len(cells) > MAX_COLUMNS and any(not _is_empty(cell) for cell in cells[MAX_COLUMNS:]):
            raise Onleesbaar(f"Rij {number} heeft meer dan {MAX_COLUMNS} kolommen.")
        beyond = [cell for place, cell in enumerate(cells) if place not in headed and not _is_empty(cell)]
        if beyond:
            raise Onleesbaar(
                f"Rij {number} heeft een waarde zonder kop erboven. Geef elke kolom een kop. Staat er in een CSV een "
                "puntkomma of komma in een tekst, zet die tekst dan tussen aanhalingstekens."
            )
        if len(found) >= max_rijen:
            raise Onleesbaar(f"Het bestand heeft meer dan {max_rijen} rijen. Splits het in kleinere bestanden.")
        picked = [cells[place] if place < len(cells) else None for place in places]
        for cell in picked:
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise Onleesbaar(f"Rij {number} heeft een cel met meer dan {MAX_CELL} tekens.")
        found.append(Regel(number, picked))
    if head is None:
        raise Onleesbaar("Het bestand is leeg.")
    if not found:
        raise Onleesbaar("Onder de koppen staan geen rijen.")
    return Tabel(head, found)


def _is_workbook(file: IO[bytes], naam: str) -> bool:
    file.seek(0)
    begin = file.read(8)
    file.seek(0)
    if begin.startswith(b"PK"):
        return True
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise Onleesbaar("Dit is een bestand van een oude Excel (.xls). Bewaar het als .xlsx of als CSV.")
    if naam.lower().endswith(".xlsx"):
        raise Onleesbaar("Dit bestand is geen leesbaar xlsx-bestand. Bewaar het opnieuw, of bewaar het als CSV.")
    return False


def _from_header(rows: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows from the headings on, without empty ones.

    The headings are the first row with two cells or more; in a file with one column its first row.
    """
    waiting: list[tuple[int, Sequence[Any]]] = []
    started = False
    for number, cells in rows:
        filled = sum(not _is_empty(cell) for cell in cells)
        if not filled:
            continue
        if started:
            yield number, cells
        elif filled > 1:
            started = True
            yield number, cells
        else:
            waiting.append((number, cells))
            if len(waiting) >= HEADER_WITHIN:
                started = True
                yield from waiting
    if not started:
        yield from waiting


def _headings(cells: Sequence[Any]) -> tuple[list[str], list[int]]:
    head, places, seen = [], [], dict[str, str]()
    for place, cell in enumerate(cells[:MAX_COLUMNS]):
        text = " ".join(als_tekst(cell).split())
        if not text:
            continue
        if text.lower() in seen:
            raise Onleesbaar(f"Twee kolommen heten “{text}”. Geef elke kolom een eigen kop.")
        seen[text.lower()] = get_column_letter(place + 1)
        head.append(text)
        places.append(place)
    return head, places


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _csv(file: IO[bytes]) -> Iterator[tuple[int, Sequence[Any]]]:
    text = _decode(file.read(MAX_BYTES + 1))
    if "\x00" in text:
        raise Onleesbaar("Dit is geen CSV of xlsx.")
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    delimiter = told[1] if told else _delimiter(text)
    body, start = (rest, 2) if told else (text, 1)
    lines = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        # Rows are counted as a spreadsheet does: a cell with several lines is one row.
        yield from enumerate(lines, start)
    except csv.Error as error:
        words = f"Regel {lines.line_num + start - 1} is geen leesbare CSV: staan de aanhalingstekens goed?"
        raise Onleesbaar(words) from error


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Onleesbaar(f"Het bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Splits het in kleinere bestanden.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes here when nobody asks for UTF-8. Five bytes have no sign; they are no letters.
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The sign that splits the first rows most, and most alike."""

    def weight(sign: str) -> int:
        lengths: Counter[int] = Counter()
        try:
            for row, _nr in zip(csv.reader(io.StringIO(text, newline=""), delimiter=sign), range(20), strict=False):
                lengths[len(row)] += 1
        except csv.Error:
            return 0
        return max((columns * rows for columns, rows in lengths.items() if columns > 1), default=0)

    return max(DELIMITERS, key=weight)


def _xlsx(file: IO[bytes]) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with zipfile.ZipFile(file) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
                raise Onleesbaar("Dit bestand is uitgepakt te groot. Splits het in kleinere bestanden.")
        file.seek(0)
        values = load_workbook(file, read_only=True, data_only=True)
        file.seek(0)
        formulas = load_workbook(io.BytesIO(file.read()), read_only=True, data_only=False)
        with closing(values), closing(formulas):
            yield from _sheet_rows(values, formulas)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ParseError, ValueError, OSError, EOFError) as error:
        if isinstance(error, Onleesbaar):
            raise
        words = "Dit bestand is geen leesbaar xlsx-bestand. Bewaar het opnieuw, of bewaar het als CSV."
        raise Onleesbaar(words) from error


def _sheet_rows(values: Any, formulas: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of the first visible sheet with something in it. A formula is its outcome."""
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # What the file says of its own size is often wrong.
        sheet.reset_dimensions()
        twin = formulas[sheet.title]
        twin.reset_dimensions()
        found = False
        pairs = zip_longest(sheet.iter_rows(), twin.iter_rows(), fillvalue=())
        for number, (row, said) in enumerate(pairs, 1):
            cells = [_value(cell, other) for cell, other in zip_longest(row, said)]
            found = found or any(not _is_empty(cell) for cell in cells)
            yield number, cells
        if found:
            return


def _value(cell: Any, said: Any) -> Any:
    if cell is None:
        return None
    if cell.data_type == "e":
        return FORMULA_ERROR
    if cell.value is None and said is not None and said.data_type == "f":
        return NO_RESULT
    return cell.value
