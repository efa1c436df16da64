"""One function per message of this room, a module per subject; each has its KINDS and EXAMPLES."""

from pathlib import Path

from kern.berichten.registry import register_folder

from . import netwerk, partners
from .netwerk import (
    REPORT_SALT,
    TASK_SALT,
    report_asked,
    report_came_in,
    report_link,
    report_reminder,
    report_sent_back,
    task_answered,
    task_link,
    task_reminder,
)
from .partners import LINK_SALT, contact_question

__all__ = [
    "LINK_SALT",
    "REPORT_SALT",
    "TASK_SALT",
    "contact_question",
    "register",
    "report_asked",
    "report_came_in",
    "report_link",
    "report_reminder",
    "report_sent_back",
    "task_answered",
    "task_link",
    "task_reminder",
]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for module in (partners, netwerk):
        register_folder(Path(__file__).parents[1] / "mailteksten", module.KINDS, module.EXAMPLES)
