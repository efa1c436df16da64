"""Before a report closes: no part of its work may be left open."""

from __future__ import annotations

from datetime import datetime

from ..models import Deeltaak, Melding
from ..states import Deelstatus


class DeeltakenOpen(ValueError):
    """The report cannot close: these sub-tasks are open, and nobody said why they lapse."""

    def __init__(self, deeltaken: list[Deeltaak]) -> None:
        self.deeltaken = deeltaken
        names = "; ".join(f"{row.titel} ({row.team})" for row in deeltaken)
        super().__init__(f"er zijn nog deeltaken open: {names}. Rond ze af, of zeg waarom ze vervallen")


def drop_open(melding: Melding, *, at: datetime, reden: str) -> list[Deeltaak]:
    """Drop the open sub-tasks of a locked report, for this reason; which they were.

    Raises DeeltakenOpen when there are some and no reason.
    """
    rows = list(melding.deeltaken.open().select_related("team"))
    if rows and not reden.strip():
        raise DeeltakenOpen(rows)
    if rows:
        # At once: a report closes in as many statements, however many parts it had.
        Deeltaak.objects.filter(pk__in=[row.pk for row in rows]).update(
            status=Deelstatus.VERVALLEN, afloop=reden, afgerond_op=at
        )
    return rows
