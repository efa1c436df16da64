"""Places, addresses and outlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kern import geheugen
from kern.geo import Punt, Ring, geocoder, geojson, haversine, rings
from kern.geo.fields import within
from kern.geo.tekening import Tekening, draw
from kern.geo.vormen import Kader

from ..models import Straat, Wijk, WijkRing
from ..rules import read_address, zoeknaam

NEARBY_M = 150


def wijk_at(punt: Punt) -> Wijk | None:
    """The wijk whose outline holds the place; None outside the city (one query, none inside `kern.geheugen.vers`).

    Two wijken share a border: of a place right on it the database and the memory may each name another one.
    """
    if not geheugen.is_vers():
        return Wijk.objects.containing(punt).first()
    return next((omtrek.wijk for omtrek in geheugen.onthoud("omtrekken", _outlines) if omtrek.holds(punt)), None)


@dataclass(frozen=True)
class Omtrek:
    """The outline of a wijk, with the box around it."""

    wijk: Wijk
    kader: Kader
    delen: tuple[Ring, ...]
    gaten: tuple[Ring, ...]

    def holds(self, punt: Punt) -> bool:
        """Whether the place lies in a part and in none of the holes."""
        west, zuid, oost, noord = self.kader
        if not (west <= punt.lon <= oost and zuid <= punt.lat <= noord):
            return False
        return any(rings.contains(ring, punt) for ring in self.delen) and not any(
            rings.contains(ring, punt) for ring in self.gaten
        )


def _outlines() -> list[Omtrek]:
    found: dict[Wijk, tuple[list[Ring], list[Ring]]] = {}
    for row in WijkRing.objects.select_related("wijk").order_by("wijk__code", "pk"):
        found.setdefault(row.wijk, ([], []))[row.is_gat].append(row.ring)
    return [
        Omtrek(wijk, Kader.of([punt for ring in delen for punt in ring]), tuple(delen), tuple(gaten))
        for wijk, (delen, gaten) in found.items()
        if delen
    ]


def city_drawing(width: int = 400) -> Tekening | None:
    """All wijken as one line drawing, paths by the wijk's primary key; None as long as there are no outlines."""
    outlines: dict[object, list[Ring]] = {}
    for wijk, ring in WijkRing.objects.order_by("wijk_id", "pk").values_list("wijk_id", "ring"):
        outlines.setdefault(wijk, []).append(ring)
    return draw(outlines, width)


@dataclass(frozen=True)
class Adres:
    """A place found by its address. `bron`: straten (our table), voorbeeld (the demo's) or geocoder."""

    label: str
    punt: Punt
    wijk: Wijk | None
    bron: str


def search_address(text: str, limit: int = 8) -> list[Adres]:
    """Places for a typed address: the table of streets first, house numbers from the outside geocoder if there is one.

    Looks at the begin of the name and then of each word in it, without accents or capitals. Two letters or more.
    A house number is kept in the label; the place is then the middle of the street, unless the geocoder knows better.
    An exact name leaves out the longer ones. Never raises; at most two seconds for the outside geocoder.
    """
    asked = read_address(text)
    wanted = zoeknaam(asked.straat)
    if len(wanted) < 2:
        return []
    streets = list(
        Straat.objects.filter(Q(zoeknaam__startswith=wanted) | Q(zoeknaam__contains=f" {wanted}"))
        .select_related("wijk")
        .order_by("zoeknaam", "wijk__naam", "pk")[: 4 * limit]
    )
    exact = [street for street in streets if street.zoeknaam == wanted]
    streets = exact or sorted(streets, key=lambda street: not street.zoeknaam.startswith(wanted))
    outside = _outside(text) if asked.nummer or not streets else []
    if outside:
        return outside[:limit]
    names = [street.naam for street in streets]
    return [
        Adres(
            label=_street_label(street, asked.nummer, is_double=names.count(street.naam) > 1),
            punt=street.plaats,
            wijk=street.wijk,
            bron="voorbeeld" if street.is_fictief else "straten",
        )
        for street in streets[:limit]
    ]


def address_at(punt: Punt) -> str:
    """The place in words: 'nabij' the nearest street within 150 m of its middle; empty when there is none."""
    street = within(Straat.objects.all(), punt, NEARBY_M).first()
    return _("nabij %(straat)s") % {"straat": street.naam} if street else ""


def _outside(text: str) -> list[Adres]:
    return [Adres(found.label, found.punt, wijk_at(found.punt), "geocoder") for found in geocoder.search(text)]


def _street_label(street: Straat, number: str, *, is_double: bool) -> str:
    label = f"{street.naam} {number}".strip()
    return f"{label} ({street.wijk.naam})" if is_double and street.wijk else label


def moved(places: models.QuerySet[Any]) -> dict[int | None, list[int]]:
    """Which rows (with `plaats` and `wijk`) now lie in another wijk than they say: per wijk their keys (one query)."""
    rings = WijkRing.objects.filter(wijk=models.OuterRef("pk"), ring__bevat=models.OuterRef(models.OuterRef("plaats")))
    here = Wijk.objects.filter(models.Exists(rings.filter(is_gat=False)), ~models.Exists(rings.filter(is_gat=True)))
    found: dict[int | None, list[int]] = {}
    rows = places.filter(plaats__isnull=False).annotate(wijk_nu=models.Subquery(here.order_by("code").values("pk")[:1]))
    for pk, now, before in rows.order_by("pk").values_list("pk", "wijk_nu", "wijk_id"):
        if now != before:
            found.setdefault(now, []).append(pk)
    return found


def nearest_wijken(punt: Punt, limit: int = 3) -> list[Wijk]:
    """The wijken whose middle is nearest, for a place that lies just outside every outline."""
    return sorted(Wijk.objects.all(), key=lambda wijk: haversine(wijk.centrum, punt))[:limit]


def outlines() -> dict[str, Any]:
    """All outlines as GeoJSON for the maps, in 5 decimals (a metre); tells when they are approximate (two queries)."""
    wijken = Wijk.objects.prefetch_related("ringen").order_by("code")
    features = [
        geojson.feature(
            wijk.code,
            geojson.outline(((ring.ring, ring.is_gat) for ring in wijk.ringen.all()), decimals=5),
            code=wijk.code,
            naam=wijk.naam,
            url=reverse("wijken:detail", args=[wijk.slug]),
            opschrift=geojson.point(rings.inner_point([row.ring for row in wijk.ringen.all()]), 5)["coordinates"],
        )
        for wijk in wijken
        if wijk.ringen.all()
    ]
    rough = any(wijk.omtrek_is_benaderend for wijk in wijken)
    nota = {"nota": _("Grenzen bij benadering, niet de officiële.")} if rough else {}
    return geojson.feature_collection(features, **nota)


def drawing_of(wijk: Wijk, width: int = 240) -> Tekening | None:
    """One wijk as a line drawing; None without an outline. Costs no query when `ringen` was prefetched."""
    return draw({wijk.pk: [ring.ring for ring in wijk.ringen.all()]}, width)
