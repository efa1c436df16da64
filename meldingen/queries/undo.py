"""What can be taken back now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from ..models import Handeling, Melding
from ..rules import UNDO


def open_step(melding: Melding, at: datetime) -> Handeling | None:
    """The last step with this report, while it can be taken back and nothing came after it.

    One query; none for a report that did not change lately.
    """
    if melding.versie == 1 or melding.gewijzigd_op < at - UNDO:
        return None
    rows = melding.handelingen.open(at).filter(op__gte=at - UNDO, versie_na=melding.versie)
    return rows.select_related("door").order_by("-pk").first()


def has_open_step(at: datetime) -> Exists:
    """For a query on reports: whether `open_step` may find something."""
    return Exists(Handeling.objects.open(at).filter(melding=OuterRef("pk"), op__gte=at - UNDO))


def until(handeling: Handeling) -> datetime:
    """Until when the step can be taken back by itself."""
    return min(handeling.tot, handeling.op + UNDO)
