"""Reads for everybody: the public list, the numbers on the home page and the page of a wijk.

Only what staff released, and no column that holds what the reporter wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.geo import Punt
from wijken.models import Wijk

from .. import publiek
from ..models import Categorie, Kaartvak, Melding, MeldingBeeld
from ..models.kaartvak import KaartvakQuerySet
from ..models.melding import MeldingQuerySet
from ..publiek import PubliekeStatus
from ..states import Sluitreden, Status
from . import keyset
from .places import COUNTED_LEVELS, how_many

SOLVED_DAYS = 28
WEEK_DAYS = 7
PAGE = 20
EXAMPLES = 3
PRIVATE = ("code", "inzending", "omschrijving", "plaats_in_woorden", "zoek")
SOLVED = Q(status=Status.AFGESLOTEN, sluitreden=Sluitreden.OPGELOST)


@dataclass(frozen=True)
class Aantallen:
    """How many reports the public sees."""

    open: int
    opgelost: int

    @property
    def alles(self) -> int:
        return self.open + self.opgelost


@dataclass(frozen=True)
class OpenbareMelding:
    """A report as everybody may see it."""

    nummer: int
    categorie: str
    plaats: str
    wijk: str
    status: PubliekeStatus
    tekst: str
    taal: str
    ontvangen_op: datetime
    afgesloten_op: datetime | None
    aantal_volgers: int
    punt: Punt | None

    @property
    def url(self) -> str:
        return reverse("meldingen:public_detail", args=[self.nummer])


def _solved_since(day: date) -> Q:
    return SOLVED & Q(afgesloten_op__gte=timezone.make_aware(datetime.combine(day, time.min)))


def shown(on: date) -> MeldingQuerySet:
    """The released reports that are open, or were solved in the four weeks before this day."""
    recent = _solved_since(on - timedelta(days=SOLVED_DAYS))
    return Melding.objects.public().filter(~Q(status=Status.AFGESLOTEN) | recent)


@dataclass(frozen=True)
class Keuze:
    """Which public reports: of a wijk, of a main category, and open or solved ("open", "opgelost", both when empty).

    Open and solved are two things to ask for: each has an index of its own, so that what was solved long ago
    costs nothing.
    """

    on: date
    wijk: Wijk | None = None
    categorie: Categorie | None = None
    status: str = ""

    @property
    def has_open(self) -> bool:
        return self.status in ("", "open")

    @property
    def has_solved(self) -> bool:
        return self.status in ("", "opgelost")

    @property
    def open(self) -> MeldingQuerySet:
        rows: MeldingQuerySet = self._narrowed(Melding.objects.public().open())
        return rows

    @property
    def solved(self) -> MeldingQuerySet:
        recent = _solved_since(self.on - timedelta(days=SOLVED_DAYS))
        rows: MeldingQuerySet = self._narrowed(Melding.objects.public().filter(recent))
        return rows

    @property
    def parts(self) -> list[MeldingQuerySet]:
        return [self.open] * self.has_open + [self.solved] * self.has_solved

    @property
    def rows(self) -> MeldingQuerySet:
        """All of them at once: for one report, or a box on the map."""
        rows: MeldingQuerySet = self._narrowed(shown(self.on))
        return rows if not self.status else rows.open() if self.has_open else rows.filter(SOLVED)

    @property
    def open_cells(self) -> KaartvakQuerySet:
        """The cells of the map of the open ones."""
        rows: KaartvakQuerySet = self._narrowed(Kaartvak.objects.public().open())
        return rows

    def _narrowed(self, rows: Any) -> Any:
        if self.wijk:
            rows = rows.filter(wijk=self.wijk)
        if self.categorie:
            rows = rows.filter(categorie__hoofdcategorie=self.categorie)
        return rows


def counts(keuze: Keuze) -> Aantallen:
    """How many of the chosen are open, and how many were solved (two queries; one when only one is asked)."""
    return Aantallen(
        open=how_many(keuze.open_cells) if keuze.has_open else 0,
        opgelost=keuze.solved.count() if keuze.has_solved else 0,
    )


def page(keuze: Keuze, *, na: str = "", voor: str = "") -> keyset.Bladzijde:
    """A page of the chosen reports, newest first, with all that `card` needs (three queries; two for one status)."""
    return keyset.page_of(keuze.parts, keyset.ORDERS["-ontvangen"], listed, na=na, voor=voor, size=PAGE)


def listed(rows: MeldingQuerySet) -> MeldingQuerySet:
    """What `card` needs of each row, without what is not for everybody; newest first."""
    return rows.select_related("categorie", "wijk", "team").defer(*PRIVATE).order_by("-ontvangen_op", "-pk")


def card(melding: Melding, on: date) -> OpenbareMelding:
    """The report as everybody may see it on this day."""
    return OpenbareMelding(
        nummer=melding.pk,
        categorie=publiek.subject(melding),
        plaats=publiek.where(melding),
        wijk=melding.wijk.naam if melding.wijk else "",
        status=publiek.public_status(melding, on=on),
        tekst=melding.openbare_tekst if melding.openbaar else "",
        taal=melding.taal,
        ontvangen_op=melding.ontvangen_op,
        afgesloten_op=melding.afgesloten_op,
        aantal_volgers=melding.aantal_volgers,
        punt=publiek.rough_place(melding.plaats) if melding.plaats else None,
    )


def shown_main(nummer: int, on: date) -> int | None:
    """The number of the report in which a released one goes on; None when it is not merged or that one is not shown."""
    return (
        shown(on)
        .filter(samengevoegd__in=Melding.objects.public().filter(pk=nummer))
        .values_list("pk", flat=True)
        .first()
    )


def public_story(melding: Melding, on: date) -> list[publiek.Stap]:
    """The time line for everybody: what happened, without the words that were written (one query)."""
    lines = melding.gebeurtenissen.filter(voor_melder=True).select_related("partner").defer("tekst")
    return publiek.story(melding, lines, on=on)


def public_photos(melding: Melding) -> tuple[list[MeldingBeeld], list[MeldingBeeld]]:
    """The photos that staff released: those of the problem, and those of after the repair (one query)."""
    rows = list(melding.beelden.filter(openbaar=True).select_related("beeld"))
    after = [row for row in rows if row.soort == MeldingBeeld.Soort.NA_HERSTEL]
    return [row for row in rows if row not in after], after


@dataclass(frozen=True)
class Overzicht:
    """The numbers of the home page."""

    opgelost: int
    voorbeelden: list[OpenbareMelding]
    wijken: list[Wijk]


def overview(on: date) -> Overzicht:
    """What was solved in the week before this day, with a few released examples, and what runs per wijk.

    The number counts every solved report, released or not (four queries). Each wijk has `aantal_open`.
    """
    solved = _solved_since(on - timedelta(days=WEEK_DAYS))
    examples = listed(Melding.objects.public().filter(solved)).order_by("-afgesloten_op", "-pk")[:EXAMPLES]
    return Overzicht(
        opgelost=Melding.objects.filter(solved).count(),
        voorbeelden=[card(row, on) for row in examples],
        wijken=_running(),
    )


def _running() -> list[Wijk]:
    """The wijken with public reports that are open, each with `aantal_open` (two queries)."""
    kept = Kaartvak.objects.public().open().filter(niveau__in=COUNTED_LEVELS, wijk__isnull=False)
    numbers = dict(kept.values_list("wijk").annotate(n=Sum("aantal")).filter(n__gt=0).order_by())
    found = list(Wijk.objects.filter(pk__in=numbers).order_by("naam"))
    for wijk in found:
        wijk.aantal_open = numbers[wijk.pk]  # type: ignore[attr-defined]
    return found


def in_wijk(wijk: Wijk, on: date) -> dict[str, Any]:
    """What runs and what was solved in a wijk, for its page (three queries)."""
    keuze = Keuze(on, wijk=wijk)
    return {
        "wijk": wijk,
        "aantallen": counts(keuze),
        "lopend": [card(row, on) for row in listed(keuze.open)[:EXAMPLES]],
        "list_url": reverse("meldingen:public_list") + f"?wijk={wijk.slug}",
    }


def facts(wijk: Wijk, on: date) -> list[tuple[str, str]]:
    """The same in numbers for the wijkfiche (two queries)."""
    found = counts(Keuze(on, wijk=wijk))
    return [
        (_("Meldingen die nu open zijn"), str(found.open)),
        (_("Opgelost in de laatste vier weken"), str(found.opgelost)),
    ]
