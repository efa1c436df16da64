"""What the rules of keeping can be about, for conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from ..actions import aanbevelingen, gesprekken, uitdagers
from ..queries import aanbevelingen as aanbevelingsqueries
from ..queries import bewaring as queries


def _delete(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return uitdagers.delete_unconfirmed(pks=pks)


def _forget(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return uitdagers.forget(pks=pks, at=at)


def _sheets(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return gesprekken.anonymise_sheets(pks=pks)


def _followers(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return aanbevelingen.forget_followers(pks)


def _name_followers(pks: Collection[int]) -> Mapping[int, str]:
    return {pk: f"vraag {pk} om een aanbeveling te volgen, nooit bevestigd" for pk in pks}


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
    Soort(
        "aanbevelingsvolger",
        "vragen om een aanbeveling te volgen die niemand bevestigde",
        aanbevelingsqueries.never_confirmed,
        _name_followers,
        {Wat.VERWIJDER: _followers},
    ),
)


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for soort in SOORTEN:
        register(soort)
