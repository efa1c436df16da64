"""The places of public reports on the map, put together in the database where there are many."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from kern.geo import Kader, Punt
from kern.geo.geojson import feature, feature_collection, point

from .. import publiek
from ..models import Melding
from ..models.melding import MeldingQuerySet
from .places import CELL_PIXELS, TILE_PIXELS, cells
from .public import OpenbareMelding, card, listed

MAX_PLACES = 500
CELLS_ACROSS = 16


def places(rows: MeldingQuerySet, kader: Kader, zoom: float | None = None, *, on: date) -> dict[str, Any]:
    """The rows in the box as GeoJSON: places alone, and one number where several share a cell (two queries).

    The box is widened to the grid on which places are rounded: with a box as narrow as one likes, asking again and
    again would find the door.
    Without a zoom the box is sixteen cells wide. At most 500, the fullest first; `ingekort` says whether there
    were more.
    """
    kader = _widened(kader)
    groups = cells(rows, kader, _zoom_of(kader) if zoom is None else zoom, limit=MAX_PLACES + 1)
    shown = groups[:MAX_PLACES]
    alone = [group["een"] for group in shown if group["n"] == 1]
    cards = {row.pk: card(row, on) for row in listed(Melding.objects.filter(pk__in=alone))}
    features = [_place(cards[group["een"]]) if group["n"] == 1 else _cluster(group) for group in shown]
    return feature_collection(features, ingekort=len(groups) > MAX_PLACES)


def _widened(kader: Kader) -> Kader:
    grid = 10**publiek.PLACE_DECIMALS
    west, zuid = ((math.floor(edge * grid - 0.5) + 0.5) / grid for edge in (kader.west, kader.zuid))
    oost, noord = ((math.ceil(edge * grid - 0.5) + 0.5) / grid for edge in (kader.oost, kader.noord))
    return Kader(west, zuid, oost, noord)


def _zoom_of(kader: Kader) -> float:
    return math.log2(360 * CELL_PIXELS / TILE_PIXELS * CELLS_ACROSS / (kader.oost - kader.west))


def _place(row: OpenbareMelding) -> dict[str, Any]:
    return feature(
        row.nummer,
        row.punt and point(row.punt),
        naam=f"{row.categorie}, {row.plaats}: {row.status.woord}",
        url=row.url,
        soort="opgelost" if row.status.toon == "goed" else "gewoon",
        aantal=1,
    )


def _cluster(group: dict[str, Any]) -> dict[str, Any]:
    middle = publiek.rough_place(Punt(group["mid_lon"], group["mid_lat"]))
    naam = ngettext("%(aantal)d melding", "%(aantal)d meldingen", group["n"]) % {"aantal": group["n"]}
    return feature(f"groep-{group['een']}", point(middle), naam=naam, aantal=group["n"])
