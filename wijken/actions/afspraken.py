"""Every write on tasks that people agreed on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import Calendar, add_working_days, load_calendar, local_date

from .. import mails
from ..models import Afspraak, Partner, Partnerpersoon, Wijk
from ..rules import TASK_REMINDERS
from ..states.netwerk import AFSPRAAK_STEPS, Afspraakstatus


class AfspraakGewijzigd(ValueError):
    """Somebody else changed the task since the page was opened."""


@transaction.atomic
def agree(
    *,
    wijk: Wijk,
    wat: str,
    uiterlijk: date,
    afgesproken_op: date,
    waar: str,
    door: Gebruiker | None,
    at: datetime,
    uitleg: str = "",
    partner: Partner | None = None,
    persoon: Partnerpersoon | None = None,
    collega: Gebruiker | None = None,
    samen_met: Iterable[Partner] = (),
) -> Afspraak:
    """Write down who does what by when. Raises ValueError unless one partner or one colleague takes it on."""
    _check(partner, persoon, collega)
    row = Afspraak.objects.create(
        wijk=wijk,
        wat=wat,
        uitleg=uitleg,
        partner=partner,
        persoon=persoon,
        collega=collega,
        afgesproken_op=afgesproken_op,
        waar=waar,
        uiterlijk=uiterlijk,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    row.samen_met.set(other for other in samen_met if other != partner)
    return row


@transaction.atomic
def change_task(
    *,
    afspraak: Afspraak,
    versie: int,
    wat: str,
    uitleg: str,
    uiterlijk: date,
    afgesproken_op: date,
    waar: str,
    partner: Partner | None,
    persoon: Partnerpersoon | None,
    collega: Gebruiker | None,
    samen_met: Iterable[Partner],
) -> Afspraak:
    """Change an open task. Raises AfspraakGewijzigd, and ValueError for one that is closed."""
    _check(partner, persoon, collega)
    row = _locked(afspraak, versie)
    if not row.is_open:
        raise ValueError("deze afspraak is al afgerond")
    row.wat, row.uitleg, row.waar, row.afgesproken_op = wat, uitleg, waar, afgesproken_op
    row.partner, row.persoon, row.collega = partner, persoon, collega
    _set_day(row, uiterlijk)
    row.save()
    row.samen_met.set(other for other in samen_met if other != partner)
    return row


@transaction.atomic
def finish_task(
    *, afspraak: Afspraak, at: datetime, afloop: str = "", versie: int | None = None, door_partner: bool = False
) -> Afspraak:
    """It is done. When the partner says so, who made the task is told. Raises AfspraakGewijzigd, ValueError."""
    return _close(afspraak, Afspraakstatus.GEDAAN, afloop, at, versie, door_partner=door_partner)


@transaction.atomic
def fail_task(
    *, afspraak: Afspraak, afloop: str, at: datetime, versie: int | None = None, door_partner: bool = False
) -> Afspraak:
    """It did not work out, and why. Raises AfspraakGewijzigd, and ValueError without words."""
    return _close(afspraak, Afspraakstatus.NIET_GEDAAN, afloop, at, versie, door_partner=door_partner)


@transaction.atomic
def drop_task(*, afspraak: Afspraak, afloop: str, at: datetime, versie: int | None = None) -> Afspraak:
    """It need not be done any more, and why. Raises AfspraakGewijzigd, and ValueError without words."""
    return _close(afspraak, Afspraakstatus.VERVALLEN, afloop, at, versie)


@transaction.atomic
def move_task(
    *,
    afspraak: Afspraak,
    uiterlijk: date,
    at: datetime,
    versie: int | None = None,
    woorden: str = "",
    door_partner: bool = False,
) -> Afspraak:
    """It takes longer: another day. Raises AfspraakGewijzigd, and ValueError for a day that is over."""
    row = _locked(afspraak, versie)
    if not row.is_open:
        raise ValueError("deze afspraak is al afgerond")
    if uiterlijk < local_date(at):
        raise ValueError("kies een dag vanaf vandaag")
    _set_day(row, uiterlijk)
    with historiek.reason("Naar een andere dag"):
        row.save()
    if door_partner:
        mails.task_answered(row, "later", woorden, at)
    return row


@transaction.atomic
def reopen_task(*, afspraak: Afspraak, versie: int | None = None) -> Afspraak:
    """It was not so: the task is open again. Raises AfspraakGewijzigd, ValueError."""
    row = _locked(afspraak, versie)
    _step(row, Afspraakstatus.OPEN)
    row.afloop, row.afgerond_op, row.herinneringen = "", None, 0
    with historiek.reason("Weer open"):
        row.save()
    return row


def remind_tasks(*, at: datetime) -> int:
    """Remind partners of what they took on, softly: once before the day and once after it. How many mails."""
    today, calendar, sent = local_date(at), load_calendar(), 0
    horizon = add_working_days(today, -TASK_REMINDERS[0], calendar)
    rows = Afspraak.objects.open().filter(
        uiterlijk__lte=horizon, partner__isnull=False, herinneringen__lt=len(TASK_REMINDERS)
    )
    for row in rows.order_by("uiterlijk", "pk"):
        sent += _remind(row, today, calendar)
    return sent


@transaction.atomic
def _remind(afspraak: Afspraak, today: date, calendar: Calendar) -> int:
    row = _locked(afspraak, None)
    passed = [days for days in TASK_REMINDERS if add_working_days(row.uiterlijk, days, calendar) <= today]
    if not row.is_open or not row.email or len(passed) <= row.herinneringen:
        return 0
    row.herinneringen = len(passed)
    row.save(update_fields=["herinneringen"])
    mails.task_reminder(row, today)
    return 1


def _close(
    afspraak: Afspraak,
    naar: Afspraakstatus,
    afloop: str,
    at: datetime,
    versie: int | None,
    *,
    door_partner: bool = False,
) -> Afspraak:
    row = _locked(afspraak, versie)
    if naar != Afspraakstatus.GEDAAN and not afloop.strip():
        raise ValueError("zeg in een paar woorden waarom")
    _step(row, naar)
    row.afloop, row.afgerond_op = afloop, at
    with historiek.reason(naar.label.capitalize()):
        row.save()
    if door_partner:
        mails.task_answered(row, naar.label, afloop, at)
    return row


def _set_day(row: Afspraak, day: date) -> None:
    if day != row.uiterlijk:
        row.keren_verzet += day > row.uiterlijk
        row.uiterlijk, row.herinneringen = day, 0


def _check(partner: Partner | None, persoon: Partnerpersoon | None, collega: Gebruiker | None) -> None:
    if (partner is None) == (collega is None):
        raise ValueError("een afspraak is van één partner of van één collega")
    if persoon and (partner is None or persoon.partner_id != partner.pk):
        raise ValueError("deze contactpersoon hoort bij een andere partner")


def _locked(afspraak: Afspraak, versie: int | None) -> Afspraak:
    rows = Afspraak.objects.select_for_update(of=("self",))
    row = rows.select_related("partner", "persoon", "collega", "wijk", "gemaakt_door").get(pk=afspraak.pk)
    if versie is not None and row.versie != versie:
        raise AfspraakGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row


def _step(row: Afspraak, naar: Afspraakstatus) -> None:
    if naar not in AFSPRAAK_STEPS[Afspraakstatus(row.status)]:
        raise ValueError(f"een afspraak die {row.get_status_display()} is, kan niet naar {naar.label}")
    row.status = naar
