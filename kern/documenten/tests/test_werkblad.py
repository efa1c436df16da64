import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kern.documenten import werkblad
from kern.documenten.werkblad import csv_bytes, guarded, xlsx_file

MOMENT = datetime(2026, 7, 23, 12, 30, 15, tzinfo=UTC)  # 14.30 in Genk
ROW = ["Put; diep", 12, 2.5, Decimal("3.25"), True, date(2026, 7, 23), MOMENT, None]
HEADER = ["Wat", "Nr.", "Meter", "Euro", "Open", "Termijn", "Ontvangen", "Leeg"]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(file) -> list[list[object]]:
    book = load_workbook(file)
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_a_csv_is_one_that_excel_opens_here():
    data = b"".join(csv_bytes(HEADER, [ROW]))
    assert data.startswith(b"\xef\xbb\xbfWat;Nr.")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 2
    assert read_csv(data)[1] == ["Put; diep", "12", "2,5", "3,25", "ja", "2026-07-23", "2026-07-23 14:30", ""]


def test_a_workbook_has_dates_that_are_dates_and_numbers_that_are_numbers():
    with xlsx_file(HEADER, [ROW], title="Meldingen: te laat") as file:
        sheet = load_workbook(file).active
    assert sheet.title == "Meldingen  te laat"
    assert sheet.freeze_panes == "A2"
    cells = list(sheet.iter_rows())[1]
    assert [cell.value for cell in cells[:5]] == ["Put; diep", 12, 2.5, 3.25, "ja"]
    assert cells[5].is_date
    assert cells[5].value == datetime(2026, 7, 23)
    assert cells[6].value == datetime(2026, 7, 23, 14, 30, 15)
    assert cells[5].number_format == "dd/mm/yyyy"


def test_a_table_without_rows_still_has_its_header():
    assert read_csv(b"".join(csv_bytes(["Wat"], []))) == [["Wat"]]
    with xlsx_file(["Wat"], [], title="") as file:
        assert read_xlsx(file) == [["Wat"]]


def test_what_does_not_fit_in_one_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(werkblad, "XLSX_ROWS", 3)
    with xlsx_file(["Nr."], ([n] for n in range(5)), title="Meldingen") as file:
        book = load_workbook(file)
    assert book.sheetnames == ["Meldingen", "Meldingen 2", "Meldingen 3"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["Nr.", 0, 1], ["Nr.", 2, 3], ["Nr.", 4]]


@pytest.mark.parametrize("text", ["=1+1", "+32 89", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_begins_as_a_formula_is_text(text):
    assert read_csv(b"".join(csv_bytes(["x"], [[text]])))[1] == [f"'{text}"]
    with xlsx_file(["x"], [[text]], title="x") as file:
        [cell] = list(load_workbook(file).active.iter_rows())[1]
    assert cell.data_type == "s"
    assert cell.value[0] == "'"


@given(st.text())
def test_no_text_whatever_becomes_a_formula_or_breaks_a_file(text):
    safe = guarded(text)
    assert safe.removeprefix("'") == text.removeprefix("'")
    assert safe[:1] not in set("=+-@\t\r\n")
    [_, row] = read_csv(b"".join(csv_bytes(["x", "y"], [[text, "einde"]])))
    assert row == [guarded(werkblad.CONTROL.sub("", text)), "einde"]
    with xlsx_file(["x", "y"], [[text, "einde"]], title="x") as file:
        first, last = list(load_workbook(file).active.iter_rows())[1]
    assert last.value == "einde"
    assert first.data_type != "f"


@pytest.mark.parametrize("write", [lambda rows: sum(map(len, csv_bytes(["x"], rows))), None], ids=["csv", "xlsx"])
def test_twenty_times_as_many_rows_take_no_more_memory(write):
    def peak(count):
        rows = ([f"Er ligt een zetel naast glasbol {n}", n, MOMENT.date()] for n in range(count))
        tracemalloc.start()
        try:
            if write:
                write(rows)
            else:
                xlsx_file(["x", "y", "z"], rows, title="x").close()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is made once
    assert peak(10_000) < peak(500) + 300_000
