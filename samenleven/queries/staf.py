"""The lists and pages of staff."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from wijken.rules import Bereik

from ..models import Citaat, Editie, Gesprek, Signaal, Traject, Uitdager, Vorming

PAGE = 50
Rijen = TypeVar("Rijen", bound=QuerySet[Any])


def conversations(user: Gebruiker, reach: Bereik, filters: dict[str, Any]) -> QuerySet[Gesprek]:
    """The conversations that somebody may see and asks for."""
    rows = Gesprek.objects.visible_to(user, reach).select_related("traject", "wijk", "begeleider")
    rows = _narrow(rows, filters, ("traject", "wijk", "taal", "methode"))
    rows = rows.held() if filters.get("status") == "gehouden" else _narrow(rows, filters, ("status",))
    if jaar := filters.get("jaar"):
        rows = rows.filter(datum__year=jaar)
    if text := filters.get("q"):
        number = text.upper().removeprefix("G").lstrip("0")
        rows = rows.filter(Q(titel__icontains=text) | Q(plaats__icontains=text) | _number(number))
    return rows.annotate(n_signalen=Count("signalen", distinct=True)).order_by("-datum", "-pk")


def signals(user: Gebruiker, reach: Bereik, filters: dict[str, Any]) -> QuerySet[Signaal]:
    """What was said in the conversations that somebody may see."""
    rows = Signaal.objects.visible_to(user, reach).select_related(
        "gesprek__wijk", "gesprek__traject", "thema", "domein"
    )
    rows = _narrow(rows, filters, ("soort", "thema", "domein"))
    if traject := filters.get("traject"):
        rows = rows.filter(gesprek__traject=traject)
    if wijk := filters.get("wijk"):
        rows = rows.filter(gesprek__wijk=wijk)
    if text := filters.get("q"):
        rows = rows.filter(tekst__icontains=text)
    return rows.order_by("-gesprek__datum", "-gesprek", "nummer")


def uitdagers(user: Gebruiker, reach: Bereik, filters: dict[str, Any]) -> QuerySet[Uitdager]:
    """The uitdagers that somebody may see; those without a confirmed address only when asked for."""
    rows = Uitdager.objects.visible_to(user, reach).select_related("traject", "wijk", "coach")
    if not filters.get("status"):
        rows = rows.confirmed()
    rows = _narrow(rows, filters, ("traject", "wijk", "status", "coach"))
    if text := filters.get("q"):
        rows = rows.filter(Q(naam__icontains=text) | Q(email__icontains=text))
    return rows.annotate(
        n_gesprekken=Count("gesprekken", distinct=True),
        n_vormingen=Count("vormingen", filter=Q(vormingen__was_er=True), distinct=True),
    ).order_by("-aangemeld_op", "-pk")


def trainings() -> QuerySet[Vorming]:
    """Every training, with how many were asked and came."""
    return (
        Vorming.objects.select_related("traject")
        .annotate(gevraagd=Count("deelnames"), gekomen=Count("deelnames", filter=Q(deelnames__was_er=True)))
        .order_by("-begin", "-pk")
    )


def editions() -> QuerySet[Editie]:
    """Every edition, with its number of blocks."""
    return Editie.objects.select_related("traject").annotate(n_blokken=Count("blokken")).order_by("-nummer")


def signals_for(editie: Editie, filters: dict[str, Any]) -> QuerySet[Signaal]:
    """What may still be chosen for an edition."""
    rows = Signaal.objects.public().exclude(blokken__editie=editie).filter(gesprek__traject=editie.traject_id)
    rows = _narrow(rows, filters, ("soort", "thema"))
    if text := filters.get("q"):
        rows = rows.filter(tekst__icontains=text)
    return rows.select_related("thema", "gesprek__wijk")


def quotes_for(editie: Editie, filters: dict[str, Any]) -> QuerySet[Citaat]:
    """The quotes that may still be chosen for an edition."""
    rows = Citaat.objects.public().exclude(blokken__editie=editie).filter(gesprek__traject=editie.traject_id)
    rows = _narrow(rows, filters, ("thema",))
    if text := filters.get("q"):
        rows = rows.filter(tekst__icontains=text)
    return rows.select_related("thema", "gesprek__wijk")


def trajects_by_now() -> list[Traject]:
    """Every traject, those that run first, the newest first."""
    today = timezone.localdate()
    return sorted(Traject.objects.order_by("-van"), key=lambda row: row.is_voorbij(today))


def sheet_conversation(sleutel: Any) -> Gesprek | None:
    """The conversation of a signed link."""
    return Gesprek.objects.select_related("traject", "wijk").filter(sleutel=sleutel).first()


def uitdager_of(sleutel: Any) -> Uitdager | None:
    """The uitdager of a signed link, unless everything of them was wiped."""
    return Uitdager.objects.select_related("traject", "coach", "wijk").filter(sleutel=sleutel, gewist_op=None).first()


def _narrow(rows: Rijen, filters: dict[str, Any], names: tuple[str, ...]) -> Rijen:
    return rows.filter(**{name: filters[name] for name in names if filters.get(name)})


def _number(text: str) -> Q:
    return Q(pk=int(text)) if text.isdecimal() and len(text) < 10 else Q(pk__in=[])
