"""Reports on the map: what lies close together is one circle with a number, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, FloatField, Func, Max, Min, Q
from django.db.models.functions import Floor

from kern.geo import Punt
from kern.geo.vormen import Kader

from ..models import Melding
from ..models.melding import MeldingQuerySet
from ..states import Status

CELL_PIXELS = 96
TILE_PIXELS = 256
LIMIT = 800
MIN_ZOOM, MAX_ZOOM = 8.0, 20.0
EXTENT_OF = 2_000
MARGIN_METRES = 250


class Ordinate(Func):
    """The longitude (0) or latitude (1) of a place."""

    template = "(%(expressions)s)[%(nr)s]"
    output_field = FloatField()

    def __init__(self, expression: Any, nr: int, **extra: Any) -> None:
        super().__init__(expression, nr=nr, **extra)


@dataclass(frozen=True)
class Groep:
    """Reports that lie together: their middle, how many, how many are late, and the report when it is one."""

    punt: Punt
    aantal: int
    laat: int
    melding: Melding | None


def cell_size(zoom: float) -> float:
    """The side of a cell in degrees of longitude: 96 pixels on the screen."""
    return 360 / 2 ** min(max(zoom, MIN_ZOOM), MAX_ZOOM) * CELL_PIXELS / TILE_PIXELS


def extent(rows: MeldingQuerySet) -> Kader | None:
    """The box around the places of the first 2,000 of these reports, with some room; None without any (one query)."""
    sides = (
        rows.filter(plaats__isnull=False)
        .order_by()
        .annotate(lon=Ordinate("plaats", 0), lat=Ordinate("plaats", 1))
        .values("lon", "lat")[:EXTENT_OF]
        .aggregate(w=Min("lon"), z=Min("lat"), o=Max("lon"), n=Max("lat"))
    )
    if sides["w"] is None:
        return None
    low = Kader.around(Punt(sides["w"], sides["z"]), MARGIN_METRES)
    high = Kader.around(Punt(sides["o"], sides["n"]), MARGIN_METRES)
    return Kader(low.west, low.zuid, high.oost, high.noord)


def cells(rows: MeldingQuerySet, kader: Kader, zoom: float, *, limit: int, **counts: Count) -> list[dict[str, Any]]:
    """The cells of a grid over the box that hold reports, the fullest first (one query).

    Each has `n` (how many), `mid_lon` and `mid_lat` (their middle), `een` (the lowest number) and the `counts` asked.
    """
    cell = cell_size(zoom)
    found: Any = (
        rows.filter(plaats__binnen_kader=kader)
        .order_by()
        .annotate(lon=Ordinate("plaats", 0), lat=Ordinate("plaats", 1))
        .annotate(x=Floor(Ordinate("plaats", 0) / cell), y=Floor(Ordinate("plaats", 1) / (cell * 0.63)))
        .values("x", "y")
        .annotate(n=Count("pk"), mid_lon=Avg("lon"), mid_lat=Avg("lat"), een=Min("pk"), **counts)
        .order_by("-n", "x", "y")[:limit]
    )
    return list(found)


def groups(rows: MeldingQuerySet, kader: Kader, zoom: float, on: date) -> list[Groep]:
    """The reports inside the box by cells of a grid (two queries); at most 800 cells, the fullest first."""
    late = Q(volgende_termijn__lt=on) & ~Q(status=Status.AFGESLOTEN)
    found_cells = cells(rows, kader, zoom, limit=LIMIT, n_late=Count("pk", filter=late))
    alone = [row["een"] for row in found_cells if row["n"] == 1]
    found = Melding.objects.select_related("categorie").defer("zoek").in_bulk(alone)
    return [
        Groep(
            Punt(row["mid_lon"], row["mid_lat"]),
            row["n"],
            row["n_late"],
            found.get(row["een"]) if row["n"] == 1 else None,
        )
        for row in found_cells
    ]
