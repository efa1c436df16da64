"""Put together a bulk change: which reports, and what to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from kern.gebruikers.models import Gebruiker

from ...models import Bulk, BulkRij, Melding
from ...models.melding import MeldingQuerySet
from .soorten import to_json

# More at once is no choice any more: filters make it smaller.
LIMIT = 10_000
BATCH = 2000


@transaction.atomic
def choose(*, rows: MeldingQuerySet, pks: Iterable[int] | None, door: Gebruiker, at: datetime, lijst: str = "") -> Bulk:
    """Keep a choice out of `rows`, those that the person may see: these numbers, or all of them with None.

    Nothing happens to the reports yet. Raises ValueError for no report, and for more than LIMIT.
    """
    chosen = rows if pks is None else rows.filter(pk__in=set(pks))
    found = list(chosen.values_list("pk", "versie")[: LIMIT + 1])
    if not found:
        raise ValueError("kies eerst een of meer meldingen")
    if len(found) > LIMIT:
        raise ValueError("kies er hoogstens 10.000 tegelijk: zet eerst een filter")
    bulk = Bulk.objects.create(door=door, lijst=lijst, is_hele_lijst=pks is None, aantal=len(found), gekozen_op=at)
    rijen = [BulkRij(bulk=bulk, melding_id=pk, versie=versie) for pk, versie in found]
    BulkRij.objects.bulk_create(rijen, batch_size=BATCH)
    return bulk


@transaction.atomic
def fill_in(*, bulk: Bulk, actie: str, velden: Mapping[str, Any]) -> Bulk:
    """Keep what to do, to look at it first; from here on a report that somebody else changes is left alone.

    What is done already stays as it is.
    """
    row = Bulk.objects.select_for_update().get(pk=bulk.pk)
    if not row.is_voorstel:
        return row
    row.actie, row.invoer = actie, to_json(velden)
    row.save(update_fields=["actie", "invoer"])
    now = Subquery(Melding.objects.filter(pk=OuterRef("melding_id")).values("versie"))
    row.rijen.update(versie=now)
    return row
