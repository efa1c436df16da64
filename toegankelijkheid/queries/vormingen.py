"""Trainings as pages want them, with how many come and how many came."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from wijken.models import Bijeenkomst

from ..models import Themavorming

SHOWN = 12
HEADER = ("Begin", "Titel", "Thema's", "Voor wie", "Status", "Ingeschreven", "Wachten", "Aanwezig")


def trainings(thema: str = "") -> QuerySet[Themavorming]:
    """All of them, the newest first, each meeting with its seats (two queries)."""
    rows = Themavorming.objects.prefetch_related(Prefetch("bijeenkomst", Bijeenkomst.objects.with_seats()))
    if thema:
        rows = rows.about([thema])
    return rows.order_by("-bijeenkomst__begin", "pk")


def public(at: datetime) -> tuple[list[Themavorming], list[Themavorming]]:
    """What everybody may read: what is to come, the nearest first, and what was held (two queries)."""
    rows = Themavorming.objects.public().select_related("bijeenkomst")
    coming = list(rows.coming(at).order_by("bijeenkomst__begin")[:SHOWN])
    held = rows.filter(bijeenkomst__einde__lt=at).exclude(bijeenkomst__status="afgelast")
    return coming, list(held.order_by("-bijeenkomst__begin")[:SHOWN])


def about(themes: Collection[str], at: datetime) -> list[Themavorming]:
    """The trainings to come that treat any of these themes (one query)."""
    if not themes:
        return []
    found = Themavorming.objects.coming(at).about(themes).select_related("bijeenkomst")
    return list(found.order_by("bijeenkomst__begin")[:SHOWN])


def file_lines(thema: str = "") -> Iterator[list[Any]]:
    """The trainings for a spreadsheet."""
    for row in trainings(thema):
        one: Any = row.bijeenkomst  # with its seats
        yield [
            one.begin, one.titel, row.in_woorden, row.doelgroep, str(one.get_status_display()), one.personen_in,
            one.personen_wacht, one.aanwezigen,
        ]  # fmt: skip
