"""Reads about rounds on foot: what could go in one, the page of one, the list, and what they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo import ronde as walk
from kern.geo.tekening import Plattegrond, plan_of
from wijken.models import Team, TeamWijk, Wijk, WijkRing
from wijken.queries import Bereik

from ..models import Handeling, Melding, Ronde, Rondestop, Startplaats, Verbruik
from ..models.melding import TERM, MeldingQuerySet
from ..models.ronde import RondeQuerySet
from ..rules import may_see, why_not_in_round
from ..states import OPEN, PAUSED, Stopstatus
from .keyset import Volgorde
from .staff import visible

NEWEST = Volgorde("-dag", F("dag"), date.fromisoformat)


def work_for(user: Gebruiker, reach: Bereik, *, team: Team, wijk: Wijk | None, dag: date) -> MeldingQuerySet:
    """What the team could do on its round of that day: its open reports there, late first.

    Left out is what waits for somebody outside, is sensitive, has no place, is promised for a later day, or is in
    another open round.
    """
    busy = Rondestop.objects.filter(melding=OuterRef("pk"), status=Stopstatus.OPEN, ronde__afgerond_op__isnull=True)
    rows = visible(user, reach).filter(
        Q(gepland_op__isnull=True) | Q(gepland_op__lte=dag),
        team=team,
        status__in=sorted(OPEN - PAUSED),
        plaats__isnull=False,
        categorie__is_gevoelig=False,
    )
    if wijk:
        rows = rows.filter(wijk=wijk)
    rows = rows.filter(~Exists(busy)).select_related("categorie", "wijk")
    first = Case(When(gepland_op__lte=dag, then=0), default=1, output_field=IntegerField())
    return rows.defer("zoek").annotate(afgesproken=first).order_by("afgesproken", TERM, "pk")


def wijken_of(team: Team, on: date) -> QuerySet[Wijk]:
    """The wijken in which the team works on that day."""
    return Wijk.objects.filter(pk__in=TeamWijk.objects.on(on).filter(team=team).values("wijk")).order_by("naam")


def starts_of(team: Team) -> QuerySet[Startplaats]:
    """Where rounds of the team can begin, its own places first."""
    return Startplaats.objects.filter(Q(team=team) | Q(team__isnull=True), is_actief=True).order_by(
        F("team").asc(nulls_last=True), "naam"
    )


def one(user: Gebruiker, reach: Bereik) -> RondeQuerySet:
    """Where the page of one round looks."""
    return Ronde.objects.visible_to(user, reach).select_related("team", "wijk", "uitvoerder", "gemaakt_door")


@dataclass(frozen=True)
class Stop:
    """A stop as its round shows it. `melding` is None for who may not see the report; `elders` says why it is over."""

    rij: Rondestop
    melding: Melding | None
    elders: str = ""

    @property
    def is_te_doen(self) -> bool:
        return self.rij.is_open and not self.elders and self.melding is not None


@dataclass(frozen=True)
class Rondepagina:
    """Everything on the page of a round."""

    ronde: Ronde
    stops: list[Stop]
    terug: int
    volgende: Stop | None = None
    verbruik: dict[int | None, list[Verbruik]] = field(default_factory=dict)

    @property
    def te_doen(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.is_te_doen]

    @property
    def later(self) -> list[Stop]:
        """What is to do after the next one."""
        return [stop for stop in self.te_doen if stop is not self.volgende]

    @property
    def geweest(self) -> list[Stop]:
        return [stop for stop in self.stops if not stop.is_te_doen]

    @property
    def klaar(self) -> int:
        return len(self.stops) - len(self.te_doen)

    @property
    def meter(self) -> int:
        return sum(stop.rij.meter for stop in self.stops) + self.terug

    @property
    def minuten(self) -> int:
        return (self.ronde.minuten or 0) + sum(stop.rij.minuten or 0 for stop in self.stops)


def page_of(ronde: Ronde, user: Gebruiker, reach: Bereik) -> Rondepagina:
    """The round with its stops in order and what each used up (two queries)."""
    rows = ronde.stops.select_related("melding__categorie", "melding__wijk", "melding__team", "door")
    stops = [_stop(row, user, reach) for row in rows.defer("melding__zoek")]
    used: dict[int | None, list[Verbruik]] = {}
    for row in ronde.verbruik.select_related("materiaal"):
        used.setdefault(row.stop_id, []).append(row)
    last = next((stop.rij.melding.plaats for stop in reversed(stops) if stop.rij.melding.plaats), None)
    back = round(walk.walking(last, ronde.start_plaats)) if last and ronde.keert_terug else 0
    return Rondepagina(ronde, stops, back, next((stop for stop in stops if stop.is_te_doen), None), used)


def _stop(row: Rondestop, user: Gebruiker, reach: Bereik) -> Stop:
    if not may_see(user, reach, row.melding) or row.melding.categorie.is_gevoelig:
        return Stop(row, None)
    elsewhere = why_not_in_round(row.melding) if row.is_open else ""
    return Stop(row, row.melding, elsewhere)


def last_done(ronde: Ronde, steps: Sequence[int]) -> Rondestop | None:
    """The stop that was finished last, when its step is among these lines of the story."""
    return ronde.stops.filter(lijn__in=steps).order_by("-op").first()


def undoable_steps(ronde: Ronde, user: Gebruiker) -> list[Handeling]:
    """The steps of this round that this person took and that may still be taken back, the newest first (one query)."""
    lines = list(ronde.stops.filter(lijn__isnull=False).values_list("melding_id", "lijn_id"))
    rows = Handeling.objects.filter(
        melding__in=[melding for melding, _line in lines], door=user, teruggedraaid_op__isnull=True
    ).order_by("-op")
    known = {line for _melding, line in lines}
    return [row for row in rows if known & set(row.lijnen)]


def map_of(page: Rondepagina, width: int = 680) -> Plattegrond | None:
    """The round as a drawing: outlines of the wijken, the walk, the start and numbered stops (one query)."""
    shown = [(stop.rij.volgorde, stop.melding.plaats) for stop in page.stops if stop.melding and stop.melding.plaats]
    wijken = {stop.melding.wijk_id for stop in page.stops if stop.melding and stop.melding.wijk_id}
    outlines: dict[object, list[tuple[Punt, ...]]] = {}
    for wijk, ring in WijkRing.objects.filter(wijk__in=wijken).order_by("wijk_id", "pk").values_list("wijk_id", "ring"):
        outlines.setdefault(wijk, []).append(ring)
    return plan_of(outlines, page.ronde.start_plaats, shown, back=page.ronde.keert_terug, width=width)


def with_counts(rows: RondeQuerySet) -> RondeQuerySet:
    """With how many stops each round has, and how many of them are done and could not be done."""
    return rows.annotate(
        aantal=Count("stops"),
        gedaan=Count("stops", filter=Q(stops__status=Stopstatus.GEDAAN)),
        niet_gelukt=Count("stops", filter=Q(stops__status=Stopstatus.NIET_GELUKT)),
    ).select_related("team", "wijk", "uitvoerder")


@dataclass(frozen=True)
class Totaal:
    """What the rounds of a team took in a period."""

    team: Team
    rondes: int
    stops: int
    gedaan: int
    niet_gelukt: int
    overgeslagen: int
    minuten: int
    meter: int
    materiaal: list[tuple[str, str, Decimal]]

    @property
    def uren(self) -> Decimal:
        return (Decimal(self.minuten) / 60).quantize(Decimal("0.01"))


def totals(rondes: RondeQuerySet) -> list[Totaal]:
    """Per team what these rounds took, by name (three queries)."""
    rounds = {
        row["team"]: row
        for row in rondes.order_by().values("team").annotate(n=Count("pk"), m=Coalesce(Sum("minuten"), Value(0)))
    }
    mine = Rondestop.objects.filter(ronde__in=rondes.order_by().values("pk"))
    stops = {
        row["ronde__team"]: row
        for row in mine.order_by()
        .values("ronde__team")
        .annotate(
            n=Count("pk"),
            gedaan=Count("pk", filter=Q(status=Stopstatus.GEDAAN)),
            niet_gelukt=Count("pk", filter=Q(status=Stopstatus.NIET_GELUKT)),
            overgeslagen=Count("pk", filter=Q(status=Stopstatus.OVERGESLAGEN)),
            minuten=Coalesce(Sum("minuten"), Value(0)),
            meter=Coalesce(Sum("meter"), Value(0)),
        )
    }
    used: dict[int, list[tuple[str, str, Decimal]]] = {}
    for row in (
        Verbruik.objects.filter(ronde__in=rondes.order_by().values("pk"))
        .order_by("materiaal__volgorde", "materiaal__naam")
        .values("ronde__team", "materiaal__naam", "materiaal__eenheid")
        .annotate(som=Sum("aantal"))
    ):
        used.setdefault(row["ronde__team"], []).append((row["materiaal__naam"], row["materiaal__eenheid"], row["som"]))
    found = []
    for team in Team.objects.filter(pk__in=rounds).order_by("naam"):
        here: dict[str, Any] = dict(stops.get(team.pk, {}))
        found.append(
            Totaal(
                team=team,
                rondes=rounds[team.pk]["n"],
                stops=here.get("n", 0),
                gedaan=here.get("gedaan", 0),
                niet_gelukt=here.get("niet_gelukt", 0),
                overgeslagen=here.get("overgeslagen", 0),
                minuten=rounds[team.pk]["m"] + here.get("minuten", 0),
                meter=here.get("meter", 0),
                materiaal=used.get(team.pk, []),
            )
        )
    return found


def for_export(rondes: RondeQuerySet) -> QuerySet[Rondestop]:
    """A row per stop of these rounds, with its report's number and kind but not its place or words."""
    return (
        Rondestop.objects.filter(ronde__in=rondes.order_by().values("pk"))
        .select_related("ronde__team", "ronde__wijk", "melding__categorie", "door")
        .prefetch_related("verbruik__materiaal")
        .defer("melding__zoek")
        .order_by("ronde__dag", "ronde_id", "volgorde")
    )
