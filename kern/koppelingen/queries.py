"""What others ask of keys and webhooks."""

from __future__ import annotations

from datetime import datetime

from .models import Antwoord, Levering, Sleutel, Webhook
from .rules import hashed


def find_key(text: str, at: datetime) -> Sleutel | None:
    """The key that holds at this moment, with its owner; None for every other text (one query, none for nothing)."""
    if not text or len(text) > 200:
        return None
    found = Sleutel.objects.select_related("eigenaar").filter(hash=hashed(text)).first()
    return found if found and found.holds(at) else None


def kept_answer(sleutel: str) -> Antwoord | None:
    """What was answered to the request with this (hashed) Idempotency-Key."""
    return Antwoord.objects.filter(sleutel=sleutel).first()


def untried_since(at: datetime) -> int:
    """How many deliveries should have been tried before this moment and were not."""
    return Levering.objects.due(at).count()


def turned_off() -> int:
    """How many webhooks the portal turned off and nobody has looked at yet."""
    return Webhook.objects.filter(is_actief=False, uitgezet_op__isnull=False).count()
