"""Labels that end soon: whoever has one is asked once whether they want to keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from kern.herinneringen.registry import LichteTaak, register_light
from kern.termijnen import local_date

from ..actions import bruggenbouwers
from ..rules.bruggen import RENEW_BEFORE_DAYS


def look_after_labels(at: datetime) -> Mapping[str, int]:
    """Ask who has a label that ends within sixty days."""
    today = local_date(at)
    asked = bruggenbouwers.remind_ending(today=today, last=today + timedelta(days=RENEW_BEFORE_DAYS))
    return {"gevraagd": asked}


def register_all() -> None:
    """Make it known to the rounds; called once, when the app is ready."""
    register_light(LichteTaak("bruggenbouwers: labels die aflopen", look_after_labels, daily=True))
