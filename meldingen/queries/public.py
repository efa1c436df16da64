"""Reads for everybody: the public list, the numbers on the home page and the page of a wijk.

Only what staff released, and no column that holds what the reporter wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from kern.geo import Punt
from wijken.models import Wijk

from .. import publiek
from ..models import Categorie, Melding, MeldingBeeld
from ..models.melding import MeldingQuerySet
from ..publiek import PubliekeStatus
from ..states import Sluitreden, Status

SOLVED_DAYS = 28
WEEK_DAYS = 7
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


def narrowed(
    rows: MeldingQuerySet, *, wijk: Wijk | None = None, categorie: Categorie | None = None, status: str = ""
) -> MeldingQuerySet:
    """Those of a wijk, of a main category, and open or solved ("open", "opgelost", both when empty)."""
    if wijk:
        rows = rows.filter(wijk=wijk)
    if categorie:
        rows = rows.filter(categorie__hoofdcategorie=categorie)
    if status == "open":
        rows = rows.open()
    elif status == "opgelost":
        rows = rows.filter(SOLVED)
    return rows


def counts(rows: MeldingQuerySet) -> Aantallen:
    """How many of the rows are open and how many solved (one query)."""
    return Aantallen(**rows.aggregate(open=Count("pk", filter=~SOLVED), opgelost=Count("pk", filter=SOLVED)))


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

    The number counts every solved report, released or not (three queries). Each wijk has `aantal_open`.
    """
    solved = _solved_since(on - timedelta(days=WEEK_DAYS))
    examples = listed(Melding.objects.public().filter(solved)).order_by("-afgesloten_op", "-pk")[:EXAMPLES]
    return Overzicht(
        opgelost=Melding.objects.filter(solved).count(),
        voorbeelden=[card(row, on) for row in examples],
        wijken=list(
            Wijk.objects.filter(meldingen__in=shown(on).open().values("pk"))
            .annotate(aantal_open=Count("meldingen"))
            .order_by("naam")
        ),
    )


def in_wijk(wijk: Wijk, on: date) -> dict[str, Any]:
    """What runs and what was solved in a wijk, for its page (two queries)."""
    rows = narrowed(shown(on), wijk=wijk)
    return {
        "wijk": wijk,
        "aantallen": counts(rows),
        "lopend": [card(row, on) for row in listed(rows.open())[:EXAMPLES]],
        "list_url": reverse("meldingen:public_list") + f"?wijk={wijk.slug}",
    }
