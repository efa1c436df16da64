"""Working days and deadlines.

`rules` counts, over a `Calendar` value; `queries.load_calendar` reads the city's closing days into one.
What other apps use stands here:

    deadline = add_working_days(local_date(received_at), 5)

Each call without a calendar costs one query; in a loop, load it once and pass it.
"""

from datetime import date

from . import rules
from .rules import Calendar, local_date

__all__ = ["Calendar", "add_working_days", "is_working_day", "load_calendar", "local_date", "working_days_between"]


def load_calendar() -> Calendar:
    """The calendar with every closing day of the city; one query."""
    from .queries import load_calendar as load  # models load after this package

    return load()


def add_working_days(start: date, n: int, calendar: Calendar | None = None) -> date:
    """The n-th working day after `start`; see `rules.add_working_days`."""
    return rules.add_working_days(start, n, calendar or load_calendar())


def working_days_between(a: date, b: date, calendar: Calendar | None = None) -> int:
    """How many working days `b` lies after `a`; see `rules.working_days_between`."""
    return rules.working_days_between(a, b, calendar or load_calendar())


def is_working_day(day: date, calendar: Calendar | None = None) -> bool:
    """Whether the city works on this day."""
    return rules.is_working_day(day, calendar or load_calendar())
