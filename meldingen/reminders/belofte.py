"""Promises that broke: from half past seven on a working day each gets a new date and an honest mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light
from kern.herinneringen.rules import morning_of
from kern.termijnen import is_working_day, load_calendar, local_date

from .. import actions
from ..actions.belofte import BATCH


def renew_promises(at: datetime) -> Mapping[str, int]:
    """Give every promise that broke a new date, in batches; nothing on a day without work or before the morning.

    A morning that was missed is made up for by the next run: what is due is asked of the database each time.
    The first reaction has no such mail: the ladders ask the colleague for it, and a date is what a resident waits for.
    """
    today, calendar = local_date(at), load_calendar()
    if not is_working_day(today, calendar) or at < morning_of(today):
        return {}
    total = 0
    while done := actions.belofte.give_new_dates(at=at, calendar=calendar):
        total += done
        if done < BATCH:
            break
    return {"nieuwe data": total}


def register_all() -> None:
    register_light(LichteTaak("meldingen: gebroken beloften", renew_promises))
