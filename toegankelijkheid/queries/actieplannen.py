"""Reads of the action plan: its years with their sums, its lines, how two versions differ, and its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.grafiek.tekenen import Staaf, Staven
from wijken.queries import Bereik

from ..models import Actieplan, Knelpunt, KnelpuntQuerySet, Planregel, Woonzorgzone
from ..rules import actieplan as rules
from ..rules import recht
from ..rules.actieplan import Som, Stand
from ..states import CLOSED, Knelpuntstatus, Planstatus

ZONDER = "zonder"


def visible(user: Gebruiker) -> QuerySet[Actieplan]:
    """The versions that a member of staff may see: a concept only who sees the whole screening."""
    rows = Actieplan.objects.all()
    return rows if recht.sees_all(user) else rows.exclude(status=Planstatus.CONCEPT)


def plan_list(user: Gebruiker) -> list[Actieplan]:
    """Every version somebody may see, the newest of each plan first, with `aantal` and `klaar` (one query)."""
    done = Q(regels__knelpunt__status__in=rules.DONE)
    rows = visible(user).annotate(aantal=Count("regels"), klaar=Count("regels", filter=done))
    return list(rows.select_related("eigenaar").order_by("naam", "slug", "-nummer"))


def concepts() -> QuerySet[Actieplan]:
    """The versions to which knelpunten can be added."""
    return Actieplan.objects.filter(status=Planstatus.CONCEPT).order_by("naam")


@dataclass(frozen=True)
class Jaar:
    """A year of the plan (None: no year yet) with what it holds."""

    jaar: int | None
    som: Som
    laat: int = 0

    @property
    def code(self) -> str:
        """How it stands in an address."""
        return str(self.jaar) if self.jaar else ZONDER


@dataclass(frozen=True)
class Overzicht:
    """The years of a version, and all of it together."""

    jaren: list[Jaar]
    totaal: Som

    @property
    def laat(self) -> int:
        return sum(row.laat for row in self.jaren)


def overview(plan: Actieplan, on: date) -> Overzicht:
    """The years with their sums (two queries, whatever the number of lines)."""
    budgets = dict(plan.budgetten.values_list("jaar", "bedrag"))
    sums: dict[int | None, Som] = {year: Som(budget=budgets.get(year)) for year in plan.jaren}
    late: dict[int | None, int] = {}
    whole = Som(budget=sum(budgets.values()) if set(plan.jaren) <= set(budgets) else None)
    rows = plan.regels.order_by().values_list("jaar", "knelpunt__status", "kost_laag", "kost_hoog")
    for year, status, low, high in rows:
        sums[year] = rules.add(sums.get(year, Som()), status, low, high)
        whole = rules.add(whole, status, low, high)
        open_still = status not in CLOSED and status not in rules.DONE
        late[year] = late.get(year, 0) + bool(year and year < on.year and open_still)
    years = sorted(sums, key=lambda year: (year is None, year))
    return Overzicht([Jaar(year, sums[year], late.get(year, 0)) for year in years], whole)


def timeline(found: Overzicht) -> Staven:
    """How much of each year was carried out, as bars with their table."""
    return Staven(
        "actieplan",
        "Wat er per jaar van het plan klaar is",
        "Hoeveel procent van de knelpunten van elk jaar is uitgevoerd. Wat niet doorgaat, telt niet mee.",
        [
            Staaf(f"{row.jaar}: {row.som.klaar} van {row.som.aantal - row.som.niet}", row.som.procent)
            for row in found.jaren
            if row.jaar
        ],
        "%",
        100,
    )


def zones(plan: Actieplan) -> list[Woonzorgzone]:
    """The zones of a concept; none for the whole city, nor when it was decided: then `waar` has their names."""
    return list(plan.zones.order_by("naam")) if plan.is_concept else []


def lines(plan: Actieplan, jaar: str = "") -> QuerySet[Planregel]:
    """The lines of a version in their order, of one year when that is asked."""
    rows = plan.regels.select_related(
        "knelpunt", "knelpunt__wijk", "knelpunt__zone", "dienst", "verantwoordelijke"
    ).order_by(F("jaar").asc(nulls_last=True), "volgorde", "pk")
    if jaar == ZONDER:
        return rows.filter(jaar__isnull=True)
    return rows.filter(jaar=int(jaar)) if jaar.isdecimal() and len(jaar) == 4 else rows


def seen(rows: Sequence[Planregel], user: Gebruiker, reach: Bereik) -> set[int]:
    """Which of these knelpunten somebody may open (one query, none for who sees all)."""
    numbers = {row.knelpunt_id for row in rows}
    if recht.sees_all(user):
        return numbers
    found = Knelpunt.objects.visible_to(user, reach).filter(pk__in=numbers)
    return set(found.values_list("pk", flat=True))


def addable(found: KnelpuntQuerySet, plan: Actieplan | None = None) -> KnelpuntQuerySet:
    """The knelpunten that can be put in a plan: what is open and not carried out, and not in it yet."""
    found = found.exclude(status__in=CLOSED | {Knelpuntstatus.UITGEVOERD})
    return found.exclude(planregels__plan=plan) if plan else found


def plans_of(knelpunt: Knelpunt) -> list[Planregel]:
    """In which plans in force a knelpunt stands (one query)."""
    rows = Planregel.objects.filter(knelpunt=knelpunt, plan__status=Planstatus.VASTGESTELD)
    return list(rows.select_related("plan").order_by("jaar"))


@dataclass(frozen=True)
class Wijziging:
    """One knelpunt that differs between two versions, in words."""

    knelpunt: Knelpunt
    soort: str
    woorden: str


KINDS = {
    "nieuw": "Nieuw in het plan",
    "weg": "Niet meer in het plan",
    "verschoven": "Naar een ander jaar",
    "kost": "Andere raming",
    "klaar": "Klaar sinds de vorige versie",
}


def compared(old: Actieplan, new: Actieplan) -> list[tuple[str, list[Wijziging]]]:
    """What differs between two versions, and what was carried out since the old one, by kind (four queries)."""
    done = Knelpunt.objects.filter(planregels__plan=old, status__in=rules.DONE)
    if old.vastgesteld_op:
        done = done.filter(uitgevoerd_op__gte=old.vastgesteld_op)
    found = rules.compare(_states(old), _states(new), set(done.values_list("pk", flat=True)))
    by_pk = Knelpunt.objects.in_bulk([row.knelpunt for row in found])
    groups: dict[str, list[Wijziging]] = {kind: [] for kind in KINDS}
    for row in found:
        groups[row.soort].append(Wijziging(by_pk[row.knelpunt], row.soort, _words(row, by_pk[row.knelpunt])))
    return [(KINDS[kind], rows) for kind, rows in groups.items() if rows]


def _states(plan: Actieplan) -> dict[int, Stand]:
    rows = plan.regels.values_list("knelpunt", "jaar", "kost_laag", "kost_hoog")
    return {pk: Stand(year, low, high) for pk, year, low, high in rows}


def _words(row: rules.Verschil, knelpunt: Knelpunt) -> str:
    if row.soort == "nieuw":
        return f"in {row.nieuw.jaar}" if row.nieuw and row.nieuw.jaar else "nog zonder jaar"
    if row.soort == "weg":
        year = row.oud.jaar if row.oud else None
        return f"{f'stond in {year}' if year else 'had nog geen jaar'}, nu {knelpunt.get_status_display()}"
    if row.soort == "klaar":
        planned = f"gepland in {row.oud.jaar}, " if row.oud and row.oud.jaar else ""
        return f"{planned}uitgevoerd op {knelpunt.uitgevoerd_op:%d-%m-%Y}" if knelpunt.uitgevoerd_op else "uitgevoerd"
    if row.oud is None or row.nieuw is None:
        return ""
    if row.soort == "verschoven":
        return f"van {row.oud.jaar or 'geen jaar'} naar {row.nieuw.jaar or 'geen jaar'}"
    return f"van {cost(row.oud.laag, row.oud.hoog)} naar {cost(row.nieuw.laag, row.nieuw.hoog)}"


def cost(laag: int | None, hoog: int | None) -> str:
    """An estimate in words: '1.200 tot 1.500 euro', or that there is none."""
    if laag is None and hoog is None:
        return "nog geen raming"
    if laag is None or hoog is None or laag == hoog:
        return f"{euro(hoog if laag is None else laag)} euro"
    return f"{euro(laag)} tot {euro(hoog)} euro"


def euro(amount: int | None) -> str:
    """An amount with points between the thousands."""
    return f"{amount or 0:,}".replace(",", ".")


HEADER = (
    "Jaar", "Volgorde", "Knelpunt", "Titel", "Plaats", "Thema", "Oplossing", "Prioriteit", "Kost laag", "Kost hoog",
    "Dienst", "Stand",
)  # fmt: skip


def file_lines(plan: Actieplan) -> Iterator[list[Any]]:
    """The lines of a version for a spreadsheet, without names of people."""
    for row in lines(plan).iterator(chunk_size=1000):
        told = telling(row)
        yield [
            row.jaar, row.volgorde, row.knelpunt.ref, told["titel"], told["adres"], told["thema"], told["oplossing"],
            told["prioriteit"], row.kost_laag, row.kost_hoog, told["wie"], rules.progress(row.knelpunt.status),
        ]  # fmt: skip


def in_words(status: str) -> str:
    """How far it is, for everybody."""
    words = {
        rules.KLAAR: _("klaar"),
        rules.BEZIG: _("er wordt aan gewerkt"),
        rules.TE_DOEN: _("nog te doen"),
        rules.NIET: _("gebeurt niet"),
    }
    return words[rules.progress(status)]


def telling(row: Planregel) -> Mapping[str, str]:
    """What a line says: as it was decided, or the knelpunt itself while it is a concept."""
    one = row.knelpunt
    if row.titel:
        return {name: getattr(row, name) for name in ("titel", "adres", "thema", "oplossing", "prioriteit", "wie")}
    return {
        "titel": one.titel,
        "adres": one.adres,
        "thema": str(one.get_onderwerp_display()),
        "oplossing": one.oplossing,
        "prioriteit": str(one.get_prioriteit_display()),
        "wie": str(row.dienst or ""),
    }
