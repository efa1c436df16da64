"""Work out the priority of knelpunten by the formula, and keep it in step with what it is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from ..models import Knelpunt
from ..queries import monitoring
from ..queries.monitoring import Voorzieningen
from ..rules import monitoring as rules
from ..states import CLOSED

CHUNK = 1000
FIELDS = ["locatiegewicht", "bewoners", "rang", "prioriteit"]


@transaction.atomic
def propose(*, numbers: Collection[int], at: datetime, facilities: Voorzieningen | None = None) -> int:
    """Work out the priority of these again; how many changed. What somebody chose by hand keeps its priority.

    Five queries, and one when something changed.
    """
    if not numbers:
        return 0
    regels = monitoring.settings_row().regels
    people = monitoring.residents_of(numbers, monitoring.since_when(regels, at))
    facilities = facilities or Voorzieningen()
    changed = []
    locked = Knelpunt.objects.select_for_update(of=("self",)).select_related("niveau").filter(pk__in=numbers)
    for row in locked.order_by("pk"):
        before = tuple(getattr(row, name) for name in FIELDS)
        place = facilities.near(row.plaats)
        level = row.niveau.volgorde if row.niveau else 1
        row.locatiegewicht = rules.location_weight(place[0].gewicht if place else 0, level)
        row.bewoners = people.get(row.pk, 0)
        settle(row, regels)
        if tuple(getattr(row, name) for name in FIELDS) != before:
            changed.append(row)
    Knelpunt.objects.bulk_update(changed, FIELDS)
    return len(changed)


def settle(row: Knelpunt, regels: rules.Regels) -> None:
    """Put the priority and the rank on the row (unsaved), by what it holds now."""
    punten = rules.score(row.ernst, row.locatiegewicht, row.bewoners, regels)
    if not row.prioriteit_reden:
        row.prioriteit = rules.priority_of(punten, regels)
    row.rang = rules.rank(punten, row.prioriteit, regels)


def propose_all(at: datetime, *, closed: bool = False) -> Mapping[str, int]:
    """The same for everything open, some at a time: reports grow old, facilities come and go."""
    found = Knelpunt.objects.all() if closed else Knelpunt.objects.exclude(status__in=CLOSED)
    facilities, changed, last = Voorzieningen(), 0, 0
    while numbers := list(found.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        changed += propose(numbers=numbers, at=at, facilities=facilities)
        last = numbers[-1]
    return {"gewijzigd": changed}
