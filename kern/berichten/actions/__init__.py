"""Every write to the outbox: put a mail in, send it, send it again, wipe it."""

from .compose import Voorbeeld, enqueue, forget, preview
from .sending import deliver, mark_handled, send_again, sweep

__all__ = ["Voorbeeld", "deliver", "enqueue", "forget", "mark_handled", "preview", "send_again", "sweep"]
