"""Work for residents that is done in the morning of a working day, in batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kern.herinneringen.rules import morning_of
from kern.termijnen import Calendar, is_working_day, load_calendar, local_date


def in_batches(at: datetime, act: Callable[[Calendar], int], size: int) -> int | None:
    """Do it until a batch is not full; how many in all. None on a day without work, and before half past seven.

    A morning that was missed is made up for by the next round: what is due is asked of the database each time.
    """
    today, calendar = local_date(at), load_calendar()
    if not is_working_day(today, calendar) or at < morning_of(today):
        return None
    total = done = act(calendar)
    while done == size:
        done = act(calendar)
        total += done
    return total
