"""Objects to measure again, campaigns that near their end, and norms that begin or end today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kern.gebruikers.models import Gebruiker, Rol
from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light

from ..actions import normen
from ..models import Campagne, Screeningsobject
from ..states import Campagnestatus

AGAIN, CAMPAIGN = "hercontrole", "screeningscampagne"


def coordinators() -> list[int]:
    """Who manages the screening (one query)."""
    people = Gebruiker.objects.filter(is_active=True, groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR)
    return list(people.order_by("pk").values_list("pk", flat=True))


def to_measure_again(today: date, horizon: date) -> Iterator[Item]:
    """Per zone and month what has to be measured again by the horizon: the coordinators plan it (two queries).

    One item for many objects: nobody wants a thousand lines.
    """
    found: dict[tuple[int | None, str, date], int] = defaultdict(int)
    rows = Screeningsobject.objects.due(horizon).values_list("zone_id", "zone__naam", "hercontrole_op")
    for zone, naam, due_on in rows:
        if due_on is None:
            continue
        first = due_on.replace(day=1)
        found[zone, naam or "buiten de zones", first] += 1
    if not found:
        return
    people = coordinators()
    for (zone_id, naam, month), count in sorted(found.items(), key=lambda row: (row[0][2], row[0][1])):
        words = "1 object" if count == 1 else f"{count} objecten"
        yield Item(
            sleutel=f"{zone_id or 0}:{month:%Y-%m}",
            titel=f"Opnieuw te meten in {naam}: {words}",
            url=reverse("toegankelijkheid:due"),
            due_on=month,
            ontvangers={Aan.VERANTWOORDELIJKE: people, Aan.HOOFD: people} if people else {},
        )


def campaigns(today: date, horizon: date) -> Iterator[Item]:
    """Campaigns that run, by their last day: who measures hears of it, and the coordinator when it is late."""
    rows = (
        Campagne.objects.filter(status__in=[Campagnestatus.LOPEND, Campagnestatus.ONDERBROKEN], tot__lte=horizon)
        .prefetch_related("screeners")
        .order_by("tot", "pk")
    )
    for row in rows:
        surveyors = sorted(person.pk for person in row.screeners.all())
        heads = [row.coordinator_id] if row.coordinator_id else coordinators()
        people = {Aan.VERANTWOORDELIJKE: surveyors or heads, Aan.HOOFD: heads}
        yield Item(
            sleutel=str(row.pk),
            titel=f"Screening {row.naam} loopt af",
            url=row.get_absolute_url(),
            due_on=row.tot,
            ontvangers={role: ids for role, ids in people.items() if ids},
        )


def register_all() -> None:
    """Make them known to the ladders and the rounds; called once, when the app is ready."""
    register(Bron(AGAIN, "objecten om opnieuw te meten", to_measure_again, "/werk/screening/opnieuw/"))
    register(Bron(CAMPAIGN, "screeningscampagnes", campaigns, "/werk/screening/"))
    register_light(LichteTaak("normen die ingaan of aflopen", normen.start_due, daily=True))
