"""Rounds of screening beside each other: what each found, and what became better or worse since the round before.

A round counts what was measured in it, the last value of each criterium, judged by the norms of today: a norm that
changed moves no trend. Better and worse are told of objects that were judged in an earlier round too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL

from ..models import Campagne, Screeningsobject
from .cijfers import GOOD, UNKNOWN, Vraag, percent

NUMBERS = {
    "bezocht": "bezocht in deze ronde",
    "beoordeeld": "te beoordelen in deze ronde",
    "haalt": "haalde het niveau in deze ronde",
    "haalt_niet": "haalde het niveau niet in deze ronde",
    "blokkeert": "onmogelijk of gevaarlijk in deze ronde",
    "vergeleken": "ook beoordeeld in een ronde ervoor",
    "beter": "haalde het niveau nu wel, de ronde ervoor niet",
    "slechter": "haalde het niveau nu niet, de ronde ervoor wel",
}
WHERE = {
    "bezocht": "true",
    "beoordeeld": "beoordeeld",
    "haalt": "beoordeeld AND NOT slecht",
    "haalt_niet": "slecht",
    "blokkeert": "blok",
    "vergeleken": "beoordeeld AND vorige IS NOT NULL",
    "beter": "beoordeeld AND NOT slecht AND vorige",
    "slechter": "slecht AND NOT vorige",
}
# For each round and object what was found, and whether the round before found it bad; {groep} narrows the criteria.
FOUND = """
WITH laatste AS (
    SELECT DISTINCT ON (o.campagne_id, o.object_id, m.criterium_id)
           o.campagne_id, o.object_id, m.oordeel, m.ernst
    FROM toegankelijkheid_opname o
    LEFT JOIN toegankelijkheid_meting m ON m.opname_id = o.id {groep}
    WHERE o.campagne_id IS NOT NULL AND o.object_id IN ({inside})
    ORDER BY o.campagne_id, o.object_id, m.criterium_id, o.gemeten_op DESC, o.id DESC
), gevonden AS (
    SELECT campagne_id, object_id,
           coalesce(bool_or(oordeel = 'voldoet_niet'), false) AS slecht,
           coalesce(bool_or(oordeel = 'voldoet_niet' AND ernst = 4), false) AS blok,
           coalesce(bool_or(oordeel = 'voldoet_niet')
                    OR bool_or(oordeel = ANY(%s)) AND NOT bool_or(oordeel = ANY(%s)), false) AS beoordeeld
    FROM laatste GROUP BY campagne_id, object_id
), vergeleken AS (
    SELECT g.*, CASE WHEN beoordeeld THEN
               lag(slecht) OVER (PARTITION BY object_id, beoordeeld ORDER BY c.van, c.id) END AS vorige
    FROM gevonden g JOIN toegankelijkheid_campagne c ON c.id = g.campagne_id
)
"""


@dataclass(frozen=True)
class Ronde:
    """What one round found."""

    campagne: Campagne
    doel: int
    n: dict[str, int] = field(default_factory=dict)

    @property
    def dekking(self) -> int | None:
        """Which part of the objects of the round was visited in it."""
        return percent(min(self.n["bezocht"], self.doel), self.doel)

    @property
    def aandeel(self) -> int | None:
        """Which part of what could be judged met its level."""
        return percent(self.n["haalt"], self.n["beoordeeld"])


def _found(rows: QuerySet[Screeningsobject], vraag: Vraag) -> tuple[str, list[Any]]:
    inside, params = vraag.chosen(rows).order_by().values("pk").query.sql_with_params()
    group = ""
    before: list[Any] = []
    if vraag.groep:
        group = (
            "AND m.criterium_id IN (SELECT id FROM toegankelijkheid_criterium WHERE groepen @> ARRAY[%s]::varchar[])"
        )
        before = [vraag.groep]
    values = [*before, *params, [str(v) for v in GOOD], [str(v) for v in UNKNOWN]]
    return FOUND.format(inside=inside, groep=group), values


def rounds(rows: QuerySet[Screeningsobject], vraag: Vraag, campagnes: Iterable[Campagne]) -> list[Ronde]:
    """The rounds in which something was measured, by zone and from old to new (two queries)."""
    known = {c.pk: c for c in campagnes}
    sql, values = _found(rows, vraag)
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where in WHERE.values())
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT campagne_id, {counts} FROM vergeleken GROUP BY campagne_id", values)  # noqa: S608 (constants)
        found = {row[0]: dict(zip(WHERE, row[1:], strict=True)) for row in cursor.fetchall()}
    objects = {
        (zone, onderwerp): n
        for zone, onderwerp, n in vraag.chosen(rows).order_by().values_list("zone", "onderwerp").annotate(n=Count("pk"))
    }
    result = [
        Ronde(c, sum(objects.get((c.zone_id, onderwerp), 0) for onderwerp in c.onderwerpen), found[pk])
        for pk, c in known.items()
        if pk in found
    ]
    return sorted(result, key=lambda row: (row.campagne.zone.naam, row.campagne.van, row.campagne.pk))


def listed(rows: QuerySet[Screeningsobject], vraag: Vraag, getal: str, campagne: Campagne) -> QuerySet[Any]:
    """The objects that a number of a round counts; KeyError for a number that does not exist."""
    where = WHERE[getal]
    sql, values = _found(rows, vraag)
    inside = RawSQL(  # noqa: S611 (constants; every value is a parameter)
        f"{sql} SELECT object_id FROM vergeleken WHERE campagne_id = %s AND {where}",  # noqa: S608
        [*values, campagne.pk],
    )
    return (
        vraag.chosen(rows)
        .filter(pk__in=inside)
        .select_related("zone", "niveau", "wijk")
        .order_by("zone__naam", "straat", "pk")
    )
