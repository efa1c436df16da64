"""What the resident does with a report after sending it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kern.beelden.models import Beeld

from .. import mails, publiek
from ..models import Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger
from ..rules import may_reopen
from ..states import Sluitreden, Status
from . import handle
from .lock import StapNietMogelijk, locked, move, write

Soort = Gebeurtenis.Soort
SECOND_CLICK = timedelta(minutes=10)


@transaction.atomic
def add(*, melding: Melding, tekst: str, at: datetime, beelden: Iterable[UUID] = ()) -> Melding:
    """The resident adds words or photos to an open report; the handler is told.

    The same words and photos within ten minutes are a second click, and change nothing.
    Raises StapNietMogelijk when the report is closed.
    """
    row, photos = locked(melding), list(beelden)
    if not row.is_open:
        raise StapNietMogelijk(row.status, row.status)
    if _repeats(row, tekst, photos, at):
        return row
    MeldingBeeld.objects.bulk_create(
        MeldingBeeld(melding=row, beeld_id=pk, soort=MeldingBeeld.Soort.AANVULLING) for pk in photos
    )
    line = write(row, soort=Soort.AANVULLING, at=at, tekst=tekst, voor_melder=True)
    mails.resident_wrote(row, line)
    return row


@transaction.atomic
def answer(*, melding: Melding, tekst: str, at: datetime) -> Melding:
    """The resident answers the question; the clock runs again and the handler is told.

    Raises StapNietMogelijk when there is no question open.
    """
    row = locked(melding)
    if row.status != Status.WACHT_OP_MELDER:
        raise StapNietMogelijk(row.status, Status.IN_BEHANDELING)
    line = _back_to_handler(row, at, soort=Soort.ANTWOORD, tekst=tekst)
    mails.resident_wrote(row, line)
    return row


@transaction.atomic
def remind(*, pauze: Pauze, at: datetime) -> bool:
    """Mail the resident once that a question waits; False when the pause ended or another sweep was first."""
    if not Pauze.objects.filter(pk=pauze.pk, tot=None, is_herinnerd=False).update(is_herinnerd=True):
        return False
    question = pauze.melding.gebeurtenissen.filter(soort=Soort.VRAAG).latest("op", "pk")
    mails.question_reminder(pauze.melding, question)
    Gebeurtenis.objects.create(melding=pauze.melding, soort=Soort.HERINNERING, op=at, voor_melder=True)
    return True


@transaction.atomic
def end_waiting(*, melding: Melding, at: datetime) -> Melding:
    """No answer came in time: the report goes back to its handler, who is told. It is never closed by itself."""
    row = locked(melding)
    if row.status != Status.WACHT_OP_MELDER:
        return row
    line = _back_to_handler(row, at, soort=Soort.STAP, tekst=publiek.NO_ANSWER)
    mails.resident_wrote(row, line)
    return row


@transaction.atomic
def withdraw(*, melding: Melding, at: datetime, reden: str = "") -> Melding:
    """The resident takes the report back. Raises StapNietMogelijk when it is closed already."""
    return handle.close(
        melding=melding,
        sluitreden=Sluitreden.INGETROKKEN,
        toelichting=reden.strip() or publiek.WITHDRAWN,
        door=None,
        at=at,
    )


@transaction.atomic
def reopen(*, melding: Melding, reden: str, at: datetime) -> Melding:
    """The resident says it is not solved, within 30 days. Raises StapNietMogelijk when that is not possible."""
    row = locked(melding)
    if not may_reopen(row, at):
        raise StapNietMogelijk(row.status, Status.HEROPEND)
    return handle.reopen(melding=row, reden=reden, at=at)


@transaction.atomic
def choose_mails(*, melding: Melding, wil_bericht: bool) -> None:
    """The resident wants mails about the report, or no longer; of a merged one the mails are those of its main."""
    row = locked(melding)
    Melder.objects.filter(melding=row).exclude(email="").update(wil_bericht=wil_bericht)
    follows = Volger.objects.filter(herkomst=row, is_melder=True).first()
    if follows is None:
        return
    email = row.melder_of_niemand.email if wil_bericht else ""
    known = Volger.objects.filter(melding=follows.melding_id, email__iexact=email).exclude(pk=follows.pk)
    if not email or not known.exists():
        Volger.objects.filter(pk=follows.pk).update(email=email)


@transaction.atomic
def forget(*, melding: Melding, at: datetime) -> None:
    """“Vergeet mij”: wipe who reported, also as a follower and from the mails. The report and its story stay."""
    row = locked(melding)
    email = row.melder_of_niemand.email
    mails.forget(row, email)
    if email:
        row.volgers.filter(email__iexact=email).update(email="")
        Volger.objects.filter(herkomst=row, email__iexact=email).update(email="")
    if main := row.hoofdmelding:  # what it heard since the merge
        mails.forget(main, email)
    Melder.objects.filter(melding=row).update(naam="", email="", telefoon="", wil_bericht=False)
    write(row, soort=Soort.VERGETEN, at=at)


def _repeats(row: Melding, tekst: str, photos: list[UUID], at: datetime) -> bool:
    same = row.gebeurtenissen.filter(soort=Soort.AANVULLING, tekst=tekst, op__gt=at - SECOND_CLICK)
    if not same.exists():
        return False
    given = set(Beeld.objects.filter(pk__in=photos).values_list("sha256", flat=True))
    return given <= set(row.beelden.values_list("beeld__sha256", flat=True))


def _back_to_handler(row: Melding, at: datetime, *, soort: str, tekst: str) -> Gebeurtenis:
    van = move(row, Status.IN_BEHANDELING)
    handle.end_pause(row, at)
    return write(row, soort=soort, at=at, tekst=tekst, van_status=van, naar_status=row.status, voor_melder=True)
