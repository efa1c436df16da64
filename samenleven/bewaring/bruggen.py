"""What the rules of keeping can be about, for bruggenbouwers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from ..actions import bruggenbouwers, jury
from ..queries import bruggen as queries


def _name(pks: Collection[int]) -> Mapping[int, str]:
    """By number: a name has nothing to do in the report of what was wiped."""
    return {pk: f"voordracht {pk}" for pk in pks}


def _delete(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return bruggenbouwers.delete_unanswered(pks=pks)


def _forget(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return bruggenbouwers.forget(pks=pks, at=at)


def _juror(pks: Collection[int]) -> Mapping[int, str]:
    return {pk: f"jurylid {pk}" for pk in pks}


def _delete_jurors(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return jury.forget_jurors(pks=pks)


SOORTEN = (
    Soort("voordracht", "voordrachten waarop niemand ja zei", queries.unanswered, _name, {Wat.VERWIJDER: _delete}),
    Soort("bruggenbouwer", "bruggenbouwers van wie het voorbij is", queries.over, _name, {Wat.ANONIMISEER: _forget}),
    Soort(
        "jurylid", "juryleden van rondes die voorbij zijn", queries.jurors_done, _juror, {Wat.VERWIJDER: _delete_jurors}
    ),
)


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for soort in SOORTEN:
        register(soort)
