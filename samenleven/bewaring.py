"""What the rules of keeping can be about, for conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from .actions import gesprekken, uitdagers
from .queries import bewaring as queries


def _delete(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return uitdagers.delete_unconfirmed(pks=pks)


def _forget(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return uitdagers.forget(pks=pks, at=at)


def _sheets(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return gesprekken.anonymise_sheets(pks=pks)


SOORTEN = (
    Soort(
        "uitdager",
        "contactgegevens van uitdagers die stopten",
        queries.done_longer,
        queries.name_uitdagers,
        {Wat.ANONIMISEER: _forget},
    ),
    Soort(
        "aanmelding_uitdager",
        "aanmeldingen als uitdager zonder bevestiging",
        queries.never_confirmed,
        queries.name_uitdagers,
        {Wat.VERWIJDER: _delete},
    ),
    Soort(
        "gespreksblad",
        "antwoorden op gespreksbladen",
        queries.old_sheets,
        queries.name_sheets,
        {Wat.ANONIMISEER: _sheets},
    ),
)


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for soort in SOORTEN:
        register(soort)
