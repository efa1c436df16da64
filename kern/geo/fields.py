"""Model fields on Postgres' own `point` and `polygon`, and the lookups that use their GiST indexes."""

from __future__ import annotations

from math import floor
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, Value
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

from .vormen import EARTH_RADIUS_M, Kader, Punt, Ring, parse_punt, parse_ring


class PuntField(models.Field):
    """A place (`Punt`, WGS84) in a Postgres `point` column.

    Postgres has no equality for points: filter with `binnen_kader`, `binnen_ring` or `within()`.
    """

    description = _("plaats (lengte- en breedtegraad)")

    def db_type(self, connection: Any) -> str:
        return "point"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Punt | None:
        return None if value is None else parse_punt(value)

    def to_python(self, value: Any) -> Punt | None:
        if value in (None, ""):
            return None
        if isinstance(value, Punt):
            return value
        try:
            return parse_punt(value) if isinstance(value, str) else Punt(*map(float, value))
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Dit is geen geldige plaats.")) from error

    def get_prep_value(self, value: Any) -> str | None:
        punt = self.to_python(value)
        return None if punt is None else str(punt)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        from .forms import PlaatsField

        return super().formfield(**{"form_class": PlaatsField, **kwargs})


class VeelhoekField(models.Field):
    """One ring (`Ring`) in a Postgres `polygon` column. Holes and parts are rows of their own."""

    description = _("omtrek")

    def db_type(self, connection: Any) -> str:
        return "polygon"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Ring | None:
        return None if value is None else parse_ring(value)

    def to_python(self, value: Any) -> Ring | None:
        if value in (None, ""):
            return None
        if isinstance(value, str):
            return parse_ring(value)
        return tuple(Punt(*map(float, p)) for p in value)

    def get_prep_value(self, value: Any) -> str | None:
        ring = self.to_python(value)
        return None if ring is None else "(" + ",".join(map(str, ring)) + ")"

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        from .forms import OmtrekField

        return super().formfield(**{"form_class": OmtrekField, **kwargs})


class LijnField(models.Field):
    """A line (`Ring`, in order and open) in a Postgres `path` column.

    Postgres compares paths by their number of points alone and has no index on them: keep a `plaats` beside it.
    """

    description = _("lijn")

    def db_type(self, connection: Any) -> str:
        return "path"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Ring | None:
        return None if value is None else parse_ring(value)

    def to_python(self, value: Any) -> Ring | None:
        if value in (None, "", ()):
            return None
        if isinstance(value, str):
            return parse_ring(value)
        return tuple(Punt(*map(float, p)) for p in value)

    def get_prep_value(self, value: Any) -> str | None:
        line = self.to_python(value)
        return None if line is None else "[" + ",".join(map(str, line)) + "]"

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        from .forms import LijnField as LijnFormField

        return super().formfield(**{"form_class": LijnFormField, **kwargs})


@PuntField.register_lookup
class BinnenKader(Lookup):
    """`plaats__binnen_kader=Kader(w, z, o, n)`: inside the box, borders included."""

    lookup_name = "binnen_kader"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        kader = Kader(*self.rhs)
        corners = [kader.west, kader.zuid, kader.oost, kader.noord]
        return f"{lhs} <@ box(point(%s, %s), point(%s, %s))", [*params, *corners]


@PuntField.register_lookup
class BinnenRing(Lookup):
    """`plaats__binnen_ring=ring`: inside the outline."""

    lookup_name = "binnen_ring"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        ring = self.rhs
        if hasattr(ring, "as_sql"):
            sql, rhs_params = compiler.compile(ring)
            return f"{lhs} <@ {sql}", [*params, *rhs_params]
        return f"{lhs} <@ %s::polygon", [*params, VeelhoekField().get_prep_value(ring)]


@VeelhoekField.register_lookup
class BevatPunt(Lookup):
    """`ring__bevat=punt`: the outline holds the place."""

    lookup_name = "bevat"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        if hasattr(self.rhs, "as_sql"):
            sql, rhs_params = compiler.compile(self.rhs)
            return f"{lhs} @> {sql}", [*params, *rhs_params]
        return f"{lhs} @> point(%s, %s)", [*params, *Punt(*self.rhs)]


class AfstandTot(Func):
    """Metres from a point column to a place, flat-earth within a city (error under 0.1 % at 20 km)."""

    output_field = models.FloatField()
    template = "sqrt(((%(expressions)s)[0] - %(lon)s)^2 * %(kx)s + ((%(expressions)s)[1] - %(lat)s)^2 * %(ky)s)"

    def __init__(self, expression: Any, punt: Punt, **extra: Any) -> None:
        import math

        metres_per_degree = math.radians(1) * EARTH_RADIUS_M
        super().__init__(
            expression,
            lon=repr(float(punt.lon)),
            lat=repr(float(punt.lat)),
            kx=repr((metres_per_degree * math.cos(math.radians(punt.lat))) ** 2),
            ky=repr(metres_per_degree**2),
            **extra,
        )


HOEK_LON, HOEK_LAT = 0.004, 0.0025
_ROWS = 100_000


class Hoek(Func):
    """The number of the corner of the world that a place lies in: some 280 metres square in Genk.

    Together with a moment in one B-tree it finds what is near and recent, which no index of points alone can.
    """

    output_field = models.BigIntegerField()
    template = (
        f"(floor((%(expressions)s)[0] / {HOEK_LON})::bigint * {_ROWS}"
        f" + floor((%(expressions)s)[1] / {HOEK_LAT})::bigint)"
    )


def hoeken(kader: Kader) -> list[int]:
    """The corners that a box lies in, as `Hoek` numbers them."""
    columns = range(floor(kader.west / HOEK_LON), floor(kader.oost / HOEK_LON) + 1)
    rows = range(floor(kader.zuid / HOEK_LAT), floor(kader.noord / HOEK_LAT) + 1)
    return [column * _ROWS + row for column in columns for row in rows]


def within(queryset: models.QuerySet[Any], punt: Punt, metres: float, field: str = "plaats") -> models.QuerySet[Any]:
    """The rows within `metres` of the place, nearest first, each with `afstand` in metres.

    The box uses the GiST index; the exact distance decides among what is in it.
    """
    return (
        queryset.filter(**{f"{field}__binnen_kader": Kader.around(punt, metres)})
        .annotate(afstand=AfstandTot(field, punt))
        .filter(afstand__lte=Value(float(metres)))
        .order_by("afstand", "pk")
    )
