"""The places of public reports on the map, put together in the database where there are many."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import ngettext

from kern.geo import Kader
from kern.geo.geojson import feature, feature_collection, point

from .. import publiek
from ..models import Melding
from ..models.kaartvak import CELL_PIXELS, TILE_PIXELS
from .places import Raster, Vak, counted, kept_cells, merged, snapped
from .public import Keuze, OpenbareMelding, card, listed

MAX_PLACES = 500
CELLS_ACROSS = 16


def places(keuze: Keuze, kader: Kader, zoom: float | None = None, *, nummer: int | None = None) -> dict[str, Any]:
    """The chosen reports in the box as GeoJSON: places alone, and one number where several share a cell.

    The box is widened to the grid on which places are rounded: with a box as narrow as one likes, asking again and
    again would find the door.
    Without a zoom the box is sixteen cells wide. At most 500, the fullest first; `ingekort` says whether there
    were more. `nummer` is one report alone. Two queries; three where open reports are read from kept cells.
    """
    kader = _widened(kader)
    groups = _cells(keuze, Raster.over(kader, _zoom_of(kader) if zoom is None else zoom), nummer)
    shown = groups[:MAX_PLACES]
    alone = [vak.nummer for vak in shown if vak.aantal == 1]
    cards = {row.pk: card(row, keuze.on) for row in listed(Melding.objects.filter(pk__in=alone))}
    features = [_place(cards[vak.nummer]) if vak.aantal == 1 else _cluster(vak) for vak in shown]
    return feature_collection(features, ingekort=len(groups) > MAX_PLACES)


def _cells(keuze: Keuze, raster: Raster, nummer: int | None) -> list[Vak]:
    if nummer is not None:
        return counted(keuze.rows.filter(pk=nummer), raster)
    if raster.level is None:
        return counted(keuze.rows.filter(plaats__binnen_kader=raster.kader), raster)
    parts = kept_cells(keuze.open_cells, raster) if keuze.has_open else []
    return merged([*parts, *(counted(keuze.solved, raster) if keuze.has_solved else [])])


def _widened(kader: Kader) -> Kader:
    grid = 10**publiek.PLACE_DECIMALS
    west, zuid = (snapped(edge, grid, up=False) for edge in (kader.west, kader.zuid))
    oost, noord = (snapped(edge, grid, up=True) for edge in (kader.oost, kader.noord))
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


def _cluster(vak: Vak) -> dict[str, Any]:
    naam = ngettext("%(aantal)d melding", "%(aantal)d meldingen", vak.aantal) % {"aantal": vak.aantal}
    middle = publiek.rough_place(vak.middle)
    return feature(f"groep-{vak.x}-{vak.y}", point(middle), naam=naam, aantal=vak.aantal)
