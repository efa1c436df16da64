"""Every write to a report: sending it, handling it, and what the resident does with it afterwards."""

from . import resident
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
from .samenvoegen import merge, merge_all, reject_proposal, separate
from .submit import follow, submit, unfollow

__all__ = [
    "Gewijzigd",
    "StapNietMogelijk",
    "ask",
    "assign",
    "close",
    "contact",
    "correct",
    "follow",
    "merge",
    "merge_all",
    "move_promise",
    "note",
    "outgoing",
    "plan",
    "reject_proposal",
    "release",
    "reopen",
    "resident",
    "return_to_triage",
    "separate",
    "start",
    "submit",
    "unfollow",
]
