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
from .inzage import asked, forget_address, read, read_many
from .lock import Gewijzigd, StapNietMogelijk
from .photos import blur
from .photos import restore as restore_photo
from .rehearse import outgoing
from .submit import follow, submit, unfollow

__all__ = [
    "DeeltakenOpen",
    "Gewijzigd",
    "StapNietMogelijk",
    "ask",
    "asked",
    "assign",
    "blur",
    "close",
    "contact",
    "correct",
    "deeltaak",
    "follow",
    "forget_address",
    "move_promise",
    "note",
    "outgoing",
    "partner",
    "plan",
    "read",
    "read_many",
    "release",
    "reopen",
    "resident",
    "restore_photo",
    "return_to_triage",
    "start",
    "submit",
    "unfollow",
]
