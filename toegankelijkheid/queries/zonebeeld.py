"""What everybody reads of the screening: the state of a zone in plain words, its places, and the good examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.geo import geojson

from ..models import GoedVoorbeeld, Knelpunt, OpnameBeeld, Screeningsobject, Woonzorgzone
from ..rules.woorden import Ernst, Planning
from ..states import Knelpuntstatus
from . import cijfers
from .cijfers import Rij, Vraag

PLACES, EXAMPLES, SOLVED = 15, 6, 5
S = Knelpuntstatus
# What the city does with it, as it is told to who lives there.
NEXT: dict[Knelpuntstatus, Promise] = {
    S.VASTGESTELD: gettext_lazy("We hebben dit gemeten. De stad bekijkt nog wat er kan gebeuren."),
    S.BEOORDEELD: gettext_lazy("De stad bekeek dit en beslist nog of het wordt aangepakt."),
    S.AANVAARD: gettext_lazy("De stad pakt dit aan. Wanneer, ligt nog niet vast."),
    S.DOORVERWEZEN: gettext_lazy("Dit is niet van de stad. We vroegen aan wie het beheert om het aan te pakken."),
    S.GEPLAND: gettext_lazy("Dit staat op de planning."),
    S.IN_UITVOERING: gettext_lazy("Hier wordt aan gewerkt."),
    S.UITGEVOERD: gettext_lazy("Dit is aangepakt. We meten het nog na."),
    S.GECONTROLEERD: gettext_lazy("Dit is opgelost en nagemeten."),
    S.HEROPEND: gettext_lazy("Dit was aangepakt, maar is nog niet in orde. De stad kijkt opnieuw."),
    S.NIET_UITVOEREN: gettext_lazy("De stad besliste dit niet aan te pakken."),
}
DONE = (S.UITGEVOERD, S.GECONTROLEERD)
SHOWN = [status for status in S if status != S.VERVALLEN]


@dataclass(frozen=True)
class Plek:
    """A bottleneck as everybody reads it."""

    knelpunt: Knelpunt

    @property
    def is_blokkade(self) -> bool:
        return self.knelpunt.ernst == Ernst.ONMOGELIJK

    @property
    def vervolg(self) -> str:
        """What happens with it, with the term and the year when those are known."""
        words = str(NEXT[Knelpuntstatus(self.knelpunt.status)])
        if self.knelpunt.status not in (S.GEPLAND, S.IN_UITVOERING):
            return words
        term = str(Planning(self.knelpunt.planning).label) if self.knelpunt.planning else ""
        when = ", ".join(part for part in (term, str(self.knelpunt.planjaar or "")) if part)
        return f"{words} ({when})" if when else words


@dataclass(frozen=True)
class Zonebeeld:
    """A zone: the numbers, per subject too, what is wrong, what was solved and what is good."""

    totaal: Rij
    onderwerpen: list[Rij]
    knelpunten: list[Plek] = field(default_factory=list)
    opgelost: list[Plek] = field(default_factory=list)
    meer: bool = False

    @property
    def goed(self) -> list[Rij]:
        """Subjects of which everything that could be judged meets its level."""
        return [row for row in self.onderwerpen if row.n["beoordeeld"] and not row.n["haalt_niet"]]

    @property
    def onbekend(self) -> list[Rij]:
        """Subjects of which nothing was screened."""
        return [row for row in self.onderwerpen if not row.n["gescreend"]]


def picture(zone: Woonzorgzone, on: date) -> Zonebeeld:
    """The state of a zone (three queries)."""
    rows = cijfers.table(Screeningsobject.objects.all(), Vraag("onderwerp", zone.slug), on, [])
    open_ones = [Plek(row) for row in _public(zone).exclude(status__in=DONE)[: PLACES + 1]]
    done = [Plek(row) for row in _public(zone).filter(status__in=DONE).order_by("-uitgevoerd_op", "pk")[:SOLVED]]
    return Zonebeeld(summed(rows), rows, open_ones[:PLACES], done, len(open_ones) > PLACES)


def _public(zone: Woonzorgzone) -> QuerySet[Knelpunt]:
    """What everybody may read of the zone, the worst first."""
    rows: QuerySet[Knelpunt] = Knelpunt.objects.public().filter(zone=zone, status__in=SHOWN)
    return rows.defer("omschrijving", "oplossing").order_by("-ernst", "-vastgesteld_op", "pk")


def summed(rows: Iterable[Rij]) -> Rij:
    """The rows together; the day in the middle of all cannot be told from theirs."""
    found = list(rows)
    n = {name: sum(row.n[name] for row in found) for name in cijfers.NUMBERS}
    first = min((row.eerste for row in found if row.eerste), default=None)
    last = max((row.laatste for row in found if row.laatste), default=None)
    return Rij("", "", n, first, None, last)


def places(zone: Woonzorgzone) -> dict[str, Any]:
    """What stands on the page of the zone, as points (two queries)."""
    wrong = _public(zone).filter(plaats__isnull=False).exclude(status__in=DONE)[:PLACES]
    good = examples(zone=zone.slug).filter(plaats__isnull=False)[:EXAMPLES]
    address = reverse("toegankelijkheid:zone", args=[zone.slug])
    points = [
        geojson.feature(
            f"knelpunt-{row.pk}",
            geojson.point(row.plaats),
            naam=_("Probleem: %(wat)s") % {"wat": row.titel},
            url=f"{address}#knelpunt-{row.pk}",
            soort="laat",
        )
        for row in wrong
        if row.plaats
    ]
    points += [
        geojson.feature(
            f"voorbeeld-{row.pk}",
            geojson.point(row.plaats),
            naam=_("Goed: %(wat)s") % {"wat": row.titel},
            url=f"{address}#voorbeeld-{row.pk}",
            soort="goed",
        )
        for row in good
        if row.plaats
    ]
    return geojson.feature_collection(points)


def examples(zone: str = "", onderwerp: str = "") -> QuerySet[GoedVoorbeeld]:
    """The good examples that everybody may see, those with a photo first (two queries, the second for photos)."""
    photos = OpnameBeeld.objects.filter(openbaar=True).select_related("beeld")
    rows: QuerySet[GoedVoorbeeld] = GoedVoorbeeld.objects.public().select_related("zone", "wijk", "niveau", "opname")
    where = Q()
    if zone:
        where &= Q(zone__slug=zone)
    if onderwerp:
        where &= Q(onderwerp=onderwerp)
    rows = rows.filter(where).annotate(met_foto=Exists(photos.filter(opname=OuterRef("opname"))))
    return rows.prefetch_related(Prefetch("opname__beelden", photos)).order_by("-met_foto", "-vastgesteld_op", "pk")


def photo(pk: int) -> OpnameBeeld | None:
    """A photo of a good example that everybody may see."""
    rows = OpnameBeeld.objects.filter(openbaar=True, opname__voorbeelden__openbaar=True)
    return rows.select_related("beeld").filter(pk=pk).first()
