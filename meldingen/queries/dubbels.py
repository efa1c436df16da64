"""What may be the same as a report, for the people who handle it; and the proposals of the night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Lower

from kern.geo import Punt, haversine
from kern.geo.fields import Hoek, hoeken, within
from kern.geo.vormen import Kader

from ..models import Dubbelvoorstel, Melder, Melding, Voorstelrij
from ..models.melder import PhoneTail
from ..models.melding import MeldingQuerySet
from ..states import Status
from .search import PHONE_DIGITS, digits

RADII = (25, 50, 100, 250)
WEEKS = (4, 12, 26, 52)
DEFAULT_RADIUS, DEFAULT_WEEKS = 50, 12
LIMIT = 12
PAGE = 20
MERGED_LIMIT = 50
COUNT_LIMIT = 99


@dataclass(frozen=True)
class Buur:
    """Another report, with why it is shown and whether it can be merged now."""

    melding: Melding
    metres: int | None
    zelfde_categorie: bool
    kan_samen: bool


@dataclass(frozen=True)
class Groep:
    """One reason to look at other reports; `meer` says that there are more than are shown."""

    code: str
    naam: str
    buren: list[Buur]
    meer: bool


@dataclass(frozen=True)
class Paneel:
    """All that may be the same as a report."""

    melding: Melding
    straal: int
    weken: int
    groepen: list[Groep] = field(default_factory=list)
    opgenomen: list[Melding] = field(default_factory=list)

    @property
    def kan_samen(self) -> bool:
        return any(buur.kan_samen for groep in self.groepen for buur in groep.buren)


def panel(melding: Melding, rows: MeldingQuerySet, *, at: datetime, straal: int, weken: int, contact: bool) -> Paneel:
    """What lies near, is of the same reporter (only with `contact`) or at the same address, among `rows`.

    Open reports of any age and closed ones of the last weeks; the same category first. Each reason is one query that
    an index answers (what lies near two), with at most twelve rows. What is merged into a shown report is not shown
    beside it.
    """
    since = at - timedelta(weeks=weken)
    others = rows.exclude(pk=melding.pk).filter(hoofdmelding__isnull=True)
    recent = others.filter(Q(ontvangen_op__gte=since) | ~Q(status=Status.AFGESLOTEN))
    groups = []
    if melding.plaats:
        near = _near(melding, melding.plaats, others, straal, since)
        groups.append(_group(melding, "nabij", f"Binnen {straal} meter", near))
    if contact and (same := _reporters(melding)) is not None:
        theirs = recent.filter(pk__in=same.exclude(pk=melding.pk).values("pk"))
        groups.append(_group(melding, "melder", "Van dezelfde melder", _first(melding, theirs, "-ontvangen_op")))
    if melding.adres:
        # Without the empty ones, which the index leaves out.
        here = recent.exclude(adres="").alias(klein=Lower("adres")).filter(klein=melding.adres.lower())
        groups.append(_group(melding, "adres", "Op hetzelfde adres", _first(melding, here, "-ontvangen_op")))
    return Paneel(melding, straal, weken, groups, merged_in(melding, rows))


def _near(melding: Melding, punt: Punt, rows: MeldingQuerySet, straal: int, since: datetime) -> list[Any]:
    """What lies near: the open ones by the index of what is open, the closed ones by that of place and day.

    Asked together, a busy corner would be read with all that was ever reported there.
    """
    around = Kader.around(punt, straal)
    closed = rows.filter(status=Status.AFGESLOTEN, ontvangen_op__gte=since)
    closed = closed.alias(hoek=Hoek("plaats")).filter(hoek__in=hoeken(around))
    parts = (_first(melding, within(part, punt, straal), "afstand") for part in (closed, rows.open()))
    # By number: between the two questions one may have been opened again.
    found = {row.pk: row for part in parts for row in part}
    return sorted(found.values(), key=lambda row: (not row.zelfde, row.afstand, -row.pk))[: LIMIT + 1]


def _first(melding: Melding, rows: QuerySet[Any], order: str) -> list[Any]:
    same = Case(When(categorie=melding.categorie_id, then=True), default=False, output_field=BooleanField())
    shown = rows.select_related("categorie").defer("zoek", "openbare_tekst").annotate(zelfde=same)
    return list(shown.order_by("-zelfde", order, "-pk")[: LIMIT + 1])


def _group(melding: Melding, code: str, naam: str, found: list[Any]) -> Groep:
    buren = [
        Buur(
            row,
            round(row.afstand) if hasattr(row, "afstand") else None,
            bool(row.categorie_id == melding.categorie_id),
            row.is_open and row.categorie.is_gevoelig == melding.categorie.is_gevoelig,
        )
        for row in found[:LIMIT]
    ]
    return Groep(code, naam, buren, len(found) > LIMIT)


def _reporters(melding: Melding) -> QuerySet[Melder] | None:
    """Who reported with the same address or phone number; None when we know neither."""
    melder = melding.melder_of_niemand
    keys: list[Any] = []
    if melder.email:
        rows = Melder.objects.alias(klein=Lower("email")).filter(klein=melder.email.lower())
        keys.append(rows.values("pk"))
    tail = digits(melder.telefoon)
    if len(tail) == PHONE_DIGITS:
        keys.append(Melder.objects.alias(einde=PhoneTail("telefoon")).filter(einde=tail).values("pk"))
    if not keys:
        return None
    # One union, so that each part is found by its own index.
    return Melder.objects.filter(pk__in=keys[0].union(*keys[1:]) if len(keys) > 1 else keys[0])


def together(rows: MeldingQuerySet, nummers: Iterable[int]) -> list[Melding]:
    """The chosen reports with what the page of merging shows, oldest first (one query)."""
    chosen = rows.filter(pk__in=list(nummers)).select_related("categorie", "wijk", "team", "behandelaar", "melder")
    return list(chosen.defer("zoek").order_by("ontvangen_op", "pk"))


@dataclass(frozen=True)
class Voorstel:
    """A proposal with the reports in it that this person may see."""

    pk: int
    gelijkenis: int
    meldingen: list[Melding]
    metres: int

    @property
    def lijken_op_elkaar(self) -> bool:
        return self.gelijkenis >= 30


def open_proposals(rows: MeldingQuerySet) -> QuerySet[Dubbelvoorstel]:
    """The open proposals of which this person may see two open reports or more, newest first."""
    seen = _seen(rows).filter(voorstel=OuterRef("pk"))
    return Dubbelvoorstel.objects.filter(Exists(seen[1:2]), gesloten_op__isnull=True).order_by("-pk")


def proposal_page(rows: MeldingQuerySet, *, voor: int | None = None) -> tuple[list[Voorstel], int | None]:
    """A page of the queue, and where the next one begins (two queries however many)."""
    found = open_proposals(rows)
    if voor is not None:
        found = found.filter(pk__lt=voor)
    batch = list(found.select_related("categorie")[: PAGE + 1])
    shown = batch[:PAGE]
    members: dict[int, list[Melding]] = {row.pk: [] for row in shown}
    for line in _seen(rows).filter(voorstel__in=shown).select_related("melding__categorie", "melding__wijk"):
        members[line.voorstel_id].append(line.melding)
    more = shown[-1].pk if len(batch) > PAGE else None
    return [_proposal(row, members[row.pk]) for row in shown], more


def _proposal(row: Dubbelvoorstel, meldingen: list[Melding]) -> Voorstel:
    places = [melding.plaats for melding in meldingen if melding.plaats]
    metres = max((haversine(a, b) for a in places for b in places), default=0.0)
    return Voorstel(row.pk, round(row.gelijkenis * 100), meldingen, round(metres))


def merged_in(melding: Melding, rows: MeldingQuerySet) -> list[Melding]:
    """The reports that go on in this one and that this person may see, newest first (one query; at most fifty)."""
    found = rows.filter(hoofdmelding=melding).select_related("categorie").defer("zoek")
    return list(found.order_by("-ontvangen_op", "-pk")[:MERGED_LIMIT])


def main_for(rows: MeldingQuerySet, nummer: int) -> Melding | None:
    """The report with this number, or the main report that it goes on in; None when this person may not see it."""
    row = rows.filter(pk=nummer).only("pk", "hoofdmelding").first()
    return rows.filter(pk=row.hoofdmelding_id or row.pk).first() if row else None


def members(rows: MeldingQuerySet, voorstel: Dubbelvoorstel) -> list[Melding]:
    """The open reports of a proposal that this person may see (one query)."""
    return [line.melding for line in _seen(rows).filter(voorstel=voorstel).select_related("melding")]


def _seen(rows: MeldingQuerySet) -> QuerySet[Voorstelrij]:
    """The lines of open proposals whose report is open and among these, oldest report first."""
    mine = Exists(rows.open().filter(pk=OuterRef("melding")))
    return Voorstelrij.objects.filter(mine, is_open=True).defer("melding__zoek").order_by("melding_id")
