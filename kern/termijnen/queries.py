"""Reading the city's closing days."""

from datetime import date

from kern.geheugen import onthoud

from .models import Sluitingsdag
from .rules import Calendar

WARN_FROM_MONTH = 10


def load_calendar() -> Calendar:
    """The calendar with every closing day of the city; one query, none inside `kern.geheugen.vers`."""
    return onthoud("sluitingsdagen", lambda: Calendar.of(Sluitingsdag.objects.values_list("datum", flat=True)))


def year_without_closing_days(on: date) -> int | None:
    """Next year, when it is 1 October or later and nobody entered a closing day for it yet; else None."""
    next_year = on.year + 1
    if on.month < WARN_FROM_MONTH or Sluitingsdag.objects.filter(datum__year=next_year).exists():
        return None
    return next_year
