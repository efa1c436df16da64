"""Campaigns and how far they are, objects with what was measured, and what has to be measured again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from kern.gebruikers.models import Gebruiker
from kern.geo import geojson
from kern.geo.vormen import Kader
from wijken.queries import Bereik

from ..models import Bevinding, Campagne, Criterium, GoedVoorbeeld, Knelpunt, Meting, Norm, Opname, Screeningsobject
from ..rules import tekst
from ..rules.woorden import Meetwijze, Onderwerp, Oordeel
from ..states import Mening

POINTS = 2000
Gevonden = TypeVar("Gevonden", bound=Bevinding)


def own_zones(user: Gebruiker, reach: Bereik) -> set[int]:
    """The zones of the campaigns this person, or who they stand in for, screens in."""
    return set(Campagne.objects.filter(screeners__in=reach.gebruiker_ids).values_list("zone_id", flat=True))


def campaigns(user: Gebruiker, reach: Bereik) -> QuerySet[Campagne]:
    """The campaigns somebody may see, with how many objects there are and how many were visited in it."""
    return (
        Campagne.objects.visible_to(user, reach)
        .select_related("zone", "niveau", "coordinator")
        .prefetch_related("screeners")
        .order_by("-van", "naam")
    )


@dataclass(frozen=True)
class Voortgang:
    """How far a campaign is in one part: never said in a percentage without its numbers."""

    naam: str
    totaal: int
    gedaan: int
    code: str = ""

    @property
    def open(self) -> int:
        return self.totaal - self.gedaan

    @property
    def procent(self) -> int:
        return 100 * self.gedaan // self.totaal if self.totaal else 0


def with_visits(campagne: Campagne) -> QuerySet[Any]:
    """The objects of a campaign; `bezocht` tells whether it was there."""
    visits = Opname.objects.filter(campagne=campagne, object=OuterRef("pk"))
    return Screeningsobject.objects.of_campaign(campagne).annotate(bezocht=Exists(visits))


def progress(campagne: Campagne) -> tuple[Voortgang, list[Voortgang], list[Voortgang]]:
    """How far a campaign is: in all, per subject, and per street (one query)."""
    rows = list(
        with_visits(campagne)
        .values("onderwerp", "straat")
        .annotate(totaal=Count("pk"), gedaan=Count("pk", filter=Q(bezocht=True)))
        .order_by("onderwerp", "straat")
    )
    total = Voortgang("alles samen", sum(r["totaal"] for r in rows), sum(r["gedaan"] for r in rows))
    names = dict(Onderwerp.choices)
    by_subject = [
        Voortgang(str(names[code]), *_sum(r for r in rows if r["onderwerp"] == code), code)
        for code in campagne.onderwerpen
    ]
    streets = sorted({r["straat"] for r in rows})
    by_street = [
        Voortgang(street or "zonder straat", *_sum(r for r in rows if r["straat"] == street), street)
        for street in streets
    ]
    return total, by_subject, by_street


def _sum(rows: Iterable[Any]) -> tuple[int, int]:
    found = list(rows)
    return sum(r["totaal"] for r in found), sum(r["gedaan"] for r in found)


def progress_of(campaigns: Iterable[Campagne]) -> dict[int, Voortgang]:
    """How far each campaign is in all (two queries for any number)."""
    rows = list(campaigns)
    visited = dict(
        Opname.objects.filter(campagne__in=rows, object__is_actief=True)
        .values_list("campagne")
        .annotate(n=Count("object", distinct=True))
        .order_by()
    )
    objects: dict[tuple[int | None, str], int] = {
        (zone, onderwerp): n
        for zone, onderwerp, n in Screeningsobject.objects.filter(zone__in=[c.zone_id for c in rows], is_actief=True)
        .values_list("zone", "onderwerp")
        .annotate(n=Count("pk"))
        .order_by()
    }
    return {
        c.pk: Voortgang(c.naam, sum(objects.get((c.zone_id, o), 0) for o in c.onderwerpen), visited.get(c.pk, 0))
        for c in rows
    }


def running_for(user: Gebruiker, reach: Bereik, obj: Screeningsobject) -> Campagne | None:
    """The running campaign that an object belongs to, where somebody screens; first that of this person."""
    rows = list(
        Campagne.objects.visible_to(user, reach)
        .running()
        .filter(zone=obj.zone_id, onderwerpen__contains=[obj.onderwerp])
        .annotate(eigen=Count("screeners", filter=Q(screeners__in=reach.gebruiker_ids)))
        .order_by("-eigen", "-van", "pk")
    )
    return rows[0] if rows else None


def next_object(campagne: Campagne, after: Screeningsobject) -> Screeningsobject | None:
    """What to visit next: the nearest that was not visited, of the same street first."""
    rows = list(with_visits(campagne).filter(bezocht=False).exclude(pk=after.pk)[:500])
    here = after.plaats
    if here is None:
        return rows[0] if rows else None

    def far(row: Screeningsobject) -> tuple[bool, float]:
        away = abs(row.plaats.lon - here.lon) + abs(row.plaats.lat - here.lat) if row.plaats else 1e9
        return row.straat != after.straat, away

    return min(rows, key=far, default=None)


@dataclass(frozen=True)
class Regel:
    """One criterium of an object as people read it."""

    criterium: Criterium
    meting: Meting | None
    waarde: str
    gevraagd: str
    liefst: str
    afwijking: str
    toon: str

    @property
    def oordeel(self) -> str:
        return self.meting.get_oordeel_display() if self.meting else str(Oordeel.NIET_GESCREEND.label)


TONES = {
    Oordeel.VOLDOET: "goed",
    Oordeel.VOLDOET_NIET: "laat",
    Oordeel.AANDACHTSPUNT: "bezig",
}


def tone(oordeel: str) -> str:
    """The kind of label a verdict is shown with."""
    return next((toon for code, toon in TONES.items() if code == oordeel), "")


def lines(obj: Screeningsobject) -> list[Regel]:
    """What was measured of an object last, and what not (two queries)."""
    metingen = {
        m.criterium_id: m for m in obj.metingen.current().select_related("criterium", "norm", "opname__door", "niveau")
    }
    judged = Norm.objects.filter(criterium=OuterRef("pk"), geldig_tot=None)
    criteria = Criterium.objects.filter(onderwerp=obj.onderwerp, is_actief=True).annotate(telt=Exists(judged))
    return [_line(c, metingen.get(c.pk)) for c in criteria if c.telt or c.pk in metingen]


def _line(criterium: Criterium, meting: Meting | None) -> Regel:
    if meting is None:
        return Regel(criterium, None, "", "", "", "", "")
    norm, unit = meting.norm, criterium.eenheid
    shown = tekst.value(meting.waarde, unit, ja_nee=criterium.meetwijze == Meetwijze.JA_NEE)
    asked = tekst.limit(norm.operator, norm.minimum, norm.maximum, unit) if norm else ""
    target = tekst.target(norm.streef_minimum, norm.streef_maximum, unit) if norm else ""
    return Regel(
        criterium,
        meting,
        shown or f"niet te meten: {meting.niet_meetbaar}",
        asked,
        target,
        deviation(meting.afwijking, unit),
        tone(meting.oordeel),
    )


def deviation(afwijking: Decimal | None, eenheid: str) -> str:
    """How far off, in words: '1 % te veel'."""
    if not afwijking:
        return ""
    return f"{tekst.with_unit(abs(afwijking), eenheid)} te {'weinig' if afwijking < 0 else 'veel'}"


def visits(obj: Screeningsobject) -> list[Opname]:
    """The visits to an object with their photos and values, the newest first (three queries)."""
    return list(
        obj.opnames.select_related("door", "campagne")
        .prefetch_related("beelden__beeld", Prefetch("metingen", Meting.objects.select_related("criterium")))
        .order_by("-gemeten_op", "-pk")
    )


def previous_values(user: Gebruiker, onderwerp: str) -> dict[str, Decimal]:
    """What this person measured last of the same subject, to start from; empty without an earlier visit."""
    last = Opname.objects.filter(door=user, object__onderwerp=onderwerp).order_by("-gemeten_op", "-pk").first()
    if last is None:
        return {}
    rows = last.metingen.filter(waarde__isnull=False, is_berekend=False)
    found = rows.values_list("criterium__code", "waarde")
    return {code: waarde for code, waarde in found if waarde is not None}


def due(user: Gebruiker, reach: Bereik, on: date) -> QuerySet[Screeningsobject]:
    """What has to be measured again by this day, the longest ago first."""
    rows = Screeningsobject.objects.visible_to(user, reach).due(on)
    return rows.select_related("wijk", "zone").order_by("hercontrole_op", "pk")


def due_criteria(objects: Iterable[Screeningsobject], on: date) -> dict[int, list[str]]:
    """Which criteria of each object are due (one query)."""
    found: dict[int, list[str]] = {}
    rows = Meting.objects.current().filter(object__in=list(objects), hercontrole_op__lte=on)
    for pk, naam in rows.order_by("criterium__volgorde").values_list("object_id", "criterium__naam"):
        found.setdefault(pk, []).append(naam)
    return found


def findings(user: Gebruiker, reach: Bereik) -> QuerySet[Knelpunt]:
    """The knelpunten somebody may see, with how many colleagues confirmed or doubt them."""
    rows: QuerySet[Knelpunt] = Knelpunt.objects.visible_to(user, reach)
    return with_opinions(rows.select_related("wijk", "zone", "niveau", "object", "opname", "norm")).order_by(
        "-ernst", "-vastgesteld_op", "pk"
    )


def good_examples(user: Gebruiker, reach: Bereik) -> QuerySet[GoedVoorbeeld]:
    """The good examples somebody may see."""
    rows: QuerySet[GoedVoorbeeld] = GoedVoorbeeld.objects.visible_to(user, reach)
    rows = rows.select_related("wijk", "zone", "niveau", "object", "opname")
    return with_opinions(rows).order_by("-vastgesteld_op", "pk")


def with_opinions(rows: QuerySet[Gevonden]) -> QuerySet[Gevonden]:
    """The findings with the number of opinions of each kind."""
    found: QuerySet[Gevonden] = rows.annotate(
        **{kind: Count("meningen", filter=Q(meningen__mening=kind), distinct=True) for kind in Mening.values}
    )
    return found


def features(rows: QuerySet[Screeningsobject], kader: Kader | None = None) -> dict[str, Any]:
    """Objects as points on the map, with what is said of them; at most `POINTS`, and it says so."""
    found = rows.filter(plaats__isnull=False)
    if kader is not None:
        found = found.filter(plaats__binnen_kader=kader)
    picked = list(found.order_by("pk")[: POINTS + 1])
    nota = (
        {"nota": f"De kaart toont de eerste {POINTS} objecten. Kom dichterbij voor alle."}
        if len(picked) > POINTS
        else {}
    )
    return geojson.feature_collection(
        (
            geojson.feature(
                obj.pk,
                geojson.point(obj.plaats) if obj.plaats else None,
                naam=f"{obj.naam}: {obj.get_oordeel_display()}",
                url=obj.get_absolute_url(),
                soort={"laat": "laat", "goed": "goed"}.get(tone(obj.oordeel), "gewoon"),
            )
            for obj in picked[:POINTS]
        ),
        **nota,
    )
