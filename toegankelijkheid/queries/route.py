"""The net of public space between two places, and the way through it for a group of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt, geojson
from kern.geo.vormen import Kader, haversine
from wijken.queries import Bereik

from ..models import Knelpunt, Screeningsobject, ScreeningsobjectQuerySet, Voorziening
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
class Einde:
    """Where the way begins or ends: a facility, or a piece of public space itself."""

    naam: str
    plaats: Punt
    object: int | None = None


@dataclass(frozen=True)
class Schakel:
    """A piece of the way with what is wrong there."""

    object: Screeningsobject
    knelpunten: list[Knelpunt]
    is_zwakste: bool
    is_gescreend: bool


@dataclass(frozen=True)
class Antwoord:
    """The way that was found: its links in order; `weg` is None when the pieces that are known do not meet.

    A way that was screened whole comes first; `misschien` has the links of one that was not, with fewer bottlenecks.
    """

    weg: route.Weg | None
    schakels: list[Schakel]
    reden: str = ""
    misschien: list[Schakel] = field(default_factory=list)

    @property
    def knelpunten(self) -> list[Knelpunt]:
        """The few that open it, the worst first."""
        return _stopping(self.schakels)

    @property
    def te_meten(self) -> list[Screeningsobject]:
        """What nobody screened on the way."""
        return [row.object for row in self.schakels if not row.is_gescreend]

    @property
    def misschien_knelpunten(self) -> list[Knelpunt]:
        """What is known to stop people on the other way."""
        return _stopping(self.misschien)

    @property
    def misschien_te_meten(self) -> list[Screeningsobject]:
        """What has to be screened to know about the other way."""
        return [row.object for row in self.misschien if not row.is_gescreend]


def _stopping(links: Iterable[Schakel]) -> list[Knelpunt]:
    rows = [row for link in links for row in link.knelpunten]
    return sorted(rows, key=lambda row: (-row.ernst, -row.rang, row.pk))


def facilities() -> Any:
    """Where one can start and go."""
    return Voorziening.objects.filter(is_actief=True).select_related("wijk").order_by("wijk__naam", "naam")


def walked(user: Gebruiker, reach: Bereik) -> ScreeningsobjectQuerySet:
    """The pieces of public space that somebody may see and that one walks over."""
    rows = Screeningsobject.objects.visible_to(user, reach)
    return rows.filter(is_actief=True, plaats__isnull=False, onderwerp__in=WALKED)


def by_words(rows: ScreeningsobjectQuerySet, words: str) -> ScreeningsobjectQuerySet:
    """Pieces by name or street."""
    return rows.filter(Q(naam__icontains=words) | Q(straat__icontains=words)).order_by("straat", "naam", "pk")


def way(van: Einde, naar: Einde, groep: str, ernst: int, user: Gebruiker, reach: Bereik) -> Antwoord:
    """The way between two places for a group: what is at least this bad stops them (three queries)."""
    if haversine(van.plaats, naar.plaats) > MOST_M:
        words = f"De plaatsen liggen te ver van elkaar: kies er twee binnen {MOST_M // 1000} kilometer."
        return Antwoord(None, [], words)
    box = wider(Kader.of([van.plaats, naar.plaats]))
    objects = {row.pk: row for row in walked(user, reach).filter(plaats__binnen_kader=box).select_related("zone")}
    stops = _stops(set(objects), groep, ernst)
    net = route.build(
        route.Stuk(
            pk,
            tuple(row.lijn or filter(None, [row.plaats])),
            row.oordeel not in (Oordeel.NIET_GESCREEND, Oordeel.ONVOLLEDIG, Oordeel.NIET_MEETBAAR),
            frozenset(one.pk for one in stops.get(pk, ())),
        )
        for pk, row in objects.items()
    )
    begin, end = (_pieces_at(net, place) for place in (van, naar))
    for place, found in ((van, begin), (naar, end)):
        if not found:
            words = f"Bij {place.naam} kennen we nog geen voetpad of oversteek. Meet daar eerst iets op."
            return Antwoord(None, [], words)
    sure, any_way = route.find(net, begin, end, alleen_gescreend=True), route.find(net, begin, end)
    if any_way is None:
        words = "De voetpaden en oversteken die we kennen, sluiten niet op elkaar aan. Meet op wat ontbreekt."
        return Antwoord(None, [], words)
    weg = sure or any_way
    fewer = len(any_way.knelpunten) < len(weg.knelpunten)
    return Antwoord(weg, _links(weg, objects, stops), misschien=_links(any_way, objects, stops) if fewer else [])


def _pieces_at(net: route.Net, place: Einde) -> list[int]:
    if place.object is not None:
        return [place.object] if place.object in net.stukken else []
    return route.near(net, place.plaats)


def _links(weg: route.Weg, objects: dict[int, Screeningsobject], stops: dict[int, list[Knelpunt]]) -> list[Schakel]:
    worst = max((one.ernst for pk in weg.stukken for one in stops.get(pk, ())), default=0)
    return [
        Schakel(objects[pk], found, any(one.ernst == worst for one in found), pk not in weg.ongescreend)
        for pk in weg.stukken
        for found in [stops.get(pk, [])]
    ]


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
