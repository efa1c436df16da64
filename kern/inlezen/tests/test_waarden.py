from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.documenten.werkblad import guarded, unguarded
from kern.inlezen import waarden

D = Decimal


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567,8", "1234567.8"),
        ("1 234,50", "1234.50"),
        ("1.234", "1234"),
        ("12.500", "12500"),
        ("€ 12.500,00", "12500"),
        ("19,7 %", "19.7"),
        ("-3,5", "-3.5"),
        ("0.5", "0.5"),
        ("'-3,5", "-3.5"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_an_amount_is_read_as_it_is_written_here_or_by_a_program(cell, number):
    assert waarden.decimaal(2)(cell) == (None if number is None else D(number))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1,2,3", "meer dan een komma"),
        ("1.2.3", "de punten in dit getal kloppen niet"),
        ("1,23.456", "kloppen niet"),
        ("12a", "dit is geen getal"),
        ("--", "dit is geen getal"),
        ("nan", "dit is geen getal"),
        ("1,234", "te veel cijfers na de komma"),
        (True, "dit is geen getal"),
        (date(2026, 1, 1), "dit is een datum"),
        ("99999999999999999", "te groot"),
    ],
)
def test_an_amount_that_is_none_is_refused_in_words(cell, words):
    with pytest.raises(ValueError, match=words):
        waarden.decimaal(2)(cell)


def test_a_point_before_three_digits_is_asked_about_where_it_can_be_both():
    with pytest.raises(ValueError, match="dit kan 1234 of 1,234 zijn"):
        waarden.decimaal(3)("1.234")
    assert waarden.decimaal(3)("0.234") == D("0.234")
    assert waarden.decimaal(3)("1.234,5") == D("1234.5")


def test_a_whole_number_has_no_decimals_and_lies_between_two_others():
    read = waarden.geheel(minstens=0, hoogstens=2000)
    assert [read(cell) for cell in ("1.234", 12, 12.0, "")] == [1234, 12, 12, None]
    for cell in ("1,5", -1, 2001):
        with pytest.raises(ValueError, match=r"geheel getal|tussen 0 en 2000|te veel cijfers"):
            read(cell)


@pytest.mark.parametrize("cell", ["23/07/2026", "23-7-2026", "23.07.2026", "2026-07-23", "2026-07-23 10:00"])
def test_a_day_is_read_as_it_is_written_here_or_by_a_program(cell):
    assert waarden.datum(cell) == date(2026, 7, 23)


def test_a_day_of_a_spreadsheet_is_a_day_and_a_wrong_one_is_refused():
    assert waarden.datum(datetime(2026, 7, 23, 8, 0)) == waarden.datum(date(2026, 7, 23)) == date(2026, 7, 23)
    assert waarden.datum("") is None
    for cell, words in (("31/02/2026", "bestaat niet"), ("7/23/2026", "bestaat niet"), ("morgen", "geen datum")):
        with pytest.raises(ValueError, match=words):
            waarden.datum(cell)


def test_yes_no_and_a_choice_do_not_look_at_capitals_or_accents():
    assert [waarden.ja_nee(cell) for cell in ("Ja", "NEE", "x", 0, True, "")] == [True, False, True, False, True, None]
    read = waarden.keuze({"in_uitvoering": "in uitvoering", "klaar": "geïnd"})
    assert [read(cell) for cell in ("IN UITVOERING", "in_uitvoering", "geind", "")] == [
        "in_uitvoering",
        "in_uitvoering",
        "klaar",
        None,
    ]
    with pytest.raises(ValueError, match="kies in uitvoering of geïnd"):
        read("weg")
    with pytest.raises(ValueError, match="ja of nee"):
        waarden.ja_nee("misschien")


def test_text_of_a_number_is_what_a_person_sees():
    assert [waarden.tekst(cell) for cell in (7.0, 7, "007", " a\r\nb ", True, None)] == [
        "7",
        "7",
        "007",
        "a\nb",
        "ja",
        None,
    ]
    with pytest.raises(ValueError, match="te lang: 4 tekens, hoogstens 3"):
        waarden.tekst_tot(3)("abcd")


@given(st.text())
def test_what_was_guarded_against_formulas_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


def test_a_text_that_looks_guarded_comes_back_too():
    for text in ("=1", "'=1", "''=1", "'t Heike", "-", "+32", "'"):
        assert unguarded(guarded(text)) == text
    assert guarded("=1") == "'=1"
    assert guarded("'t Heike") == "'t Heike"
