"""Who follows a wijk, and what there is to tell them this week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone, translation

from kern.bewaring.models import Bewaarregel

from .. import registry
from ..models import Wijk, Wijkvolger, Wijkvolging

# The mail of the week goes out on Thursday, and in the days after when that day was missed.
WEEKDAY, HOUR = 3, time(8, 0)

News = dict[str, list[tuple[str, list[tuple[str, str]]]]]


@dataclass(frozen=True)
class Editie:
    """The mail of one week: its Thursday, the moment from which it goes out, and since when it tells."""

    dag: date
    op: datetime
    sinds: datetime


def edition(at: datetime) -> Editie:
    """The last edition whose moment has come."""
    local = timezone.localtime(at)
    day = local.date() - timedelta(days=(local.weekday() - WEEKDAY) % 7)
    if timezone.make_aware(datetime.combine(day, HOUR)) > at:
        day -= timedelta(days=7)
    moment = timezone.make_aware(datetime.combine(day, HOUR))
    return Editie(day, moment, timezone.make_aware(datetime.combine(day - timedelta(days=7), HOUR)))


def due_for(edition: Editie, batch: int) -> Iterator[list[Any]]:
    """Followers who did not hear of this edition, in batches, each with its confirmed wijken as `bevestigd`."""
    confirmed = Wijkvolging.objects.exclude(bevestigd_op=None)
    rows = Wijkvolger.objects.filter(Exists(confirmed.filter(volger=OuterRef("pk"))), gemaild_tot__lt=edition.op)
    wijken = Prefetch("volgingen", confirmed.select_related("wijk").order_by("wijk__naam"), to_attr="bevestigd")
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk").prefetch_related(wijken)[:batch]):
        yield found
        last = found[-1].pk


@dataclass
class Weekbrief:
    """What is to be told in one edition. Each subject is asked once for a language, for all wijken together."""

    editie: Editie
    _told: dict[str, list[tuple[str, dict[int, list[tuple[str, str]]]]]] = field(default_factory=dict)

    def news(self, wijken: Sequence[Wijk], taal: str) -> News:
        """What is new in these wijken, in this language: per name of a wijk its subjects with their lines.

        What is for more than one of them is told once.
        """
        found: News = {}
        seen: set[tuple[str, str]] = set()
        for wijk in wijken:
            subjects = []
            for title, by_wijk in self._in(taal):
                lines = [line for line in by_wijk.get(wijk.pk, []) if line not in seen]
                seen.update(lines)
                if lines:
                    subjects.append((title, lines))
            if subjects:
                found[wijk.naam] = subjects
        return found

    def _in(self, taal: str) -> list[tuple[str, dict[int, list[tuple[str, str]]]]]:
        if taal not in self._told:
            with translation.override(taal):
                self._told[taal] = [
                    (str(part.titel), dict(part.regels(self.editie.sinds, self.editie.op))) for part in registry.news()
                ]
        return self._told[taal]


def following(sleutel: UUID) -> Wijkvolger | None:
    """The follower with this key; None when they stopped."""
    return Wijkvolger.objects.filter(sleutel=sleutel).first()


def volging(sleutel: UUID) -> Wijkvolging | None:
    """What somebody asked to follow, with its wijk (one query); None when that is gone."""
    return Wijkvolging.objects.select_related("wijk", "volger").filter(sleutel=sleutel).first()


def unconfirmed(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Wijkvolging]:
    """What was asked so long ago and never confirmed."""
    return Wijkvolging.objects.filter(bevestigd_op=None, gevraagd_op__lte=moment - timedelta(days=regel.na_dagen))
