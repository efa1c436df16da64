"""One function per message of this room, a module per subject; each has its KINDS and EXAMPLES."""

from pathlib import Path

from kern.berichten.registry import register_folder

from . import advies, afloop, bijeenkomsten, netwerk, partners, volgen
from .advies import ADVICE_SALT, advice_asked, advice_path, advice_reminder, decided
from .afloop import forget_informed, forget_outcomes, informed, outcome, outcome_key, outcome_preview
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
    "ADVICE_SALT",
    "LINK_SALT",
    "REMINDER",
    "REPORT_SALT",
    "TASK_SALT",
    "advice_asked",
    "advice_path",
    "advice_reminder",
    "bijeenkomsten",
    "cancelled",
    "contact_question",
    "decided",
    "forget_informed",
    "forget_outcomes",
    "informed",
    "link_again",
    "meeting_called_off",
    "meeting_moved",
    "outcome",
    "outcome_key",
    "outcome_preview",
    "promoted",
    "register",
    "registered",
    "reminder",
    "report_asked",
    "report_came_in",
    "report_link",
    "report_reminder",
    "report_sent_back",
    "task_answered",
    "task_link",
    "task_reminder",
    "volgen",
]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for module in (partners, bijeenkomsten, volgen, advies, afloop, netwerk):
        register_folder(Path(__file__).parents[1] / "mailteksten", module.KINDS, module.EXAMPLES)
