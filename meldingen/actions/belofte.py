"""When a promise broke all the same: a new date, by the portal itself, and an honest mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from kern import historiek
from kern.termijnen import Calendar, add_working_days, local_date, working_days_between

from .. import mails, publiek
from ..models import Gebeurtenis, Melding, Volger
from ..models.melding import MeldingQuerySet
from ..rules import MAX_NEW_DATES, new_term
from . import klok

BATCH = 500


def broken(at: datetime) -> MeldingQuerySet:
    """Reports whose promised day is over while their clock runs, and that the portal may still give another.

    After MAX_NEW_DATES the day stays, and the ladder brings the report to the team leader.
    """
    today = local_date(at)
    return Melding.objects.late(today).filter(
        oplossing_uiterlijk__lt=today, keren_gebroken__lt=MAX_NEW_DATES, categorie__mailt_te_laat=True
    )


@transaction.atomic
def give_new_dates(*, at: datetime, calendar: Calendar) -> int:
    """Give a batch of broken promises a new day, counted from today, and tell reporter and followers; how many.

    The day, the line in the story and the mails are written together, so a second run finds nothing. What
    somebody else is working on is left for the next run. A sensitive report is told to its reporter alone.
    """
    rows = list(
        broken(at)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("categorie", "team", "wijk", "melder")
        .prefetch_related(Prefetch("volgers", Volger.objects.exclude(email="")))
        .defer("zoek")
        .order_by("pk")[:BATCH]
    )
    old = {row.pk: row.oplossing_uiterlijk for row in rows}
    for row in rows:
        first = working_days_between(local_date(row.ontvangen_op), row.oplossing_beloofd, calendar)
        klok.replace_promise(row, add_working_days(local_date(at), new_term(first), calendar), at)
        klok.refresh(row)
        row.versie += 1
        row.gewijzigd_op = at
    with historiek.reason(f"{Gebeurtenis.Soort.BELOFTE.label}: {publiek.TOO_LATE}"):
        Melding.objects.bulk_update(
            rows, ["oplossing_uiterlijk", "keren_gebroken", "volgende_termijn", "versie", "gewijzigd_op"]
        )
    lines = Gebeurtenis.objects.bulk_create(
        Gebeurtenis(
            melding=row,
            soort=Gebeurtenis.Soort.BELOFTE,
            op=at,
            datum=row.oplossing_uiterlijk,
            tekst=publiek.TOO_LATE,
            voor_melder=True,
        )
        for row in rows
    )
    for row, line in zip(rows, lines, strict=True):
        mails.too_late(row, line, beloofd=old[row.pk], volgers=row.volgers.all())
    return len(rows)
