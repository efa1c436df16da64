"""What everybody may read: trajects, what was said, the newspaper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from ..models import Citaat, Editie, Editieblok, Fase, Signaal, Toestemming, Traject, Uitdager
from ..states.uitdager import Status as Uitdagerstatus

STEMMEN_PAGE = 30


def trajects() -> QuerySet[Traject]:
    """The trajects that everybody may read about, the newest first, with their phases (two queries)."""
    return Traject.objects.public().prefetch_related("fasen").order_by("-van")


def uitdagers_of(traject: Traject) -> int:
    """How many people hold or held conversations (one query)."""
    started = Uitdager.objects.filter(traject=traject, begonnen_op__isnull=False)
    return started.filter(status__in=[Uitdagerstatus.ACTIEF, Uitdagerstatus.GESTOPT]).count()


def phase_now(traject: Traject, on: date) -> Fase | None:
    """The phase that runs on that day."""
    fits = [fase for fase in traject.fasen.all() if fase.van <= on and (fase.tot is None or on <= fase.tot)]
    return fits[-1] if fits else None


@dataclass(frozen=True)
class Stem:
    """Something that was said, as everybody may read it."""

    soort: str
    naam: str
    tekst: str
    thema: str
    domein: str
    dag: date
    is_citaat: bool = False


def voices(filters: dict[str, Any]) -> list[Stem]:
    """What was said and what somebody said in their own words, the newest first, at most two pages (two queries)."""
    signalen = Signaal.objects.public().select_related("gesprek", "thema", "domein")
    citaten = Citaat.objects.public().select_related("gesprek", "thema__domein")
    if text := filters.get("q"):
        signalen, citaten = signalen.filter(tekst__icontains=text), citaten.filter(tekst__icontains=text)
    if thema := filters.get("thema"):
        signalen, citaten = signalen.filter(thema=thema), citaten.filter(thema=thema)
    if domein := filters.get("domein"):
        signalen, citaten = signalen.filter(domein=domein), citaten.filter(thema__domein=domein)
    if traject := filters.get("traject"):
        signalen, citaten = signalen.filter(gesprek__traject=traject), citaten.filter(gesprek__traject=traject)
    if soort := filters.get("soort"):
        signalen = signalen.filter(soort=soort) if soort != "citaat" else signalen.none()
        citaten = citaten if soort == "citaat" else citaten.none()
    rows = [
        Stem(
            row.soort,
            row.get_soort_display(),
            row.tekst,
            row.thema.naam if row.thema else "",
            row.domein.naam if row.domein else "",
            row.gesprek.datum,
        )
        for row in signalen.order_by("-gesprek__datum", "-pk")[: 2 * STEMMEN_PAGE]
    ]
    rows += [
        Stem(
            "citaat",
            "citaat",
            row.tekst,
            row.thema.naam if row.thema else "",
            row.thema.domein.naam if row.thema and row.thema.domein else "",
            row.gesprek.datum,
            is_citaat=True,
        )
        for row in citaten.order_by("-gesprek__datum", "-pk")[:STEMMEN_PAGE]
    ]
    return sorted(rows, key=lambda stem: stem.dag, reverse=True)


def editions() -> QuerySet[Editie]:
    """What has appeared, the newest first, each with its readable blocks (two queries)."""
    return Editie.objects.public().select_related("traject").prefetch_related(readable_blocks())


def readable_blocks() -> Prefetch:
    """The blocks that may be read now, in order, for a `prefetch_related` of editions."""
    rows = Editieblok.objects.readable().select_related("signaal__thema", "citaat").order_by("volgorde")
    return Prefetch("blokken", rows, to_attr="leesbaar")


def consent_of(code: str) -> Toestemming | None:
    """The consent that this code takes back; also one that was taken back already."""
    return Toestemming.objects.filter(code=code).first() if code else None
