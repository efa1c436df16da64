"""How every change to a report begins and ends: lock the row, check the version, write it with the next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kern import historiek
from kern.gebruikers.models import Gebruiker
from wijken.models import Team

from ..models import Gebeurtenis, Melding
from ..states import Status, allowed
from . import klok
from .spoor import Spoor, current_bulk

# Lines whose words are a colleague's reason, for colleagues.
INTERNAL_REASONS = frozenset(
    {
        Gebeurtenis.Soort.BELOFTE,
        Gebeurtenis.Soort.NIET_VOOR_ONS,
        Gebeurtenis.Soort.GEGEVENS,
        Gebeurtenis.Soort.LABELS,
    }
)

BY_RULE = "Volgens de routeregels."


def given_to(team: Team | None, behandelaar: Gebruiker | None) -> str:
    """Who has the report now, as the story says it."""
    return " · ".join(str(who) for who in (team, behandelaar) if who)


class Gewijzigd(Exception):
    """Somebody else changed the report since the form was opened; `laatste` is that change."""

    def __init__(self, melding: Melding) -> None:
        self.melding = melding
        self.laatste = melding.gebeurtenissen.select_related("door").order_by("-op", "-pk").first()
        super().__init__(f"{melding} werd intussen gewijzigd")


class StapNietMogelijk(Exception):
    """The table of steps has no step from the report's status to the one asked."""

    def __init__(self, van: str, naar: str) -> None:
        self.van, self.naar = van, naar
        super().__init__(f"van {Status(van).label} kan een melding niet naar {Status(naar).label}")


def locked(melding: Melding, versie: int | None = None, *, herroepbaar: bool = False) -> Melding:
    """The report's row, locked until the transaction ends.

    `versie` is the version that the person had on screen; None for what no form did. What a member of staff then does
    with a row that is `herroepbaar`, can be taken back for five minutes (`undo.take_back`).
    Raises Gewijzigd when the report has moved on.
    """
    row = (
        Melding.objects.select_for_update(of=("self",)).select_related("categorie", "melder", "wijk").get(pk=melding.pk)
    )
    if versie is not None and row.versie != versie:
        raise Gewijzigd(row)
    row.spoor = Spoor.of(row) if herroepbaar else None
    return row


def move(melding: Melding, naar: Status) -> str:
    """Set the status after checking the table of steps; the status it came from.

    Raises StapNietMogelijk.
    """
    van = melding.status
    if not allowed(van, naar):
        raise StapNietMogelijk(van, naar)
    melding.status = naar
    return van


def beside(melding: Melding, **done: Any) -> None:
    """Remember what a step did beside the fields of the report, to take that back too: see `undo`."""
    if melding.spoor:
        melding.spoor.bijwerk |= {name: value for name, value in done.items() if value}


def write(melding: Melding, *, soort: str, at: datetime, door: Gebruiker | None = None, **line: Any) -> Gebeurtenis:
    """Save the report with its next version, and add the line to its story; the history gets the reason.

    Words for or from the resident stay out of the history: they can name people, and nobody could take them out again.
    """
    klok.refresh(melding)
    melding.versie += 1
    why, bulk = Gebeurtenis.Soort(soort).label, current_bulk()
    if soort == Gebeurtenis.Soort.STAP:
        why = Status(melding.status).label
    if soort in INTERNAL_REASONS and line.get("tekst"):
        why = f"{why}: {line['tekst']}"
    if bulk:
        why = f"{why} (in bulk, {bulk.aantal} meldingen)"
    with historiek.reason(why):
        melding.save()
    written = Gebeurtenis.objects.create(melding=melding, soort=soort, op=at, door=door, bulk=bulk, **line)
    if melding.spoor and door:
        melding.spoor.keep(melding, written, door=door, at=at)
    return written
