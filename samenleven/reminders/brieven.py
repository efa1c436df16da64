"""The half-year letter: prepared when a half year is over, and carried to everybody once staff sent it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light

from ..actions import brieven as actions


def prepare(at: datetime) -> Mapping[str, int]:
    """Begin the letter of the half year that is over."""
    return {"klaargezet": int(actions.prepare(at=at) is not None)}


def deliver(at: datetime) -> Mapping[str, int]:
    """The next mails of a letter that was sent."""
    return {"mails": actions.deliver(at=at)}


def register_all() -> None:
    """Make it known to the rounds; called once, when the app is ready."""
    register_light(LichteTaak("halfjaarbrief: klaarzetten", prepare, daily=True))
    register_light(LichteTaak("halfjaarbrief: versturen", deliver))
