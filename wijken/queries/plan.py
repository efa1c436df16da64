"""The multi-year plan as pages show it: with totals that add up, and with what is tied to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Actieplan, Beleidsdoelstelling, Meerjarenplan, PlanActie, Planbedrag, Planlink
from ..rules import Bereik

NUL = Decimal(0)


@dataclass
class Geld:
    """Planned and spent, per year; of one thing, or added up."""

    budget: dict[int, Decimal] = field(default_factory=dict)
    gerealiseerd: dict[int, Decimal] = field(default_factory=dict)

    def add(self, jaar: int, budget: Decimal | None, gerealiseerd: Decimal | None) -> None:
        """Add amounts of a year; None adds nothing, and leaves an unknown year unknown."""
        for known, amount in ((self.budget, budget), (self.gerealiseerd, gerealiseerd)):
            if amount is not None:
                known[jaar] = known.get(jaar, NUL) + amount

    def merge(self, other: Geld) -> None:
        """Add what another has."""
        for jaar in {*other.budget, *other.gerealiseerd}:
            self.add(jaar, other.budget.get(jaar), other.gerealiseerd.get(jaar))

    @property
    def totaal_budget(self) -> Decimal:
        return sum(self.budget.values(), NUL)

    @property
    def totaal_gerealiseerd(self) -> Decimal:
        return sum(self.gerealiseerd.values(), NUL)

    @property
    def procent(self) -> int | None:
        """How much of the budget was spent; None without a budget."""
        return round(100 * self.totaal_gerealiseerd / self.totaal_budget) if self.totaal_budget else None


@dataclass
class Knoop:
    """A row of the plan: an objective, an action plan or an action, with its money and what is under it."""

    rij: Any
    niveau: str
    geld: Geld = field(default_factory=Geld)
    per_soort: dict[str, Geld] = field(default_factory=lambda: {soort: Geld() for soort in Planbedrag.Soort.values})
    onder: list[Knoop] = field(default_factory=list)
    banden: int = 0

    def take(self, below: Knoop) -> None:
        """Add the money of what is under it."""
        self.geld.merge(below.geld)
        for soort, geld in below.per_soort.items():
            self.per_soort[soort].merge(geld)


@dataclass(frozen=True)
class Boom:
    """The whole plan; `geld` is the sum of its objectives."""

    plan: Meerjarenplan
    doelstellingen: list[Knoop]
    geld: Geld

    def find(self, code: str) -> Knoop | None:
        """The row with this code."""
        todo = list(self.doelstellingen)
        while todo:
            knot = todo.pop()
            if knot.rij.code == code:
                return knot
            todo += knot.onder
        return None


def plan_tree(plan: Meerjarenplan) -> Boom:
    """The plan with money and the number of ties on every level (five queries).

    Only actions have money: what stands with an action plan or an objective is the sum of what is under it.
    """
    tied = _ties_per_row(plan)
    amounts: dict[int, list[tuple[int, str, Decimal | None, Decimal | None]]] = defaultdict(list)
    rows = Planbedrag.objects.filter(actie__actieplan__beleidsdoelstelling__plan=plan).order_by()
    for actie, jaar, soort, budget, spent in rows.values_list("actie", "jaar", "soort", "budget", "gerealiseerd"):
        amounts[actie].append((jaar, soort, budget, spent))
    goals = {row.pk: Knoop(row, "BD", banden=tied["bd", row.pk]) for row in plan.doelstellingen.all()}
    plans = {}
    for row in Actieplan.objects.filter(beleidsdoelstelling__plan=plan).order_by("code"):
        row.beleidsdoelstelling = goals[row.beleidsdoelstelling_id].rij  # as it is in memory: not asked for again
        plans[row.pk] = Knoop(row, "AP", banden=tied["ap", row.pk])
        goals[row.beleidsdoelstelling_id].onder.append(plans[row.pk])
    for actie_row in PlanActie.objects.filter(actieplan__beleidsdoelstelling__plan=plan).order_by("code"):
        actie_row.actieplan = plans[actie_row.actieplan_id].rij
        knot = Knoop(actie_row, "A", banden=tied["a", actie_row.pk])
        for jaar, soort, budget, spent in amounts[actie_row.pk]:
            knot.geld.add(jaar, budget, spent)
            knot.per_soort[soort].add(jaar, budget, spent)
        plans[actie_row.actieplan_id].onder.append(knot)
    total = Geld()
    for goal in goals.values():
        for below in goal.onder:
            for knot in below.onder:
                below.take(knot)
            goal.take(below)
        total.merge(goal.geld)
    return Boom(plan, sorted(goals.values(), key=lambda knot: knot.rij.code), total)


def links_under(knoop: Knoop) -> models.QuerySet[Planlink]:
    """What is tied to a row, and to what is under it."""
    pk = knoop.rij.pk
    if knoop.niveau == "A":
        where = Q(actie=pk)
    elif knoop.niveau == "AP":
        where = Q(actieplan=pk) | Q(actie__actieplan=pk)
    else:
        where = (
            Q(beleidsdoelstelling=pk)
            | Q(actieplan__beleidsdoelstelling=pk)
            | Q(actie__actieplan__beleidsdoelstelling=pk)
        )
    return _full(Planlink.objects.filter(where))


def links_without_place(plan: Meerjarenplan) -> models.QuerySet[Planlink]:
    """What was not taken up anywhere in the plan."""
    return _full(plan.links.filter(beleidsdoelstelling=None, actieplan=None, actie=None))


@dataclass(frozen=True)
class Band:
    """A tie as a list shows it: the thing, when this person may see it, and to what degree it was taken up."""

    link: Planlink
    soort: str
    knoop: registry.Knoop | None


def bonds(links: models.QuerySet[Planlink], user: Gebruiker, reach: Bereik) -> list[Band]:
    """The ties with their things; a thing that this person may not see is counted, not named.

    A query, and those that each kind needs to be shown.
    """
    rows = list(links)
    numbers: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.van_type_id].append(row.van_id)
    seen: dict[tuple[int, int], registry.Knoop] = {}
    names: dict[int, str] = {}
    for kind, ids in numbers.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        shown = registry.thread_kind(model)
        names[kind] = str(model._meta.verbose_name) if model else ""
        if shown:
            seen |= {(kind, knot.nummer): knot for knot in shown.tonen(ids, user, reach)}
    return [Band(row, names[row.van_type_id], seen.get((row.van_type_id, row.van_id))) for row in rows]


def plan_bonds(obj: models.Model) -> models.QuerySet[Planlink]:
    """The ties of one thing, for the block on its page (one query)."""
    return _full(Planlink.objects.of(obj))


def plan_choices(plan: Meerjarenplan) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """What a thing can be tied to, grouped by objective, for a list to choose from (three queries)."""
    plans: dict[int, list[Actieplan]] = defaultdict(list)
    for row in Actieplan.objects.filter(beleidsdoelstelling__plan=plan).order_by("code"):
        plans[row.beleidsdoelstelling_id].append(row)
    acts: dict[int, list[PlanActie]] = defaultdict(list)
    for actie in PlanActie.objects.filter(actieplan__beleidsdoelstelling__plan=plan).order_by("code"):
        acts[actie.actieplan_id].append(actie)
    groups: list[tuple[str, Sequence[tuple[str, str]]]] = []
    for goal in plan.doelstellingen.order_by("code"):
        options = [(goal.code, str(goal))]
        for row in plans[goal.pk]:
            options.append((row.code, str(row)))
            options += [(actie.code, str(actie)) for actie in acts[row.pk]]
        groups.append((str(goal), options))
    return groups


def find_item(plan: Meerjarenplan, code: str) -> Beleidsdoelstelling | Actieplan | PlanActie | None:
    """The row of the plan with this code."""
    if code.startswith("BD"):
        return plan.doelstellingen.filter(code=code).first()
    if code.startswith("AP"):
        return (
            Actieplan.objects.filter(beleidsdoelstelling__plan=plan, code=code)
            .select_related("beleidsdoelstelling__plan")
            .first()
        )
    return (
        PlanActie.objects.filter(actieplan__beleidsdoelstelling__plan=plan, code=code)
        .select_related("actieplan__beleidsdoelstelling__plan")
        .first()
    )


def _full(links: models.QuerySet[Planlink]) -> models.QuerySet[Planlink]:
    return links.select_related(
        "plan",
        "door",
        "beleidsdoelstelling",
        "actieplan__beleidsdoelstelling",
        "actie__actieplan__beleidsdoelstelling",
    )


def _ties_per_row(plan: Meerjarenplan) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = defaultdict(int)
    rows = plan.links.values_list(
        "beleidsdoelstelling",
        "actieplan",
        "actieplan__beleidsdoelstelling",
        "actie",
        "actie__actieplan",
        "actie__actieplan__beleidsdoelstelling",
    )
    for bd, ap, ap_bd, a, a_ap, a_bd in rows:
        for key in (("bd", bd or ap_bd or a_bd), ("ap", ap or a_ap), ("a", a)):
            if key[1]:
                found[key] += 1
    return found
