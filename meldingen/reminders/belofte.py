"""Promises that broke: from half past seven on a working day each gets a new date and an honest mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light

from .. import actions
from ..actions.belofte import BATCH
from .ochtend import in_batches


def renew_promises(at: datetime) -> Mapping[str, int]:
    """Give every promise that broke a new date; nothing on a day without work or before the morning.

    The first reaction has no such mail: the ladders ask the colleague for it, and a date is what a resident waits for.
    """
    done = in_batches(at, lambda calendar: actions.belofte.give_new_dates(at=at, calendar=calendar), BATCH)
    return {} if done is None else {"nieuwe data": done}


def register_all() -> None:
    register_light(LichteTaak("meldingen: gebroken beloften", renew_promises))
