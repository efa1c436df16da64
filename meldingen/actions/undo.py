"""Take back a step of a member of staff: within five minutes, before its mails leave.

The report gets back exactly what the step changed, and only when nothing else changed meanwhile. The line of the story
stays, marked, for colleagues alone; the history has both changes.
"""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kern import historiek
from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from ..models import Gebeurtenis, Handeling, Melding, MeldingBeeld, MeldingLabel, Pauze
from . import klok, ronde
from .lock import locked
from .spoor import put_back, values_of

# The table of steps has no way back: this is the one place that goes round its trigger.
STEPS_TRIGGER = "meldingen.Melding:melding_steps"


class NietTerug(ValueError):
    """The step cannot be taken back; the words say why, as the end of a sentence."""


@transaction.atomic
def take_back(*, handeling: Handeling, door: Gebruiker, at: datetime) -> Melding:
    """Give the report back what it was before the step, and withdraw the mails that still wait.

    The caller has asked `rules.may_take_back`. Raises NietTerug when the time is over, a mail has left, or something
    changed since; then nothing changes.
    """
    melding = locked(handeling.melding)
    row = Handeling.objects.select_for_update().filter(pk=handeling.pk).first()
    if row is None or at > row.tot:
        raise NietTerug("de tijd om dit terug te draaien is voorbij")
    if row.teruggedraaid_op:
        raise NietTerug("dit is al teruggedraaid")
    _unchanged(melding, row)
    _withdraw_mails(melding, row)
    _restore(melding, row)
    Gebeurtenis.objects.filter(pk__in=row.lijnen).update(
        teruggedraaid_op=at, teruggedraaid_door=door, voor_melder=False
    )
    ronde.step_taken_back(row.lijnen)
    row.teruggedraaid_op = at
    row.save(update_fields=["teruggedraaid_op"])
    # The step before it is the last one again.
    melding.handelingen.filter(teruggedraaid_op=None, versie_na=row.versie_voor).update(versie_na=melding.versie)
    return melding


def forget_old(at: datetime) -> dict[str, int]:
    """Drop the traces of what can no longer be taken back: they hold what the report was."""
    return {"gewist": Handeling.objects.filter(tot__lt=at).delete()[0]}


def _unchanged(melding: Melding, row: Handeling) -> None:
    now = values_of(melding)
    if melding.versie == row.versie_na and all(now[name] == after for name, (_before, after) in row.velden.items()):
        return
    later = melding.gebeurtenissen.filter(Q(op__gt=row.op) | Q(op=row.op, pk__gt=max(row.lijnen)))
    last = later.select_related("door").order_by("-op", "-pk").first()
    who = last.door.naam if last and last.door else "iemand"
    moment = f" om {timezone.localtime(last.op):%H.%M}" if last else ""
    raise NietTerug(f"{who} wijzigde deze melding intussen{moment}")


def _withdraw_mails(melding: Melding, row: Handeling) -> None:
    try:
        berichten.withdraw(prefixes=[f"melding:{melding.pk}:{line}:" for line in row.lijnen])
    except berichten.Vertrokken as error:
        raise NietTerug("er is al een mail vertrokken") from error


def _restore(melding: Melding, row: Handeling) -> None:
    """Put back the fields and what went beside them."""
    put_back(melding, {name: before for name, (before, _after) in row.velden.items()})
    klok.refresh(melding)
    melding.versie += 1
    with historiek.reason(f"Teruggedraaid: {row.wat}"):
        with pgtrigger.ignore(STEPS_TRIGGER):
            melding.save()
        done = row.bijwerk
        MeldingLabel.objects.filter(melding=melding, label__in=done.get("labels_bij", [])).delete()
        MeldingLabel.objects.bulk_create(
            MeldingLabel(melding=melding, label_id=label, op=op, door_id=door)
            for label, op, door in done.get("labels_weg", [])
        )
    Pauze.objects.filter(pk=done.get("pauze_begonnen")).delete()
    Pauze.objects.filter(pk=done.get("pauze_geeindigd")).update(tot=None)
    MeldingBeeld.objects.filter(melding=melding, pk__in=done.get("fotos", [])).delete()
    for pk, openbaar in done.get("fotos_openbaar", {}).items():
        MeldingBeeld.objects.filter(melding=melding, pk=pk).update(openbaar=openbaar)
