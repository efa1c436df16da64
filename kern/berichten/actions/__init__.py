"""Every write to the outbox: put a mail in, send it, send it again, wipe it."""

from .compose import (
    Vertrokken,
    Voorbeeld,
    drop_waiting,
    enqueue,
    forget,
    forget_all,
    forget_kind,
    preview,
    preview_text,
    restore_default,
    send_test,
    wipe_old,
    withdraw,
)
from .sending import deliver, mark_handled, send_again, sweep

__all__ = [
    "Vertrokken",
    "Voorbeeld",
    "deliver",
    "drop_waiting",
    "enqueue",
    "forget",
    "forget_all",
    "forget_kind",
    "mark_handled",
    "preview",
    "preview_text",
    "restore_default",
    "send_again",
    "send_test",
    "sweep",
    "wipe_old",
    "withdraw",
]
