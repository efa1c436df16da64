"""Every write to a report: sending it, handling it, and what the resident does with it afterwards."""

from . import deeltaak, partner, resident
from .afronden import DeeltakenOpen
from .handle import (
    ask,
    assign,
    close,
    contact,
    correct,
    move_promise,
    note,
    plan,
    release,
    reopen,
    return_to_triage,
    start,
)
from .lock import Gewijzigd, StapNietMogelijk
from .rehearse import outgoing
from .submit import follow, submit, unfollow

__all__ = [
    "DeeltakenOpen",
    "Gewijzigd",
    "StapNietMogelijk",
    "ask",
    "assign",
    "close",
    "contact",
    "correct",
    "deeltaak",
    "follow",
    "move_promise",
    "note",
    "outgoing",
    "partner",
    "plan",
    "release",
    "reopen",
    "resident",
    "return_to_triage",
    "start",
    "submit",
    "unfollow",
]
