"""The monitoring table: which knelpunten a person asks for, and what the formula needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, floor, radians
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.fields import within
from kern.geo.vormen import haversine
from wijken import registry
from wijken.models import Draad
from wijken.queries import Bereik

from ..models import Bewonersvraag, Knelpunt, KnelpuntQuerySet, Monitoringregels, Voorziening
from ..rules import monitoring as rules
from ..rules.woorden import Antwoord
from ..states import CLOSED, Knelpuntstatus

DAYS_OF_A_MONTH = 30.44
# Facilities are looked up by squares of this many degrees; none reaches further than one square.
SQUARE = 0.03
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "prioriteit": ("prioriteit", ("-rang", "-ernst", "pk")),
    "ernst": ("ernst", ("-ernst", "-rang", "pk")),
    "termijn": ("termijn", ("uiterlijk", "-rang", "pk")),
    "jaar": ("jaar", ("planjaar", "-rang", "pk")),
    "plaats": ("plaats", ("adres", "-rang", "pk")),
    "nieuw": ("nieuwste eerst", ("-pk",)),
}


def settings_row() -> Monitoringregels:
    """The numbers of the formula and the terms; the usual ones while nobody changed them."""
    return Monitoringregels.objects.first() or Monitoringregels()


def rows(user: Gebruiker, reach: Bereik) -> KnelpuntQuerySet:
    """The knelpunten somebody may see, with what a line of the table names."""
    found: KnelpuntQuerySet = Knelpunt.objects.visible_to(user, reach)
    return found.select_related("wijk", "zone", "dienst", "verantwoordelijke")


def exported() -> KnelpuntQuerySet:
    """Every knelpunt, in the order of its number."""
    found: KnelpuntQuerySet = Knelpunt.objects.order_by("pk")
    return found


def chosen(found: KnelpuntQuerySet, wanted: Mapping[str, Any], user: Gebruiker, on: date) -> KnelpuntQuerySet:
    """Those that fit the filters of the address, in its order."""
    exact = (
        "onderwerp", "dimensie", "wijk", "zone", "prioriteit", "haalbaarheid", "planning", "planjaar", "dienst",
        "wegbeheerder",
    )  # fmt: skip
    where = {name: wanted[name] for name in exact if wanted.get(name)}
    if status := wanted.get("status"):
        found = found.filter(status=status) if status in Knelpuntstatus.values else found.filter(_STATES[status])
    else:
        found = found.exclude(status__in=CLOSED)
    if ernst := wanted.get("ernst"):
        where["ernst__gte"] = ernst
    if groep := wanted.get("groep"):
        where["groepen__contains"] = [groep]
    if wanted.get("wie") == "ik":
        where["verantwoordelijke"] = user
    elif wanted.get("wie") == "niemand":
        where |= {"verantwoordelijke": None, "dienst": None}
    found = found.filter(**where)
    for kind in wanted.get("let_op") or ():
        found = _special(found, kind, on)
    if text := wanted.get("q"):
        found = found.filter(_matching(text))
    _label, order = ORDERS.get(wanted.get("op") or "", ORDERS["prioriteit"])
    return found.order_by(*order)


_STATES = {
    "alle": Q(),
    "klaar": Q(status__in=CLOSED),
    "wacht": Q(niet_voorgesteld_op__isnull=False, niet_goedgekeurd_op__isnull=True),
}


def _special(found: KnelpuntQuerySet, kind: str, on: date) -> KnelpuntQuerySet:
    if kind == "laat":
        return found.late(on)
    if kind == "gemeld":
        return found.filter(bewoners__gt=0)
    if kind == "niet":
        said_no = Bewonersvraag.objects.filter(knelpunt=OuterRef("pk"), antwoord=Antwoord.NIET)
        return found.filter(Exists(said_no))
    if kind == "nieuw":
        return found.filter(planning="")
    return found


def _matching(text: str) -> Q:
    where = Q(titel__icontains=text) | Q(adres__icontains=text) | Q(oplossing__icontains=text) | Q(externe_id=text)
    number = text.upper().removeprefix("GNK-T-").lstrip("0")
    return where | Q(pk=int(number)) if number.isdecimal() and len(number) < 10 else where


# What the formula needs.


@dataclass(frozen=True)
class Buur:
    """A facility near a knelpunt, and how much it weighs there."""

    naam: str
    soort: str
    meter: float
    gewicht: int


class Voorzieningen:
    """The facilities in use, to ask for any number of places (one query)."""

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Voorziening]] = defaultdict(list)
        for row in Voorziening.objects.filter(is_actief=True).select_related("soort"):
            self._squares[_square(row.plaats)].append(row)

    def near(self, punt: Punt | None) -> list[Buur]:
        """Those that weigh at this place, the heaviest first."""
        if punt is None:
            return []
        x, y = _square(punt)
        found = []
        for row in (row for dx in (-1, 0, 1) for dy in (-1, 0, 1) for row in self._squares.get((x + dx, y + dy), ())):
            metres = haversine(punt, row.plaats)
            weight = rules.facility_weight(row.soort.gewicht, row.soort.afstand_m, metres)
            if weight:
                found.append(Buur(row.naam, row.soort.naam, metres, weight))
        return sorted(found, key=lambda buur: (-buur.gewicht, buur.meter, buur.naam))


def _square(punt: Punt) -> tuple[int, int]:
    squeeze = cos(radians(51))  # so that squares in Genk are about as wide as high
    return floor(punt.lon * squeeze / SQUARE), floor(punt.lat / SQUARE)


def report_kind() -> registry.Draadsoort | None:
    """How reports stand in a thread; None without the room of reports."""
    model = registry.thread_model("melding")
    return registry.thread_kind(model)


def reports_of(numbers: Collection[int]) -> dict[int, set[int]]:
    """The reports that are tied to each knelpunt (one query)."""
    kind = report_kind()
    found: dict[int, set[int]] = defaultdict(set)
    if kind is None:
        return found
    ours, theirs = (ContentType.objects.get_for_model(model) for model in (Knelpunt, kind.model))
    ties = Draad.objects.filter(naar_type=ours, naar_id__in=numbers, van_type=theirs)
    for number, report in ties.values_list("naar_id", "van_id"):
        found[number].add(report)
    return found


def tied_to_report(report: int) -> list[int]:
    """The knelpunten that a report is tied to (one query)."""
    kind = report_kind()
    if kind is None:
        return []
    ours, theirs = (ContentType.objects.get_for_model(model) for model in (Knelpunt, kind.model))
    return list(Draad.objects.filter(naar_type=ours, van_type=theirs, van_id=report).values_list("naar_id", flat=True))


def residents_of(numbers: Collection[int], since: datetime) -> dict[int, int]:
    """How many residents reported each knelpunt since a moment: one person counts once (three queries)."""
    reports, kind = reports_of(numbers), report_kind()
    if not reports or kind is None or kind.bewoners is None:
        return {}
    people: dict[int, set[str]] = defaultdict(set)
    for report, who in kind.bewoners({pk for found in reports.values() for pk in found}, since):
        people[report].add(who)
    return {number: len(set().union(*(people[pk] for pk in found))) for number, found in reports.items()}


def since_when(regels: rules.Regels, at: datetime) -> datetime:
    """From when a report counts."""
    return at - timedelta(days=round(regels.bewoners_maanden * DAYS_OF_A_MONTH))


# One knelpunt.


@dataclass(frozen=True)
class Voorstel:
    """How the priority was worked out, in words that can be checked."""

    prioriteit: str
    formule: str
    waarom_plaats: str
    advies: rules.Advies | None
    gevolgd: bool


def proposal(row: Knelpunt, regels: rules.Regels) -> Voorstel:
    """The priority that the formula proposes now, and the term that fits (one query)."""
    buren = Voorzieningen().near(row.plaats)
    level = row.niveau.volgorde if row.niveau else 1
    weight = rules.location_weight(buren[0].gewicht if buren else 0, level)
    punten = rules.score(row.ernst, weight, row.bewoners, regels)
    proposed = rules.priority_of(punten, regels)
    why = [f"{buur.naam} ({buur.soort}) op {buur.meter:.0f} m: {buur.gewicht}" for buur in buren[:3]]
    if row.niveau and level > 1:
        why.append(f"niveau {row.niveau.naam}: {level - 1}")
    words = f"Het zwaarste telt: {'; '.join(why)}." if why else "Er ligt geen voorziening in de buurt."
    return Voorstel(
        str(proposed.label),
        rules.formula(row.ernst, weight, row.bewoners, regels),
        words if row.plaats else "Zonder plaats op de kaart weegt de plaats niet mee.",
        rules.advise(row.prioriteit or proposed, row.haalbaarheid),
        not row.prioriteit_reden,
    )


def answers_of(row: Knelpunt) -> tuple[int, int, int]:
    """How many residents were asked, said yes and said no, about the last work (one query)."""
    if row.uitgevoerd_op is None:
        return 0, 0, 0
    found = list(row.vragen.filter(uitgevoerd_op=row.uitgevoerd_op).values_list("antwoord", flat=True))
    return len(found), found.count(Antwoord.OPGELOST), found.count(Antwoord.NIET)


def near(punt: Punt, user: Gebruiker, reach: Bereik) -> list[Any]:
    """The knelpunten within 15 m of a place that somebody may see, nearest first, with `afstand` (one query)."""
    found = within(rows(user, reach).exclude(status=Knelpuntstatus.VERVALLEN), punt, rules.SAME_PLACE_M)
    return list(found[:10])


# As a knelpunt stands in the red thread.


def knots(numbers: Collection[int], user: Gebruiker, reach: Bereik) -> list[registry.Knoop]:
    """Those of these knelpunten that somebody may see (one query)."""
    found = rows(user, reach).filter(pk__in=numbers).order_by("-rang", "pk")
    return [
        registry.Knoop(
            nummer=row.pk,
            titel=f"{row.ref} · {row.titel}",
            url=row.get_absolute_url(),
            dag=row.vastgesteld_op or row.gewijzigd_op.date(),
            waar=row.adres,
            tekst=row.omschrijving[:280],
            status=str(row.get_status_display()),
            toon="goed" if row.status in (Knelpuntstatus.UITGEVOERD, Knelpuntstatus.GECONTROLEERD) else "",
            punt=row.plaats,
        )
        for row in found
    ]


def states(numbers: Collection[int]) -> Mapping[int, registry.Stand]:
    """How far each is; what was handed to another road authority leads on."""
    ended = {
        Knelpuntstatus.GECONTROLEERD: registry.Stand.KLAAR,
        Knelpuntstatus.NIET_UITVOEREN: registry.Stand.KLAAR,
        Knelpuntstatus.VERVALLEN: registry.Stand.TELT_NIET,
        Knelpuntstatus.DOORVERWEZEN: registry.Stand.DOOR,
    }
    found = Knelpunt.objects.filter(pk__in=numbers).values_list("pk", "status")
    return {pk: ended.get(Knelpuntstatus(status), registry.Stand.BEZIG) for pk, status in found}
