"""How much was screened and how much meets its level. Each number is a set of objects, so each number has its list.

A share is of what could be judged, and always stands beside what was screened: nobody knows of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, DateField, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Kwaliteitsniveau, Meting, Screeningsobject, Woonzorgzone
from ..rules.woorden import Ernst, Groep, Onderwerp, Oordeel

NONE = "geen"
PER = {
    "zone": gettext_lazy("woonzorgzone"),
    "onderwerp": gettext_lazy("onderwerp"),
    "niveau": gettext_lazy("kwaliteitsniveau"),
    "groep": gettext_lazy("gebruikersgroep"),
    "ronde": gettext_lazy("ronde"),
}
GOOD = (Oordeel.VOLDOET, Oordeel.AANDACHTSPUNT)
UNKNOWN = (Oordeel.ONVOLLEDIG, Oordeel.NIET_MEETBAAR)
# What each number counts.
NUMBERS = {
    "objecten": "alle objecten",
    "gescreend": "gescreend",
    "niet_gescreend": "niet gescreend",
    "beoordeeld": "te beoordelen",
    "haalt": "haalt het niveau",
    "onder_streef": "mag, maar onder de streefwaarde",
    "haalt_niet": "haalt het niveau niet",
    "blokkeert": "onmogelijk of gevaarlijk",
    "onbeslist": "gescreend, nog niet te beoordelen",
    "opnieuw": "opnieuw te meten",
}


def conditions(on: date) -> dict[str, Q]:
    """Which objects each number counts, by the verdict on the whole object."""
    seen, judged = Q(gescreend_op__isnull=False), Q(oordeel__in=[*GOOD, Oordeel.VOLDOET_NIET])
    return {
        "objecten": Q(),
        "gescreend": seen,
        "niet_gescreend": Q(gescreend_op__isnull=True),
        "beoordeeld": judged,
        "haalt": Q(oordeel__in=GOOD),
        "onder_streef": Q(oordeel=Oordeel.AANDACHTSPUNT),
        "haalt_niet": Q(oordeel=Oordeel.VOLDOET_NIET),
        "blokkeert": Q(oordeel=Oordeel.VOLDOET_NIET, ernst=Ernst.ONMOGELIJK),
        "onbeslist": seen & ~judged,
        "opnieuw": Q(hercontrole_op__lte=on),
    }


def for_group() -> dict[str, Q]:
    """The same for one group, by the criteria that concern it alone; for objects from `with_group`."""
    judged = Q(g_slecht=True) | Q(g_goed=True, g_open=False)
    return {
        "objecten": Q(),
        "gescreend": Q(g_gemeten=True),
        "niet_gescreend": Q(g_gemeten=False),
        "beoordeeld": judged,
        "haalt": Q(g_goed=True, g_open=False, g_slecht=False),
        "onder_streef": Q(g_streef=True, g_open=False, g_slecht=False),
        "haalt_niet": Q(g_slecht=True),
        "blokkeert": Q(g_blok=True),
        "onbeslist": Q(g_gemeten=True) & ~judged,
        "opnieuw": Q(g_opnieuw=True),
    }


def with_group(rows: QuerySet[Screeningsobject], groep: str, on: date) -> QuerySet[Any]:
    """The objects with what the measurements that concern this group say."""
    own = Meting.objects.current().filter(object=OuterRef("pk"), criterium__groepen__contains=[groep])
    return rows.annotate(
        g_gemeten=Exists(own.exclude(oordeel=Oordeel.GEEN_NORM)),
        g_goed=Exists(own.filter(oordeel__in=GOOD)),
        g_streef=Exists(own.filter(oordeel=Oordeel.AANDACHTSPUNT)),
        g_open=Exists(own.filter(oordeel__in=UNKNOWN)),
        g_slecht=Exists(own.filter(oordeel=Oordeel.VOLDOET_NIET)),
        g_blok=Exists(own.filter(oordeel=Oordeel.VOLDOET_NIET, ernst=Ernst.ONMOGELIJK)),
        g_opnieuw=Exists(own.filter(hercontrole_op__lte=on)),
    )


@dataclass(frozen=True)
class Vraag:
    """What is asked: one zone, subject or group, or all of them."""

    per: str = "zone"
    zone: str = ""
    onderwerp: str = ""
    groep: str = ""

    def chosen(self, rows: QuerySet[Screeningsobject]) -> QuerySet[Screeningsobject]:
        """The objects that exist, of the zone and subject that are asked."""
        found = rows.filter(is_actief=True)
        if self.zone:
            found = found.filter(zone__isnull=True) if self.zone == NONE else found.filter(zone__slug=self.zone)
        return found.filter(onderwerp=self.onderwerp) if self.onderwerp else found


@dataclass(frozen=True)
class Rij:
    """The numbers of one zone, subject, level or group."""

    sleutel: str
    naam: str
    n: dict[str, int]
    eerste: date | None = None
    midden: date | None = None
    laatste: date | None = None

    @property
    def dekking(self) -> int | None:
        """Which part was screened, in whole percents and never rounded up; None without any object."""
        return percent(self.n["gescreend"], self.n["objecten"])

    @property
    def aandeel(self) -> int | None:
        """Which part of what could be judged meets its level; None when nothing could."""
        return percent(self.n["haalt"], self.n["beoordeeld"])


def percent(part: int, whole: int) -> int | None:
    """Whole percents, never rounded up: 100 is all of them."""
    return 100 * part // whole if whole else None


class Mediaan(Aggregate):
    """The day in the middle."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DateField()


def _numbered(rows: QuerySet[Screeningsobject], vraag: Vraag, on: date) -> tuple[QuerySet[Any], dict[str, Q]]:
    chosen = vraag.chosen(rows)
    if vraag.groep:
        return with_group(chosen, vraag.groep, on), for_group()
    return chosen, conditions(on)


def _counts(where: dict[str, Q]) -> dict[str, Any]:
    numbers = {f"n_{name}": Count("pk", filter=condition or None) for name, condition in where.items()}
    return numbers | {
        "eerste": Min("gescreend_op"),
        "midden": Mediaan("gescreend_op"),
        "laatste": Max("gescreend_op"),
    }


def _row(sleutel: str, naam: str, found: dict[str, Any]) -> Rij:
    n = {name: found[f"n_{name}"] for name in NUMBERS}
    return Rij(sleutel, naam, n, found["eerste"], found["midden"], found["laatste"])


def total(rows: QuerySet[Screeningsobject], vraag: Vraag, on: date) -> Rij:
    """Everything that is asked, together (one query)."""
    found, where = _numbered(rows, vraag, on)
    return _row("", "", found.aggregate(**_counts(where)))


def table(
    rows: QuerySet[Screeningsobject], vraag: Vraag, on: date, zones: Iterable[Woonzorgzone], per: str = ""
) -> list[Rij]:
    """A row for each zone, subject, level or group that has objects (one query, two for levels)."""
    per = per or vraag.per
    if per == "groep":
        return groups(rows, vraag, on)
    field = {"zone": "zone__slug", "onderwerp": "onderwerp", "niveau": "niveau__code"}[per]
    found, where = _numbered(rows, vraag, on)
    grouped = {row[field] or NONE: row for row in found.order_by().values(field).annotate(**_counts(where))}
    return [_row(key, naam, grouped[key]) for key, naam in _names(per, zones) if key in grouped]


def _names(per: str, zones: Iterable[Woonzorgzone]) -> list[tuple[str, str]]:
    """The rows that can be there, in the order of the table."""
    if per == "zone":
        return [*((zone.slug, zone.naam) for zone in zones), (NONE, _("buiten elke woonzorgzone"))]
    if per == "onderwerp":
        return [(code, str(naam)) for code, naam in Onderwerp.choices]
    return list(Kwaliteitsniveau.objects.values_list("code", "naam"))


def groups(rows: QuerySet[Screeningsobject], vraag: Vraag, on: date) -> list[Rij]:
    """A row for each group of users, by the criteria that concern it (two queries)."""
    chosen = vraag.chosen(rows)
    inside, params = chosen.order_by().values("pk").query.sql_with_params()
    sql = GROUPS.format(inside=inside)
    values = [list(GOOD), list(UNKNOWN), on, *params]
    with connection.cursor() as cursor:
        cursor.execute(sql, [[str(v) for v in value] if isinstance(value, list) else value for value in values])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    objects = chosen.count()
    result = []
    for code, naam in Groep.choices:
        if (vraag.groep and code != vraag.groep) or not objects:
            continue
        seen, judged, good, below, bad, blocked, again, first, middle, last = found.get(code, (0,) * 7 + (None,) * 3)
        n = {"objecten": objects, "gescreend": seen, "niet_gescreend": objects - seen, "beoordeeld": judged,
             "haalt": good, "onder_streef": below, "haalt_niet": bad, "blokkeert": blocked,
             "onbeslist": seen - judged, "opnieuw": again}  # fmt: skip
        result.append(Rij(code, str(naam), n, first, middle, last))
    return result


# The words of `for_group`, for all groups in one pass over the measurements.
GROUPS = """
WITH per_object AS (
    SELECT g.groep,
           bool_or(m.oordeel <> 'geen_norm') AS gemeten,
           bool_or(m.oordeel = ANY(%s)) AS goed,
           bool_or(m.oordeel = 'aandachtspunt') AS streef,
           bool_or(m.oordeel = ANY(%s)) AS open,
           bool_or(m.oordeel = 'voldoet_niet') AS slecht,
           bool_or(m.oordeel = 'voldoet_niet' AND m.ernst = 4) AS blok,
           coalesce(bool_or(m.hercontrole_op <= %s), false) AS opnieuw,
           max(o.gescreend_op) AS dag
    FROM toegankelijkheid_meting m
    JOIN toegankelijkheid_screeningsobject o ON o.id = m.object_id
    JOIN toegankelijkheid_criterium c ON c.id = m.criterium_id
    CROSS JOIN LATERAL unnest(c.groepen) AS g(groep)
    WHERE m.is_actueel AND m.object_id IN ({inside})
    GROUP BY g.groep, m.object_id
)
SELECT groep,
       count(*) FILTER (WHERE gemeten),
       count(*) FILTER (WHERE slecht OR goed AND NOT open),
       count(*) FILTER (WHERE goed AND NOT open AND NOT slecht),
       count(*) FILTER (WHERE streef AND NOT open AND NOT slecht),
       count(*) FILTER (WHERE slecht),
       count(*) FILTER (WHERE blok),
       count(*) FILTER (WHERE opnieuw),
       min(dag), percentile_disc(0.5) WITHIN GROUP (ORDER BY dag), max(dag)
FROM per_object GROUP BY groep
"""


def listed(rows: QuerySet[Screeningsobject], vraag: Vraag, getal: str, on: date) -> QuerySet[Any]:
    """The objects that a number counts; KeyError for a number that does not exist."""
    found, where = _numbered(rows, vraag, on)
    return found.filter(where[getal]).select_related("zone", "niveau", "wijk").order_by("zone__naam", "straat", "pk")


def blocking(rows: QuerySet[Screeningsobject], vraag: Vraag, on: date) -> QuerySet[Any]:
    """The objects where somebody cannot pass, so that none is hidden behind a share."""
    return listed(rows, vraag, "blokkeert", on)


def reasons(objects: Sequence[Screeningsobject], groep: str = "") -> dict[int, list[str]]:
    """What blocks at each object: the criteria (one query)."""
    rows = Meting.objects.current().filter(object__in=objects, oordeel=Oordeel.VOLDOET_NIET, ernst=Ernst.ONMOGELIJK)
    if groep:
        rows = rows.filter(criterium__groepen__contains=[groep])
    found: dict[int, list[str]] = {}
    for pk, naam in rows.order_by("criterium__volgorde").values_list("object_id", "criterium__naam"):
        found.setdefault(pk, []).append(naam)
    return found
