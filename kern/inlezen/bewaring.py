"""How long the files that somebody read in, or did not, are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kern.bewaring.models import Bewaarregel, Wat
from kern.bewaring.registry import Soort, register
from kern.opdrachten.storage import file_storage

from .models import Inlezing

DONE = Inlezing.Status.GEDAAN


def over(regel: Bewaarregel, exact: Sequence[Bewaarregel], at: datetime) -> QuerySet[Any]:
    """The files that nobody worked on for so many days: of what came in, and of what was left half done."""
    rows = Inlezing.objects.with_file(at - timedelta(days=regel.na_dagen))
    if regel.toestand:
        return rows.filter(status=DONE) if regel.toestand == DONE else rows.exclude(status=DONE)
    states = {other.toestand for other in exact}
    if DONE in states:
        rows = rows.exclude(status=DONE)
    return rows.filter(status=DONE) if "half" in states else rows


def name(keys: Collection[int]) -> Mapping[int, str]:
    """What each is in a line, without the name of the file: people put names of people in it."""
    rows = Inlezing.objects.filter(pk__in=keys)
    return {row.pk: f"bestand van {row.rijen} rijen ({row.soort_naam}), {row.gemaakt_op:%d-%m-%Y}" for row in rows}


@transaction.atomic
def wipe(keys: Collection[int], at: datetime) -> Mapping[str, int]:
    """Delete the files. Of what came in stays who did it, when, why and how many rows; not what was in them."""
    rows = list(Inlezing.objects.select_for_update().filter(pk__in=keys))
    for row in rows:
        path = row.bestand.name
        if row.status == DONE:
            counts = {key: value for key, value in row.uitslag.items() if isinstance(value, int)}
            Inlezing.objects.filter(pk=row.pk).update(
                bestand="", voorbeeld=[], uitslag={**counts, "rijen": [], "lijst": []}
            )
        else:
            row.delete()
        transaction.on_commit(lambda path=path: file_storage().delete(path))
    return {"bestanden": len(rows)}


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    register(
        Soort(
            "inlezing",
            "bestanden die iemand inlas",
            over,
            name,
            {Wat.VERWIJDER: wipe},
            toestanden=lambda: [(DONE.value, "ingelezen"), ("half", "niet afgewerkt")],
        )
    )
