"""Whom the conversations reach while they run: how many, where, in which language, who is missing, and where to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from wijken.models import Wijk

from ..models import Fase, Gesprek, Gesprekstaal, Matrixtelling, Profielgroep, Profieltelling, Signaal, Traject
from ..rules import (
    IMPULS_WEIGHT,
    MISSING_BELOW,
    PLANNED_DAYS,
    PROPOSED_WIJKEN,
    SMALLEST_CELL,
    hide_small,
    is_missing,
    total_may_show,
)
from ..states.gesprek import Status

# The industrial areas are wijken on the map, but nobody lives there.
UNINHABITED = "Industrieterrein"


@dataclass(frozen=True)
class Stand:
    """How far a traject is."""

    personen: int
    gesprekken: int
    gepland: int
    doel: int

    @property
    def procent(self) -> int:
        return min(100, round(100 * self.personen / self.doel)) if self.doel else 0

    @property
    def nog(self) -> int:
        return max(0, self.doel - self.personen)


@dataclass(frozen=True)
class Rij:
    """A wijk or a language, with the people reached."""

    naam: str
    personen: int
    gesprekken: int
    wijk: Wijk | None = None


@dataclass(frozen=True)
class Groeprij:
    """A group of the matrix: people counted, None when that may not be shown, beside its share in the city."""

    naam: str
    aantal: int | None
    procent: int | None
    stad: float | None
    ontbreekt: bool
    bron: str


@dataclass(frozen=True)
class Verdeling:
    """The groups of one characteristic. `totaal` is None when the sum would tell what the groups hide."""

    naam: str
    totaal: int | None
    rijen: list[Groeprij]

    @property
    def ontbreken(self) -> list[str]:
        return [rij.naam for rij in self.rijen if rij.ontbreekt]

    @property
    def is_leeg(self) -> bool:
        return all(rij.aantal == 0 for rij in self.rijen)


@dataclass(frozen=True)
class Voorstel:
    """A wijk to go to next, and why in words."""

    wijk: Wijk
    personen: int
    deel: int

    @property
    def tekort(self) -> int:
        return self.deel - self.personen


def standing(traject: Traject, fase: Fase | None = None) -> Stand:
    """People reached, conversations held and planned, and the goal (two queries)."""
    rows = Gesprek.objects.filter(traject=traject, **({"fase": fase} if fase else {}))
    found = rows.aggregate(
        personen=Coalesce(Sum("aanwezigen", filter=_held()), 0),
        gesprekken=Count("pk", filter=_held()),
        gepland=Count("pk", filter=Q(status=Status.GEPLAND)),
    )
    goal = fase.doel_personen if fase else traject.fasen.aggregate(n=Sum("doel_personen"))["n"]
    return Stand(**found, doel=goal or 0)


def by_wijk(traject: Traject, fase: Fase | None = None) -> list[Rij]:
    """Every wijk where people live, with the people reached, the most first; and those of the whole city (two)."""
    found = {row["wijk"]: row for row in _held_by(traject, fase, "wijk")}
    rows = [
        Rij(wijk.naam, found[wijk.pk]["personen"], found[wijk.pk]["gesprekken"], wijk)
        if wijk.pk in found
        else Rij(wijk.naam, 0, 0, wijk)
        for wijk in Wijk.objects.exclude(naam__startswith=UNINHABITED)
    ]
    rows.sort(key=lambda rij: (-rij.personen, rij.naam))
    if city := found.get(None):
        rows.append(Rij("heel de stad", city["personen"], city["gesprekken"]))
    return rows


def by_language(traject: Traject, fase: Fase | None = None) -> list[Rij]:
    """The languages that were spoken, the most people first (one query)."""
    names = dict(Gesprekstaal.choices)
    rows = [Rij(str(names[row["taal"]]), row["personen"], row["gesprekken"]) for row in _held_by(traject, fase, "taal")]
    return sorted(rows, key=lambda rij: (-rij.personen, rij.naam))


def profile(traject: Traject) -> list[Verdeling]:
    """Who was there, as far as they wanted to be counted. Of a whole traject only: two parts of it side by side
    would tell of the few people between them (two queries).
    """
    rows = Profieltelling.objects.filter(gesprek__traject=traject, gesprek__status__in=["ingevoerd", "nagekeken"])
    counts = dict(rows.order_by().values_list("groep").annotate(n=Sum("aantal")))
    return _distributions(counts)


def matrix(traject: Traject) -> list[Verdeling]:
    """Who signed up as uitdager, as far as they wanted to be counted (two queries)."""
    return _distributions(dict(Matrixtelling.objects.filter(traject=traject).values_list("groep", "aantal")))


def profile_of(gesprek: Gesprek) -> list[Verdeling]:
    """Who was at one conversation, with what is too small left out (two queries)."""
    found = _distributions(dict(gesprek.profiel.values_list("groep", "aantal")), compare=False)
    return [verdeling for verdeling in found if not verdeling.is_leeg]


def _distributions(counts: dict[int, int], *, compare: bool = True) -> list[Verdeling]:
    groups: dict[str, list[Profielgroep]] = {}
    for groep in Profielgroep.objects.filter(kenmerk__is_actief=True).select_related("kenmerk"):
        groups.setdefault(groep.kenmerk.naam, []).append(groep)
    return [_distribution(naam, rows, counts, compare) for naam, rows in groups.items()]


def _distribution(naam: str, groups: list[Profielgroep], counts: dict[int, int], compare: bool) -> Verdeling:
    values = [counts.get(groep.pk, 0) for groep in groups]
    total = sum(values)
    shows = total_may_show(values)
    rows = []
    for groep, value, seen in zip(groups, values, hide_small(values), strict=True):
        city = float(groep.aandeel) if groep.aandeel is not None else None
        # Below the smallest total a share says nothing. A hidden group gets no verdict: that would narrow it down.
        judged = compare and seen is not None and shows and total >= 4 * SMALLEST_CELL and city is not None
        share = value / total if judged else 0.0
        rows.append(
            Groeprij(
                groep.naam,
                seen,
                round(100 * value / total) if seen is not None and shows and total else None,
                city,
                judged and is_missing(share, (city or 0) / 100),
                groep.bron,
            )
        )
    return Verdeling(naam, total if shows else None, rows)


def proposals(traject: Traject, on: date, fase: Fase | None = None) -> list[Voorstel]:
    """The wijken that are furthest below their part of the goal, without those where a conversation comes soon.

    There are no inhabitants by wijk, so each wijk counts the same and an impulswijk double. Three queries.
    """
    goal = standing(traject, fase).doel
    if not goal:
        return []
    soon = set(
        Gesprek.objects.filter(
            status=Status.GEPLAND, datum__gte=on, datum__lte=on + timedelta(days=PLANNED_DAYS), wijk__isnull=False
        ).values_list("wijk", flat=True)
    )
    rows = [rij for rij in by_wijk(traject, fase) if rij.wijk]
    weights = {rij.naam: IMPULS_WEIGHT if rij.wijk and rij.wijk.is_impulswijk else 1 for rij in rows}
    whole = sum(weights.values()) or 1
    found = [
        Voorstel(rij.wijk, rij.personen, round(goal * weights[rij.naam] / whole))
        for rij in rows
        if rij.wijk and rij.wijk.pk not in soon
    ]
    found = [row for row in found if row.tekort > 0]
    return sorted(found, key=lambda row: (-row.tekort, row.wijk.naam))[:PROPOSED_WIJKEN]


def rule_in_words() -> list[str]:
    """How the proposal is made, for who reads the page."""
    return [
        f"Elke wijk heeft een gelijk deel van het doel, een impulswijk het dubbele. "
        f"We stellen de {PROPOSED_WIJKEN} wijken voor die daar het verst onder zitten.",
        f"Een wijk waar binnen {PLANNED_DAYS} dagen een gesprek gepland is, stellen we niet voor.",
        f"Een groep ontbreekt als haar aandeel bij wie geteld is, kleiner is dan {MISSING_BELOW:.0%} van haar aandeel "
        "in de stad. We vergelijken alleen groepen waarvan we het aandeel in de stad kennen.".replace("%", " procent"),
    ]


def said_most(traject: Traject) -> list[tuple[str, int]]:
    """What struikelblokken are about, the most first, from five on (one query)."""
    rows = Signaal.objects.filter(gesprek__traject=traject, soort=Signaal.Soort.STRUIKELBLOK, thema__isnull=False)
    counted = rows.order_by().values_list("thema__naam").annotate(n=Count("pk")).filter(n__gte=SMALLEST_CELL)
    return list(counted.order_by("-n", "thema__naam")[:8])


def _held() -> Q:
    return Q(status__in=[Status.INGEVOERD, Status.NAGEKEKEN])


def _held_by(traject: Traject, fase: Fase | None, name: str) -> list[dict[str, Any]]:
    rows = Gesprek.objects.held().filter(traject=traject, **({"fase": fase} if fase else {}))
    return list(rows.order_by().values(name).annotate(personen=Sum("aanwezigen"), gesprekken=Count("pk")))
