"""What a half-year letter says, and who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ..models import Aanbeveling, Aanbevelingsnieuws, Aanbevelingsvolger, Halfjaarbrief, Mijlpaal
from ..states.aanbeveling import Antwoord, Trede
from ..states.nieuws import ANSWERS, RUNGS, sentence


def half_year_before(day: date) -> date:
    """The first day of the half year that was over on this day."""
    return date(day.year, 1, 1) if day.month > 6 else date(day.year - 1, 7, 1)


def content(brief: Halfjaarbrief, on: date) -> list[dict[str, Any]]:
    """How each public recommendation stands now, with what changed in the half year and what is late (four queries).

    Plain values, so that the letter can be kept: codes of answers, rungs and changes, and titles.
    """
    begin, end = _midnight(brief.vanaf), _midnight(brief.tot + timedelta(days=1))
    news = Aanbevelingsnieuws.objects.filter(op__gte=begin, op__lt=end).order_by("op", "pk")
    late = Mijlpaal.objects.filter(gehaald_op=None, tegen__lt=on)
    rows = (
        Aanbeveling.objects.public()
        .select_related("traject")
        .prefetch_related("bewijzen", Prefetch("nieuws", news, "van_toen"), Prefetch("mijlpalen", late, "te_laat"))
        .order_by("-traject__van", "traject", "nummer")
    )
    return [
        {
            "traject": row.traject.naam,
            "nummer": row.nummer,
            "titel": row.titel,
            "adres": row.get_absolute_url(),
            "antwoord": row.antwoord,
            "trede": max((proof.trede for proof in row.bewijzen.all()), default=0),
            "nieuws": [[one.soort, one.gegeven, one.tekst] for one in row.van_toen],  # type: ignore[attr-defined]
            "te_laat": [] if row.antwoord == Antwoord.NIET else [mark.titel for mark in row.te_laat],  # type: ignore[attr-defined]
        }
        for row in rows
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Regel:
    """One recommendation of a letter, in the language of the reader; its title stays Dutch."""

    traject: str
    naam: str
    adres: str
    antwoord: str
    antwoord_code: str
    trede: str
    nieuws: list[str]
    te_laat: list[str]


def told(kept: list[dict[str, Any]]) -> list[Regel]:
    """The letter in words of now."""
    return [
        Regel(
            traject=row["traject"],
            naam=f"{row['nummer']}. {row['titel']}",
            adres=row["adres"],
            antwoord=str(ANSWERS[Antwoord(row["antwoord"])]),
            antwoord_code=row["antwoord"],
            trede=str(RUNGS[Trede(row["trede"])]) if row["trede"] else "",
            nieuws=[sentence(kind, given) if kind else text for kind, given, text in row["nieuws"]],
            te_laat=row["te_laat"],
        )
        for row in kept
    ]


def letters() -> QuerySet[Halfjaarbrief]:
    """Every letter, the newest first."""
    return Halfjaarbrief.objects.select_related("verzonden_door").order_by("-vanaf")


def sent() -> QuerySet[Halfjaarbrief]:
    """What everybody may read."""
    return letters().filter(verzonden_op__isnull=False)


def readers() -> int:
    """How many addresses get a letter."""
    return followers().values("email").distinct().count()


def followers() -> QuerySet[Aanbevelingsvolger]:
    """Who said that they want to hear."""
    return Aanbevelingsvolger.objects.filter(bevestigd_op__isnull=False)
