"""Who takes over a wijk hears that the hand-over waits for their signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, register

from ..models import Overdracht
from ..states.overdracht import Overdrachtstatus


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every hand-over that is ready and whose day is on or before `horizon`; its successor signs (one query)."""
    rows = Overdracht.objects.filter(status=Overdrachtstatus.KLAAR, op__lte=horizon, naar__is_active=True)
    for row in rows.select_related("wijk", "van", "naar").order_by("pk"):
        yield Item(
            sleutel=str(row.pk),
            titel=f"{row.van.naam} geeft je {row.wijk.naam} over: lees het pakket en teken ervoor",
            url=row.get_absolute_url(),
            due_on=row.op,
            ontvangers={Aan.VERANTWOORDELIJKE: [row.naar_id], Aan.WIJKMANAGER: [row.van_id]},
        )


def register_all() -> None:
    """Make the hand-overs known to the ladders; called once, when the app is ready."""
    register(Bron(code="overdracht", naam="overdrachten", open_items=open_items, list_url="/werk/wijken/"))
