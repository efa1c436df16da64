"""The numbers of the head of service: per wijk and for the whole city, each with the list that has so many rows.

Everything is counted as this person may see it, so that no number counts more than its list can show. A thing of two
wijken counts in both, and once in the whole: the whole is the list without a wijk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, Sum, Value
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from ..models import (
    Actie,
    Actievoorstel,
    Behoefte,
    Bijeenkomst,
    Contactmoment,
    Meerjarenplan,
    Mijlpaal,
    Planbedrag,
    Samenwerkingsovereenkomst,
    Wijk,
)
from ..rules import ENDING_DAYS, Bereik
from ..states.bijeenkomst import VOORBIJ
from ..states.draad import DECIDED, Actiestatus, Behoeftestatus, Mijlpaalstatus, Voorstelstatus
from ..states.netwerk import Overeenkomststatus


@dataclass(frozen=True)
class Kolom:
    """A number: its heading, whether it is money, whether it is bad when it is not zero."""

    code: str
    kop: str
    uitleg: str
    is_geld: bool = False
    is_laat: bool = False


WERK = (
    Kolom("behoefte_concept", "Behoeften te bekijken", "Voorgesteld, en de wijkmanager besliste nog niet."),
    Kolom("behoefte_bevestigd", "Behoeften bevestigd", "De wijkmanager bevestigde dat dit nodig is."),
    Kolom("voorstel_wacht", "Voorstellen wachten op beslissing", "In overleg, nog niet beslist."),
    Kolom("actie_opplan", "Acties op plan", "Loopt of komt, en niets is te laat."),
    Kolom("actie_achter", "Acties achter op plan", "Een mijlpaal of de einddag is voorbij.", is_laat=True),
    Kolom("overeenkomst_eindigt", "Overeenkomsten lopen af", f"Lopen nog, en eindigen binnen {ENDING_DAYS} dagen."),
)
GELD = (
    Kolom("actie_budget", "Begroot in acties", "De budgetten van acties die lopen of komen.", is_geld=True),
    Kolom("overeenkomst_bedrag", "In overeenkomsten", "De bedragen van overeenkomsten die lopen.", is_geld=True),
)
BEREIK = (
    Kolom("bijeenkomsten", "Bijeenkomsten gehouden", "In deze periode gehouden, al dan niet afgerond."),
    Kolom("aanwezigen", "Mensen aanwezig", "Geteld op die bijeenkomsten, voor zover al afgerond."),
    Kolom("momenten", "Contactmomenten", "In deze periode genoteerd."),
    Kolom("gesproken", "Mensen gesproken", "Geteld op die contactmomenten."),
)
DELEN = {"werk": WERK, "geld": GELD, "bereik": BEREIK}


@dataclass(frozen=True)
class Cel:
    """A number with its list."""

    kolom: Kolom
    waarde: Decimal | int
    url: str


@dataclass(frozen=True)
class Rij:
    """The numbers of a wijk; of the whole when there is none."""

    wijk: Wijk | None
    cellen: list[Cel]

    @property
    def is_leeg(self) -> bool:
        return not any(cell.waarde for cell in self.cellen)


@dataclass
class Tellingen:
    """Every number, by column and wijk; under None that of the whole."""

    van: date
    tot: date
    on: date
    n: dict[str, dict[int | None, Any]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, code: str, wijken: Iterable[int | None], value: Any = 1) -> None:
        """Count something in each of its wijken, and once in the whole."""
        for wijk in {*wijken, None}:
            self.n[code][wijk] += value

    def row(self, columns: tuple[Kolom, ...], wijk: Wijk | None) -> Rij:
        key = wijk.pk if wijk else None
        return Rij(wijk, [Cel(column, self.n[column.code][key], self.url(column.code, wijk)) for column in columns])

    def url(self, code: str, wijk: Wijk | None) -> str:
        """The list with exactly these."""
        name, filters, by_slug = _lists(self)[code]
        place = {"wijk": wijk.slug if by_slug else wijk.pk} if wijk else {}
        return f"{reverse(name)}?{urlencode({**filters, **place})}"


def _lists(asked: Tellingen) -> dict[str, tuple[str, dict[str, Any], bool]]:
    """Per number the list, its filters, and whether that list names a wijk by its slug."""
    held = {"periode": "alles", "status": "geweest", "van": asked.van, "tot": asked.tot}
    moments = {"van": asked.van, "tot": min(asked.tot, asked.on)}
    ending = {"stand": Overeenkomststatus.LOPEND.value, "loopt_af": asked.on + timedelta(days=ENDING_DAYS)}
    return {
        "behoefte_concept": ("wijken:needs", {"status": Behoeftestatus.CONCEPT.value}, True),
        "behoefte_bevestigd": ("wijken:needs", {"status": Behoeftestatus.BEVESTIGD.value}, True),
        "voorstel_wacht": ("wijken:proposals", {"status": Voorstelstatus.OVERLEG.value}, True),
        "actie_opplan": ("wijken:actions", {"stand": "opplan"}, True),
        "actie_achter": ("wijken:actions", {"stand": "achter"}, True),
        "actie_budget": ("wijken:actions", {"stand": "lopend"}, True),
        "overeenkomst_eindigt": ("wijken:agreements", ending, False),
        "overeenkomst_bedrag": ("wijken:agreements", {"stand": Overeenkomststatus.LOPEND.value}, False),
        "bijeenkomsten": ("wijken:staff_meetings", held, True),
        "aanwezigen": ("wijken:staff_meetings", held, True),
        "momenten": ("wijken:moments", moments, True),
        "gesproken": ("wijken:moments", moments, True),
    }


def count(user: Gebruiker, reach: Bereik, wijken: list[Wijk], van: date, tot: date, on: date) -> Tellingen:
    """Every number of the dashboard on this day, participation counted between two days (six queries)."""
    found = Tellingen(van, tot, on)
    _needs(found, user, reach)
    _proposals(found, user, reach)
    _actions(found, user, reach)
    _agreements(found, user, reach)
    _meetings(found, user, reach, {wijk.pk for wijk in wijken})
    _moments(found, user, reach)
    return found


def _needs(found: Tellingen, user: Gebruiker, reach: Bereik) -> None:
    rows = Behoefte.objects.visible_to(user, reach)
    rows = rows.filter(status__in=[Behoeftestatus.CONCEPT, Behoeftestatus.BEVESTIGD])
    for wijk, status, n in rows.order_by().values_list("wijk_id", "status").annotate(n=Count("pk")):
        found.add(f"behoefte_{status}", [wijk], n)


def _proposals(found: Tellingen, user: Gebruiker, reach: Bereik) -> None:
    rows = Actievoorstel.objects.visible_to(user, reach).filter(status=Voorstelstatus.OVERLEG)
    for wijk, n in rows.order_by().values_list("wijk_id").annotate(n=Count("pk")):
        found.add("voorstel_wacht", [wijk], n)


def _actions(found: Tellingen, user: Gebruiker, reach: Bereik) -> None:
    behind = Actie.objects.behind(found.on).filter(pk=OuterRef("pk"))
    rows = Actie.objects.visible_to(user, reach).running().order_by()
    rows = rows.annotate(achter=Exists(behind), ook=_gathered("ook_in"))
    for wijk, also, late, budget in rows.values_list("wijk_id", "ook", "achter", "budget"):
        found.add("actie_achter" if late else "actie_opplan", [wijk, *also])
        found.add("actie_budget", [wijk, *also], budget or Decimal(0))


def _agreements(found: Tellingen, user: Gebruiker, reach: Bereik) -> None:
    rows = Samenwerkingsovereenkomst.objects.visible_to(user, reach).running().order_by()
    last = found.on + timedelta(days=ENDING_DAYS)
    for wijken, tot, bedrag in rows.annotate(ook=_gathered("wijken")).values_list("ook", "tot", "bedrag"):
        if tot <= last:
            found.add("overeenkomst_eindigt", wijken)
        found.add("overeenkomst_bedrag", wijken, bedrag)


def _meetings(found: Tellingen, user: Gebruiker, reach: Bereik, every: set[int]) -> None:
    """A meeting without a wijk is for all of them, as in its list."""
    rows = Bijeenkomst.objects.visible_to(user, reach).filter(held_between(found.van, found.tot)).order_by()
    for wijken, present in rows.annotate(ook=_gathered("wijken")).values_list("ook", "aanwezigen"):
        found.add("bijeenkomsten", wijken or every)
        found.add("aanwezigen", wijken or every, present or 0)


def _moments(found: Tellingen, user: Gebruiker, reach: Bereik) -> None:
    rows = Contactmoment.objects.visible_to(user, reach).past(found.on)
    rows = rows.filter(datum__gte=found.van, datum__lte=found.tot)
    counted = rows.order_by().values_list("wijk_id").annotate(n=Count("pk"), mensen=Sum("aantal_mensen"))
    for wijk, n, people in counted:
        found.add("momenten", [wijk], n)
        found.add("gesproken", [wijk], people)


def _gathered(name: str) -> Any:
    """The keys of a relation to many, as a list; empty without any."""
    there = Q(**{f"{name}__isnull": False})
    return ArrayAgg(f"{name}__pk", filter=there, distinct=True, default=Value([]))


def held_between(van: date, tot: date) -> Q:
    """Meetings that were held on one of these days."""
    return Q(status__in=sorted(VOORBIJ), begin__gte=midnight(van), begin__lt=midnight(tot + timedelta(days=1)))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Plangeld:
    """What the multi-year plan has for a year: budget and what was spent, for the whole city."""

    plan: Meerjarenplan
    jaar: int
    budget: Decimal
    gerealiseerd: Decimal

    @property
    def url(self) -> str:
        return reverse("wijken:plan", args=[self.plan.pk])


def plan_money(year: int) -> Plangeld | None:
    """The money of the plan that holds in this year; None without one (two queries)."""
    plan = Meerjarenplan.objects.filter(van__lte=year, tot__gte=year).order_by("-van").first()
    if plan is None:
        return None
    rows = Planbedrag.objects.filter(jaar=year, actie__actieplan__beleidsdoelstelling__plan=plan)
    sums = rows.aggregate(budget=Sum("budget"), gerealiseerd=Sum("gerealiseerd"))
    return Plangeld(plan, year, sums["budget"] or Decimal(0), sums["gerealiseerd"] or Decimal(0))


# The quarterly report.

KWARTAAL = (
    Kolom("behoeften", "Behoeften gemaakt", ""),
    Kolom("beslist", "Voorstellen beslist", ""),
    Kolom("mijlpalen", "Mijlpalen gehaald", ""),
    Kolom("afgerond", "Acties afgerond", ""),
    Kolom("bijeenkomsten", "Bijeenkomsten", ""),
    Kolom("aanwezigen", "Mensen aanwezig", ""),
    Kolom("momenten", "Contactmomenten", ""),
    Kolom("gesproken", "Mensen gesproken", ""),
)


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    return first, date(year + quarter // 4, 3 * quarter % 12 + 1, 1) - timedelta(days=1)


def last_quarter(on: date) -> tuple[int, int]:
    """The last quarter that is over: (year, quarter)."""
    return (on.year, (on.month - 1) // 3) if on.month > 3 else (on.year - 1, 4)


def quarter(user: Gebruiker, reach: Bereik, wijken: list[Wijk], year: int, number: int, on: date) -> dict[str, Any]:
    """What happened in a quarter, per wijk and in the whole, and where everything stands today (for the document)."""
    van, tot = quarter_days(year, number)
    found = count(user, reach, wijken, van, tot, on)
    ended = _between("gemaakt_op", van, tot)
    for row in Behoefte.objects.visible_to(user, reach).filter(ended).values_list("wijk_id", flat=True):
        found.add("behoeften", [row])
    decided = Actievoorstel.objects.visible_to(user, reach).filter(_between("beslist_op", van, tot))
    for row in decided.filter(status__in=sorted(DECIDED)).values_list("wijk_id", flat=True):
        found.add("beslist", [row])
    actions = Actie.objects.visible_to(user, reach).annotate(ook=_gathered("ook_in")).order_by()
    done = actions.filter(_between("beeindigd_op", van, tot), status=Actiestatus.AFGEROND)
    for wijk, also in done.values_list("wijk_id", "ook"):
        found.add("afgerond", [wijk, *also])
    seen = Actie.objects.visible_to(user, reach).values("pk")
    points = Mijlpaal.objects.filter(status=Mijlpaalstatus.GEHAALD, gehaald_op__gte=van, gehaald_op__lte=tot)
    for wijk in points.filter(actie__in=seen).values_list("actie__wijk_id", flat=True):
        found.add("mijlpalen", [wijk])
    results = Actie.objects.visible_to(user, reach).filter(_between("beeindigd_op", van, tot)).select_related("wijk")
    money = plan_money(year)
    return {
        "periode": f"{_dutch(van)} tot en met {_dutch(tot)}",
        "kop": ["Wijk", *(column.kop for column in KWARTAAL)],
        "rijen": list(_table(found, KWARTAAL, wijken)),
        "vandaag": on,
        "werkkop": ["Wijk", *(column.kop for column in WERK)],
        "werk": list(_table(found, WERK, wijken)),
        "geld": [
            ["Begroot in acties die lopen of komen", euros(found.n["actie_budget"][None])],
            ["In overeenkomsten die lopen", euros(found.n["overeenkomst_bedrag"][None])],
            *(
                [
                    [f"Meerjarenplan {money.jaar}: begroot, hele stad", euros(money.budget)],
                    [f"Meerjarenplan {money.jaar}: uitgegeven, hele stad", euros(money.gerealiseerd)],
                ]
                if money
                else []
            ),
        ],
        "geeindigd": [
            [row.titel, row.wijk.naam, row.get_status_display(), row.uitkomst] for row in results.order_by("pk")
        ],
        "uitleg": [[column.kop, column.uitleg] for column in (*WERK, *BEREIK)],
    }


def _table(found: Tellingen, columns: tuple[Kolom, ...], wijken: list[Wijk]) -> Iterator[list[Any]]:
    """The rows with something in them, and the whole as the last."""
    for wijk in wijken:
        values = [cell.waarde for cell in _values(found, columns, wijk.pk)]
        if any(values):
            yield [wijk.naam, *values]
    yield ["Alles samen", *(cell.waarde for cell in _values(found, columns, None))]


def _values(found: Tellingen, columns: tuple[Kolom, ...], key: int | None) -> list[Cel]:
    return [Cel(column, found.n[column.code][key], "") for column in columns]


def _between(name: str, van: date, tot: date) -> Q:
    return Q(**{f"{name}__gte": midnight(van), f"{name}__lt": midnight(tot + timedelta(days=1))})


def _dutch(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def euros(amount: Any) -> str:
    """An amount in whole euros as it is written here."""
    return f"€\u00a0{Decimal(amount):,.0f}".replace(",", ".")
