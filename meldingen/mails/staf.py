"""Messages to colleagues about a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from ..models import Bulk, Gebeurtenis, Melding
from ..states import Status
from .basis import absolute, facts, not_before

# How many reports a mail about many names.
NAMED = 20


def assigned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague got the report."""
    to_colleague(melding, colleague, "staf_toegewezen", line, niet_voor=not_before(line))


def mentioned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague is mentioned in a note."""
    to_colleague(melding, colleague, "staf_genoemd", line)


def resident_wrote(melding: Melding, line: Gebeurtenis) -> None:
    """The resident wrote something, did not answer in time, or wants it open again: its handler hears of it."""
    if melding.behandelaar and melding.behandelaar != line.door:
        extra = {"wat": _step(line)} if line.soort == Gebeurtenis.Soort.STAP else {}
        to_colleague(melding, melding.behandelaar, "staf_melder_schreef", line, extra=extra, niet_voor=not_before(line))


def _step(line: Gebeurtenis) -> str:
    """What a step that no colleague took means for the handler."""
    if line.naar_status == Status.HEROPEND:
        return "opnieuw open"
    return (
        "geen antwoord van de melder" if line.van_status == Status.WACHT_OP_MELDER else Status(line.naar_status).label
    )


def assigned_many(bulk: Bulk, colleague: Gebruiker, rows: Sequence[Melding], *, not_before: datetime) -> None:
    """A colleague got many reports at once: one mail, with the first of them."""
    if not rows:
        return
    named = "\n".join(f"{row.pk} · {row.categorie}" for row in rows[:NAMED])
    rest = len(rows) - NAMED
    berichten.enqueue(
        sleutel=f"bulk:{bulk.pk}:staf_toegewezen_bulk:{colleague.pk}",
        soort="staf_toegewezen_bulk",
        aan=colleague.email,
        context={
            "naam": colleague.naam,
            "aantal": str(len(rows)),
            "door": bulk.door.naam,
            "meldingen": f"{named}\n… en nog {rest}" if rest > 0 else named,
            "link": f"{absolute('meldingen:staff_list')}?lijst=mijn",
        },
        niet_voor=not_before,
    )


def to_colleague(
    melding: Melding,
    colleague: Gebruiker,
    soort: str,
    line: Gebeurtenis,
    *,
    extra: Mapping[str, str] | None = None,
    niet_voor: datetime | None = None,
) -> None:
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
            **(extra or {}),
        },
        over=melding,
        niet_voor=niet_voor,
    )
