"""The figures: per wijk, team and category what came in, went out and stands open, and how well that went.

What a month counts, the database keeps (`models.cijfers`); what stands open is counted in the open reports themselves.
So every number is that of this moment, and the list behind it (`list_query`) has as many rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from kern.gebruikers.models import Gebruiker, Rol
from wijken.queries import Bereik

from ..models import Cijfer, Doorloop, Melding
from ..models.beloften import Belofte, open_late
from ..models.cijfers import MEASURES

# Below these a share or a middle says more of chance, or of one person, than of the work: it is not shown.
MIN_REPORTS = 5
MIN_ANSWERS = 10

TREND_MONTHS = 12
NONE = "geen"
AGES = {"week": (0, 7), "maand": (8, 30), "kwartaal": (31, 90), "ouder": (91, None)}
AGE_NAMES = {"week": "tot 1 week", "maand": "8 tot 30 dagen", "kwartaal": "1 tot 3 maanden", "ouder": "langer"}
PER = {"wijk": "wijk", "team": "team", "categorie": "categorie"}

Rows = TypeVar("Rows", bound=Model)


@dataclass(frozen=True)
class Vraag:
    """What the figures are asked about: whole months, and perhaps one wijk, team or category (`geen`: without one)."""

    van: date
    tot: date
    wijk: str = ""
    team: str = ""
    categorie: str = ""
    per: str = "wijk"

    @property
    def filters(self) -> dict[str, str]:
        return {name: value for name in PER if (value := getattr(self, name))}


@dataclass
class Rij:
    """The figures of one wijk, team or category, or of all of it (`sleutel` None)."""

    sleutel: str | None
    n: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    mediaan: int | None = None

    @property
    def is_empty(self) -> bool:
        return not any(self.n.values())

    @property
    def op_tijd(self) -> int:
        return self.n["gehouden"] + self.n["verzet"]

    @property
    def op_tijd_pct(self) -> int | None:
        """Closed on time, of what was closed and what stands open too late: late work that waits counts."""
        return share(self.op_tijd, self.n["uit"] + self.n["te_laat"], MIN_REPORTS)

    @property
    def heropend_pct(self) -> int | None:
        return share(self.n["heropend"], self.n["ooit_dicht"], MIN_REPORTS)

    @property
    def tevreden_pct(self) -> int | None:
        return share(self.n["tevreden"], self.n["beoordeeld"], MIN_ANSWERS)

    @property
    def mediaan_dagen(self) -> int | None:
        return self.mediaan if self.n["uit"] >= MIN_REPORTS else None


@dataclass(frozen=True)
class Maand:
    """One month of the trend."""

    maand: date
    rij: Rij

    @property
    def op_tijd_pct(self) -> int | None:
        """Of what was closed in this month; what stands open late now belongs to no month."""
        return share(self.rij.op_tijd, self.rij.n["uit"], MIN_REPORTS)


@dataclass(frozen=True)
class Overzicht:
    """All that the page of the figures shows."""

    totaal: Rij
    rijen: list[Rij]
    verloop: list[Maand]


def share(part: int, whole: int, minimum: int) -> int | None:
    """The part as a rounded percentage; None below the minimum, the one place where a small number is hidden."""
    return None if whole < max(minimum, 1) else round(100 * part / whole)


def in_figures(rows: QuerySet[Rows], user: Gebruiker, reach: Bereik) -> QuerySet[Rows]:
    """Whose figures this person sees, for reports and for figures alike: a part of `MeldingQuerySet.visible_to`.

    A beheerder sees the city, a lezer all of it but sensitive reports of other teams; everybody else their teams and
    the wijken of these. Left out is only what one sees for a moment or as a person: a report that waits at the
    meldpunt, one's own reports of another team.
    """
    if user.has_role(Rol.BEHEERDER):
        return rows
    if not user.is_active or not user.rollen:
        return rows.none()
    near = Q(wijk__in=reach.wijk_ids)
    if reach.is_meldpunt:
        near |= Q(team__isnull=True)
    if user.has_role(Rol.LEZER):
        near = Q()
    return rows.filter(Q(team__in=reach.team_ids) | (near & Q(categorie__is_gevoelig=False)))


def overview(vraag: Vraag, user: Gebruiker, reach: Bereik, on: date) -> Overzicht:
    """The figures that this person may see (three queries, whatever the number of reports)."""
    rows: dict[str | None, Rij] = {None: Rij(None)}
    last = min(vraag.tot, max(on, vraag.van))  # no line runs into the months to come
    start = _months_back(last, TREND_MONTHS - 1)
    first, months = min(vraag.van, start), {month: Rij(None) for month in _months(start, last)}

    def row(key: Any) -> Rij:
        name = NONE if key is None else str(key)
        if name not in rows:
            rows[name] = Rij(name)
        return rows[name]

    for key, month, *values in _cells(vraag, in_figures(Cijfer.objects.all(), user, reach), first):
        counted = [rows[None], row(key)] if month >= vraag.van else []
        if month in months:
            counted.append(months[month])
        for rij in counted:
            for name, value in zip(MEASURES, values, strict=True):
                rij.n[name] += value
    for key, *values in _open(vraag, in_figures(Melding.objects.open(), user, reach), on):
        for name, value in zip(OPEN_MEASURES, values, strict=True):
            rows[None].n[name] += value
            row(key).n[name] += value
    for is_total, key, days in _medians(vraag, in_figures(Doorloop.objects.all(), user, reach)):
        (rows[None] if is_total else row(key)).mediaan = days
    total = rows.pop(None)
    return Overzicht(
        total, [found for found in rows.values() if not found.is_empty], [Maand(*item) for item in months.items()]
    )


OPEN_MEASURES = ("open", *(f"open_{code}" for code in AGES), "te_laat")


def _chosen(vraag: Vraag, rows: Any) -> Any:
    """Only what was asked about; and `sleutel`, by which the rows are grouped."""
    for name, value in vraag.filters.items():
        if value == NONE:
            rows = rows.filter(**{f"{name}__isnull": True})
        elif name == "categorie":
            rows = rows.filter(Q(categorie=value) | Q(categorie__hoofdcategorie=value))
        else:
            rows = rows.filter(**{name: value})
    if vraag.per == "categorie" and not vraag.categorie:
        return rows.annotate(sleutel=Coalesce("categorie__hoofdcategorie", "categorie"))
    return rows.annotate(sleutel=F(f"{vraag.per}_id"))


def _cells(vraag: Vraag, rows: QuerySet[Cijfer], first: date) -> Iterable[tuple[Any, ...]]:
    found = _chosen(vraag, rows.filter(maand__gte=first, maand__lte=vraag.tot))
    sums = {f"som_{name}": Sum(name) for name in MEASURES}
    found = found.order_by().values("sleutel", "maand").annotate(**sums)
    return list(found.values_list("sleutel", "maand", *sums))


def _open(vraag: Vraag, rows: QuerySet[Melding], on: date) -> Iterable[tuple[Any, ...]]:
    counts = {"n_open": Count("*")}
    counts |= {f"n_{code}": Count("status", filter=received_between(on, *days)) for code, days in AGES.items()}
    counts |= {"n_laat": Count("status", filter=open_late(on))}
    found = _chosen(vraag, rows).order_by().values("sleutel").annotate(**counts)
    return list(found.values_list("sleutel", *counts))


def _medians(vraag: Vraag, rows: QuerySet[Doorloop]) -> Iterable[tuple[bool, Any, int]]:
    """Per group and in all, the days of the middle report; of an even number the first of the two in the middle."""
    found = _chosen(vraag, rows.filter(maand__gte=vraag.van, maand__lte=vraag.tot)).order_by()
    try:
        sql, params = found.values("sleutel", "dagen", "aantal").query.sql_with_params()
    except EmptyResultSet:  # this person sees no figures at all
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT is_totaal = 1, sleutel, min(dagen) FROM (
              SELECT grouping(sleutel) AS is_totaal, sleutel, dagen,
                     sum(sum(aantal)) OVER (PARTITION BY grouping(sleutel), sleutel ORDER BY dagen) AS tot_hier,
                     sum(sum(aantal)) OVER (PARTITION BY grouping(sleutel), sleutel) AS totaal
                FROM ({sql}) doorloop GROUP BY GROUPING SETS ((sleutel, dagen), (dagen)) HAVING sum(aantal) > 0
            ) geteld WHERE 2 * tot_hier >= totaal GROUP BY is_totaal, sleutel
            """,  # noqa: S608 (the text comes from the ORM, with its parameters apart)
            params,
        )
        return list(cursor.fetchall())


def received_between(on: date, youngest: int, oldest: int | None) -> Q:
    """Reports that came in from `oldest` to `youngest` days before this day."""
    condition = Q(ontvangen_op__lt=_midnight(on - timedelta(days=youngest - 1)))
    return condition & Q(ontvangen_op__gte=_midnight(on - timedelta(days=oldest))) if oldest is not None else condition


def list_query(number: str, vraag: Vraag, sleutel: str | None = None) -> dict[str, str | list[str]]:
    """The filters of the staff list that has exactly the reports of a number. Raises KeyError for an unknown number."""
    period = {"van": vraag.van.isoformat(), "tot": vraag.tot.isoformat()}
    query: dict[str, str | list[str]] = {**vraag.filters}
    if sleutel is not None:
        query[vraag.per] = sleutel
    for name, value in LISTS[number].items():
        query |= {f"{value}{end}": day for end, day in period.items()} if name == "periode" else {name: value}
    return query


# Per number the filters of its list; `periode` is the beginning of the names of the two days that bound it.
LISTS: Mapping[str, Mapping[str, Any]] = {
    "binnen": {"periode": ""},
    "ooit_dicht": {"periode": "", "heropend": ["ja", "nee"]},
    "heropend": {"periode": "", "heropend": ["ja"]},
    "uit": {"periode": "afgesloten_"},
    "op_tijd": {"periode": "afgesloten_", "belofte": [Belofte.GEHOUDEN.value, Belofte.VERZET.value]},
    **{ended.value: {"periode": "afgesloten_", "belofte": [ended.value]} for ended in Belofte},
    "open": {"toestand": ["open"]},
    **{f"open_{code}": {"leeftijd": [code]} for code in AGES},
    "te_laat": {"belofte": ["laat"]},
    "beoordeeld": {"periode": "beoordeeld_", "tevreden": ["ja", "nee"]},
    "tevreden": {"periode": "beoordeeld_", "tevreden": ["ja"]},
}


def _months_back(day: date, count: int) -> date:
    """The first day of the month that lies `count` months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, 1)


def _months(first: date, last: date) -> list[date]:
    found, month = [], first
    while month <= last:
        found.append(month)
        month = _months_back(month, -1)
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
