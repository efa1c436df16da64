"""What a property or a place becomes in the SQL of a page: its JSON, and whether it lies in an area."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    F,
    FloatField,
    Func,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    TextField,
)
from django.db.models.sql.compiler import SQLCompiler

from .stelsels import Deel, Gebied

SCALE = 1_000_000  # PostgreSQL calls two numbers of a polygon the same within 0.000001: too coarse for degrees


class Soort(StrEnum):
    """What kind of value a property holds."""

    TEKST = "tekst"
    GEHEEL = "geheel getal"
    GETAL = "getal"
    JANEE = "ja of nee"
    DAG = "dag"
    MOMENT = "moment"


_JSON = {
    Soort.TEKST: "coalesce(to_json((%(expressions)s)::text)::text, 'null')",
    Soort.GEHEEL: "coalesce((%(expressions)s)::bigint::text, 'null')",
    Soort.GETAL: "coalesce(to_json((%(expressions)s)::float8)::text, 'null')",
    Soort.JANEE: "coalesce((%(expressions)s)::boolean::text, 'null')",
    Soort.DAG: "coalesce(to_json((%(expressions)s)::date)::text, 'null')",
    Soort.MOMENT: "coalesce(left(to_json(timezone('UTC', %(expressions)s))::text, -1) || 'Z\"', 'null')",
}
_DAY_AS_MOMENT = "coalesce(left(to_json((%(expressions)s)::date)::text, -1) || 'T00:00:00Z\"', 'null')"


def as_json(value: Any, soort: Soort, *, is_time: bool = False) -> Func:
    """A value as JSON text, never NULL. A day that is the time of a collection is its first moment (UTC)."""
    template = _DAY_AS_MOMENT if is_time and soort is Soort.DAG else _JSON[soort]
    return Func(value, template=template, output_field=TextField())


class Aaneen(Expression):
    """Pieces of text one after the other: what is fixed, and expressions that are never NULL."""

    output_field = TextField()

    def __init__(self, *pieces: str | Expression) -> None:
        super().__init__(output_field=TextField())
        self.pieces = list(pieces)

    def get_source_expressions(self) -> list[Any]:
        return [piece for piece in self.pieces if not isinstance(piece, str)]

    def set_source_expressions(self, exprs: Iterable[Any]) -> None:
        rest = iter(exprs)
        self.pieces = [piece if isinstance(piece, str) else next(rest) for piece in self.pieces]

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        parts, params = [], []
        for piece in self.pieces:
            if isinstance(piece, str):
                parts.append("'" + piece.replace("'", "''").replace("%", "%%") + "'")
            else:
                sql, found = compiler.compile(piece)
                parts.append(sql)
                params += found
        return f"({' || '.join(parts)})", params


class Geometrie(ABC):
    """Where the things of a collection are."""

    soort: str
    """Its name in GeoJSON and in a GeoPackage."""
    verplicht = False
    """Whether each thing has one."""
    is_plaats = False
    """Whether it is one exact point, that lies in a box or outside it."""

    @abstractmethod
    def geojson(self) -> Expression:
        """The geometry as GeoJSON text in WGS84; the text `null` when there is none."""

    @abstractmethod
    def raakt(self, gebied: Gebied) -> Q:
        """The things of which the geometry meets the area; those without one are not among them."""

    @abstractmethod
    def ontbreekt(self) -> Q:
        """The things without a geometry."""

    @abstractmethod
    def uiteinden(self) -> dict[str, Any]:
        """Aggregates `west`, `zuid`, `oost` and `noord` that enclose every geometry."""


class _InDeel(Func):
    """Whether a point lies in a part of an area: by its index in the box, then exactly between the sides."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, punt: Any, deel: Deel, decimalen: int | None = None) -> None:
        self.deel, self.decimalen = deel, decimalen
        super().__init__(punt)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, _none = compiler.compile(self.source_expressions[0])
        deel, margin = self.deel, 0.0
        lon, lat = f"({column})[0]", f"({column})[1]"
        tests = []
        if self.decimalen is not None:
            margin = 10.0**-self.decimalen
            lon, lat = (rounded(number, self.decimalen) for number in (lon, lat))
        box = f"{column} <@ {_box(deel.kader, margin)}"
        if margin:
            tests.append(f"point({lon}, {lat}) <@ {_box(deel.kader)}")
        for rand, variable, other, sign in (
            (deel.west, lat, lon, ">="),
            (deel.zuid, lon, lat, ">="),
            (deel.oost, lat, lon, "<="),
            (deel.noord, lon, lat, "<="),
        ):
            if rand is not None:
                tests.append(f"{other} {sign} {rand.sql(variable)}")
        return " AND ".join((box, *tests)), []


def rounded(number: str, decimals: int) -> str:
    return f"round({number} * 1e{decimals}) / 1e{decimals}"


def _box(kader: Any, margin: float = 0.0) -> str:
    w, s, e, n = kader
    return f"box(point({w - margin!r}, {s - margin!r}), point({e + margin!r}, {n + margin!r}))"


class Plaats(Geometrie):
    """A point column (`PuntField`), shown as it is or rounded to so many decimals for everybody."""

    soort = "Point"

    def __init__(self, veld: str = "plaats", *, decimalen: int | None = None, verplicht: bool = False) -> None:
        self.veld, self.decimalen, self.verplicht = veld, decimalen, verplicht
        self.is_plaats = decimalen is None

    def _coordinates(self) -> tuple[str, str]:
        numbers = ("(%(expressions)s)[0]", "(%(expressions)s)[1]")
        if self.decimalen is None:
            return numbers
        lon, lat = (f"({rounded(number, self.decimalen)})" for number in numbers)
        return lon, lat

    def geojson(self) -> Expression:
        lon, lat = self._coordinates()
        template = f"""coalesce('{{"type":"Point","coordinates":[' || {lon} || ',' || {lat} || ']}}', 'null')"""
        return Func(F(self.veld), template=template, output_field=TextField())

    def raakt(self, gebied: Gebied) -> Q:
        found = Q()
        for deel in gebied:
            found |= Q(_InDeel(F(self.veld), deel, self.decimalen))
        return found if gebied else Q(pk__in=[])

    def ontbreekt(self) -> Q:
        return Q(pk__in=[]) if self.verplicht else Q(**{f"{self.veld}__isnull": True})

    def uiteinden(self) -> dict[str, Any]:
        lon, lat = (Func(F(self.veld), template=number, output_field=FloatField()) for number in self._coordinates())
        return {"west": Min(lon), "zuid": Min(lat), "oost": Max(lon), "noord": Max(lat)}


class _Raakt(Func):
    """Whether an outline (`polygon`) meets a part of an area, exactly."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, ring: Any, deel: Deel, operator: str = "&&") -> None:
        self.deel, self.operator = deel, operator
        super().__init__(ring)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, _none = compiler.compile(self.source_expressions[0])
        points = ",".join(f"({lon * SCALE!r},{lat * SCALE!r})" for lon, lat in self.deel.ring())
        scaled = f"polygon(path({column}) * point({SCALE}, 0))"
        # The index knows the box around an outline; what it finds is looked at exactly.
        near = f"box({column}) && {_box(self.deel.kader)}"
        return f"({near} AND {scaled} {self.operator} polygon '({points})')", []


def ring_json(ring: Any, *, counter_clockwise: bool = True) -> Func:
    """A `polygon` as the coordinates of a closed GeoJSON ring, turned the right way."""
    turned = "true" if counter_clockwise else "false"
    return Func(ring, template=f"ogc_ring(%(expressions)s, {turned})", output_field=TextField())


def _ring_box(ring: Any, polygon: str = "%(expressions)s") -> dict[str, Any]:
    corners = {"west": "low", "zuid": "low", "oost": "high", "noord": "high"}

    def number(side: str) -> Func:
        axis = 0 if side in ("west", "oost") else 1
        corner = 1 if corners[side] == "low" else 0
        return Func(ring, template=f"((box({polygon}))[{corner}])[{axis}]", output_field=FloatField())

    return {side: (Min if corners[side] == "low" else Max)(number(side)) for side in corners}


class Omtrek(Geometrie):
    """An outline in one ring (`VeelhoekField`)."""

    soort = "Polygon"

    def __init__(self, veld: str = "omtrek", *, verplicht: bool = False) -> None:
        self.veld, self.verplicht = veld, verplicht

    def geojson(self) -> Expression:
        template = (
            """coalesce('{"type":"Polygon","coordinates":[' || ogc_ring(%(expressions)s, true) || ']}', 'null')"""
        )
        return Func(F(self.veld), template=template, output_field=TextField())

    def raakt(self, gebied: Gebied) -> Q:
        found = Q()
        for deel in gebied:
            found |= Q(_Raakt(F(self.veld), deel))
        return found if gebied else Q(pk__in=[])

    def ontbreekt(self) -> Q:
        return Q(pk__in=[]) if self.verplicht else Q(**{f"{self.veld}__isnull": True})

    def uiteinden(self) -> dict[str, Any]:
        return _ring_box(F(self.veld))


class _LijnRaakt(Func):
    """Whether a line (`path`) meets a part of an area: it crosses its border, or lies in it whole."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, lijn: Any, deel: Deel) -> None:
        self.deel = deel
        super().__init__(lijn)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, _none = compiler.compile(self.source_expressions[0])
        points = ",".join(f"({lon * SCALE!r},{lat * SCALE!r})" for lon, lat in self.deel.ring())
        line = f"({column} * point({SCALE}, 0))"
        near = f"box(polygon(pclose({column}))) && {_box(self.deel.kader)}"
        return f"({near} AND ({line} ?# path '({points})' OR polygon(pclose({line})) <@ polygon '({points})'))", []


class Lijn(Geometrie):
    """A line column (`LijnField`)."""

    soort = "LineString"

    def __init__(self, veld: str = "lijn", *, verplicht: bool = False) -> None:
        self.veld, self.verplicht = veld, verplicht

    def geojson(self) -> Expression:
        # The text of a path is a list of pairs already, with other brackets.
        pairs = "translate((%(expressions)s)::text, '()', '[]')"
        template = f"""coalesce('{{"type":"LineString","coordinates":' || {pairs} || '}}', 'null')"""
        return Func(F(self.veld), template=template, output_field=TextField())

    def raakt(self, gebied: Gebied) -> Q:
        found = Q()
        for deel in gebied:
            found |= Q(_LijnRaakt(F(self.veld), deel))
        return found if gebied else Q(pk__in=[])

    def ontbreekt(self) -> Q:
        return Q(pk__in=[]) if self.verplicht else Q(**{f"{self.veld}__isnull": True})

    def uiteinden(self) -> dict[str, Any]:
        return _ring_box(F(self.veld), "polygon(pclose(%(expressions)s))")


class _Within(Func):
    """Whether the first outline lies in the second."""

    template, arg_joiner, output_field, conditional = "(%(expressions)s)", " <@ ", BooleanField(), True


class Ringen(Geometrie):
    """An outline in rows of another table: parts, and holes in them. Always a MultiPolygon."""

    soort = "MultiPolygon"

    def __init__(self, model: type[Model], naar: str, *, naam: str, ring: str = "ring", gat: str = "is_gat") -> None:
        """`naar`: the foreign key of the ring; `naam`: the rings as seen from the thing."""
        self.model, self.naar, self.naam, self.ring, self.gat = model, naar, naam, ring, gat

    def geojson(self) -> Expression:
        meta = self.model._meta
        table, key = meta.db_table, meta.get_field(self.naar).column
        ring, hole = (meta.get_field(name).column for name in (self.ring, self.gat))
        template = f"""coalesce((
            SELECT '{{"type":"MultiPolygon","coordinates":[' || string_agg(
                '[' || ogc_ring(deel."{ring}", true) || coalesce((
                    SELECT string_agg(',' || ogc_ring(gat."{ring}", false), '' ORDER BY gat.id)
                    FROM "{table}" AS gat
                    WHERE gat."{key}" = deel."{key}" AND gat."{hole}" AND gat."{ring}" <@ deel."{ring}"
                ), '') || ']', ',' ORDER BY deel.id) || ']}}'
            FROM "{table}" AS deel WHERE deel."{key}" = %(expressions)s AND NOT deel."{hole}"
        ), 'null')"""  # noqa: S608 (our own names)
        return Func(F("pk"), template=template, output_field=TextField())

    def _rings(self, **fields: Any) -> Any:
        return self.model._base_manager.filter(**{self.naar: OuterRef("pk")}, **fields)

    def raakt(self, gebied: Gebied) -> Q:
        found = Q()
        for deel in gebied:
            hole_around = self.model._base_manager.filter(
                _Raakt(F(self.ring), deel, "@>"),
                _Within(F(self.ring), OuterRef(self.ring)),
                **{self.naar: OuterRef(self.naar), self.gat: True},
            )
            found |= Q(
                Exists(self._rings(**{self.gat: False}).filter(_Raakt(F(self.ring), deel), ~Exists(hole_around)))
            )
        return found if gebied else Q(pk__in=[])

    def ontbreekt(self) -> Q:
        return ~Q(Exists(self._rings(**{self.gat: False})))

    def uiteinden(self) -> dict[str, Any]:
        return _ring_box(F(f"{self.naam}__{self.ring}"))


def feature(sleutel: str, geometrie: Geometrie, values: Sequence[tuple[str, Any]]) -> Aaneen:
    """One thing as the text of a GeoJSON feature; `values` are names with their JSON."""
    pieces: list[str | Expression] = ['{"type":"Feature","id":', as_id(sleutel), ',"geometry":', geometrie.geojson()]
    between = ',"properties":{'
    for name, value in values:
        pieces += [f"{between}{json.dumps(name)}:", value]
        between = ","
    return Aaneen(*pieces, "}}" if values else ',"properties":{}}')


def as_id(sleutel: str) -> Func:
    return Func(F(sleutel), template="to_json(%(expressions)s)::text", output_field=TextField())
