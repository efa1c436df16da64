"""One function per message of this room, a module per subject; each has its KINDS and EXAMPLES."""

from pathlib import Path

from kern.berichten.registry import register_folder

from . import advies, afloop, partners
from .advies import ADVICE_SALT, advice_asked, advice_path, advice_reminder, decided
from .afloop import forget_informed, forget_outcomes, informed, outcome, outcome_key, outcome_preview
from .partners import LINK_SALT, contact_question

__all__ = [
    "ADVICE_SALT",
    "LINK_SALT",
    "advice_asked",
    "advice_path",
    "advice_reminder",
    "contact_question",
    "decided",
    "forget_informed",
    "forget_outcomes",
    "informed",
    "outcome",
    "outcome_key",
    "outcome_preview",
    "register",
]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for module in (partners, advies, afloop):
        register_folder(Path(__file__).parents[1] / "mailteksten", module.KINDS, module.EXAMPLES)
