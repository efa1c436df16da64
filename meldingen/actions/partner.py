"""What the city and its partners do with a report that somebody outside has to solve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.termijnen import Calendar, add_working_days, local_date
from wijken.models import Partner

from .. import mails
from ..models import Gebeurtenis, Melding, MeldingBeeld, Partnerantwoord, Partneropdracht, Pauze
from ..models.partner import LINE_OF
from ..rules import PARTNER_LINK_DAYS, PARTNER_REMINDERS
from ..states import Opdrachtstatus, Status
from . import handle
from .lock import StapNietMogelijk, locked, move, write
from .terugname import withdraw_task

Soort = Gebeurtenis.Soort


@transaction.atomic
def give(
    *,
    melding: Melding,
    partner: Partner,
    tekst: str,
    termijn: date,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    toelichting: str = "",
    fotos: Iterable[int] = (),
    met_contact: bool = False,
) -> Melding:
    """Pass the report on to a partner, who gets a mail with a link; the resident is told. The clock stands still.

    `tekst` is for the partner, `toelichting` for the resident; `fotos` are rows of this report's photos.
    Raises ValueError for a partner that is not active or has no address, and for a term that is over.
    """
    row = locked(melding, versie)
    if not partner.is_actief or not partner.email:
        raise ValueError("deze partner krijgt geen opdrachten: hij is niet actief of heeft geen e-mailadres")
    if termijn < local_date(at) or not tekst.strip():
        raise ValueError("een opdracht heeft een tekst nodig, en een termijn vanaf vandaag")
    van = move(row, Status.BIJ_PARTNER)
    row.behandelaar, row.gepland_op, row.gereageerd_op = row.behandelaar or door, None, row.gereageerd_op or at
    Pauze.objects.create(melding=row, reden=Pauze.Reden.PARTNER, van=local_date(at))
    opdracht = Partneropdracht.objects.create(
        melding=row,
        partner=partner,
        tekst=tekst,
        met_contact=met_contact,
        gegeven_op=at,
        gegeven_door=door,
        termijn=termijn,
        uiterlijk=termijn,
        link_tot=termijn + timedelta(days=PARTNER_LINK_DAYS),
    )
    opdracht.fotos.set(row.beelden.filter(pk__in=list(fotos)))
    line = write(
        row,
        soort=Soort.STAP,
        at=at,
        door=door,
        partner=partner,
        van_status=van,
        naar_status=row.status,
        datum=termijn,
        tekst=toelichting,
        voor_melder=True,
    )
    Gebeurtenis.objects.create(
        melding=row, soort=Soort.PARTNER_VRAAG, op=at, door=door, partner=partner, datum=termijn, tekst=tekst
    )
    mails.partner_task(row, opdracht, line)
    mails.passed_on(row, line)
    return row


@transaction.atomic
def answer(
    *,
    opdracht: Partneropdracht,
    inzending: UUID,
    status: str,
    at: datetime,
    datum: date | None = None,
    tekst: str = "",
    beelden: Iterable[UUID] = (),
) -> Partnerantwoord:
    """What the partner answers; the handler is told. `inzending` names one form: a second call with it changes nothing.

    A day shows to the resident and moves the partner's term on. Done, or not for them, brings the report back to
    its handler, who closes it. Raises StapNietMogelijk when the task is no longer open, ValueError for what makes no
    sense.
    """
    row = locked(opdracht.melding)
    task = row.partneropdrachten.select_related("partner").get(pk=opdracht.pk)
    if known := task.antwoorden.filter(inzending=inzending).first():
        return known
    if not task.is_open or row.status != Status.BIJ_PARTNER:
        raise StapNietMogelijk(row.status, Status.IN_BEHANDELING)
    if status not in LINE_OF:
        raise ValueError("dit is geen antwoord van een partner")
    if status == Opdrachtstatus.GEPLAND and (datum is None or datum < local_date(at)):
        raise ValueError("plannen vraagt een dag vanaf vandaag")
    reply = Partnerantwoord.objects.create(
        opdracht=task, inzending=inzending, op=at, status=status, datum=datum, tekst=tekst
    )
    photos = MeldingBeeld.objects.bulk_create(
        MeldingBeeld(melding=row, beeld_id=pk, soort=MeldingBeeld.Soort.PARTNER) for pk in beelden
    )
    reply.fotos.set(photos)
    task.status = status
    planned = status == Opdrachtstatus.GEPLAND
    if planned and datum is not None:
        _plan(task, datum)
    van, ends = row.status, status in (Opdrachtstatus.UITGEVOERD, Opdrachtstatus.NIET_VOOR_ONS)
    if ends:
        task.afgerond_op = at
        move(row, Status.IN_BEHANDELING)
        handle.end_pause(row, at)
    task.save()
    line = write(
        row,
        soort=LINE_OF[Opdrachtstatus(status)],
        at=at,
        partner=task.partner,
        van_status=van if ends else "",
        naar_status=row.status if ends else "",
        datum=datum,
        tekst=tekst,
        voor_melder=planned or ends,
    )
    mails.partner_wrote(row, line)
    if planned:
        mails.planned_by_partner(row, line)
    return reply


@transaction.atomic
def take_back(*, melding: Melding, reden: str, door: Gebruiker, at: datetime, versie: int | None = None) -> Melding:
    """Take the task back from the partner, who hears it with the reason; the report is with its handler again.

    Raises ValueError without a reason, StapNietMogelijk when the report is not with a partner.
    """
    row = locked(melding, versie)
    if not reden.strip():
        raise ValueError("terugnemen vraagt een reden")
    if row.status != Status.BIJ_PARTNER:
        raise StapNietMogelijk(row.status, Status.IN_BEHANDELING)
    van = move(row, Status.IN_BEHANDELING)
    withdraw_task(row, at=at, reden=reden)
    handle.end_pause(row, at)
    write(
        row,
        soort=Soort.STAP,
        at=at,
        door=door,
        van_status=van,
        naar_status=row.status,
        tekst="",
        voor_melder=True,
    )
    return row


@transaction.atomic
def remind(*, opdracht: Partneropdracht, today: date, calendar: Calendar) -> bool:
    """Mail the partner the last reminder that is due for this term, once; whether there was one."""
    row = (
        Partneropdracht.objects.select_for_update(of=("self",))
        .select_related("partner", "melding__categorie", "melding__wijk", "melding__team")
        .get(pk=opdracht.pk)
    )
    due = sum(add_working_days(row.uiterlijk, days, calendar) <= today for days in PARTNER_REMINDERS)
    if not row.is_open or due <= row.herinneringen:
        return False
    row.herinneringen = due
    row.save(update_fields=["herinneringen"])
    mails.partner_reminder(row, today)
    return True


def _plan(task: Partneropdracht, day: date) -> None:
    """The planned day counts from now on when it is later than the term; then the reminders start anew."""
    task.gepland_op = day
    later = max(task.termijn, day)
    if later != task.uiterlijk:
        task.uiterlijk, task.herinneringen = later, 0
        task.link_tot = later + timedelta(days=PARTNER_LINK_DAYS)
