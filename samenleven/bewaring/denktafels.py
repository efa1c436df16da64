"""What the rules of keeping can be about, for members of denktafels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from ..actions import denktafels
from ..queries import denktafels as queries


def _forget(pks: Collection[int], at: datetime) -> Mapping[str, int]:
    return denktafels.forget_members(pks=pks, at=at)


SOORTEN = (
    Soort(
        "denktafellid", "leden van denktafels na hun mandaat", queries.ended, queries.names, {Wat.VERWIJDER: _forget}
    ),
)


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for soort in SOORTEN:
        register(soort)
