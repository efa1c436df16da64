"""One function per message of this room, a module per subject; each has its KINDS and EXAMPLES."""

from pathlib import Path

from kern.berichten.registry import register_folder

from . import bijeenkomsten, partners, volgen
from .bijeenkomsten import (
    REMINDER,
    cancelled,
    link_again,
    meeting_called_off,
    meeting_moved,
    promoted,
    registered,
    reminder,
)
from .partners import LINK_SALT, contact_question

__all__ = [
    "LINK_SALT",
    "REMINDER",
    "bijeenkomsten",
    "cancelled",
    "contact_question",
    "link_again",
    "meeting_called_off",
    "meeting_moved",
    "promoted",
    "register",
    "registered",
    "reminder",
    "volgen",
]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for module in (partners, bijeenkomsten, volgen):
        register_folder(Path(__file__).parents[1] / "mailteksten", module.KINDS, module.EXAMPLES)
