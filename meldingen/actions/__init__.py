"""Every write to a report: sending it, handling it, and what the resident does with it afterwards."""

from . import resident, routes, texts
from .entry import enter
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
from .routing import assign_by_rules
from .submit import follow, submit, unfollow

__all__ = [
    "Gewijzigd",
    "StapNietMogelijk",
    "ask",
    "assign",
    "assign_by_rules",
    "close",
    "contact",
    "correct",
    "enter",
    "follow",
    "move_promise",
    "note",
    "outgoing",
    "plan",
    "release",
    "reopen",
    "resident",
    "return_to_triage",
    "routes",
    "start",
    "submit",
    "texts",
    "unfollow",
]
