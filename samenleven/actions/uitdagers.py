"""Every write on uitdagers: from signing up to the thanks, and being forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kern import historiek
from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk

from .. import mails
from ..models import Matrixtelling, Profielgroep, Traject, Uitdager
from ..states.uitdager import VOORBIJ, Status, allowed


class Gewijzigd(ValueError):
    """Somebody else was first, or the step does not follow on what is there now."""


@transaction.atomic
def sign_up(
    *,
    inzending: UUID,
    traject: Traject,
    naam: str,
    email: str,
    telefoon: str,
    wijk: Wijk | None,
    motivatie: str,
    taal: str,
    at: datetime,
) -> Uitdager:
    """Keep who wants to become an uitdager, and mail a link to confirm the address. Sent twice, it is one row.

    Who is known already for this traject gets the link again, and the page says the same: it tells nobody who is in.
    """
    known = Uitdager.objects.filter(inzending=inzending).first()
    if known:
        return known
    known = Uitdager.objects.filter(traject=traject, email__iexact=email).exclude(status=Status.INGETROKKEN).first()
    if known:
        mails.confirm_address(known, occasion=inzending.hex)
        return known
    row, made = Uitdager.objects.get_or_create(
        inzending=inzending,
        defaults={
            "traject": traject,
            "naam": naam,
            "email": email,
            "telefoon": telefoon,
            "wijk": wijk,
            "motivatie": motivatie,
            "taal": taal,
            "aangemeld_op": at,
        },
    )
    if made:
        mails.confirm_address(row)
    return row


@transaction.atomic
def confirm(*, uitdager: Uitdager, at: datetime) -> Uitdager:
    """The address is theirs: now they are a candidate. A second click changes nothing."""
    row = _locked(uitdager)
    if row.status == Status.AANGEMELD:
        row.status, row.bevestigd_op = Status.KANDIDAAT, at
        row.save()
    return row


@transaction.atomic
def count_profile(*, uitdager: Uitdager, groepen: Collection[Profielgroep]) -> bool:
    """Count the groups somebody says to belong to in the matrix of the traject, once; whether they were counted.

    Nothing of it is written with the person, and no moment with the count.
    """
    row = _locked(uitdager)
    if row.heeft_matrix_gehad:
        return False
    for groep in sorted(groepen, key=lambda groep: groep.pk):
        Matrixtelling.objects.get_or_create(traject_id=row.traject_id, groep=groep)
        Matrixtelling.objects.filter(traject_id=row.traject_id, groep=groep).update(aantal=F("aantal") + 1)
    Uitdager.objects.filter(pk=row.pk).update(heeft_matrix_gehad=True)
    return True


@transaction.atomic
def accept(*, uitdager: Uitdager, coach: Gebruiker | None, at: datetime, versie: int) -> Uitdager:
    """Make a candidate an uitdager, with a coach, and mail the welcome. Raises Gewijzigd."""
    row = _step(uitdager, Status.ACTIEF, versie)
    row.coach = coach
    row.begonnen_op, row.voorbij_op = row.begonnen_op or at, None
    row.save()
    mails.welcome(row)
    return row


@transaction.atomic
def decline(*, uitdager: Uitdager, at: datetime, versie: int) -> Uitdager:
    """Tell a candidate that others were chosen. Raises Gewijzigd."""
    row = _step(uitdager, Status.NIET_GEKOZEN, versie)
    row.voorbij_op = at
    row.save()
    mails.declined(row)
    return row


@transaction.atomic
def reconsider(*, uitdager: Uitdager, versie: int) -> Uitdager:
    """Make who was not chosen a candidate again. Raises Gewijzigd."""
    row = _step(uitdager, Status.KANDIDAAT, versie)
    row.voorbij_op = None
    row.save()
    return row


@transaction.atomic
def end(*, uitdager: Uitdager, at: datetime, versie: int) -> Uitdager:
    """An uitdager is done: thank them, with what their conversations gave. Raises Gewijzigd."""
    row = _step(uitdager, Status.GESTOPT, versie)
    row.voorbij_op = row.bedankt_op = at
    row.save()
    mails.thanks(row)
    return row


@transaction.atomic
def assign_coach(*, uitdager: Uitdager, coach: Gebruiker | None, versie: int) -> Uitdager:
    """Give an uitdager another coach. Raises Gewijzigd."""
    row = _locked(uitdager)
    if row.versie != versie:
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.coach = coach
    row.versie += 1
    row.save()
    return row


@transaction.atomic
def withdraw(*, uitdager: Uitdager, at: datetime) -> Uitdager:
    """Somebody takes back that we may keep their data: all of it goes at once, the mails too. The counts stay."""
    row = _locked(uitdager)
    if row.status != Status.INGETROKKEN:
        row.status = Status.INGETROKKEN
        row.voorbij_op = row.voorbij_op or at
        with historiek.reason("Trok zich terug"):
            _wipe(row, at)
    return row


@transaction.atomic
def forget(*, pks: Collection[int], at: datetime) -> dict[str, int]:
    """Wipe who they were from uitdagers that are done."""
    rows = Uitdager.objects.select_for_update().filter(pk__in=pks, status__in=sorted(VOORBIJ), gewist_op=None)
    done = [_wipe(row, at) for row in rows]
    return {"uitdagers": len(done)}


@transaction.atomic
def delete_unconfirmed(*, pks: Collection[int]) -> dict[str, int]:
    """Delete sign-ups whose address was never confirmed."""
    rows = Uitdager.objects.filter(pk__in=pks, status=Status.AANGEMELD)
    berichten.forget_all(about=Uitdager, keys=list(rows.values_list("pk", flat=True)))
    return {"aanmeldingen": rows.delete()[1].get("samenleven.Uitdager", 0)}


def _wipe(row: Uitdager, at: datetime) -> Uitdager:
    berichten.forget_all(about=Uitdager, keys=[row.pk])
    row.naam = row.email = row.telefoon = row.motivatie = ""
    row.gewist_op = at
    row.versie += 1
    row.save()
    return row


def _step(uitdager: Uitdager, to: Status, versie: int) -> Uitdager:
    row = _locked(uitdager)
    if row.versie != versie or not allowed(row.status, to) or row.is_gewist:
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status = to
    row.versie += 1
    return row


def _locked(uitdager: Uitdager) -> Uitdager:
    return Uitdager.objects.select_for_update(of=("self",)).get(pk=uitdager.pk)
