"""Every write to keys and webhooks."""

from .leveren import clean_up, deliver, resend, sweep
from .sleutels import keep_answer, make_key, mark_used, revoke
from .webhooks import make_webhook, new_secret, secret_of, turn_on

__all__ = [
    "clean_up",
    "deliver",
    "keep_answer",
    "make_key",
    "make_webhook",
    "mark_used",
    "new_secret",
    "resend",
    "revoke",
    "secret_of",
    "sweep",
    "turn_on",
]
