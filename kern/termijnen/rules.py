"""Counting working days: Monday to Friday, but for Belgian public holidays and the city's closing days.

The ten holidays are those of the royal decree of 18 April 1974, article 1; the library computes their dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

BRUSSELS = ZoneInfo("Europe/Brussels")
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The days on which the city is closed, on top of weekends and public holidays."""

    closing_days: frozenset[date] = frozenset()

    @classmethod
    def of(cls, closing_days: Iterable[date] = ()) -> "Calendar":
        return cls(frozenset(closing_days))


@lru_cache(maxsize=1024)
def public_holidays(year: int) -> frozenset[date]:
    """The Belgian public holidays of a year; the library adds Easter and Pentecost, which are Sundays anyway."""
    return frozenset(holidays.country_holidays("BE", years=year))


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the city works on this day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year) and day not in calendar.closing_days


def add_working_days(start: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `start`, which itself never counts (the day of receipt).

    With n below 0: the n-th working day before `start`. With n = 0: `start` itself, working day or not.
    Raises TypeError for a datetime (use `local_date` first) and OverflowError outside the years 1 to 9999.
    """
    _refuse_datetime(start)
    step = 1 if n >= 0 else -1
    left = abs(n)
    day = start
    while left > 5:
        # A week has five working days at most, so whole weeks for all but one of them stop short of the goal.
        landing = day + step * timedelta(weeks=(left - 1) // 5)
        left -= abs(working_days_between(day, landing, calendar))
        day = landing
    while left:
        day += step * DAY
        left -= is_working_day(day, calendar)
    return day


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """How many working days after `a` the day `b` lies: those later than `a`, up to and with `b`.

    Below 0 when `b` lies before `a`: then those from `b` on, without `a`. So it undoes `add_working_days`:
    `working_days_between(d, add_working_days(d, n)) == n` for every n. Raises TypeError for a datetime.
    """
    _refuse_datetime(a)
    _refuse_datetime(b)
    if b < a:
        return -_count(b, a - DAY, calendar)
    return _count(a + DAY, b, calendar) if a < b else 0


def local_date(moment: datetime) -> date:
    """The date of a moment in Brussels, where a deadline lives. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("local_date needs a datetime with a time zone")
    return moment.astimezone(BRUSSELS).date()


def _count(first: date, last: date, calendar: Calendar) -> int:
    """The working days from `first` to `last`, both included; by arithmetic, so that a long span is cheap."""
    weeks, rest = divmod(last.toordinal() - first.toordinal() + 1, 7)
    weekdays = weeks * 5 + sum((first.weekday() + i) % 7 < SATURDAY for i in range(rest))
    free = calendar.closing_days.union(*(public_holidays(year) for year in range(first.year, last.year + 1)))
    return weekdays - sum(first <= day <= last and day.weekday() < SATURDAY for day in free)


def _refuse_datetime(day: date) -> None:
    if isinstance(day, datetime):
        raise TypeError("a deadline counts in dates: pass local_date(moment)")
