"""Every write to the outbox: put a mail in, send it, send it again, wipe it."""

from .compose import Voorbeeld, enqueue, forget, preview
from .deliver import deliver, send_again, sweep

__all__ = ["Voorbeeld", "deliver", "enqueue", "forget", "preview", "send_again", "sweep"]
