"""Every write on wijken and streets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import slugify

from kern.geo import Punt
from kern.geo.rings import contains

from .. import registry
from ..imports import ImportRefused, Omtrek, Straatregel
from ..models import Straat, Wijk, WijkRing
from ..rules import zoeknaam


@dataclass(frozen=True)
class Resultaat:
    """What an import did. `verplaatst` tells per kind of thing how many got another wijk."""

    nieuw: int
    gewijzigd: int
    zonder_omtrek: tuple[str, ...] = ()
    verplaatst: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def import_outlines(*, omtrekken: Sequence[Omtrek], benaderend: bool = False) -> Resultaat:
    """Replace the outlines of the wijken by code; add the wijken that are new.

    Teams, texts and addresses of existing wijken stay. A wijk that is not in the file keeps her outline and is named in
    the result. Afterwards everything with a place looks up its wijk again, in the same transaction.
    ImportRefused when a name is taken by a wijk with another code.
    """
    existing = {wijk.code: wijk for wijk in Wijk.objects.select_for_update()}
    coming = {omtrek.code for omtrek in omtrekken}
    taken = {wijk.naam: wijk.code for wijk in existing.values() if wijk.code not in coming}
    problems = [
        f"Wijk {number} ({omtrek.naam}): de naam hoort al bij {taken[omtrek.naam]}, en die staat niet in het bestand."
        for number, omtrek in enumerate(omtrekken, 1)
        if omtrek.naam in taken
    ]
    if problems:
        raise ImportRefused(problems)
    _make_room_for_names(existing, omtrekken)
    slugs = {wijk.slug for wijk in existing.values()}
    wijken: list[tuple[Wijk, Omtrek]] = []
    for omtrek in omtrekken:
        wijk = existing.get(omtrek.code) or Wijk(code=omtrek.code, slug=_free_slug(omtrek.naam, slugs))
        wijk.naam, wijk.centrum = omtrek.naam, omtrek.middelpunt
        wijk.oppervlakte_km2, wijk.omtrek_is_benaderend = omtrek.oppervlakte_km2, benaderend
        wijk.save()
        wijken.append((wijk, omtrek))
    WijkRing.objects.filter(wijk__in=[wijk for wijk, _ in wijken]).delete()
    WijkRing.objects.bulk_create(
        WijkRing(wijk=wijk, ring=ring, is_gat=is_gat) for wijk, omtrek in wijken for ring, is_gat in omtrek.ringen
    )
    return Resultaat(
        nieuw=len(coming - set(existing)),
        gewijzigd=len(coming & set(existing)),
        zonder_omtrek=tuple(sorted(wijk.naam for code, wijk in existing.items() if code not in coming)),
        verplaatst=reassign_places(),
    )


@transaction.atomic
def import_streets(*, straten: Iterable[Straatregel]) -> Resultaat:
    """Add streets and move those whose place changed, by name and wijk; the demo's made-up streets make way.

    One name in two wijken is two streets; twice in one wijk, the last row counts.
    """
    Straat.objects.filter(is_fictief=True).delete()
    wijk_of = WijkFinder()
    existing = {(s.naam, s.wijk_id): s for s in Straat.objects.select_for_update()}
    new: dict[tuple[str, int | None], Straat] = {}
    changed: dict[tuple[str, int | None], Straat] = {}
    for row in straten:
        key = (row.naam, wijk_of(row.plaats))
        if street := existing.get(key):
            if street.plaats != row.plaats:
                street.plaats = row.plaats
                changed[key] = street
        else:
            new[key] = Straat(naam=row.naam, zoeknaam=zoeknaam(row.naam), plaats=row.plaats, wijk_id=key[1])
    Straat.objects.bulk_create(new.values(), batch_size=1000)
    Straat.objects.bulk_update(changed.values(), ["plaats"], batch_size=500)
    return Resultaat(nieuw=len(new), gewijzigd=len(changed))


@transaction.atomic
def count_inhabitants(*, aantallen: Mapping[int, tuple[int | None, str]]) -> int:
    """Keep how many people live in these wijken (by primary key), each with its source; how many wijken there were.

    None is not known, and has no source.
    """
    wijken = list(Wijk.objects.select_for_update().filter(pk__in=aantallen).order_by("pk"))
    for wijk in wijken:
        wijk.inwoners, wijk.inwoners_bron = aantallen[wijk.pk]
    Wijk.objects.bulk_update(wijken, ["inwoners", "inwoners_bron"])
    return len(wijken)


@transaction.atomic
def place_street(*, straat: Straat) -> Straat:
    """Save one street, with its name as it is searched and the wijk it lies in."""
    straat.zoeknaam = zoeknaam(straat.naam)
    straat.wijk = Wijk.objects.containing(straat.plaats).first()
    straat.save()
    return straat


def reassign_places() -> dict[str, int]:
    """Look up the wijk of all that has a place; how many got another one, per kind."""
    return {row.naam: row.reassign() for row in registry.places()}


@transaction.atomic
def reassign_streets() -> int:
    """Look up the wijk of each street; how many got another one."""
    wijk_of = WijkFinder()
    seen: set[tuple[str, int | None]] = set()
    moved: list[Straat] = []
    double: list[int] = []
    for street in Straat.objects.select_for_update().order_by("pk"):
        wijk = wijk_of(street.plaats)
        if (street.naam, wijk) in seen:
            double.append(street.pk)
            continue
        seen.add((street.naam, wijk))
        if wijk != street.wijk_id:
            street.wijk_id = wijk
            moved.append(street)
    Straat.objects.filter(pk__in=double).delete()
    # Through no wijk first: within one statement two streets of the same name may trade places.
    Straat.objects.filter(pk__in=[street.pk for street in moved]).update(wijk=None, naam=_own_name())
    Straat.objects.bulk_update(moved, ["wijk", "naam"], batch_size=500)
    return len(moved)


class WijkFinder:
    """Finds the wijk of many places with one query for all outlines."""

    def __init__(self) -> None:
        self._rings: dict[int, list[tuple[Any, bool]]] = {}
        rows = WijkRing.objects.order_by("wijk__code", "pk").values_list("wijk_id", "ring", "is_gat")
        for wijk, ring, is_gat in rows:
            self._rings.setdefault(wijk, []).append((ring, is_gat))

    def __call__(self, punt: Punt) -> int | None:
        """The primary key of the wijk that holds the place; None outside the city."""
        for wijk, rows in self._rings.items():
            inside = [is_gat for ring, is_gat in rows if contains(ring, punt)]
            if inside and not any(inside):
                return wijk
        return None


def _own_name() -> Concat:
    return Concat(Value("#"), Cast(F("pk"), CharField()))


def _make_room_for_names(existing: dict[str, Wijk], omtrekken: Sequence[Omtrek]) -> None:
    """Names are unique and two wijken may trade theirs: give the changing ones their code first."""
    for omtrek in omtrekken:
        wijk = existing.get(omtrek.code)
        if wijk and wijk.naam != omtrek.naam:
            Wijk.objects.filter(pk=wijk.pk).update(naam=f"#{wijk.code}")


def _free_slug(naam: str, taken: set[str]) -> str:
    base = slug = slugify(naam)[:70] or "wijk"
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug
