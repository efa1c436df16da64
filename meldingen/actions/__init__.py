"""Every write to a report: sending it, handling it, and what the resident does with it afterwards."""

from . import bulk, resident
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
from .labels import label, set_labels
from .lock import Gewijzigd, StapNietMogelijk
from .rehearse import outgoing
from .submit import follow, submit, unfollow
from .undo import NietTerug, take_back

__all__ = [
    "Gewijzigd",
    "NietTerug",
    "StapNietMogelijk",
    "ask",
    "assign",
    "bulk",
    "close",
    "contact",
    "correct",
    "follow",
    "label",
    "move_promise",
    "note",
    "outgoing",
    "plan",
    "release",
    "reopen",
    "resident",
    "return_to_triage",
    "set_labels",
    "start",
    "submit",
    "take_back",
    "unfollow",
]
