"""Pages of a collection as GeoJSON, written by PostgreSQL: one statement a page, and no object per thing here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from ..parameters import Vraag
from ..registry import Beller, Collectie
from ..stelsels import CRS84, Stelsel, project
from ..vormen import as_json, feature
from . import selectie
from .selectie import KEY, Sql
from .stand import Stand

PIECE = 1000
"""So many things are written at a time; a longer page goes out in pieces."""


class Bladzij(NamedTuple):
    """The features as text with commas between, how many they are, the key of the last one and whether more follow."""

    features: str
    aantal: int
    laatste: Any
    er_is_meer: bool


EMPTY = Bladzij("", 0, None, False)


@cache
def _projection(collectie: Collectie) -> Sql:
    """The query that writes the features of the keys in `bladzij`; the same for everybody."""
    values = [
        (row.naam, as_json(row.waarde, row.soort, is_time=row.naam == collectie.tijd))
        for row in collectie.eigenschappen
    ]
    on_the_page = RawSQL(f"SELECT {KEY} FROM bladzij", ())  # noqa: S608, S611 (our own words)
    rows = (
        collectie.model._base_manager.order_by()
        .filter(**{f"{collectie.sleutel}__in": on_the_page})
        .annotate(**{KEY: F(collectie.sleutel), "ogc_json": feature(collectie.sleutel, collectie.geometrie, values)})
        .values_list(KEY, "ogc_json")
    )
    text, params = rows.query.sql_with_params()
    return Sql(text, tuple(params))


def definition(collectie: Collectie) -> str:
    """How the features of a collection are written: another text when that changes."""
    return _projection(collectie).text


def _write(collectie: Collectie, keys: Sql, limit: int) -> Bladzij:
    projection = _projection(collectie)
    statement = (
        f"WITH gevonden AS MATERIALIZED ({keys.text}), "  # noqa: S608 (compiled by Django)
        f"bladzij AS MATERIALIZED (SELECT {KEY} FROM gevonden ORDER BY {KEY} LIMIT {limit:d}) "
        f"SELECT string_agg(ogc_json, ',' ORDER BY {KEY}), count(*), "
        f"(SELECT max({KEY}) FROM bladzij), (SELECT count(*) FROM gevonden) "
        f"FROM ({projection.text}) AS rij"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*keys.params, *projection.params))
        text, number, last, found = cursor.fetchone()
    return Bladzij(text or "", number, last, found > limit)


def page(collectie: Collectie, beller: Beller, vraag: Vraag, matched: int) -> Bladzij:
    """One page of at most `vraag.limit` things, in the system that is asked for (one query)."""
    keys = selectie.keys(collectie, beller, vraag, matched)
    if keys is None:
        return EMPTY
    found = _write(collectie, keys, vraag.limit)
    return found if vraag.stelsel.uri == CRS84 else found._replace(features=_projected(found.features, vraag.stelsel))


def pieces(
    collectie: Collectie, beller: Beller, vraag: Vraag, stand: Stand | None, limit: int | None
) -> Iterator[Bladzij]:
    """The things that are asked for, at most `limit`, a piece at a time: in memory there is never more than one."""
    matched = selectie.count(collectie, beller, vraag, stand)
    left = matched if limit is None else limit
    while left > 0:
        size = min(left, PIECE)
        part = page(collectie, beller, replace(vraag, limit=size), matched)
        left -= part.aantal
        yield part
        if not part.er_is_meer or not part.aantal:
            return
        vraag = vraag.verder(part.laatste, size)


def feature_json(collectie: Collectie, beller: Beller, sleutel: Any, stelsel: Stelsel) -> str | None:
    """One thing as the text of a feature; None when it is not there for this caller (one query)."""
    keys = selectie.one(collectie, beller, sleutel)
    if keys is None:
        return None
    text = _write(collectie, keys, 1).features
    return text if not text or stelsel.uri == CRS84 else _projected(text, stelsel)


def _projected(features: str, stelsel: Stelsel) -> str:
    """The same features in another reference system."""
    if not features:
        return features
    rows = json.loads(f"[{features}]")
    for row, geometry in zip(rows, project([row["geometry"] for row in rows], stelsel), strict=True):
        row["geometry"] = geometry
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))[1:-1]
