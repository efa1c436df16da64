"""Every write on half-year reports: asking, the draft of the partner, sending in, and looking at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import Calendar, add_working_days, load_calendar, local_date

from .. import mails
from ..models import Halfjaarverslag, Verslagregel
from ..rules import REPORT_REMINDERS
from ..states.netwerk import VERSLAG_STEPS, Overeenkomststatus, Verslagstatus


class VerslagDicht(ValueError):
    """The report cannot be changed now: it was sent in, or is not asked any more."""


@dataclass(frozen=True)
class Bereikt:
    """What was reached of one result: its number, how many, and how it went."""

    resultaat: int
    aantal: int | None
    tekst: str


@transaction.atomic
def ask_report(*, verslag: Halfjaarverslag, at: datetime) -> Halfjaarverslag:
    """Mail the partner the link to its report. Raises VerslagDicht for one that was asked before."""
    row = _locked(verslag)
    if row.status != Verslagstatus.GEPLAND:
        raise VerslagDicht("dit verslag is al gevraagd")
    _step(row, Verslagstatus.GEVRAAGD)
    row.gevraagd_op = at
    row.save()
    mails.report_asked(row)
    return row


def ask_due_reports(*, at: datetime) -> int:
    """Ask every report whose half year is over, of agreements that run or ran to their end; how many."""
    due = Halfjaarverslag.objects.filter(
        status=Verslagstatus.GEPLAND,
        tot__lt=local_date(at),
        overeenkomst__status__in=[Overeenkomststatus.LOPEND, Overeenkomststatus.AFGELOPEN],
    )
    rows = list(due.order_by("pk"))
    for row in rows:
        ask_report(verslag=row, at=at)
    return len(rows)


@transaction.atomic
def keep_report(*, verslag: Halfjaarverslag, tekst: str, regels: Iterable[Bereikt]) -> Halfjaarverslag:
    """Keep what the partner typed, as a draft that nobody of the city reads. Raises VerslagDicht."""
    row = _open(verslag)
    _write(row, tekst, regels)
    return row


@transaction.atomic
def send_report(*, verslag: Halfjaarverslag, tekst: str, regels: Iterable[Bereikt], at: datetime) -> Halfjaarverslag:
    """The partner sends the report in; who follows the agreement is told. Raises VerslagDicht."""
    row = _open(verslag)
    _step(row, Verslagstatus.INGEDIEND)
    row.ingediend_op = at
    _write(row, tekst, regels)
    mails.report_came_in(row, at)
    return row


@transaction.atomic
def accept_report(*, verslag: Halfjaarverslag, door: Gebruiker, at: datetime) -> Halfjaarverslag:
    """Somebody of the city looked at it. Raises VerslagDicht when it is not in."""
    row = _locked(verslag)
    _step(row, Verslagstatus.AANVAARD)
    row.nagekeken_op, row.nagekeken_door = at, door
    with historiek.reason("Verslag nagekeken"):
        row.save()
    return row


@transaction.atomic
def send_back_report(*, verslag: Halfjaarverslag, vraag: str, at: datetime) -> Halfjaarverslag:
    """Ask the partner to complete it; what was sent in is the draft again. Raises VerslagDicht, ValueError."""
    if not vraag.strip():
        raise ValueError("schrijf wat er nog ontbreekt")
    row = _locked(verslag)
    _step(row, Verslagstatus.GEVRAAGD)
    row.vraag, row.ingediend_op, row.herinneringen = vraag, None, 0
    row.uiterlijk = max(row.uiterlijk, add_working_days(local_date(at), 10))
    with historiek.reason("Verslag teruggestuurd met een vraag"):
        row.save()
    mails.report_sent_back(row, at)
    return row


def remind_reports(*, at: datetime) -> int:
    """Remind the partners whose report is due, each step of the ladder once; how many mails."""
    today, calendar, sent = local_date(at), load_calendar(), 0
    horizon = add_working_days(today, -REPORT_REMINDERS[0], calendar)
    rows = Halfjaarverslag.objects.filter(
        status=Verslagstatus.GEVRAAGD, uiterlijk__lte=horizon, herinneringen__lt=len(REPORT_REMINDERS)
    )
    for row in rows.order_by("uiterlijk", "pk"):
        sent += _remind(row, today, calendar)
    return sent


@transaction.atomic
def _remind(verslag: Halfjaarverslag, today: date, calendar: Calendar) -> int:
    row = _locked(verslag)
    if row.status != Verslagstatus.GEVRAAGD:
        return 0
    passed = [days for days in REPORT_REMINDERS if add_working_days(row.uiterlijk, days, calendar) <= today]
    if len(passed) <= row.herinneringen:
        return 0
    # After days without a round one mail is enough.
    row.herinneringen = len(passed)
    row.save(update_fields=["herinneringen"])
    mails.report_reminder(row, today)
    return 1


def _write(row: Halfjaarverslag, tekst: str, regels: Iterable[Bereikt]) -> None:
    row.tekst = tekst
    row.save()
    asked = set(row.overeenkomst.resultaten.values_list("pk", flat=True))
    for line in regels:
        if line.resultaat in asked:
            Verslagregel.objects.update_or_create(
                verslag=row, resultaat_id=line.resultaat, defaults={"aantal": line.aantal, "tekst": line.tekst}
            )


def _open(verslag: Halfjaarverslag) -> Halfjaarverslag:
    row = _locked(verslag)
    if row.status != Verslagstatus.GEVRAAGD:
        raise VerslagDicht("dit verslag is al ingediend of wordt niet meer gevraagd")
    return row


def _locked(verslag: Halfjaarverslag) -> Halfjaarverslag:
    rows = Halfjaarverslag.objects.select_for_update(of=("self",))
    return rows.select_related("overeenkomst__partner", "overeenkomst__persoon").get(pk=verslag.pk)


def _step(row: Halfjaarverslag, naar: Verslagstatus) -> None:
    if naar not in VERSLAG_STEPS[Verslagstatus(row.status)]:
        raise VerslagDicht(f"een verslag dat {row.get_status_display()} is, kan niet naar {naar.label}")
    row.status = naar
