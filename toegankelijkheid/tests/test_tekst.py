from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toegankelijkheid.rules import tekst


@pytest.mark.parametrize(
    ("typed", "value"),
    [("8,3", "8.3"), ("8.3", "8.3"), (" 1 200 ", "1200"), ("1.200,5", "1200.5"), ("0", "0"), ("12,25", "12.25")],
)
def test_numbers_are_read_as_people_type_them(typed, value):
    assert tekst.read_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "acht", "8,3,1", "NaN", "Infinity", "--2"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="no number"):
        tekst.read_number(typed)


@given(st.decimals(min_value=0, max_value=99999, places=3))
def test_what_is_written_reads_back(value):
    assert tekst.read_number(tekst.number(value)) == value


def test_limits_are_said_in_words():
    assert tekst.limit("<=", None, Decimal("12.000"), "%") == "hoogstens 12\u00a0%"
    assert tekst.limit("between", Decimal(57), Decimal(63), "cm") == "tussen 57 en 63\u00a0cm"
    assert tekst.limit("bool", Decimal(1), None, "") == "ja"
    assert tekst.target(None, Decimal("8.3"), "%") == "liefst hoogstens 8,3\u00a0%"
    assert tekst.with_unit(Decimal(15), "graden") == "15°"
