"""Forgetting a bruggenbouwer: what goes when a consent is taken back, or when it was kept long enough."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.berichten import actions as berichten

from ..models import Bruggenbouwer, Juryoordeel, Steun, Toestemming
from ..states.bruggenbouwer import Status


def wipe(row: Bruggenbouwer, at: datetime) -> Bruggenbouwer:
    """Erase all that is known of somebody: words, photo, code, what others wrote, and the mails."""
    forget_mails([row.pk])
    row.steun.all().delete()
    Juryoordeel.objects.filter(bruggenbouwer=row).delete()
    photo, row.foto = row.foto_id, None
    row.naam = row.email = row.waarom = row.werelden = row.door_naam = row.door_email = row.leestekst = ""
    row.jury_reden = row.verhaal = row.foto_alt = ""
    row.verhaal_nagekeken, row.gewist_op = False, at
    if not row.heeft_label:
        row.code = None
    row.versie += 1
    row.save()
    remove_photo(photo)
    return row


def erase_after_withdrawal(row: Bruggenbouwer, at: datetime) -> None:
    """What goes when the consent for the name is taken back: everything, the consent for the photo too."""
    row = _locked(row)
    if not row.is_gewist:
        row.status = Status.INGETROKKEN
        wipe(row, at)
    Toestemming.objects.about(row).valid().update(ingetrokken_op=at)


def erase_photo(row: Bruggenbouwer) -> None:
    """What goes when the consent for the photo is taken back."""
    row = _locked(row)
    photo, row.foto, row.foto_alt = row.foto_id, None, ""
    row.versie += 1
    row.save()
    remove_photo(photo)


def forget_mails(keys: Collection[int]) -> None:
    """Wipe the mails about these nominations and about who supports them."""
    berichten.forget_all(about=Bruggenbouwer, keys=keys)
    given = Steun.objects.filter(bruggenbouwer__in=keys)
    berichten.forget_all(about=Steun, keys=list(given.values_list("pk", flat=True)))


def remove_photo(pk: UUID | None) -> None:
    """Delete a photo that nothing points to any more, its files too."""
    if pk:
        beelden.remove(beelden=Beeld.objects.filter(pk=pk))


def _locked(row: Bruggenbouwer) -> Bruggenbouwer:
    return Bruggenbouwer.objects.select_for_update(of=("self",)).get(pk=row.pk)


@transaction.atomic
def forget_nominator(email: str) -> int:
    """Take who nominated somebody out of it; the nomination stays, as it is about somebody else. How many."""
    rows = list(Bruggenbouwer.objects.select_for_update(of=("self",)).filter(door_email__iexact=email))
    for row in rows:
        berichten.forget(over=row, aan=email)
        row.door_naam = row.door_email = ""
        row.versie += 1
        row.save()
    return len(rows)


@transaction.atomic
def forget_supporter(email: str) -> int:
    """Take somebody out of the support they gave; that somebody gave it still counts. How many."""
    rows = Steun.objects.select_for_update().filter(email__iexact=email)
    keys = list(rows.values_list("pk", flat=True))
    berichten.forget_all(about=Steun, keys=keys)
    return Steun.objects.filter(pk__in=keys).update(naam="", email="", waarom="")
