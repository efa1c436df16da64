"""Reports on the map: what lies close together is one circle with a number.

The city as a whole is read from cells that the database keeps (`Kaartvak`), a street from the reports themselves, and
what the cells do not know (a search, a term) from the first thousand of the list. So no map costs more with the years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor
from typing import Any

from django.db.models import Count, FloatField, Func, Max, Min, Sum
from django.db.models.functions import Floor

from kern.geo import Punt
from kern.geo.vormen import Kader

from ..models import Melding
from ..models.kaartvak import HEIGHT, LEVELS, NOWHERE, KaartvakQuerySet, cell_size
from ..models.melding import MeldingQuerySet
from .keyset import Volgorde

LIMIT = 800
FIRST = 1_000
"""So many reports of a list are drawn where the cells do not know them."""
MIN_ZOOM, MAX_ZOOM = 8.0, 20.0
MOST_ACROSS = 48
"""So many cells fit on the widest screen; a box with more is drawn as from further away."""
SMALL = 12 * cell_size(LEVELS[-1])
"""A box not wider than this (some 900 metres) is read from the reports in it, by their place."""
MARGIN_METRES = 250
COUNTED_LEVELS = (NOWHERE, LEVELS[0])
"""Together these hold every report once."""


class Ordinate(Func):
    """The longitude (0) or latitude (1) of a place."""

    template = "(%(expressions)s)[%(nr)s]"
    output_field = FloatField()

    def __init__(self, expression: Any, nr: int, **extra: Any) -> None:
        super().__init__(expression, nr=nr, **extra)


@dataclass(frozen=True)
class Vak:
    """Reports in one cell of the map: how many, how many of them late, and the sums that give their middle.

    `nummer` is the sum of their numbers: of a report that is alone its own.
    """

    x: int
    y: int
    aantal: int
    lon: float
    lat: float
    nummer: int
    laat: int = 0

    @property
    def middle(self) -> Punt:
        return Punt(self.lon / self.aantal, self.lat / self.aantal)


@dataclass(frozen=True)
class Groep:
    """Reports that lie together: their middle, how many, how many are late, and the report when it is one."""

    punt: Punt
    aantal: int
    laat: int
    melding: Melding | None


@dataclass(frozen=True)
class Raster:
    """The grid of a map: how large its cells are, and which kept level they are put together from."""

    kader: Kader
    zoom: float

    @classmethod
    def over(cls, kader: Kader, zoom: float) -> Raster:
        """The grid for a box at a zoom; coarser where the box is wider than any screen at that zoom."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        while zoom > MIN_ZOOM and (kader.oost - kader.west) / cell_size(zoom) > MOST_ACROSS:
            zoom -= 0.5
        return cls(kader, zoom if is_small(kader) else min(zoom, LEVELS[-1]))

    @property
    def cell(self) -> float:
        return cell_size(self.zoom)

    @property
    def level(self) -> int | None:
        """The coarsest kept level that is fine enough; None where only the reports themselves are."""
        return next((level for level in LEVELS if level >= self.zoom), None)

    def column(self, lon: Any, step: float = 1.0) -> Any:
        """In which column a longitude lies, for a number and for an expression of the database alike.

        On a kept level a report stands in the middle of its kept cell, so that both ways of counting agree.
        """
        if self.level is None:
            return _floor(lon / (self.cell * step))
        kept = cell_size(self.level) * step
        return _floor((_floor(lon / kept) + 0.5) * kept / (self.cell * step))

    def of_kept(self, number: int, step: float) -> int:
        """In which column (row, with the step of rows) the middle of a kept cell lies."""
        kept = cell_size(self.level or LEVELS[-1]) * step
        return floor((number + 0.5) * kept / (self.cell * step))

    def row(self, lat: Any) -> Any:
        return self.column(lat, HEIGHT)


def _floor(value: Any) -> Any:
    return floor(value) if isinstance(value, float) else Floor(value)


def is_small(kader: Kader) -> bool:
    return kader.oost - kader.west <= SMALL and kader.noord - kader.zuid <= SMALL


def kept_cells(rows: KaartvakQuerySet, raster: Raster) -> list[Vak]:
    """The cells over the box from those that the database keeps (one query), whole cells also at its border."""
    level = raster.level
    if level is None:
        raise ValueError("no level is kept for this zoom")
    kept, box = cell_size(level), raster.kader
    found = (
        rows.filter(
            niveau=level,
            x__range=(floor(box.west / kept), floor(box.oost / kept)),
            y__range=(floor(box.zuid / (kept * HEIGHT)), floor(box.noord / (kept * HEIGHT))),
        )
        .order_by()
        .values("x", "y")
        .annotate(n=Sum("aantal"), lon=Sum("som_lon"), lat=Sum("som_lat"), nummer=Sum("som_nummer"))
        .filter(n__gt=0)
        .values_list("x", "y", "n", "lon", "lat", "nummer")
    )
    # Put together here: the database would reckon in decimals.
    return merged(
        Vak(raster.of_kept(x, 1.0), raster.of_kept(y, HEIGHT), n, lon, lat, int(nummer))
        for x, y, n, lon, lat, nummer in found
    )


def counted(rows: MeldingQuerySet, raster: Raster) -> list[Vak]:
    """The cells of these reports within the box, counted now (one query): for rows that another index narrows."""
    lon, lat, box = Ordinate("plaats", 0), Ordinate("plaats", 1), raster.kader
    found = (
        rows.order_by()
        .annotate(lon=lon, lat=lat)
        .filter(lon__gte=box.west, lon__lte=box.oost, lat__gte=box.zuid, lat__lte=box.noord)
        .annotate(kolom=raster.column(lon), rij=raster.row(lat))
        .values("kolom", "rij")
        .annotate(n=Count("pk"), som_lon=Sum("lon"), som_lat=Sum("lat"), nummer=Sum("pk"))
        .values_list("kolom", "rij", "n", "som_lon", "som_lat", "nummer")
    )
    return [Vak(int(x), int(y), n, som_lon, som_lat, int(nummer)) for x, y, n, som_lon, som_lat, nummer in found]


def drawn(places: Iterable[tuple[int, float, float, bool]], raster: Raster) -> list[Vak]:
    """The cells of reports that were fetched: number, longitude, latitude and whether it is late. In the box only."""
    box = raster.kader
    return merged(
        Vak(int(raster.column(lon)), int(raster.row(lat)), 1, lon, lat, pk, int(late))
        for pk, lon, lat, late in places
        if box.west <= lon <= box.oost and box.zuid <= lat <= box.noord
    )


def merged(parts: Iterable[Vak], late: Iterable[Vak] = ()) -> list[Vak]:
    """Cells of the same place put together, the fullest first; `late` only tells how many in a cell are late."""
    found: dict[tuple[int, int], Vak] = {}
    for vak in parts:
        known = found.get((vak.x, vak.y))
        found[vak.x, vak.y] = vak if known is None else _together(known, vak)
    for vak in late:
        if known := found.get((vak.x, vak.y)):
            found[vak.x, vak.y] = replace(known, laat=min(vak.aantal, known.aantal))
    return sorted(found.values(), key=lambda vak: (-vak.aantal, vak.x, vak.y))


def _together(a: Vak, b: Vak) -> Vak:
    return Vak(a.x, a.y, a.aantal + b.aantal, a.lon + b.lon, a.lat + b.lat, a.nummer + b.nummer, a.laat + b.laat)


def first_places(
    rows: MeldingQuerySet, order: Volgorde, on: date, kader: Kader
) -> tuple[list[tuple[int, float, float, bool]], bool]:
    """The places of the first thousand of a list, or of a small box, and whether there are more (one query)."""
    rows = rows.filter(plaats__isnull=False)
    if is_small(kader):
        rows = rows.filter(plaats__binnen_kader=kader)
    found = list(
        order.sorted(rows)
        .annotate(lon=Ordinate("plaats", 0), lat=Ordinate("plaats", 1))
        .values_list("pk", "lon", "lat", "volgende_termijn")[: FIRST + 1]
    )
    # Only open reports have a term.
    places = [(pk, lon, lat, term is not None and term < on) for pk, lon, lat, term in found[:FIRST]]
    return places, len(found) > FIRST


def groups(
    rows: MeldingQuerySet,
    kader: Kader,
    zoom: float,
    on: date,
    *,
    order: Volgorde,
    cells: KaartvakQuerySet | None = None,
    beside: MeldingQuerySet | None = None,
) -> tuple[list[Groep], bool]:
    """The reports inside the box by cells of a grid, at most 800, the fullest first; and whether some are left out.

    `cells` are the kept cells of the same reports, without those of `beside`; None when nothing of the kind is kept.
    Two queries; four from kept cells.
    """
    raster = Raster.over(kader, zoom)
    if cells is not None and raster.level is not None:
        parts = kept_cells(cells, raster)
        if beside is not None:
            parts += counted(beside.filter(plaats__isnull=False), raster)
        found, more = merged(parts, counted(rows.late(on).filter(plaats__isnull=False), raster)), False
    else:
        places, more = first_places(rows, order, on, kader)
        found = drawn(places, raster)
    shown = found[:LIMIT]
    alone = Melding.objects.select_related("categorie").defer("zoek")
    by_number = alone.in_bulk([vak.nummer for vak in shown if vak.aantal == 1])
    return [
        Groep(vak.middle, vak.aantal, vak.laat, by_number.get(vak.nummer) if vak.aantal == 1 else None) for vak in shown
    ], more or len(found) > LIMIT


@dataclass(frozen=True)
class Omvang:
    """How large a list is, as far as it is counted: its reports, those with a place, and the box around these."""

    aantal: int
    op_kaart: int
    kader: Kader | None


def extent(rows: MeldingQuerySet, order: Volgorde, limit: int) -> Omvang:
    """The size of a list, looking at no more than its first `limit` + 1 reports (one query)."""
    sides = (
        order.sorted(rows)
        .annotate(lon=Ordinate("plaats", 0), lat=Ordinate("plaats", 1))
        .values("lon", "lat", "sorteer", "pk")[: limit + 1]
        .aggregate(n=Count("pk"), placed=Count("lon"), w=Min("lon"), z=Min("lat"), o=Max("lon"), b=Max("lat"))
    )
    if sides["w"] is None:
        return Omvang(sides["n"], 0, None)
    low = Kader.around(Punt(sides["w"], sides["z"]), MARGIN_METRES)
    high = Kader.around(Punt(sides["o"], sides["b"]), MARGIN_METRES)
    return Omvang(sides["n"], sides["placed"], Kader(low.west, low.zuid, high.oost, high.noord))


def how_many(rows: KaartvakQuerySet) -> int:
    """How many reports lie in these cells and outside them, exactly (one query)."""
    return int(rows.filter(niveau__in=COUNTED_LEVELS).aggregate(n=Sum("aantal"))["n"] or 0)


def snapped(edge: float, grid: float, *, up: bool) -> float:
    """The nearest line of a grid below or above an edge; lines stand half-way between rounded places."""
    return (ceil(edge * grid - 0.5) + 0.5) / grid if up else (floor(edge * grid - 0.5) + 0.5) / grid
