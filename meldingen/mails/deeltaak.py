"""Messages to colleagues about sub-tasks."""

from __future__ import annotations

from ..models import Deeltaak, Gebeurtenis, Melding
from . import staf
from .basis import absolute, in_words


def sub_task_assigned(melding: Melding, deeltaak: Deeltaak, line: Gebeurtenis) -> None:
    """A colleague got a sub-task. Of a sensitive report the mail tells the sub-task alone."""
    person = deeltaak.behandelaar
    if person is None:
        return
    hidden = {"categorie": deeltaak.titel, "plaats": "–"} if melding.categorie.is_gevoelig else {}
    staf.to_colleague(
        melding,
        person,
        "staf_deeltaak",
        line,
        extra={
            "deeltaak": deeltaak.titel,
            "uitleg": deeltaak.tekst,
            "tegen": in_words(deeltaak.uiterlijk, "nl"),
            "link": absolute("meldingen:deeltaak", deeltaak.pk),
            **hidden,
        },
    )


def sub_tasks_done(melding: Melding, line: Gebeurtenis) -> None:
    """No sub-task of the report is open any more: its handler can close it."""
    if melding.behandelaar and melding.behandelaar != line.door:
        staf.to_colleague(melding, melding.behandelaar, "staf_deeltaken_klaar", line)
