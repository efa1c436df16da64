"""How it went, by the resident: the question, the answer, and what a team leader does with a low score."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from kern.termijnen import Calendar, add_working_days, local_date

from .. import mails
from ..models import Enquete, Enquetereden, Gebeurtenis, Melding, Terugkoppeling
from ..models.melding import MeldingQuerySet
from ..states import Sluitreden, Status
from . import resident
from .lock import locked

BATCH = 500
# What was solved longer ago is not asked about any more, also after a long stop of the worker.
LATEST_DAYS = 30


class AlBeantwoord(Exception):
    """This closing was judged already."""


class Verlopen(Exception):
    """The day up to which an answer was welcome has passed."""


def to_ask(at: datetime, calendar: Calendar) -> MeldingQuerySet:
    """Solved reports whose reporter is to be asked now: some working days ago, and not asked about this closing."""
    last = add_working_days(local_date(at), -settings.SURVEY_AFTER_WORKING_DAYS, calendar)
    before = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    asked = Enquete.objects.filter(melding=OuterRef("pk"), afsluiting__op=OuterRef("afgesloten_op"))
    return (
        Melding.objects.filter(
            ~Exists(asked),
            status=Status.AFGESLOTEN,
            sluitreden=Sluitreden.OPGELOST,
            afgesloten_op__lt=before,
            afgesloten_op__gte=at - timedelta(days=LATEST_DAYS),
            categorie__vraagt_tevredenheid=True,
            melder__wil_bericht=True,
        )
        .exclude(melder__email="")
        .order_by("pk")
    )


@transaction.atomic
def ask(*, at: datetime, calendar: Calendar) -> int:
    """Ask a batch of reporters how it went; how many. Once per closing, whoever else runs at the same time."""
    rows = list(
        to_ask(at, calendar)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("categorie", "team", "wijk", "melder")
        .defer("zoek")[:BATCH]
    )
    closings = Gebeurtenis.objects.filter(melding__in=rows, soort=Gebeurtenis.Soort.STAP, naar_status=Status.AFGESLOTEN)
    line_of: dict[tuple[int, datetime | None], Gebeurtenis] = {
        (line.melding_id, line.op): line for line in closings.order_by("pk")
    }
    asked = Enquete.objects.bulk_create(
        Enquete(
            melding=row,
            afsluiting=line_of[row.pk, row.afgesloten_op],
            taal=row.taal,
            verstuurd_op=at,
            geldig_tot=local_date(at) + timedelta(days=settings.SURVEY_OPEN_DAYS),
        )
        for row in rows
        if (row.pk, row.afgesloten_op) in line_of
    )
    for enquete in asked:
        mails.survey(enquete)
    return len(asked)


@transaction.atomic
def answer(
    *,
    enquete: Enquete,
    tevreden: bool,
    at: datetime,
    redenen: Collection[Enquetereden] = (),
    tekst: str = "",
    wil_heropenen: bool = False,
) -> Enquete:
    """The resident says how it went. A low score becomes a task of the team leader; who wants it, reopens the report.

    Raises AlBeantwoord, Verlopen, and StapNietMogelijk when the report can no longer be reopened.
    """
    melding = locked(enquete.melding)
    row = Enquete.objects.select_for_update().get(pk=enquete.pk)
    if row.beantwoord_op:
        raise AlBeantwoord
    if row.is_over(local_date(at)):
        raise Verlopen
    row.beantwoord_op, row.tevreden, row.tekst = at, tevreden, tekst
    row.wil_heropenen = wil_heropenen and not tevreden
    row.save(update_fields=["beantwoord_op", "tevreden", "tekst", "wil_heropenen"])
    row.redenen.set([reden for reden in redenen if reden.tevreden == tevreden])
    Melding.objects.filter(pk=melding.pk).update(tevreden=tevreden, beoordeeld_op=at)
    Gebeurtenis.objects.create(
        melding=melding, soort=Gebeurtenis.Soort.TERUGKOPPELING, op=at, tekst=_in_words(row), voor_melder=False
    )
    if not tevreden:
        Terugkoppeling.objects.create(
            enquete=row,
            melding=melding,
            team=melding.team,
            uiterlijk=add_working_days(local_date(at), settings.LOW_SCORE_WORKING_DAYS),
        )
    if row.wil_heropenen:
        resident.reopen(melding=melding, reden=tekst, at=at)
    return row


def _in_words(row: Enquete) -> str:
    reasons = ", ".join(reden.tekst for reden in row.redenen.all())
    head = "Tevreden" if row.tevreden else "Niet tevreden"
    return "\n".join(part for part in (f"{head}: {reasons}" if reasons else f"{head}.", row.tekst) if part)


@transaction.atomic
def handle(*, terugkoppeling: Terugkoppeling, wat_gedaan: str, door: Gebruiker, at: datetime) -> Terugkoppeling:
    """The team leader looked into it and says what was done. A second time changes nothing.

    Raises ValueError without words.
    """
    if not wat_gedaan.strip():
        raise ValueError("schrijf wat je deed")
    row = Terugkoppeling.objects.select_for_update().get(pk=terugkoppeling.pk)
    if row.afgehandeld_op is None:
        row.afgehandeld_op, row.afgehandeld_door, row.wat_gedaan = at, door, wat_gedaan.strip()
        row.save()
    return row
