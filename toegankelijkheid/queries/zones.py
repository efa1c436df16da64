"""Zones, their parts, and which level holds at a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from kern.geo import Punt, geojson, rings
from wijken.models import Wijk
from wijken.queries import wijk_at

from ..models import Kwaliteitsniveau, Voorziening, Woonzorgzone, Zonedeel
from ..rules.plek import Deel, deciding_part
from ..rules.woorden import Herkomst


@dataclass(frozen=True)
class Plaats:
    """Where a place lies, and which level holds there for what reason."""

    wijk: Wijk | None
    zone: Woonzorgzone | None
    deel: Zonedeel | None
    niveau: Kwaliteitsniveau
    herkomst: str
    uitleg: str


def lowest_level() -> Kwaliteitsniveau:
    """What holds everywhere. LookupError when the city has no level at all."""
    level = Kwaliteitsniveau.objects.order_by("volgorde").first()
    if level is None:
        raise LookupError("there is no quality level")
    return level


def place_of(punt: Punt | None) -> Plaats:
    """Wijk, zone, part and level of a place; without a place, or outside every zone, the lowest level."""
    wijk = wijk_at(punt) if punt else None
    zone = Woonzorgzone.objects.containing(punt).select_related("niveau").first() if punt else None
    if punt is None or zone is None:
        level = lowest_level()
        return Plaats(wijk, None, None, level, Herkomst.STAD, f"Buiten elke woonzorgzone geldt {level.naam}.")
    delen = {d.pk: d for d in zone.delen.filter(ring__bevat=punt).select_related("niveau", "voorziening__soort")}
    chosen = deciding_part(Deel(d.pk, d.niveau.volgorde, d.herkomst) for d in delen.values())
    if chosen is None:
        words = f"In {zone.naam} geldt {zone.niveau.naam} waar geen deel een ander niveau heeft."
        return Plaats(wijk, zone, None, zone.niveau, Herkomst.ZONE, words)
    deel = delen[chosen.pk]
    words = deel.reden or f"Met de hand gekozen voor {deel.naam}."
    return Plaats(wijk, zone, deel, deel.niveau, deel.herkomst, words)


def zone_list() -> QuerySet[Woonzorgzone]:
    """Every zone with its level, wijken and parts, and how many objects were screened."""
    known = Q(objecten__is_actief=True)
    return (
        Woonzorgzone.objects.select_related("niveau")
        .prefetch_related("wijken", "ringen", "delen__niveau")
        .annotate(
            objecten_aantal=Count("objecten", filter=known, distinct=True),
            gescreend_aantal=Count("objecten", filter=known & Q(objecten__gescreend_op__isnull=False), distinct=True),
        )
        .order_by("naam")
    )


def parts_of(zone: Woonzorgzone) -> list[Zonedeel]:
    """The parts of a zone, the highest level first."""
    return list(
        zone.delen.select_related("niveau", "voorziening__soort").order_by("-niveau__volgorde", "herkomst", "naam")
    )


def facilities_in(zone: Woonzorgzone) -> list[Voorziening]:
    """The facilities of the wijken of a zone that ask for a level."""
    return list(
        Voorziening.objects.filter(is_actief=True, wijk__in=zone.wijken.all())
        .select_related("soort__niveau")
        .order_by("soort__naam", "naam")
    )


def outlines(zone: Woonzorgzone | None = None) -> dict[str, Any]:
    """The zones as GeoJSON for the maps; of one zone its parts too."""
    rows = [zone] if zone else list(zone_list())
    features = [_outline(row) for row in rows if row.ringen.all()]
    if zone:
        features += [_part(deel) for deel in parts_of(zone)]
    return geojson.feature_collection(features)


def _outline(zone: Woonzorgzone) -> dict[str, Any]:
    found = [(row.ring, row.is_gat) for row in zone.ringen.all()]
    return geojson.feature(
        zone.slug,
        geojson.outline(found, decimals=5),
        code=zone.slug,
        naam=zone.naam,
        url=reverse("toegankelijkheid:zone", args=[zone.slug]),
        opschrift=geojson.point(rings.inner_point([ring for ring, _ in found]), 5)["coordinates"],
    )


def _part(deel: Zonedeel) -> dict[str, Any]:
    return geojson.feature(
        f"deel-{deel.pk}",
        geojson.outline([(deel.ring, False)], decimals=6),
        code=f"deel-{deel.pk}",
        naam=f"{deel.niveau.naam}: {deel.naam}",
        opschrift=geojson.point(rings.inner_point([deel.ring]), 5)["coordinates"],
    )
