"""Write what a monitoring table asked for, through the actions, so that the rules hold as if it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kern.gebruikers.models import Gebruiker
from kern.inlezen.registry import Uitkomst
from kern.termijnen import local_date

from ..actions import knelpunten as actions
from ..actions.prioriteit import propose
from ..models import Knelpunt
from ..states import Knelpuntstatus
from .kolommen import FINDING
from .lezen import TAKEN_OVER, Gelezen


def schrijf(uitkomsten: Sequence[Uitkomst], doel: str, door: Gebruiker, at: datetime) -> None:
    """New ones in their wijk and zone; changes and steps through the actions; then every priority."""
    written = [_one(outcome.inhoud, door, at) for outcome in uitkomsten]
    propose(numbers=written, at=at)


def _one(asked: Gelezen, door: Gebruiker, at: datetime) -> int:
    if asked.row is None:
        return _new(asked, at)
    row = asked.row
    found = {code: value for code, value in asked.waarden.items() if code in FINDING}
    planned = {code: value for code, value in asked.waarden.items() if code not in FINDING}
    if found:
        row = actions.correct(knelpunt=row, fields=found, versie=row.versie)
    if asked.status:
        actions.step(
            knelpunt=row, naar=asked.status, door=door, at=at, versie=row.versie, reden=asked.reden, fields=planned
        )
    elif planned:
        actions.change(knelpunt=row, fields=planned, at=at, versie=row.versie)
    return row.pk


def _new(asked: Gelezen, at: datetime) -> int:
    row = Knelpunt(**asked.waarden)
    row.status = asked.status or Knelpuntstatus.VASTGESTELD
    row.statusreden = asked.reden
    row.vastgesteld_op = row.vastgesteld_op or local_date(at)
    if row.prioriteit and not row.prioriteit_reden:
        row.prioriteit_reden = TAKEN_OVER
    actions.put_in_place(row)
    row.save()
    return row.pk
