"""What the pages about the portal itself ask."""

from __future__ import annotations

from datetime import date

from .models import Verklaring


def current_statement() -> Verklaring | None:
    """The newest accessibility statement with its obstacles (two queries); None before there is one."""
    return Verklaring.objects.prefetch_related("hindernissen").first()


def statement_is_old(on: date) -> bool:
    """Whether on that day the statement has not been reviewed for twelve months, or there is none.

    Source: Decision (EU) 2018/1523, annex: review at least once a year.
    """
    statement = Verklaring.objects.first()
    if statement is None:
        return True
    reviewed = statement.nagekeken_op
    return (on.year * 12 + on.month - reviewed.year * 12 - reviewed.month) * 31 + on.day - reviewed.day > 12 * 31
