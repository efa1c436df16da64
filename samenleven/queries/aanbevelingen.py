"""Recommendations as pages, lists, threads and mails want them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from kern.bewaring.models import Bewaarregel
from kern.gebruikers.models import Gebruiker
from wijken.registry import Knoop
from wijken.rules import Bereik

from ..models import (
    Aanbeveling,
    Aanbevelingsnieuws,
    Aanbevelingsvolger,
    Domein,
    Ladderbewijs,
    Mijlpaal,
    Signaal,
)
from ..states.aanbeveling import Antwoord, Trede

TONES = {Antwoord.OVERGENOMEN: "goed", Antwoord.GEDEELTELIJK: "bezig", Antwoord.NIET: "", Antwoord.WACHT: ""}


@dataclass(frozen=True)
class Sport:
    """A rung of the ladder, and what shows that it was reached."""

    trede: int
    naam: str
    bewijs: Ladderbewijs | None


@dataclass(frozen=True)
class Deel:
    """A part of a bar of a hundred wide: which answer, how many, where it begins and how wide it is."""

    antwoord: str
    aantal: int
    begin: float
    breed: float


@dataclass(frozen=True)
class Telling:
    """How many recommendations of a domain got each answer."""

    domein: Domein
    totaal: int
    delen: Sequence[Deel]


def recommendations(rows: QuerySet[Aanbeveling], filters: dict[str, Any]) -> QuerySet[Aanbeveling]:
    """Those that somebody may see and asks for, each with its highest rung and its milestones (one query)."""
    for name in ("traject", "domein", "denktafel", "horizon", "antwoord", "team"):
        if value := filters.get(name):
            rows = rows.filter(**{name: value})
    if filters.get("eigenaar") == "geen":
        rows = rows.filter(team=None, trekker=None)
    if text := filters.get("q"):
        number = Q(nummer=int(text)) if text.isdecimal() and len(text) < 4 else Q()
        rows = rows.filter(Q(titel__icontains=text) | Q(tekst__icontains=text) | (number or Q(pk=None)))
    highest = Ladderbewijs.objects.filter(aanbeveling=OuterRef("pk")).order_by().values("aanbeveling")
    marks = Mijlpaal.objects.filter(aanbeveling=OuterRef("pk")).order_by().values("aanbeveling")
    rows = rows.annotate(
        hoogste=Subquery(highest.annotate(n=Max("trede")).values("n")),
        mijlpalen_n=Subquery(marks.annotate(n=Count("pk")).values("n")),
        gehaald_n=Subquery(marks.annotate(n=Count("pk", filter=Q(gehaald_op__isnull=False))).values("n")),
    )
    if trede := filters.get("trede"):
        rows = rows.filter(hoogste=int(trede)) if int(trede) else rows.filter(hoogste=None)
    return rows.select_related("traject", "domein", "denktafel", "team", "trekker").order_by(
        "-traject__van", "traject", "nummer"
    )


def whole() -> QuerySet[Aanbeveling]:
    """With all that its page shows."""
    rows = Aanbeveling.objects.select_related(
        "traject", "domein", "denktafel", "team", "trekker", "ontwerp", "ontwerp__bundel"
    )
    return rows.prefetch_related(
        "bewijzen", "mijlpalen", "nieuws", Prefetch("signalen", Signaal.objects.public(), to_attr="openbare_signalen")
    )


def ladder(row: Aanbeveling) -> list[Sport]:
    """The six rungs, with the evidence of those that have it."""
    known = {proof.trede: proof for proof in row.bewijzen.all()}
    return [Sport(trede.value, str(trede.label), known.get(trede.value)) for trede in Trede]


def by_domain(rows: QuerySet[Aanbeveling]) -> list[Telling]:
    """Per domain how many of these got each answer (two queries)."""
    counts: dict[int, dict[str, int]] = {}
    for domein, antwoord, n in rows.order_by().values_list("domein", "antwoord").annotate(n=Count("pk")):
        counts.setdefault(domein, {})[antwoord] = n
    found = []
    for domein in Domein.objects.filter(pk__in=counts).order_by("volgorde", "naam"):
        own = counts[domein.pk]
        total = sum(own.values())
        found.append(Telling(domein, total, _parts(own, total)))
    return found


def _parts(own: dict[str, int], total: int) -> list[Deel]:
    parts, start = [], 0.0
    for code in (Antwoord.OVERGENOMEN, Antwoord.GEDEELTELIJK, Antwoord.NIET, Antwoord.WACHT):
        if n := own.get(code.value, 0):
            parts.append(Deel(code.value, n, start, 100 * n / total))
            start += 100 * n / total
    return parts


def check(rows: QuerySet[Aanbeveling]) -> dict[str, Any]:
    """How many are in which state, what is not answered, and what nobody looks after (three queries)."""
    counted = list(recommendations(rows, {}))
    answers = [(code.value, str(code.label), sum(row.antwoord == code for row in counted)) for code in Antwoord]
    rungs = [(trede.value, str(trede.label), sum(_rung(row) == trede for row in counted)) for trede in Trede]
    return {
        "totaal": len(counted),
        "antwoorden": answers,
        "treden": [(0, "nog geen bewijs", sum(not _rung(row) for row in counted)), *rungs],
        "zonder_eigenaar": [row for row in counted if not row.heeft_eigenaar],
        "zonder_mijlpaal": [row for row in counted if row.antwoord in TAKEN and not getattr(row, "mijlpalen_n", 0)],
    }


TAKEN = (Antwoord.OVERGENOMEN, Antwoord.GEDEELTELIJK)


def _rung(row: Aanbeveling) -> int:
    return getattr(row, "hoogste", None) or 0


def in_thread(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Recommendations as the red thread and the multi-year plan show them (one query)."""
    rows = Aanbeveling.objects.visible_to(user, reach).filter(pk__in=nummers).select_related("traject", "domein")
    return [
        Knoop(
            nummer=row.pk,
            titel=str(row),
            url=reverse("samenleven:aanbeveling_werk", args=[row.pk]),
            dag=row.voorgesteld_op,
            waar=row.traject.naam,
            tekst=row.tekst,
            status=row.get_antwoord_display(),
            toon=TONES[Antwoord(row.antwoord)],
        )
        for row in rows
    ]


def who_hears(
    news: Sequence[Aanbevelingsnieuws],
) -> Iterator[tuple[Aanbevelingsvolger, list[Aanbevelingsnieuws]]]:
    """Each address once, with what it wants to hear of: followers, and the members of the denktafel (one query)."""
    tables = {row.aanbeveling.denktafel_id for row in news if row.aanbeveling.denktafel_id}
    followers = Aanbevelingsvolger.objects.exclude(bevestigd_op=None).filter(
        Q(aanbeveling__in={row.aanbeveling_id for row in news}) | Q(denktafel__in=tables)
    )
    people: dict[str, tuple[Aanbevelingsvolger, set[int], set[int]]] = {}
    for volger in followers.order_by("pk"):
        _first, own, of_tables = people.setdefault(volger.email.lower(), (volger, set(), set()))
        if volger.aanbeveling_id:
            own.add(volger.aanbeveling_id)
        elif volger.denktafel_id:
            of_tables.add(volger.denktafel_id)
    for volger, own, of_tables in people.values():
        # Nobody hears of what happened before they asked for it.
        rows = [
            row
            for row in news
            if row.aanbeveling_id in own or row.aanbeveling.denktafel_id in of_tables
            if volger.bevestigd_op and row.op >= volger.bevestigd_op
        ]
        if rows:
            yield volger, rows


def follower(sleutel: Any) -> Aanbevelingsvolger | None:
    """The follower of a signed link."""
    rows = Aanbevelingsvolger.objects.select_related("aanbeveling__traject", "denktafel")
    return rows.filter(sleutel=sleutel).first()


def never_confirmed(
    regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime
) -> QuerySet[Aanbevelingsvolger]:
    """Who was asked so long ago whether they want to follow, and never said so."""
    rows = Aanbevelingsvolger.objects.filter(bevestigd_op=None)
    return rows.filter(gevraagd_op__lte=moment - timedelta(days=regel.na_dagen))
