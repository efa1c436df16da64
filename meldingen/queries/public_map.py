"""The places of public reports on the map, put together in the database where there are many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, FloatField, Func, Min
from django.db.models.functions import Floor
from django.utils.translation import ngettext

from kern.geo import Kader, Punt
from kern.geo.geojson import feature, feature_collection, point

from ..models import Melding
from ..models.melding import MeldingQuerySet
from ..publiek import PLACE_DECIMALS
from .public import OpenbareMelding, card, listed

MAX_PLACES = 500
CELL_PIXELS = 64


@dataclass(frozen=True)
class Rooster:
    """Cells of a map in degrees; places in one cell are drawn as one number."""

    lon: float
    lat: float

    @classmethod
    def of(cls, kader: Kader, zoom: float | None) -> Rooster:
        """Cells of 64 pixels at this zoom of a web map; without one, a sixteenth of the box."""
        lon = 360 * CELL_PIXELS / (256 * 2**zoom) if zoom is not None else (kader.oost - kader.west) / 16
        return cls(lon, lon * math.cos(math.radians((kader.zuid + kader.noord) / 2)))


class _Coordinate(Func):
    output_field = FloatField()

    def __init__(self, field: str, axis: int) -> None:
        super().__init__(F(field), template=f"(%(expressions)s)[{axis:d}]")


def places(rows: MeldingQuerySet, kader: Kader, zoom: float | None = None) -> dict[str, Any]:
    """The rows in the box as GeoJSON: places alone, and one number where several share a cell (two queries).

    At most 500, the fullest first; `ingekort` says whether there were more.
    """
    cell = Rooster.of(kader, zoom)
    groups = list(
        rows.filter(plaats__binnen_kader=kader)
        .order_by()
        .annotate(lon=_Coordinate("plaats", 0), lat=_Coordinate("plaats", 1))
        .annotate(kolom=Floor(F("lon") / cell.lon), rij=Floor(F("lat") / cell.lat))
        .values("kolom", "rij")
        .annotate(aantal=Count("pk"), eerste=Min("pk"), midden_lon=Avg("lon"), midden_lat=Avg("lat"))
        .order_by("-aantal", "eerste")[: MAX_PLACES + 1]
    )
    alone = [group["eerste"] for group in groups[:MAX_PLACES] if group["aantal"] == 1]
    cards = {row.pk: card(row) for row in listed(Melding.objects.filter(pk__in=alone))}
    features = [
        _place(cards[group["eerste"]]) if group["aantal"] == 1 else _cluster(group) for group in groups[:MAX_PLACES]
    ]
    return feature_collection(features, ingekort=len(groups) > MAX_PLACES)


def _place(row: OpenbareMelding) -> dict[str, Any]:
    naam = f"{row.categorie}, {row.plaats}: {row.status.woord}"
    return feature(
        row.nummer,
        row.punt and point(row.punt),
        naam=naam,
        url=row.url,
        soort="opgelost" if row.status.toon == "goed" else "gewoon",
        aantal=1,
    )


def _cluster(group: dict[str, Any]) -> dict[str, Any]:
    middle = Punt(round(group["midden_lon"], PLACE_DECIMALS), round(group["midden_lat"], PLACE_DECIMALS))
    naam = ngettext("%(aantal)d melding", "%(aantal)d meldingen", group["aantal"]) % {"aantal": group["aantal"]}
    return feature(f"groep-{group['eerste']}", point(middle), naam=naam, aantal=group["aantal"])
