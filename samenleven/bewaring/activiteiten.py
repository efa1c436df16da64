"""What the rules of keeping can be about, for proposals of activities. Who came is kept by `wijken` (inschrijving)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from ..actions import activiteiten
from ..queries import activiteiten as queries


def _name(pks: Collection[int]) -> Mapping[int, str]:
    return {pk: f"voorstel {pk} voor een activiteit" for pk in pks}


def _delete(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return activiteiten.delete_unconfirmed(pks=pks)


def _forget(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return activiteiten.forget(pks=pks, at=at)


SOORTEN = (
    Soort(
        "activiteitvoorstel_nieuw",
        "voorstellen voor activiteiten zonder bevestiging",
        queries.unconfirmed,
        _name,
        {Wat.VERWIJDER: _delete},
    ),
    Soort(
        "activiteitvoorstel",
        "wie een activiteit voorstelde",
        queries.done,
        _name,
        {Wat.ANONIMISEER: _forget},
    ),
)


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for soort in SOORTEN:
        register(soort)
