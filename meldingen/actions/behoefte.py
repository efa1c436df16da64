"""Make a need of a wijk out of reports that were chosen in a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from wijken import actions as wijken
from wijken.models import Behoefte, Wijk

from ..models import Bulk, Melding


@transaction.atomic
def make_need(
    *,
    bulk: Bulk,
    meldingen: Sequence[Melding],
    wijk: Wijk,
    titel: str,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
) -> Behoefte:
    """Draft a need that comes from these reports; a second call for the same choice gives the first one."""
    row = Bulk.objects.select_for_update().get(pk=bulk.pk)
    if known := Behoefte.objects.filter(pk=row.invoer.get("behoefte")).first():
        return known
    need = wijken.make_need(
        wijk=wijk,
        titel=titel,
        toelichting=toelichting,
        herkomst=Behoefte.Herkomst.MELDINGEN,
        bronnen=meldingen,
        plaats=_middle(meldingen),
        door=door,
        at=at,
    )
    row.invoer = {"behoefte": need.pk}
    row.save(update_fields=["invoer"])
    return need


def _middle(meldingen: Sequence[Melding]) -> Punt | None:
    places = [row.plaats for row in meldingen if row.plaats]
    if not places:
        return None
    lon, lat = (sum(place[side] for place in places) / len(places) for side in (0, 1))
    return Punt(round(lon, 6), round(lat, 6))
