"""Reads of recommendations: the list, one with its lines and sums, its file, and what usually solves a knelpunt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ..models import Adviesregel, Dienstadvies, DienstadviesQuerySet, Knelpunt, KnelpuntQuerySet, Standaardoplossing
from ..rules import advies as rules
from ..rules.woorden import Adviesantwoord
from ..states import CLOSED, Adviesstatus, Knelpuntstatus

LATE = "laat"


class Voorstellen:
    """What usually solves a knelpunt: by its criterium, else what is general for its theme (one query)."""

    def __init__(self) -> None:
        self._by_criterium: dict[int, Standaardoplossing] = {}
        self._by_theme: dict[str, Standaardoplossing] = {}
        for row in Standaardoplossing.objects.filter(is_actief=True).order_by("pk"):
            if row.criterium_id:
                self._by_criterium.setdefault(row.criterium_id, row)
            else:
                self._by_theme.setdefault(row.onderwerp, row)

    def of(self, knelpunt: Knelpunt) -> Standaardoplossing | None:
        """The solution to propose; None when nobody described one."""
        found = self._by_criterium.get(knelpunt.criterium_id or 0)
        return found or self._by_theme.get(knelpunt.onderwerp)

    def line(self, advies: Dienstadvies, knelpunt: Knelpunt) -> Adviesregel:
        """A line (unsaved) for this knelpunt. What somebody wrote at the knelpunt itself goes before the usual text."""
        line = Adviesregel(advies=advies, knelpunt=knelpunt, tekst=knelpunt.oplossing[:1000])
        if found := self.of(knelpunt):
            line.oplossing, line.tekst = found, line.tekst or found.tekst
            line.eenheid, line.prijs_laag, line.prijs_hoog = found.eenheid, found.prijs_laag, found.prijs_hoog
        return line


def addable(found: KnelpuntQuerySet) -> KnelpuntQuerySet:
    """The knelpunten that can still be recommended: what is open and not carried out."""
    return found.exclude(status__in=CLOSED | {Knelpuntstatus.UITGEVOERD})


def visible(user: Gebruiker, reach: Bereik) -> DienstadviesQuerySet:
    """The recommendations somebody may see, with to whom."""
    rows: DienstadviesQuerySet = Dienstadvies.objects.visible_to(user, reach)
    return rows.select_related("team", "partner", "opgesteld_door", "beantwoord_door")


def chosen(rows: DienstadviesQuerySet, wanted: Mapping[str, Any], on: date) -> QuerySet[Dienstadvies]:
    """Those that fit the filters of the address; what waits longest first."""
    if status := wanted.get("status"):
        rows = (
            rows.filter(status=Adviesstatus.VERZONDEN, antwoord_tegen__lt=on)
            if status == LATE
            else rows.filter(status=status)
        )
    for name in ("antwoord", "team", "partner"):
        if value := wanted.get(name):
            rows = rows.filter(**{name: value})
    if theme := wanted.get("onderwerp"):
        rows = rows.filter(pk__in=Adviesregel.objects.filter(knelpunt__onderwerp=theme).values("advies"))
    if zone := wanted.get("zone"):
        rows = rows.filter(pk__in=Adviesregel.objects.filter(knelpunt__zone=zone).values("advies"))
    if text := wanted.get("q"):
        rows = rows.filter(Q(titel__icontains=text) | Q(team__naam__icontains=text) | Q(partner__naam__icontains=text))
    return rows.annotate(aantal=Count("regels")).order_by("-gemaakt_op", "-pk")


def lines(advies: Dienstadvies) -> list[Adviesregel]:
    """The lines with their knelpunten, the most urgent first (one query)."""
    rows = advies.regels.select_related("knelpunt", "knelpunt__wijk", "oplossing")
    return list(rows.order_by("-knelpunt__rang", "-knelpunt__ernst", "pk"))


@dataclass(frozen=True)
class Som:
    """What a recommendation costs, and how many of its lines have no price."""

    laag: int | None
    hoog: int | None
    zonder: int


def total(rows: list[Adviesregel]) -> Som:
    """The sum over the lines."""
    priced = [row for row in rows if row.kost_laag is not None]
    if not priced:
        return Som(None, None, len(rows))
    low, high = (sum(getattr(row, name) or 0 for row in priced) for name in ("kost_laag", "kost_hoog"))
    return Som(low, high, len(rows) - len(priced))


def answers(rows: list[Adviesregel]) -> list[tuple[str, int]]:
    """How many lines got which answer."""
    counts = Counter(row.antwoord for row in rows if row.antwoord)
    return [(str(kind.label), counts[kind]) for kind in Adviesantwoord if counts[kind]]


def advices_of(knelpunt: Knelpunt, user: Gebruiker, reach: Bereik) -> list[Adviesregel]:
    """In which recommendations a knelpunt stands that this person may see (one query)."""
    mine = Dienstadvies.objects.visible_to(user, reach).values("pk")
    rows = Adviesregel.objects.filter(knelpunt=knelpunt, advies__in=mine)
    return list(rows.select_related("advies", "advies__team", "advies__partner").order_by("-advies__gemaakt_op"))


def by_key(sleutel: UUID) -> Dienstadvies | None:
    """The recommendation of a partner's link; None for one that was never sent."""
    rows = Dienstadvies.objects.exclude(status=Adviesstatus.CONCEPT).exclude(partner=None)
    return rows.select_related("partner").filter(sleutel=sleutel).first()


def link_is_over(advies: Dienstadvies, on: date) -> bool:
    """Whether the partner's link opens nothing any more: taken back, or long after the term."""
    if advies.status == Adviesstatus.INGETROKKEN or advies.antwoord_tegen is None:
        return True
    return on > advies.antwoord_tegen + timedelta(days=rules.LINK_DAYS)


HEADER = (
    "Aanbeveling", "Aan", "Status", "Verzonden op", "Antwoord tegen", "Knelpunt", "Titel", "Thema", "Plaats",
    "Wat we aanbevelen", "Hoeveelheid", "Eenheid", "Prijs laag", "Prijs hoog", "Kost laag", "Kost hoog", "Antwoord",
    "Reden",
)  # fmt: skip


def file_lines(rows: QuerySet[Dienstadvies]) -> Iterator[tuple[Any, ...]]:
    """Every line of these recommendations, for a spreadsheet."""
    found = Adviesregel.objects.filter(advies__in=rows.order_by().values("pk"))
    found = found.select_related("advies", "advies__team", "advies__partner", "knelpunt")
    for row in found.order_by("-advies__gemaakt_op", "advies", "pk").iterator(chunk_size=500):
        advies, one = row.advies, row.knelpunt
        yield (
            advies.titel, str(advies.aan), advies.get_status_display(), advies.verzonden_op, advies.antwoord_tegen,
            one.ref, one.titel, str(one.get_onderwerp_display()), one.adres, row.tekst, row.hoeveelheid,
            str(row.get_eenheid_display()), row.prijs_laag, row.prijs_hoog, row.kost_laag, row.kost_hoog,
            str(row.get_antwoord_display()), row.reden,
        )  # fmt: skip
