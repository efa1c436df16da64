import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from kern.inlezen import lezen
from kern.inlezen.lezen import Onleesbaar


def table(data, naam="a.csv", max_rijen=100):
    return lezen.read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), naam, max_rijen=max_rijen)


def rows(found):
    return [(row.nummer, list(row.cellen)) for row in found.regels]


def book(*sheets):
    made = Workbook()
    made.remove(made.active)
    for name, content in sheets:
        sheet = made.create_sheet(name)
        for row in content:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_sign_between_columns_is_found(sign):
    found = table(sign.join(["Code", "Naam"]) + "\n" + sign.join(["A", '"x; y, z"']) + "\n")
    assert (found.kop, rows(found)) == (["Code", "Naam"], [(2, ["A", "x; y, z"])])


def test_decimals_with_a_comma_do_not_hide_the_semicolon():
    found = table("Wijk;2023;2024\nA;1,5;2,5\nB;1,0;3,5\n")
    assert found.kop == ["Wijk", "2023", "2024"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_with_accents_survive_the_way_they_were_saved(coding):
    found = table("Naam;Straat\nZoé;Rozenstraat 5 – hoek\n".encode(coding))
    assert rows(found) == [(2, ["Zoé", "Rozenstraat 5 – hoek"])]


def test_the_line_that_excel_reads_is_no_row():
    assert rows(table("sep=,\nCode,Naam\nA,B\n")) == [(3, ["A", "B"])]


def test_a_title_above_the_headings_and_empty_rows_are_passed_by():
    found = table("Kansarmoede in Genk\n\nWijk;2024\n\nA;1\n;\nB;2\n")
    assert (found.kop, rows(found)) == (["Wijk", "2024"], [(5, ["A", "1"]), (7, ["B", "2"])])


def test_a_file_of_one_column_has_its_first_row_as_heading():
    assert table("Code\nA\nB\n").kop == ["Code"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "Het bestand is leeg"),
        ("Code;Naam\n", "staan geen rijen"),
        ("Code;code\nA;B\n", "Twee kolommen heten “code”"),
        ("Code;Naam\nA;B;C\n", "Rij 2 heeft een waarde zonder kop"),
        ("Code;Naam\n" + "A;B\n" * 101, "meer dan 100 rijen"),
        ('Code;Naam\nA;"B\n', "geen leesbare CSV"),
        ("Code;Naam\n\x00;B\n", "geen CSV of xlsx"),
        ("Code;Naam\nA;" + "b" * 20_001, "meer dan 20000 tekens"),
        (b"\xd0\xcf\x11\xe0oud", "oude Excel"),
        (b"PK\x03\x04kapot", "geen leesbaar xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data, words):
    with pytest.raises(Onleesbaar, match=words):
        table(data)


def test_a_workbook_gives_values_and_only_of_the_first_sheet_with_something_in_it():
    made = book(("Leeg", []), ("Blad", [["Code", "Dag", 2024], ["A", datetime(2026, 7, 23), 1.5]]), ("Ander", [["x"]]))
    found = table(made, "a.xlsx")
    assert (found.kop, rows(found)) == (["Code", "Dag", "2024"], [(2, ["A", datetime(2026, 7, 23), 1.5])])


def test_a_hidden_sheet_is_not_read():
    made = Workbook()
    made.active.append(["Geheim", "x"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Blad").append(["Code", "Naam"])
    made["Blad"].append(["A", "B"])
    file = io.BytesIO()
    made.save(file)
    assert table(file.getvalue(), "a.xlsx").kop == ["Code", "Naam"]


def test_a_formula_without_an_outcome_is_an_error_and_not_an_empty_cell():
    found = table(book(("Blad", [["Code", "Som"], ["A", "=1+1"]])), "a.xlsx")
    assert isinstance(found.regels[0].cellen[1], lezen.Kapot)
    assert "geen uitkomst" in found.regels[0].cellen[1].tekst


def test_the_outcome_of_a_formula_is_its_value(tmp_path):
    """A workbook as a spreadsheet saves it: the formula with its outcome beside it."""
    import zipfile

    source = io.BytesIO(book(("Blad", [["Code", "Som"], ["A", "=1+1"]])))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                assert b"<f>1+1</f><v" in data
                data = data.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
                    b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
                )
            new.writestr(part, data)
    assert rows(table(target.getvalue(), "a.xlsx")) == [(2, ["A", 2])]


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(lezen, "MAX_UNPACKED", 100)
    with pytest.raises(Onleesbaar, match="uitgepakt te groot"):
        table(book(("Blad", [["Code", "Naam"], ["A", "B"]])), "a.xlsx")
