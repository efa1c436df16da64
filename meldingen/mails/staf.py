"""Messages to colleagues about a report."""

from __future__ import annotations

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from ..models import Gebeurtenis, Melding
from ..states import Status
from .basis import absolute, facts


def assigned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague got the report."""
    to_colleague(melding, colleague, "staf_toegewezen", line)


def mentioned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague is mentioned in a note."""
    to_colleague(melding, colleague, "staf_genoemd", line)


def resident_wrote(melding: Melding, line: Gebeurtenis) -> None:
    """The resident wrote something, did not answer in time, or wants it open again: its handler hears of it."""
    if melding.behandelaar and melding.behandelaar != line.door:
        to_colleague(melding, melding.behandelaar, "staf_melder_schreef", line)


def to_colleague(melding: Melding, colleague: Gebruiker, soort: str, line: Gebeurtenis, **extra: str) -> None:
    """A mail about a line of the story, with the facts of the report; `extra` adds to them or goes before them."""
    berichten.enqueue(
        sleutel=f"melding:{melding.pk}:{line.pk}:{soort}:{colleague.pk}",
        soort=soort,
        aan=colleague.email,
        context={
            **facts(melding, "nl"),
            "naam": colleague.naam,
            "status": Status(melding.status).label,
            "wat": line.get_soort_display(),
            "door": line.door.naam if line.door else "",
            "link": absolute("meldingen:detail", melding.pk),
            **extra,
        },
        over=melding,
    )
