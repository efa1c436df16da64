"""Messages to colleagues about a report."""

from __future__ import annotations

from datetime import datetime

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from ..models import Gebeurtenis, Melding
from ..states import Status
from .basis import absolute, facts, not_before


def assigned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague got the report."""
    _staff(melding, colleague, "staf_toegewezen", line, not_before(line))


def mentioned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague is mentioned in a note."""
    _staff(melding, colleague, "staf_genoemd", line)


def resident_wrote(melding: Melding, line: Gebeurtenis) -> None:
    """The resident wrote something, did not answer in time, or wants it open again: its handler hears of it."""
    if melding.behandelaar and melding.behandelaar != line.door:
        _staff(melding, melding.behandelaar, "staf_melder_schreef", line, not_before(line))


def _staff(
    melding: Melding, colleague: Gebruiker, soort: str, line: Gebeurtenis, niet_voor: datetime | None = None
) -> None:
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
        },
        over=melding,
        niet_voor=niet_voor,
    )
