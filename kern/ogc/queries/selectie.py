"""Which things: conditions in SQL, how many they are, and the keys of a page.

A page begins with its keys. Are few things chosen, then all of them are found through the indexes and put in order;
are many, then the database walks the collection in order until the page is full. How many they are is counted exactly
and remembered, so that the choice is right where PostgreSQL can only guess (it takes any box for a thousandth).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from kern.geo import Kader
from kern.geo.lambert import GENK

from ..parameters import Vraag
from ..registry import Beller, Collectie
from ..stelsels import Gebied, around
from ..vormen import Soort
from .stand import Stand, remembered

KEY, MEETS = "ogc_sleutel", "ogc_raakt"
MOST = 0.5


class Sql(NamedTuple):
    """A query as text, with its values."""

    text: str
    params: tuple[Any, ...]


def as_sql(rows: QuerySet[Any]) -> Sql | None:
    """The query of these rows; None when there can be none."""
    try:
        text, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Sql(text, tuple(params))


def chosen(collectie: Collectie, beller: Beller, vraag: Vraag) -> QuerySet[Any]:
    """The things that the filters and the period ask for, wherever they lie."""
    rows: QuerySet[Any] = collectie.rijen(beller).order_by()
    for number, (row, value) in enumerate(vraag.filters):
        if isinstance(row.bron, str) or row.bron is None:
            rows = rows.filter(**{row.bron or row.naam: value})
        else:
            name = f"ogc_filter_{number}"
            rows = rows.alias(**{name: row.waarde}).filter(**{name: value})
    if vraag.periode:
        rows = rows.filter(_in_period(collectie, vraag))
    return rows


def _in_period(collectie: Collectie, vraag: Vraag) -> Q:
    time, period = collectie.tijd_eigenschap, vraag.periode
    if time is None or period is None:
        return Q()
    path = time.bron or time.naam
    if not isinstance(path, str):
        raise TypeError(f"the time of {collectie.id} is no field")
    van, tot = period.van, period.tot
    inside = Q()
    if time.soort is Soort.DAG:
        # A day is its first moment (UTC), as the feature tells it.
        if van:
            later = van.time().replace(tzinfo=None) > van.min.time()
            inside &= Q(**{f"{path}__{'gt' if later else 'gte'}": van.date()})
        if tot:
            inside &= Q(**{f"{path}__lte": tot.date()})
    else:
        if van:
            inside &= Q(**{f"{path}__gte": van})
        if tot:
            inside &= Q(**{f"{path}__lte": tot})
    return inside | Q(**{f"{path}__isnull": True})


def _key_only(rows: QuerySet[Any], collectie: Collectie, **more: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(**{KEY: F(collectie.sleutel), **more}).values_list(KEY, *more)
    return found


def _parts(collectie: Collectie, beller: Beller, vraag: Vraag) -> list[Sql]:
    """The keys of what is chosen, as queries that share no row: what lies in the area, and what lies nowhere."""
    rows = chosen(collectie, beller, vraag)
    if vraag.gebied is None:
        parts = [rows]
    else:
        parts = [rows.filter(collectie.geometrie.raakt(vraag.gebied)), rows.filter(collectie.geometrie.ontbreekt())]
    return [sql for part in parts if (sql := as_sql(_key_only(part, collectie)))]


def _all(parts: list[Sql]) -> Sql:
    return Sql(" UNION ALL ".join(part.text for part in parts), tuple(value for part in parts for value in part.params))


def count(collectie: Collectie, beller: Beller, vraag: Vraag, stand: Stand | None) -> int:
    """How many things are chosen: exact, and remembered until something changes (one query, or none)."""
    if stand is not None and (around_it := _around(collectie, vraag)):
        # Most of the city: what lies outside is less to count.
        rows = chosen(collectie, beller, vraag)
        found = [as_sql(_key_only(rows.filter(collectie.geometrie.raakt((deel,))), collectie)) for deel in around_it]
        whole = count(collectie, beller, Vraag(), stand)
        return whole - _counted([part for part in found if part], stand)
    return _counted(_parts(collectie, beller, vraag), stand)


def _around(collectie: Collectie, vraag: Vraag) -> Gebied:
    """Everything outside the box, where that can be counted instead and probably is less; else nothing."""
    if vraag.gebied is None or len(vraag.gebied) != 1 or vraag.filters or vraag.periode is not None:
        return ()
    (deel,) = vraag.gebied
    if not deel.is_box or not collectie.geometrie.is_plaats:
        return ()
    return around(deel.kader) if share_of_city(deel.kader) > MOST else ()


def share_of_city(kader: Kader) -> float:
    """How much of the city's own box lies in this one."""
    wide = min(kader.oost, GENK.oost) - max(kader.west, GENK.west)
    high = min(kader.noord, GENK.noord) - max(kader.zuid, GENK.zuid)
    whole = (GENK.oost - GENK.west) * (GENK.noord - GENK.zuid)
    return max(wide, 0) * max(high, 0) / whole


def _counted(parts: list[Sql], stand: Stand | None) -> int:
    if not parts:
        return 0

    def counted() -> int:
        sums = " + ".join(f"(SELECT count(*) FROM ({part.text}) AS deel)" for part in parts)  # noqa: S608 (compiled by Django)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sums}", _all(parts).params)
            return int(cursor.fetchone()[0])

    return remembered(("aantal", *parts), stand, counted)


def size(collectie: Collectie) -> int:
    """About how many rows the table has, as PostgreSQL keeps it: enough to choose how to look (one query)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [collectie.model._meta.db_table])
        return max(int(cursor.fetchone()[0]), 0)


FEW = 2000


def keys(collectie: Collectie, beller: Beller, vraag: Vraag, matched: int) -> Sql | None:
    """A query of the keys of one page and of one thing more, in order; `matched` are chosen in all.

    None when nothing is.
    """
    if matched == 0:
        return None
    is_all = vraag.gebied is None and not vraag.filters and vraag.periode is None
    # Finding all costs as many rows as are chosen; walking costs as many as lie between those of a page.
    page = vraag.limit + vraag.offset + 1
    if not is_all and (matched <= FEW or matched * matched <= size(collectie) * page):
        return _found(collectie, beller, vraag)
    return _walked(collectie, beller, vraag)


def _found(collectie: Collectie, beller: Beller, vraag: Vraag) -> Sql | None:
    parts = _parts(collectie, beller, vraag)
    if not parts:
        return None
    text, params = _all(parts)
    after = "" if vraag.na is None else f"WHERE {KEY} > %s "
    sql = (
        f"WITH treffers AS MATERIALIZED ({text}) "  # noqa: S608 (compiled by Django)
        f"SELECT {KEY} FROM treffers {after}ORDER BY {KEY} LIMIT %s OFFSET %s"
    )
    values = [] if vraag.na is None else [vraag.na]
    return Sql(sql, (*params, *values, vraag.limit + 1, vraag.offset))


def _walked(collectie: Collectie, beller: Beller, vraag: Vraag) -> Sql | None:
    rows = chosen(collectie, beller, vraag)
    if vraag.na is not None:
        rows = rows.filter(**{f"{collectie.sleutel}__gt": vraag.na})
    if vraag.gebied is None:
        sql = as_sql(_key_only(rows, collectie).order_by(collectie.sleutel))
        return sql and Sql(f"{sql.text} LIMIT %s OFFSET %s", (*sql.params, vraag.limit + 1, vraag.offset))
    meets = collectie.geometrie.raakt(vraag.gebied) | collectie.geometrie.ontbreekt()
    rows = _key_only(rows, collectie, **{MEETS: ExpressionWrapper(meets, output_field=BooleanField())})
    sql = as_sql(rows.order_by(collectie.sleutel))
    # The inner query stands on its own (OFFSET 0), or the planner would first look for all that lies in the box.
    return sql and Sql(
        f"SELECT {KEY} FROM ({sql.text} OFFSET 0) AS rij WHERE {MEETS} LIMIT %s OFFSET %s",  # noqa: S608
        (*sql.params, vraag.limit + 1, vraag.offset),
    )


def one(collectie: Collectie, beller: Beller, sleutel: Any) -> Sql | None:
    """A query of the key of this thing, when the caller may have it."""
    return as_sql(_key_only(collectie.rijen(beller).order_by().filter(**{collectie.sleutel: sleutel}), collectie))
