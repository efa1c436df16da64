"""Change many reports at once: choose them, look at what would happen, do it once, and take it back."""

from .kiezen import LIMIT, choose, fill_in
from .soorten import ACTIES, Actie
from .uitvoeren import (
    AT_ONCE,
    BULK_UNDO,
    can_undo,
    confirm,
    forget_old,
    resume,
    run,
    run_job,
    run_undo,
    run_undo_job,
    undo,
)
from .voorbeeld import Regel, Voorbeeld, preview

__all__ = [
    "ACTIES",
    "AT_ONCE",
    "BULK_UNDO",
    "LIMIT",
    "Actie",
    "Regel",
    "Voorbeeld",
    "can_undo",
    "choose",
    "confirm",
    "fill_in",
    "forget_old",
    "preview",
    "resume",
    "run",
    "run_job",
    "run_undo",
    "run_undo_job",
    "undo",
]
