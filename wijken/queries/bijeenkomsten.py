"""Meetings, as everybody may see them and as staff does."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from kern.bewaring.models import Bewaarregel
from kern.gebruikers.models import Gebruiker
from kern.geo import geojson

from .. import soorten
from ..models import Bijeenkomst, BijeenkomstQuerySet, Inschrijving, Mixtelling, Wijk
from ..registry import Agendaregel
from ..rules import Bereik, may_run_meeting, shown_counts
from ..states.bijeenkomst import OPENBAAR, VOORBIJ, Status
from ..wanneer import when

PAGE = 20
STAFF_PAGE = 50
CALENDAR_DAYS_BACK, CALENDAR_LIMIT = 60, 500
WIJK_BLOCK = 4


@dataclass(frozen=True)
class Keuze:
    """Which public meetings: of a wijk (with those for the whole city), of a kind, in a form, coming or over."""

    at: datetime
    wijk: Wijk | None = None
    soort: str = ""
    vorm: str = ""
    voorbij: bool = False

    @property
    def rows(self) -> BijeenkomstQuerySet:
        rows = Bijeenkomst.objects.public()
        if self.wijk:
            rows = rows.of_wijk(self.wijk)
        if self.soort:
            rows = rows.filter(soort=self.soort)
        if self.vorm:
            rows = rows.filter(vorm__in=[self.vorm, Bijeenkomst.Vorm.BEIDE])
        return rows

    @property
    def listed(self) -> BijeenkomstQuerySet:
        """Those that come, soonest first; or those that are over, latest first."""
        if self.voorbij:
            return self.rows.filter(einde__lt=self.at).order_by("-begin", "-pk")
        return self.rows.coming(self.at).order_by("begin", "pk")


def shown(rows: BijeenkomstQuerySet) -> BijeenkomstQuerySet:
    """With all that a line about a meeting needs (two queries for any number)."""
    return rows.with_seats().select_related("team").prefetch_related(Prefetch("wijken", Wijk.objects.order_by("naam")))


def public_page(keuze: Keuze, number: int) -> tuple[list[Bijeenkomst], bool]:
    """A page of meetings, and whether there are more (two queries)."""
    start = (number - 1) * PAGE
    rows = list(shown(keuze.listed)[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


@dataclass(frozen=True)
class Dag:
    """A day of the month calendar. `buiten`: it belongs to the month before or after."""

    datum: date
    buiten: bool
    is_vandaag: bool
    bijeenkomsten: list[Bijeenkomst] = field(default_factory=list)


def month(keuze: Keuze, first: date) -> list[list[Dag]]:
    """The weeks of a month, Monday first, with the meetings of each day (two queries)."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    since, until = _midnight(weeks[0][0]), _midnight(weeks[-1][-1] + timedelta(days=1))
    by_day: dict[date, list[Bijeenkomst]] = {}
    for row in shown(keuze.rows.filter(begin__gte=since, begin__lt=until).order_by("begin", "pk")):
        by_day.setdefault(timezone.localtime(row.begin).date(), []).append(row)
    today = timezone.localtime(keuze.at).date()
    return [[Dag(day, day.month != first.month, day == today, by_day.get(day, [])) for day in week] for week in weeks]


def places(keuze: Keuze) -> dict[str, Any]:
    """The same meetings for the map (GeoJSON, one query)."""
    rows = keuze.listed.filter(plaats__isnull=False)[:CALENDAR_LIMIT]
    return geojson.feature_collection(
        geojson.feature(
            row.pk,
            geojson.point(row.plaats),
            naam=row.titel,
            tekst=when(row.begin, row.einde),
            url=row.get_absolute_url(),
        )
        for row in rows
        if row.plaats
    )


def meeting(pk: int) -> Bijeenkomst | None:
    """A public meeting with all that its page needs; None when it is not for everybody."""
    return _for_page(Bijeenkomst.objects.public().filter(pk=pk))


def invited(sleutel: UUID) -> Bijeenkomst | None:
    """A meeting as somebody sees it who has the link of the invitation; None before it is announced."""
    return _for_page(Bijeenkomst.objects.filter(sleutel=sleutel, status__in=sorted(OPENBAAR)))


def _for_page(rows: BijeenkomstQuerySet) -> Bijeenkomst | None:
    return shown(rows).prefetch_related("besluiten", "mix").first()


def registration(sleutel: UUID) -> Inschrijving | None:
    """A registration by its key, with its meeting (one query); None when nobody has it, or it was wiped."""
    rows = Inschrijving.objects.named().select_related("bijeenkomst__team")
    return rows.filter(sleutel=sleutel, bijeenkomst__status__in=sorted(OPENBAAR)).first()


def turn(row: Inschrijving) -> int:
    """The place on the waiting list: 1 is next."""
    return Inschrijving.objects.waiting().filter(bijeenkomst=row.bijeenkomst_id, pk__lte=row.pk).count()


def calendar_rows(keuze: Keuze) -> list[Bijeenkomst]:
    """What a calendar that somebody subscribes to holds: what comes, and the last two months (two queries).

    What was called off is among them, for a calendar that does not hear of it would keep it.
    """
    since = keuze.at - timedelta(days=CALENDAR_DAYS_BACK)
    return list(shown(keuze.rows.filter(einde__gte=since).order_by("begin", "pk"))[:CALENDAR_LIMIT])


def feed_rows(keuze: Keuze, limit: int = 50) -> list[Bijeenkomst]:
    """What was announced or changed last (two queries)."""
    return list(shown(keuze.rows.order_by("-gewijzigd_op", "-pk"))[:limit])


def in_wijk(wijk: Wijk, on: date) -> dict[str, Any]:
    """What comes in a wijk and what was held there, for its page (one query)."""
    at = max(timezone.now(), _midnight(on))
    coming = Keuze(at, wijk=wijk).listed[:WIJK_BLOCK]
    held = Bijeenkomst.objects.public().of_wijk(wijk).filter(verslag_openbaar=True).exclude(verslag="")
    held = held.filter(einde__lt=at, status__in=sorted(VOORBIJ)).order_by("-begin")[:3]
    rows = sorted(coming.union(held, all=True), key=lambda row: (row.begin, row.pk))
    return {
        "wijk": wijk,
        "komend": [row for row in rows if row.einde >= at],
        "verslagen": [row for row in reversed(rows) if row.einde < at],
    }


def coming_by_wijk(since: datetime, until: datetime) -> Mapping[int, list[tuple[str, str]]]:
    """For the weekly mail: per wijk the public meetings of the two weeks after `until` (three queries)."""
    rows = Bijeenkomst.objects.public().filter(
        begin__gte=until, begin__lt=until + timedelta(days=14), status__in=[Status.AANGEKONDIGD, Status.AFGELAST]
    )
    found: dict[int, list[tuple[str, str]]] = {}
    everywhere: list[int] | None = None
    for row in rows.prefetch_related("wijken").order_by("begin", "pk"):
        wijken = [wijk.pk for wijk in row.wijken.all()]
        if not wijken:
            everywhere = everywhere or list(Wijk.objects.values_list("pk", flat=True))
            wijken = everywhere
        state = f" ({row.get_status_display()})" if row.is_afgelast else ""
        line = (f"{row.titel}, {when(row.begin, row.einde)}{state}", row.get_absolute_url())
        for pk in wijken:
            found.setdefault(pk, []).append(line)
    return found


# For staff.


@dataclass(frozen=True)
class Stafkeuze:
    """Which meetings of a colleague's: by status, kind, wijk and period."""

    at: datetime
    status: str = ""
    soort: str = ""
    wijk: Wijk | None = None
    periode: str = "komend"
    q: str = ""
    van: date | None = None
    tot: date | None = None

    def narrow(self, rows: BijeenkomstQuerySet) -> BijeenkomstQuerySet:
        if self.status == "geweest":
            rows = rows.filter(status__in=sorted(VOORBIJ))
        elif self.status:
            rows = rows.filter(status=self.status)
        if self.van:
            rows = rows.filter(begin__gte=_midnight(self.van))
        if self.tot:
            rows = rows.filter(begin__lt=_midnight(self.tot + timedelta(days=1)))
        if self.soort:
            rows = rows.filter(soort=self.soort)
        if self.wijk:
            rows = rows.of_wijk(self.wijk)
        if self.q:
            rows = rows.filter(Q(titel__icontains=self.q) | Q(locatie__icontains=self.q) | Q(adres__icontains=self.q))
        if self.periode == "komend":
            # What is over but not rounded off is still to be done.
            return rows.filter(Q(einde__gte=self.at) | Q(status__in=[Status.CONCEPT, Status.GEHOUDEN])).order_by(
                "begin", "pk"
            )
        if self.periode == "voorbij":
            rows = rows.filter(einde__lt=self.at)
        return rows.order_by("-begin", "-pk")


def staff_meetings(user: Gebruiker, reach: Bereik, keuze: Stafkeuze) -> BijeenkomstQuerySet:
    """The meetings that this person may see, chosen so."""
    return shown(keuze.narrow(Bijeenkomst.objects.visible_to(user, reach)))


def attendance(rows: BijeenkomstQuerySet) -> int:
    """How many people were counted at these meetings together (one query)."""
    held = Bijeenkomst.objects.filter(pk__in=rows.order_by().values("pk"))
    return held.aggregate(som=Sum("aanwezigen"))["som"] or 0


def staff_meeting(user: Gebruiker, reach: Bereik, pk: int) -> Bijeenkomst | None:
    """One of them with all that its page needs; None when it is not theirs."""
    rows = shown(Bijeenkomst.objects.visible_to(user, reach).filter(pk=pk))
    return rows.prefetch_related("organisatoren", "besluiten", "mix").first()


@dataclass(frozen=True)
class Noodtelling:
    """What the organiser has to see to, counted over who has a place."""

    tolk: dict[str, int]
    kinderen: list[str]
    rolstoel: int
    gebarentaal: int
    andere: list[str]

    def __bool__(self) -> bool:
        return bool(self.tolk or self.kinderen or self.rolstoel or self.gebarentaal or self.andere)


def needs_of(rows: Iterable[Inschrijving]) -> Noodtelling:
    """The needs of these registrations, counted."""
    tolk: dict[str, int] = {}
    kinderen, andere = [], []
    rolstoel = gebarentaal = 0
    for row in rows:
        if row.tolktaal:
            tolk[row.tolktaal] = tolk.get(row.tolktaal, 0) + 1
        if row.kinderen:
            kinderen.append(row.kinderen)
        if row.andere_nood:
            andere.append(row.andere_nood)
        rolstoel += row.rolstoel
        gebarentaal += row.gebarentaal
    return Noodtelling(tolk, kinderen, rolstoel, gebarentaal, andere)


def registrations(bijeenkomst: Bijeenkomst) -> dict[str, list[Inschrijving]]:
    """Who comes, by name; who waits, in order; who cancelled (one query)."""
    found: dict[str, list[Inschrijving]] = {"bevestigd": [], "wachtlijst": [], "geannuleerd": []}
    for row in bijeenkomst.inschrijvingen.order_by("pk"):
        found[row.status].append(row)
    found["bevestigd"].sort(key=lambda row: (row.naam.casefold(), row.pk))
    return found


@dataclass(frozen=True)
class Mixgroep:
    """A group as others may read it; `aantal` is None when it is too small to tell."""

    groep: str
    aantal: int | None


def mix_of(bijeenkomst: Bijeenkomst) -> dict[str, list[Mixgroep]]:
    """Who was there, per characteristic, with the small groups hidden. No query when `mix` was prefetched."""
    by_kind: dict[str, list[Mixtelling]] = {}
    for row in bijeenkomst.mix.all():
        by_kind.setdefault(row.get_kenmerk_display(), []).append(row)
    return {
        kind: [
            Mixgroep(row.groep, count)
            for row, count in zip(rows, shown_counts([row.aantal for row in rows]), strict=True)
        ]
        for kind, rows in by_kind.items()
    }


def agenda(user: Gebruiker, reach: Bereik, wijk: Wijk | None, since: datetime, until: datetime) -> list[Agendaregel]:
    """Meetings for the shared agenda (two queries)."""
    rows = Bijeenkomst.objects.visible_to(user, reach).filter(begin__lt=until, einde__gte=since)
    rows = rows.of_wijk(wijk) if wijk else rows
    tones = {Status.CONCEPT: "", Status.AFGELAST: "laat", Status.AANGEKONDIGD: "goed"}
    return [
        Agendaregel(
            begin=row.begin,
            einde=row.einde,
            titel=row.titel,
            url=f"/werk/bijeenkomsten/{row.pk}/",
            soort=row.soort_naam,
            waar=row.waar or row.get_vorm_display(),
            status=str(row.get_status_display()),
            toon=tones.get(Status(row.status), ""),
            wijken=tuple(wijk.naam for wijk in row.wijken.all()),
        )
        for row in rows.prefetch_related("wijken")
    ]


def to_round_off(before: datetime) -> QuerySet[Bijeenkomst]:
    """Meetings that were held before this moment and wait for their counts and minutes."""
    rows = Bijeenkomst.objects.filter(status=Status.GEHOUDEN, einde__lte=before)
    return rows.prefetch_related("organisatoren", "wijken").order_by("pk")


def runs(user: Gebruiker, reach: Bereik, rows: Sequence[Bijeenkomst]) -> set[int]:
    """Which of these meetings this person runs; no query when wijken and organisatoren were prefetched."""
    return {row.pk for row in rows if may_run_meeting(user, reach, row)}


def plannable(user: Gebruiker) -> list[tuple[str, Any]]:
    """The kinds of meetings that this person may plan."""
    return soorten.choices(user.rollen)


def kinds_in_use() -> list[tuple[str, Any]]:
    """The kinds for a filter: those that are known."""
    return soorten.choices()


def counted(bijeenkomst: Bijeenkomst) -> dict[str, int]:
    """How many registrations and people have a place, wait, or cancelled (one query)."""
    rows = bijeenkomst.inschrijvingen.order_by().values("status").annotate(n=Count("pk"), personen=Sum("aantal"))
    return {f"{row['status']}_{name}": row[name] for row in rows for name in ("n", "personen")}


def over_longer(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Inschrijving]:
    """Registrations for meetings that ended so long ago and that still say who somebody is.

    The state of a rule says whether they came; its subject is a kind of meeting.
    """

    def about(rule: Bewaarregel) -> Q:
        found = Q(status=rule.toestand) if rule.toestand else Q()
        return found & Q(bijeenkomst__soort=rule.onderwerp) if rule.onderwerp else found

    rows = Inschrijving.objects.named().filter(
        about(regel), bijeenkomst__einde__lte=moment - timedelta(days=regel.na_dagen)
    )
    for other in others:
        rows = rows.exclude(about(other))
    return rows


def name_registrations(pks: Collection[int]) -> Mapping[int, str]:
    """A registration by its number, the meeting and its day."""
    rows = Inschrijving.objects.filter(pk__in=pks).values_list("pk", "bijeenkomst__titel", "bijeenkomst__begin")
    return {pk: f"inschrijving {pk}: {titel}, {timezone.localtime(begin):%d-%m-%Y}" for pk, titel, begin in rows}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
