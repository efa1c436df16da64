"""Every write on an action plan: versions, what is in it, the years, and deciding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.actions import Gewijzigd
from wijken.actions.versie import locked
from wijken.models import Team

from ..models import Actieplan, Knelpunt, Planbudget, Planregel, Woonzorgzone
from ..queries import monitoring
from ..rules import actieplan as rules
from ..rules import monitoring as terms
from ..states import CLOSED, Planstatus
from .prioriteit import settle

__all__ = [
    "Gewijzigd",
    "PlanStaatVast",
    "add",
    "assign",
    "choose_years",
    "decide",
    "discard",
    "divide",
    "estimate",
    "move",
    "next_version",
    "remove",
    "save",
]


class PlanStaatVast(ValueError):
    """The version was decided: it does not change any more. Or what the plan lacks to be decided, in words."""


def _concept(plan: Actieplan, versie: int | None) -> Actieplan:
    """The concept, locked, with its next version. Raises Gewijzigd and PlanStaatVast."""
    row = locked(Actieplan, plan.pk, versie)
    if not row.is_concept:
        raise PlanStaatVast(f"{row} is vastgesteld en verandert niet meer. Begin een volgende versie.")
    return row


def _free_slug(naam: str) -> str:
    stem = slugify(naam)[:100] or "plan"
    taken = set(Actieplan.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if name not in taken)


@transaction.atomic
def save(
    *,
    plan: Actieplan,
    zones: Iterable[Woonzorgzone],
    budgetten: Mapping[int, int | None],
    at: datetime,
    versie: int | None = None,
) -> Actieplan:
    """Write what a form filled in on a plan, with its budgets; a new one gets its address here.

    Lines of a year that the plan no longer has lose their year. Raises Gewijzigd and PlanStaatVast.
    """
    if plan.pk:
        plan.versie = _concept(plan, versie).versie
    else:
        plan.slug, plan.gemaakt_op = _free_slug(plan.naam), at
    plan.save()
    plan.zones.set(zones)
    plan.budgetten.all().delete()
    Planbudget.objects.bulk_create(
        Planbudget(plan=plan, jaar=year, bedrag=amount)
        for year, amount in budgetten.items()
        if amount is not None and year in plan.jaren
    )
    plan.regels.exclude(jaar__isnull=True).exclude(jaar__in=plan.jaren).update(jaar=None, is_gekozen=False)
    return plan


@transaction.atomic
def add(*, plan: Actieplan, knelpunten: Collection[Knelpunt], versie: int | None = None) -> int:
    """Put knelpunten in a concept, once each; how many are new in it.

    A knelpunt brings its estimate and who answers for it, and the year that it was already planned for when that is in
    the plan. What is closed stays out. Raises Gewijzigd and PlanStaatVast.
    """
    row = _concept(plan, versie)
    there = set(row.regels.values_list("knelpunt", flat=True))
    last = row.regels.count()
    new = [one for one in knelpunten if one.pk not in there and one.status not in CLOSED]
    Planregel.objects.bulk_create(
        Planregel(
            plan=row,
            knelpunt=one,
            jaar=one.planjaar if one.planjaar in row.jaren else None,
            is_gekozen=one.planjaar in row.jaren,
            volgorde=last + place,
            kost_laag=one.kost_laag,
            kost_hoog=one.kost_hoog,
            dienst=one.dienst,
            verantwoordelijke=one.verantwoordelijke,
        )
        for place, one in enumerate(new, 1)
    )
    row.save()
    return len(new)


@transaction.atomic
def remove(*, plan: Actieplan, regels: Collection[int], versie: int | None = None) -> int:
    """Take lines out of a concept; how many."""
    row = _concept(plan, versie)
    count, _kinds = row.regels.filter(pk__in=regels).delete()
    row.save()
    return count


@transaction.atomic
def choose_years(*, plan: Actieplan, jaren: Mapping[int, int | None], versie: int | None = None) -> int:
    """Give lines (by key) another year by hand; None takes the year away. How many moved."""
    row = _concept(plan, versie)
    moved = 0
    for line in row.regels.select_for_update().filter(pk__in=jaren):
        year = jaren[line.pk]
        if year is not None and year not in row.jaren:
            raise PlanStaatVast(f"Het plan loopt van {row.van_jaar} tot {row.tot_jaar}.")
        if year != line.jaar:
            line.jaar, line.is_gekozen = year, year is not None
            line.save(update_fields=["jaar", "is_gekozen"])
            moved += 1
    row.save()
    return moved


@transaction.atomic
def estimate(*, plan: Actieplan, kosten: Mapping[int, tuple[int | None, int | None]], versie: int | None = None) -> int:
    """Give lines (by key) another low and high estimate; how many changed."""
    row = _concept(plan, versie)
    changed = 0
    for line in row.regels.select_for_update().filter(pk__in=kosten):
        if (line.kost_laag, line.kost_hoog) != kosten[line.pk]:
            line.kost_laag, line.kost_hoog = kosten[line.pk]
            line.save(update_fields=["kost_laag", "kost_hoog"])
            changed += 1
    row.save()
    return changed


@transaction.atomic
def assign(
    *,
    plan: Actieplan,
    regels: Collection[int],
    dienst: Team | None,
    verantwoordelijke: Gebruiker | None,
    versie: int | None = None,
) -> int:
    """Say who answers for these lines (by key): a service, a person, or both; how many."""
    row = _concept(plan, versie)
    count = row.regels.filter(pk__in=regels).update(dienst=dienst, verantwoordelijke=verantwoordelijke)
    row.save()
    return count


@transaction.atomic
def move(*, plan: Actieplan, regel: int, omhoog: bool, versie: int | None = None) -> bool:
    """Let a line change places with the one above or below it in its year; False at the end of it."""
    row = _concept(plan, versie)
    line = row.regels.get(pk=regel)
    lines = list(row.regels.filter(jaar=line.jaar).order_by("volgorde", "pk"))
    here = next(index for index, other in enumerate(lines) if other.pk == line.pk)
    there = here - 1 if omhoog else here + 1
    if not 0 <= there < len(lines):
        return False
    lines[here], lines[there] = lines[there], lines[here]
    for place, other in enumerate(lines, 1):
        other.volgorde = place
    Planregel.objects.bulk_update(lines, ["volgorde"])
    row.save()
    return True


@transaction.atomic
def divide(*, plan: Actieplan, versie: int | None = None) -> int:
    """Divide what has no year chosen by hand over the years, within the budgets; how many lines moved.

    What is being carried out or is finished keeps its year too, and what stays in a year keeps its place there.
    """
    row = _concept(plan, versie)
    lines = list(row.regels.select_related("knelpunt"))
    found = rules.divide(
        [work_of(line) for line in lines], list(row.jaren), dict(row.budgetten.values_list("jaar", "bedrag"))
    )
    moved = [line for line in lines if line.jaar != found[line.pk]]
    places = _places(lines, found)
    for line in moved:
        line.jaar = found[line.pk]
    for line in lines:
        line.volgorde = places[line.pk]
    Planregel.objects.bulk_update(lines, ["jaar", "volgorde"])
    row.save()
    return len(moved)


def _places(lines: Iterable[Planregel], years: Mapping[int, int | None]) -> dict[int, int]:
    """The place of each line in the year it comes in."""
    groups: dict[int | None, tuple[list[rules.Werk], list[rules.Werk]]] = {}
    for line in sorted(lines, key=lambda line: (line.volgorde, line.pk)):
        there, new = groups.setdefault(years[line.pk], ([], []))
        (new if line.jaar != years[line.pk] else there).append(work_of(line))
    return {pk: place for there, new in groups.values() for place, pk in enumerate(rules.in_order(there, new), 1)}


def work_of(line: Planregel) -> rules.Werk:
    """A line as the rules look at it."""
    cost = line.kost_hoog if line.kost_hoog is not None else line.kost_laag
    row = line.knelpunt
    how = rules.progress(row.status)
    stays = line.jaar is not None and (line.is_gekozen or how != rules.TE_DOEN)
    return rules.Werk(line.pk, row.rang, row.haalbaarheid or 0, None if how == rules.NIET else cost, line.jaar, stays)


@transaction.atomic
def decide(*, plan: Actieplan, besluit: str, door: Gebruiker, at: datetime, versie: int | None) -> Actieplan:
    """Decide a version: it is frozen as it stands, and takes the place of the one before.

    What each line says is written down with it. A knelpunt that nobody planned yet gets its year, its term and who
    answers for it from the plan. Raises Gewijzigd, and PlanStaatVast with what is missing.
    """
    row = _concept(plan, versie)
    lines = list(row.regels.select_related("knelpunt", "dienst"))
    if not lines:
        raise PlanStaatVast("Er staat nog geen enkel knelpunt in dit plan.")
    if without := sum(line.jaar is None for line in lines):
        words = "1 knelpunt heeft" if without == 1 else f"{without} knelpunten hebben"
        raise PlanStaatVast(f"{words} nog geen jaar. Verdeel het plan, kies een jaar, of haal het eruit.")
    for line in lines:
        _write_down(line)
    Planregel.objects.bulk_update(lines, ["titel", "adres", "oplossing", "thema", "prioriteit", "wie"])
    before = Actieplan.objects.select_for_update().filter(slug=row.slug, status=Planstatus.VASTGESTELD).first()
    if before is not None:
        before.status = Planstatus.VERVANGEN
        before.save(update_fields=["status"])
    row.status, row.vastgesteld_op = Planstatus.VASTGESTELD, local_date(at)
    row.vastgesteld_door, row.besluit = door, besluit.strip()
    row.waar = ", ".join(row.zones.order_by("naam").values_list("naam", flat=True))
    row.save()
    with historiek.reason(f"{row} werd vastgesteld."):
        _plan_knelpunten({line.knelpunt_id: line for line in lines}, local_date(at).year)
    return row


def _write_down(line: Planregel) -> None:
    row = line.knelpunt
    line.titel, line.adres, line.oplossing = row.titel, row.adres, row.oplossing
    line.thema, line.prioriteit = str(row.get_onderwerp_display()), str(row.get_prioriteit_display())
    line.wie = str(line.dienst or "")


def _plan_knelpunten(lines: Mapping[int, Planregel], this_year: int) -> None:
    regels = monitoring.settings_row().regels
    nobody = Q(dienst__isnull=True, verantwoordelijke__isnull=True)
    open_ones = Knelpunt.objects.select_for_update().filter(pk__in=lines).filter(Q(planjaar__isnull=True) | nobody)
    for row in open_ones:
        line = lines[row.pk]
        if row.planjaar is None:
            row.planjaar = line.jaar
            row.planning = str(terms.term_of(line.jaar or 0, this_year, regels) or row.planning)
        if row.dienst_id is None and row.verantwoordelijke_id is None:
            row.dienst, row.verantwoordelijke = line.dienst, line.verantwoordelijke
        row.versie += 1
        settle(row, regels)
        row.save()


@transaction.atomic
def next_version(*, plan: Actieplan, door: Gebruiker, at: datetime) -> Actieplan:
    """Begin the next version as a copy of this one, without what is finished or will not happen.

    Gives the concept that is there already when somebody was first.
    """
    Actieplan.objects.select_for_update().get(pk=plan.pk)
    versions = Actieplan.objects.filter(slug=plan.slug)
    if (there := versions.filter(status=Planstatus.CONCEPT).first()) is not None:
        return there
    new = Actieplan.objects.create(
        naam=plan.naam,
        slug=plan.slug,
        nummer=max(versions.values_list("nummer", flat=True)) + 1,
        inleiding=plan.inleiding,
        van_jaar=plan.van_jaar,
        tot_jaar=plan.tot_jaar,
        eigenaar=door,
        gemaakt_op=at,
    )
    new.zones.set(plan.zones.all())
    Planbudget.objects.bulk_create(
        Planbudget(plan=new, jaar=row.jaar, bedrag=row.bedrag) for row in plan.budgetten.all()
    )
    lines = plan.regels.select_related("knelpunt").exclude(knelpunt__status__in=CLOSED)
    Planregel.objects.bulk_create(
        Planregel(
            plan=new,
            knelpunt=line.knelpunt,
            jaar=line.jaar,
            is_gekozen=line.is_gekozen,
            volgorde=line.volgorde,
            kost_laag=line.kost_laag,
            kost_hoog=line.kost_hoog,
            dienst=line.dienst,
            verantwoordelijke=line.verantwoordelijke,
        )
        for line in lines
    )
    return new


@transaction.atomic
def discard(*, plan: Actieplan, versie: int | None) -> None:
    """Throw a concept away. Raises Gewijzigd and PlanStaatVast."""
    _concept(plan, versie).delete()
