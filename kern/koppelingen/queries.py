"""What others ask of keys and webhooks."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from .models import Antwoord, Levering, Sleutel, Webhook
from .rules import hashed


def find_key(text: str, at: datetime, *, with_owner: bool = False) -> Sleutel | None:
    """The key that holds at this moment; None for every other text (one query, none for nothing)."""
    if not text or len(text) > 200:
        return None
    if with_owner:
        found = Sleutel.objects.select_related("eigenaar").filter(hash=hashed(text)).first()
    else:
        # Asked with every request of a program: as it stands here, the ORM need not write it again.
        rows = Sleutel.objects.raw("SELECT * FROM koppelingen_sleutel WHERE hash = %s", [hashed(text)])
        found = next(iter(rows), None)
    return found if found and found.holds(at) else None


def kept_answer(sleutel: str) -> Antwoord | None:
    """What was answered to the request with this (hashed) Idempotency-Key."""
    return Antwoord.objects.filter(sleutel=sleutel).first()


def in_trouble(at: datetime) -> tuple[int, int]:
    """How many webhooks have a delivery that should have been tried before this moment, and how many were turned off.

    One query.
    """
    waiting = Levering.objects.due(at).order_by().filter(webhook=OuterRef("pk"))
    rows = Webhook.objects.annotate(ligt=Exists(waiting)).values_list("ligt", "is_actief", "uitgezet_op")
    found = list(rows.filter(Q(ligt=True) | Q(is_actief=False, uitgezet_op__isnull=False)))
    return sum(lies for lies, _on, _since in found), sum(not on for _lies, on, _since in found)
