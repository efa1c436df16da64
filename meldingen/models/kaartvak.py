"""How many reports lie where: counted by the database as they change, so that a map reads cells, not rows."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import connection, models
from django.db.models import Q
from psycopg2 import sql

from wijken.models import Team, Wijk
from wijken.queries import Bereik

from ..states import Status
from .categorie import Categorie

CELL_PIXELS, TILE_PIXELS = 96, 256
# A cell is as wide as it is high on the screen: degrees of latitude are longer here.
HEIGHT = 0.63
# The zooms whose grids are kept; a map between two of them is drawn from the finer one.
LEVELS = (13, 15, 17)
# Reports without a place: they lie in no cell, and are counted all the same.
NOWHERE = 0


def cell_size(zoom: float) -> float:
    """The side of a cell in degrees of longitude: 96 pixels on the screen."""
    return 360 / 2**zoom * CELL_PIXELS / TILE_PIXELS


def of_team_or_wijk(user: Any, reach: Bereik, prefix: str = "", near: Q | None = None) -> Q:
    """What this member of staff, no administrator, may see without being the handler; for reports and for cells.

    `prefix` leads to the report from what belongs to it; `near` says what else shows one that is not sensitive.
    """
    from kern.gebruikers.models import Rol

    def on(**fields: Any) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in fields.items()})

    around = on(wijk__in=reach.wijk_ids)
    if near is not None:
        around |= near
    if reach.is_meldpunt:
        around |= on(team__isnull=True) | on(status=Status.NIEUW)
    if user.has_role(Rol.LEZER):
        around = Q()
    return on(team__in=reach.team_ids) | (around & on(categorie__is_gevoelig=False))


class KaartvakQuerySet(models.QuerySet["Kaartvak"]):
    def open(self) -> KaartvakQuerySet:
        return self.exclude(status=Status.AFGESLOTEN)

    def visible_to(self, user: Any, reach: Bereik) -> KaartvakQuerySet:
        """The cells of what this member of staff may see by team or wijk: never more than the reports.

        Left out are those that one sees as the handler, or by a sub-task of the team, alone.
        """
        from kern.gebruikers.models import Rol

        if not user.is_active or not user.rollen:
            return self.none()
        return self.all() if user.has_role(Rol.BEHEERDER) else self.filter(of_team_or_wijk(user, reach))

    def public(self) -> KaartvakQuerySet:
        """Of the reports that staff released, never those of a sensitive category."""
        return self.filter(openbaar=True, categorie__is_gevoelig=False)


class Kaartvak(models.Model):
    """So many reports of one kind came into a cell of the map, or left it; their sum is how many lie there now.

    Written by triggers on `Melding` alone. A change only adds rows: two people who change reports in the same cell
    never wait for each other. `fold` puts the rows of a cell together again.
    """

    niveau = models.PositiveSmallIntegerField("niveau")
    x = models.IntegerField("kolom")
    y = models.IntegerField("rij")
    categorie = models.ForeignKey(Categorie, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    wijk = models.ForeignKey(Wijk, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+")
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+")
    status = models.CharField("status", max_length=20, choices=Status)
    openbaar = models.BooleanField("openbaar")
    aantal = models.IntegerField("aantal")
    som_lon = models.FloatField("som van de lengtegraden")
    som_lat = models.FloatField("som van de breedtegraden")
    som_nummer = models.BigIntegerField("som van de nummers", help_text="Bij één melding is dat haar nummer.")
    is_los = models.BooleanField("nog niet samengevoegd", db_default=True, default=True)

    objects = KaartvakQuerySet.as_manager()

    class Meta:
        verbose_name = "vak van de kaart"
        verbose_name_plural = "vakken van de kaart"
        indexes = [
            models.Index(fields=["niveau", "x", "y"], name="kaartvak_place"),
            models.Index(fields=["niveau", "x", "y"], name="kaartvak_open", condition=~Q(status=Status.AFGESLOTEN)),
            models.Index(fields=["niveau", "x", "y"], name="kaartvak_loose", condition=Q(is_los=True)),
        ]

    def __str__(self) -> str:
        return f"{self.aantal} in {self.niveau}/{self.x}/{self.y}"


_LEVELS = ", ".join(f"({level}, {cell_size(level)!r}::float8)" for level in (NOWHERE, *LEVELS))
_GRID = f"(VALUES {_LEVELS}) AS l (niveau, zijde) WHERE (m.plaats IS NOT NULL) = (l.niveau <> {NOWHERE})"
_CELL = (
    "l.niveau, coalesce(floor(m.plaats[0] / l.zijde)::int, 0) AS x, "
    f"coalesce(floor(m.plaats[1] / (l.zijde * {HEIGHT}))::int, 0) AS y, "
    "m.categorie_id, m.wijk_id, m.team_id, m.status, m.openbaar"
)
_KEY = "niveau, x, y, categorie_id, wijk_id, team_id, status, openbaar"
_SUMS = "aantal, som_lon, som_lat, som_nummer"


def _counted(parts: str) -> str:
    """Add the sums of these rows (`m`, with `teken` 1 or -1) to the cells they lie in, on every level."""
    return f"""
        INSERT INTO meldingen_kaartvak ({_KEY}, {_SUMS})
        SELECT * FROM (
            SELECT {_CELL}, sum(m.teken) AS aantal, coalesce(sum(m.teken * m.plaats[0]), 0),
                coalesce(sum(m.teken * m.plaats[1]), 0), sum(m.teken * m.id) AS nummers
            FROM ({parts}) AS m CROSS JOIN {_GRID}
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ) AS som WHERE som.aantal <> 0 OR som.nummers <> 0;
        RETURN NULL;
    """  # noqa: S608 (our own words)


_FIELDS = ("id", "plaats", "categorie_id", "wijk_id", "team_id", "status", "openbaar")


def _side(side: str, sign: int) -> str:
    """The reports of one side of an update that moved to another cell or became of another kind."""
    fields = ", ".join(f"{side}.{name}" for name in _FIELDS)
    # A point has no equality of its own.
    compared = ("oud.plaats::text", *(f"oud.{name}" for name in _FIELDS[2:]))
    same = " AND ".join(f"{old} IS NOT DISTINCT FROM {old.replace('oud', 'nieuw')}" for old in compared)
    return f"SELECT {fields}, {sign} AS teken FROM nieuw JOIN oud USING (id) WHERE NOT ({same})"  # noqa: S608


def triggers() -> list[pgtrigger.Trigger]:
    """The triggers on `Melding` that keep the cells: once per statement, however many reports it changes."""

    def trigger(name: str, operation: Any, parts: str, **referencing: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"kaartvak_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**referencing),
            func=_counted(parts),
        )

    fields = ", ".join(_FIELDS)
    return [
        trigger("insert", pgtrigger.Insert, f"SELECT {fields}, 1 AS teken FROM nieuw", new="nieuw"),  # noqa: S608
        trigger("delete", pgtrigger.Delete, f"SELECT {fields}, -1 AS teken FROM oud", old="oud"),  # noqa: S608
        trigger(
            "update", pgtrigger.Update, f"{_side('oud', -1)} UNION ALL {_side('nieuw', 1)}", old="oud", new="nieuw"
        ),
    ]


COUNT_ALL = f"""
    INSERT INTO meldingen_kaartvak ({_KEY}, {_SUMS}, is_los)
    SELECT {_CELL}, count(*), coalesce(sum(m.plaats[0]), 0), coalesce(sum(m.plaats[1]), 0), sum(m.id), false
    FROM meldingen_melding AS m CROSS JOIN {_GRID}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 (our own words)

_FOLD = sql.SQL(
    """
    WITH weg AS (
        DELETE FROM meldingen_kaartvak AS vak
        USING (SELECT DISTINCT niveau, x, y FROM meldingen_kaartvak WHERE is_los ORDER BY 1, 2, 3 LIMIT %s) AS los
        WHERE vak.niveau = los.niveau AND vak.x = los.x AND vak.y = los.y
        RETURNING vak.*
    )
    INSERT INTO meldingen_kaartvak ({key}, {sums}, is_los)
    SELECT {key}, sum(aantal), sum(som_lon), sum(som_lat), sum(som_nummer), false
    FROM weg GROUP BY {key} HAVING sum(aantal) <> 0
    """
).format(key=sql.SQL(_KEY), sums=sql.SQL(_SUMS))


def fold(limit: int) -> int:
    """Put the loose rows of at most so many cells together (one statement); how many rows there are of them now.

    Who reads meanwhile sees the cells as before or after, never both; what is added meanwhile stays for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [limit])
        return int(cursor.rowcount)
