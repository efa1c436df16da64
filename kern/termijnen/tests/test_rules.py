import time
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from kern.termijnen import rules
from kern.termijnen.rules import Calendar, add_working_days, is_working_day, local_date, working_days_between

PLAIN = Calendar()
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
calendars = st.sets(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=60).map(Calendar.of)
spans = st.integers(-600, 600)


@pytest.mark.parametrize("year", [1990, 2008, 2024, 2025, 2026, 2027, 2038, 2060])
def test_belgium_has_its_ten_public_holidays_and_two_sundays(year):
    fixed = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)]
    after_easter = [1, 39, 50]
    sundays = [0, 49]
    expected = {date(year, month, day) for month, day in fixed}
    expected |= {easter(year) + timedelta(days) for days in after_easter + sundays}
    assert rules.public_holidays(year) == expected


@pytest.mark.parametrize(
    ("received", "n", "deadline"),
    [
        (date(2026, 4, 3), 5, date(2026, 4, 13)),
        (date(2026, 7, 20), 1, date(2026, 7, 22)),
        (date(2026, 7, 18), 2, date(2026, 7, 22)),
        (date(2026, 5, 13), 2, date(2026, 5, 18)),
        (date(2026, 12, 23), 3, date(2026, 12, 29)),
    ],
)
def test_a_deadline_skips_weekends_and_holidays(received, n, deadline):
    assert add_working_days(received, n, PLAIN) == deadline


def test_the_day_of_receipt_is_the_one_in_brussels():
    received = local_date(datetime(2026, 7, 19, 22, 30, tzinfo=UTC))
    assert received == date(2026, 7, 20)
    assert add_working_days(received, 1, PLAIN) == date(2026, 7, 22)


def test_the_local_date_follows_summer_and_winter_time():
    assert local_date(datetime(2026, 3, 28, 22, 59, tzinfo=UTC)) == date(2026, 3, 28)
    assert local_date(datetime(2026, 3, 29, 22, 0, tzinfo=UTC)) == date(2026, 3, 30)
    assert local_date(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 7, 19, 22, 30))


def test_a_datetime_is_refused_as_a_day():
    moment = datetime(2026, 7, 19, 22, 30, tzinfo=UTC)
    with pytest.raises(TypeError):
        add_working_days(moment, 1, PLAIN)
    with pytest.raises(TypeError):
        working_days_between(date(2026, 7, 1), moment, PLAIN)


def test_a_closing_day_does_not_count():
    bridge = Calendar.of([date(2026, 5, 15)])
    assert add_working_days(date(2026, 5, 13), 1, PLAIN) == date(2026, 5, 15)
    assert add_working_days(date(2026, 5, 13), 1, bridge) == date(2026, 5, 18)
    assert not is_working_day(date(2026, 5, 15), bridge)


def test_a_closing_day_in_a_weekend_or_on_a_holiday_changes_nothing():
    doubled = Calendar.of([date(2026, 5, 16), date(2026, 5, 14)])
    assert working_days_between(date(2026, 5, 1), date(2026, 5, 31), doubled) == working_days_between(
        date(2026, 5, 1), date(2026, 5, 31), PLAIN
    )


def test_zero_working_days_is_the_day_itself_even_on_a_sunday():
    assert add_working_days(date(2026, 7, 19), 0, PLAIN) == date(2026, 7, 19)


def test_below_zero_counts_back():
    assert add_working_days(date(2026, 7, 22), -1, PLAIN) == date(2026, 7, 20)
    assert add_working_days(date(2026, 7, 19), -1, PLAIN) == date(2026, 7, 17)
    assert working_days_between(date(2026, 7, 22), date(2026, 7, 17), PLAIN) == -2


@given(days, spans, calendars)
def test_counting_undoes_adding(day, n, calendar):
    assert working_days_between(day, add_working_days(day, n, calendar), calendar) == n


@given(days, days, calendars)
def test_adding_undoes_counting_towards_a_working_day(day, other, calendar):
    if is_working_day(other, calendar):
        assert add_working_days(day, working_days_between(day, other, calendar), calendar) == other


@given(days, spans.filter(bool), calendars)
def test_a_deadline_is_a_working_day_on_the_right_side(day, n, calendar):
    deadline = add_working_days(day, n, calendar)
    assert is_working_day(deadline, calendar)
    assert (deadline > day) == (n > 0)


@given(days, st.integers(0, 400), calendars)
def test_counting_by_arithmetic_equals_counting_day_by_day(day, length, calendar):
    last = day + timedelta(length)
    one_by_one = sum(is_working_day(day + timedelta(i), calendar) for i in range(1, length + 1))
    assert working_days_between(day, last, calendar) == one_by_one


def test_a_span_of_a_century_takes_no_time():
    working_days_between(date(1990, 1, 1), date(2095, 1, 1), PLAIN)
    started = time.perf_counter()
    for _ in range(20):
        add_working_days(date(1990, 1, 1), 26_000, PLAIN)
    assert time.perf_counter() - started < 1
