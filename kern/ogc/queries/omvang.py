"""Where and when the things of a collection are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Max, Min

from kern.geo import Kader

from ..registry import Beller, Collectie
from .selectie import as_sql
from .stand import Stand, remembered


class Omvang(NamedTuple):
    """The box around all things (None without any) and their first and last time."""

    kader: Kader | None
    van: datetime | None
    tot: datetime | None


def extent(collectie: Collectie, beller: Beller, stand: Stand | None) -> Omvang:
    """What encloses every thing that the caller may have; remembered until something changes (one query, or none)."""
    rows = collectie.rijen(beller).order_by()
    sql = as_sql(rows)
    if sql is None:
        return Omvang(None, None, None)

    def measured() -> Omvang:
        wanted: dict[str, Any] = dict(collectie.geometrie.uiteinden())
        if collectie.tijd_eigenschap:
            time_value = collectie.tijd_eigenschap.waarde
            wanted |= {"ogc_van": Min(time_value), "ogc_tot": Max(time_value)}
        found = rows.aggregate(**wanted)
        sides = [found[side] for side in ("west", "zuid", "oost", "noord")]
        kader = None if None in sides else Kader(*sides)
        return Omvang(kader, _moment(found.get("ogc_van")), _moment(found.get("ogc_tot")))

    return remembered(("omvang", collectie.id, sql), stand, measured)


def _moment(value: date | datetime | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min, tzinfo=UTC)
