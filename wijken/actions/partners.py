"""Every write on the contacts of partners."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import add_working_days, local_date

from .. import mails, queries
from ..models import Contactvraag, Partner
from ..rules import CONTACT_WORKING_DAYS


@transaction.atomic
def ask_contact(*, partner: Partner, at: datetime) -> Contactvraag:
    """Mail the partner whether its contact data still hold; an older question that waits is replaced.

    Raises ValueError for a partner without an address.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if not row.email:
        raise ValueError("deze partner heeft geen e-mailadres")
    row.contactvragen.filter(antwoord__isnull=True).update(is_vervallen=True)
    vraag = Contactvraag.objects.create(
        partner=row, gevraagd_op=at, uiterlijk=add_working_days(local_date(at), CONTACT_WORKING_DAYS)
    )
    mails.contact_question(vraag)
    return vraag


def ask_due_contacts(*, at: datetime) -> int:
    """Ask every active partner that is due today; how many. Twice on a day asks once."""
    due = queries.contacts_due(at)
    for partner in due:
        ask_contact(partner=partner, at=at)
    return len(due)


@transaction.atomic
def confirm_contact(*, vraag: Contactvraag, at: datetime) -> Contactvraag:
    """The partner says that all still holds. A second click, or one after a correction, changes nothing."""
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.KLOPT, at
        row.save()
        _confirmed(row.partner, at, "De partner bevestigde het contact")
    return row


@transaction.atomic
def correct_contact(
    *, vraag: Contactvraag, at: datetime, email: str, telefoon: str, website: str, opmerking: str
) -> Contactvraag:
    """The partner says what changed. It is a proposal: a link that was passed on must not redirect the city's mails.

    A second click changes nothing.
    """
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.ANDERS, at
        row.email, row.telefoon, row.website, row.opmerking = email, telefoon, website, opmerking
        row.save()
    return row


@transaction.atomic
def settle_contact(*, vraag: Contactvraag, overnemen: bool, door: Gebruiker, at: datetime) -> Contactvraag:
    """Take over what the partner proposed, or put it aside; either way the contact counts as looked at.

    Raises ValueError when there is no proposal, or when it was settled before.
    """
    row = _open_question(vraag)
    if row.antwoord != Contactvraag.Antwoord.ANDERS or row.verwerkt_op:
        raise ValueError("er is geen voorstel dat nog wacht")
    row.verwerkt_op, row.verwerkt_door = at, door
    row.save()
    if overnemen:
        row.partner.email = row.email or row.partner.email
        row.partner.telefoon = row.telefoon or row.partner.telefoon
        row.partner.website = row.website or row.partner.website
    _confirmed(row.partner, at, "Voorstel van de partner overgenomen" if overnemen else "Voorstel nagekeken")
    return row


def _open_question(vraag: Contactvraag) -> Contactvraag:
    return Contactvraag.objects.select_for_update().select_related("partner").get(pk=vraag.pk)


def _confirmed(partner: Partner, at: datetime, why: str) -> None:
    partner.bevestigd_op = local_date(at)
    with historiek.reason(why):
        partner.save()
