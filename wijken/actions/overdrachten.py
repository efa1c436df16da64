"""Handing the work in a wijk to a successor, and signing for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Actie, Afspraak, Overdracht, Samenwerkingsovereenkomst, Wijk
from ..states.netwerk import Overeenkomststatus
from ..states.overdracht import OVERDRACHT_STEPS, Overdrachtstatus
from .versie import step


class AlBezig(ValueError):
    """Somebody is handing over this wijk already."""


@transaction.atomic
def prepare_handover(
    *, wijk: Wijk, van: Gebruiker, naar: Gebruiker, op: date, nota: str, door: Gebruiker, at: datetime
) -> Overdracht:
    """Get a hand-over ready, for the successor to sign. Raises AlBezig, and ValueError for the same person."""
    if van == naar:
        raise ValueError("kies iemand anders dan wie de wijk overgeeft")
    Wijk.objects.select_for_update(no_key=True).get(pk=wijk.pk)
    if Overdracht.objects.filter(wijk=wijk, status=Overdrachtstatus.KLAAR).exists():
        raise AlBezig("voor deze wijk staat al een overdracht klaar")
    return Overdracht.objects.create(wijk=wijk, van=van, naar=naar, op=op, nota=nota, gemaakt_op=at, gemaakt_door=door)


@transaction.atomic
def take_over(
    *, overdracht: Overdracht, inhoud: Sequence[dict[str, Any]], op_naam: bool, door: Gebruiker, at: datetime
) -> Overdracht:
    """Sign for a wijk: what was open stays written down, and with `op_naam` what was in the name of the other moves.

    Raises StapKanNiet when it was signed or taken back already.
    """
    row = Overdracht.objects.select_for_update().select_related("wijk", "van", "naar").get(pk=overdracht.pk)
    step(row, Overdrachtstatus.OVERGENOMEN, OVERDRACHT_STEPS)
    row.beeindigd_op, row.beeindigd_door, row.inhoud = at, door, list(inhoud)
    if op_naam:
        with historiek.reason(f"Overdracht van {row.wijk}: van {row.van} naar {row.naar}"):
            row.op_naam_gezet = _to_successor(row)
    row.save()
    return row


@transaction.atomic
def withdraw_handover(*, overdracht: Overdracht, door: Gebruiker, at: datetime) -> Overdracht:
    """Take a hand-over back that nobody signed. Raises StapKanNiet."""
    row = Overdracht.objects.select_for_update().get(pk=overdracht.pk)
    step(row, Overdrachtstatus.INGETROKKEN, OVERDRACHT_STEPS)
    row.beeindigd_op, row.beeindigd_door = at, door
    row.save()
    return row


def in_name_of(wijk: Wijk, person: Gebruiker) -> list[QuerySet[Any]]:
    """What stands in the name of this person in a wijk and still goes on: actions, agreed tasks, agreements."""
    agreements = Samenwerkingsovereenkomst.wijken.through.objects.filter(wijk=wijk)
    return [
        Actie.objects.running().filter(wijk=wijk, eigenaar=person),
        Afspraak.objects.open().filter(wijk=wijk, collega=person),
        Samenwerkingsovereenkomst.objects.filter(
            pk__in=agreements.values("samenwerkingsovereenkomst"),
            verantwoordelijke=person,
            status__in=[Overeenkomststatus.ONTWERP, Overeenkomststatus.LOPEND],
        ),
    ]


def _to_successor(row: Overdracht) -> int:
    """Put it all in the name of the successor; how much it was. Who has one of them open is told somebody was first."""
    version = F("versie") + 1
    actions, tasks, agreements = in_name_of(row.wijk, row.van)
    moved: int = actions.update(eigenaar=row.naar, versie=version)
    moved += tasks.update(collega=row.naar, versie=version)
    moved += agreements.update(verantwoordelijke=row.naar, versie=version)
    return moved
