"""Every write to a report: sending it, handling it, and what the resident does with it afterwards."""

from . import belofte, bulk, cijfers, deeltaak, open311, partner, resident, ronde, routes, terugkoppeling, texts
from .afronden import DeeltakenOpen
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
from .inzage import asked, forget_address, read, read_many
from .labels import label, set_labels
from .lock import Gewijzigd, StapNietMogelijk
from .photos import blur
from .photos import restore as restore_photo
from .rehearse import outgoing
from .routing import assign_by_rules
from .samenvoegen import merge, merge_all, reject_proposal, separate
from .submit import follow, submit, unfollow
from .undo import NietTerug, take_back

__all__ = [
    "DeeltakenOpen",
    "Gewijzigd",
    "NietTerug",
    "StapNietMogelijk",
    "ask",
    "asked",
    "assign",
    "assign_by_rules",
    "belofte",
    "blur",
    "bulk",
    "cijfers",
    "close",
    "contact",
    "correct",
    "deeltaak",
    "enter",
    "follow",
    "forget_address",
    "label",
    "merge",
    "merge_all",
    "move_promise",
    "note",
    "open311",
    "outgoing",
    "partner",
    "plan",
    "read",
    "read_many",
    "reject_proposal",
    "release",
    "reopen",
    "resident",
    "restore_photo",
    "return_to_triage",
    "ronde",
    "routes",
    "separate",
    "set_labels",
    "start",
    "submit",
    "take_back",
    "terugkoppeling",
    "texts",
    "unfollow",
]
