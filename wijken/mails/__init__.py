"""One function per message of this room, a module per subject; each has its KINDS and EXAMPLES."""

from pathlib import Path

from kern.berichten.registry import register_folder

from . import partners
from .partners import LINK_SALT, contact_question

__all__ = ["LINK_SALT", "contact_question", "register"]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for module in (partners,):
        register_folder(Path(__file__).parents[1] / "mailteksten", module.KINDS, module.EXAMPLES)
