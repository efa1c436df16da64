"""What lies together, found by the database: pairs that may be the same, and places where it keeps coming back.

Both look only at what came in since the last time. For each of those reports the spatial index gives its nearest
neighbours, a bounded number, so that the work grows with what is new and not with all there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from kern.geo.vormen import EARTH_RADIUS_M

from ..models import Categorie, Dubbelvoorstel, GeenDubbel, Melding, Voorstelrij
from ..states import Sluitreden, Status

SAME_METRES, SAME_DAYS = 40, 30
AGAIN_METRES, AGAIN_DAYS, AGAIN_TIMES = 30, 365, 3
NEIGHBOURS = 20
AGAIN_NEIGHBOURS = 100

# The reports that came in within the window, each with its nearest neighbours of the same category. OFFSET 0 keeps the
# innermost query one lookup in the spatial index per report: the planner does not know how few a box holds, and would
# rather go through a month of reports each time. LIMIT bounds what a crowded place can cost.
_NEAR = """
    FROM {melding} n
    JOIN {categorie} c ON c.id = n.categorie_id AND NOT c.is_gevoelig AND NOT c.is_onbekend
    CROSS JOIN LATERAL (
        SELECT o.id,
            sqrt(((o.plaats[0] - n.plaats[0]) * cos(radians(n.plaats[1])))^2 + (o.plaats[1] - n.plaats[1])^2)
                * %(degree)s AS metres
        FROM (
            SELECT id, plaats, ontvangen_op, categorie_id, status, sluitreden, hoofdmelding_id
            FROM {melding}
            WHERE plaats <@ box(
                point(n.plaats[0] - %(lat)s / cos(radians(n.plaats[1])), n.plaats[1] - %(lat)s),
                point(n.plaats[0] + %(lat)s / cos(radians(n.plaats[1])), n.plaats[1] + %(lat)s))
            OFFSET 0
        ) o
        WHERE o.categorie_id = n.categorie_id AND {other}
        ORDER BY o.plaats <-> n.plaats
        LIMIT %(limit)s
    ) o
    WHERE n.ontvangen_op > %(since)s AND n.ontvangen_op <= %(at)s AND n.plaats IS NOT NULL AND {new}
        AND o.metres <= %(metres)s
"""
_NEW_PAIRS = (
    "SELECT DISTINCT least(n.id, o.id), greatest(n.id, o.id), o.metres"  # noqa: S608 (our own tables alone)
    + _NEAR
    + """
        AND NOT EXISTS (
            SELECT 1 FROM {geen} g WHERE g.eerste_id = least(n.id, o.id) AND g.tweede_id = greatest(n.id, o.id))
    ORDER BY 3, 1, 2
"""
)
_DEGREE = EARTH_RADIUS_M * 3.141592653589793 / 180


@dataclass(frozen=True)
class Paar:
    """Two open reports of the same category that lie close together, the lowest number first."""

    eerste: int
    tweede: int
    metres: float


def new_pairs(since: datetime, at: datetime) -> list[Paar]:
    """The pairs with a report that came in within the window: open, under 40 m and 30 days apart, nearest first.

    Not those that somebody said are different, and none of a sensitive category.
    """
    other = """o.id <> n.id AND o.status <> %(closed)s
        AND o.ontvangen_op BETWEEN n.ontvangen_op - %(days)s AND n.ontvangen_op + %(days)s"""
    rows = _run(_NEW_PAIRS, other, "n.status <> %(closed)s", since, at, SAME_METRES, SAME_DAYS, NEIGHBOURS)
    return [Paar(first, second, metres) for first, second, metres in rows]


def kept_coming(since: datetime, at: datetime) -> dict[int, list[int]]:
    """Per report that came in within the window and had two like it within 30 m and 12 months: all of them, by number.

    Main reports only: what was merged, called a duplicate or taken back by its reporter is not counted beside them.
    """
    sql = (
        "SELECT n.id, array_agg(o.id ORDER BY o.id)"
        + _NEAR
        + " GROUP BY n.id HAVING count(*) >= %(times)s ORDER BY n.id"
    )
    counted = "{row}.hoofdmelding_id IS NULL AND {row}.sluitreden NOT IN (%(double)s, %(withdrawn)s)"
    other = counted.format(row="o") + " AND o.ontvangen_op > n.ontvangen_op - %(days)s AND o.ontvangen_op <= %(at)s"
    rows = _run(sql, other, counted.format(row="n"), since, at, AGAIN_METRES, AGAIN_DAYS, AGAIN_NEIGHBOURS)
    return dict(rows)


def _run(
    sql: str, other: str, new: str, since: datetime, at: datetime, metres: float, days: int, limit: int
) -> list[tuple[Any, ...]]:
    tables = {
        "melding": Melding._meta.db_table,
        "categorie": Categorie._meta.db_table,
        "geen": GeenDubbel._meta.db_table,
    }
    names = {key: connection.ops.quote_name(table) for key, table in tables.items()}
    parameters: dict[str, Any] = {
        "degree": _DEGREE,
        "lat": metres / _DEGREE,
        "metres": metres,
        "days": timedelta(days=days),
        "limit": limit,
        "since": since,
        "at": at,
        "closed": Status.AFGESLOTEN.value,
        "double": Sluitreden.DUBBEL.value,
        "withdrawn": Sluitreden.INGETROKKEN.value,
        "times": AGAIN_TIMES,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**names, other=other, new=new), parameters)
        return list(cursor.fetchall())


def proposals_of(meldingen: Iterable[int]) -> Mapping[int, Dubbelvoorstel]:
    """The open proposal that each of these reports is in, if any (one query)."""
    rows = Voorstelrij.objects.filter(melding__in=list(meldingen), is_open=True).select_related("voorstel")
    return {row.melding_id: row.voorstel for row in rows}
