"""The net of public space between two places, and the way through it for a group of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt, geojson
from kern.geo.vormen import Kader, haversine
from wijken.queries import Bereik

from ..models import Knelpunt, Screeningsobject, Voorziening
from ..rules import route
from ..rules.woorden import Onderwerp, Oordeel
from ..states import CLOSED, Knelpuntstatus

# What one walks over or along; a bench or a parking place is no part of a way.
WALKED = (
    Onderwerp.LOOPROUTE,
    Onderwerp.OVERSTEEKPLAATS,
    Onderwerp.HELLINGSBAAN,
    Onderwerp.BUITENTRAP,
)
# Around the straight line between both places; and the most that a way is looked for in one go.
MARGIN_M, MOST_M = 600, 5_000


@dataclass(frozen=True)
class Schakel:
    """A piece of the way with what is wrong there."""

    object: Screeningsobject
    knelpunten: list[Knelpunt]
    is_zwakste: bool


@dataclass(frozen=True)
class Antwoord:
    """The way that was found: its links in order; `weg` is None when the pieces that are known do not meet."""

    weg: route.Weg | None
    schakels: list[Schakel]
    reden: str = ""

    @property
    def knelpunten(self) -> list[Knelpunt]:
        """The few that open it, the worst first."""
        rows = [row for schakel in self.schakels for row in schakel.knelpunten]
        return sorted(rows, key=lambda row: (-row.ernst, -row.rang, row.pk))


def facilities(zone: Any = None) -> Any:
    """Where one can start and go."""
    rows = Voorziening.objects.filter(is_actief=True).select_related("soort", "wijk")
    return (rows.filter(wijk__woonzorgzones=zone) if zone else rows).order_by("wijk__naam", "naam")


def way(van: Voorziening, naar: Voorziening, groep: str, ernst: int, user: Gebruiker, reach: Bereik) -> Antwoord:
    """The way between two facilities for a group: what is at least this bad stops them (three queries)."""
    if haversine(van.plaats, naar.plaats) > MOST_M:
        words = f"De plaatsen liggen te ver van elkaar: kies er twee binnen {MOST_M // 1000} kilometer."
        return Antwoord(None, [], words)
    box = Kader.of([van.plaats, naar.plaats])
    objects = {
        row.pk: row
        for row in Screeningsobject.objects.visible_to(user, reach)
        .filter(is_actief=True, plaats__isnull=False, onderwerp__in=WALKED)
        .filter(plaats__binnen_kader=wider(box))
        .select_related("zone")
    }
    stops = _stops(set(objects), groep, ernst)
    net = route.build(
        route.Stuk(
            pk,
            tuple(row.lijn) if row.lijn else (row.plaats,),
            row.oordeel not in (Oordeel.NIET_GESCREEND, Oordeel.ONVOLLEDIG, Oordeel.NIET_MEETBAAR),
            frozenset(one.pk for one in stops.get(pk, ())),
        )
        for pk, row in objects.items()
    )
    begin, end = route.near(net, van.plaats), route.near(net, naar.plaats)
    for facility, found in ((van, begin), (naar, end)):
        if not found:
            return Antwoord(
                None, [], f"Bij {facility} kennen we nog geen voetpad of oversteek. Meet daar eerst iets op."
            )
    weg = route.find(net, begin, end)
    if weg is None:
        words = "De voetpaden en oversteken die we kennen, sluiten niet op elkaar aan. Meet op wat ontbreekt."
        return Antwoord(None, [], words)
    worst = max((one.ernst for pk in weg.stukken for one in stops.get(pk, ())), default=0)
    links = [
        Schakel(objects[pk], found, any(one.ernst == worst for one in found))
        for pk in weg.stukken
        for found in [stops.get(pk, [])]
    ]
    return Antwoord(weg, links)


def _stops(objects: set[int], groep: str, ernst: int) -> dict[int, list[Knelpunt]]:
    found: dict[int, list[Knelpunt]] = {}
    open_still = Knelpunt.objects.exclude(status__in=CLOSED | {Knelpuntstatus.UITGEVOERD})
    rows = open_still.filter(object__in=objects, ernst__gte=ernst)
    for row in rows.filter(Q(groepen__contains=[groep])).order_by("-ernst", "pk"):
        found.setdefault(row.object_id or 0, []).append(row)
    return found


def wider(box: Kader) -> Kader:
    """The box with a margin on each side."""
    low = Kader.around(Punt(box.west, box.zuid), MARGIN_M)
    high = Kader.around(Punt(box.oost, box.noord), MARGIN_M)
    return Kader(low.west, low.zuid, high.oost, high.noord)


def places(found: Antwoord) -> dict[str, Any]:
    """The links of the way as places for the map."""
    features = [
        geojson.feature(
            row.object.pk,
            geojson.point(row.object.plaats),
            naam=f"{number}. {row.object.naam}",
            url=row.object.get_absolute_url(),
        )
        for number, row in enumerate(found.schakels, 1)
        if row.object.plaats
    ]
    return geojson.feature_collection(features)
