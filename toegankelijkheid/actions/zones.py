"""Zones, their parts and the facilities from which a level is derived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from kern.geo import Punt, Ring
from kern.geo.rings import contains
from wijken.models import Wijk

from ..models import Kwaliteitsniveau, Screeningsobject, Voorziening, Woonzorgzone, Zonedeel, ZoneRing
from ..queries.zones import place_of
from ..rules.plek import circle
from ..rules.woorden import Herkomst
from .oordelen import judge_object


@dataclass(frozen=True)
class Afleiding:
    """What deriving the levels of a zone did."""

    nieuw: int
    gewijzigd: int
    weg: int
    objecten: int


@transaction.atomic
def save_zone(
    *,
    zone: Woonzorgzone,
    wijken: Iterable[Wijk],
    ringen: Sequence[tuple[Ring, bool]] | None,
    at: datetime,
) -> Woonzorgzone:
    """Keep a zone with its wijken and, when given, a new outline; what lies in it looks up its level again."""
    zone.slug = zone.slug or _free_slug(zone.naam)
    zone.save()
    zone.wijken.set(wijken)
    if ringen is not None:
        zone.ringen.all().delete()
        ZoneRing.objects.bulk_create(ZoneRing(zone=zone, ring=ring, is_gat=is_gat) for ring, is_gat in ringen)
    derive(zone=zone, at=at)
    return zone


@transaction.atomic
def save_part(*, deel: Zonedeel, at: datetime) -> Zonedeel:
    """Keep a part that was drawn by hand; what lies in its zone looks up its level again."""
    deel.herkomst, deel.voorziening, deel.afstand_m = Herkomst.HANDMATIG, None, None
    deel.save()
    replace_objects(zone=deel.zone, at=at)
    return deel


@transaction.atomic
def remove_part(*, deel: Zonedeel, at: datetime) -> None:
    """Take a part away that was drawn by hand. ValueError for one that was derived: that follows its facility."""
    if deel.herkomst != Herkomst.HANDMATIG:
        raise ValueError("a derived part goes with its facility")
    zone = deel.zone
    deel.delete()
    replace_objects(zone=zone, at=at)


@transaction.atomic
def derive(*, zone: Woonzorgzone, at: datetime) -> Afleiding:
    """Give the surroundings of each facility in the zone the level its kind asks for; drop what no longer holds."""
    rings = list(zone.ringen.all())
    wanted = {
        row.pk: row
        for row in Voorziening.objects.filter(is_actief=True, soort__niveau__isnull=False).select_related(
            "soort__niveau"
        )
        if _inside(rings, row.plaats)
    }
    known = {deel.voorziening_id: deel for deel in zone.delen.filter(herkomst=Herkomst.AFGELEID)}
    made = changed = 0
    for pk, place in wanted.items():
        fields = _fields(place)
        deel = known.pop(pk, None)
        if deel is None:
            Zonedeel.objects.create(zone=zone, voorziening=place, herkomst=Herkomst.AFGELEID, **fields)
            made += 1
        elif any(getattr(deel, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(deel, name, value)
            deel.save()
            changed += 1
    Zonedeel.objects.filter(pk__in=[deel.pk for deel in known.values()]).delete()
    return Afleiding(made, changed, len(known), replace_objects(zone=zone, at=at))


def derive_all(*, at: datetime) -> int:
    """The same for every zone, after a facility or a kind of it changed; how many zones."""
    zones = list(Woonzorgzone.objects.all())
    for zone in zones:
        derive(zone=zone, at=at)
    return len(zones)


@transaction.atomic
def replace_objects(*, zone: Woonzorgzone, at: datetime) -> int:
    """Let the objects in and of this zone look up zone, part and level again, and judge those of another level."""
    rings = [row.ring for row in zone.ringen.filter(is_gat=False)]
    rows = {row.pk: row for row in Screeningsobject.objects.filter(zone=zone).select_related("niveau")}
    for ring in rings:
        inside = Screeningsobject.objects.filter(plaats__binnen_ring=ring).select_related("niveau")
        rows |= {row.pk: row for row in inside}
    return sum(put_in_place(object=row, at=at) for row in rows.values())


def put_in_place(*, object: Screeningsobject, at: datetime) -> bool:
    """Look up wijk, zone, part and level of an object by its place; whether its level became another one."""
    found = place_of(object.plaats)
    before = object.niveau_id
    object.wijk, object.zone, object.zonedeel = found.wijk or object.wijk, found.zone, found.deel
    if object.niveau_herkomst not in (Herkomst.HANDMATIG, Herkomst.CAMPAGNE):
        object.niveau, object.niveau_herkomst = found.niveau, found.herkomst
    names = ["wijk", "zone", "zonedeel", "niveau", "niveau_herkomst", "gewijzigd_op"]
    if object.pk:
        object.save(update_fields=names)
        if object.niveau_id != before and object.is_gescreend:
            judge_object(object=object, at=at)
    return object.niveau_id != before


@transaction.atomic
def reassign_places() -> int:
    """Let objects and facilities look up their wijk again after outlines of wijken changed; how many moved."""
    from wijken.queries import moved

    count = 0
    for model in (Screeningsobject, Voorziening):
        for wijk, pks in moved(model.objects.all()).items():
            count += model.objects.filter(pk__in=pks).update(wijk_id=wijk)
    return count


def _inside(rings: list[ZoneRing], punt: Punt) -> bool:
    return any(contains(row.ring, punt) for row in rings if not row.is_gat) and not any(
        contains(row.ring, punt) for row in rings if row.is_gat
    )


def _fields(place: Voorziening) -> dict[str, Any]:
    soort = place.soort
    niveau: Kwaliteitsniveau | None = soort.niveau
    assert niveau is not None  # noqa: S101 (asked for in the query)
    return {
        "naam": place.naam,
        "niveau": niveau,
        "ring": circle(place.plaats, soort.afstand_m),
        "afstand_m": soort.afstand_m,
        "reden": f"Binnen {soort.afstand_m} meter van {place.naam} ({soort.naam}) geldt {niveau.naam}.",
    }


def _free_slug(naam: str) -> str:
    base = slugify(naam)[:70] or "zone"
    taken = set(Woonzorgzone.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)
