"""Every write on the contacts of partners."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import add_working_days, local_date

from .. import mails, queries
from ..models import Contactvraag, Partner, Partnerpersoon
from ..rules import CONTACT_WORKING_DAYS


@transaction.atomic
def ask_contact(*, partner: Partner, at: datetime) -> Contactvraag:
    """Mail the partner whether its contact data still hold; an older question that waits is replaced.

    Raises ValueError for a partner without an address.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if not row.email:
        raise ValueError("deze partner heeft geen e-mailadres")
    row.contactvragen.filter(persoon__isnull=True, antwoord__isnull=True).update(is_vervallen=True)
    vraag = Contactvraag.objects.create(
        partner=row, gevraagd_op=at, uiterlijk=add_working_days(local_date(at), CONTACT_WORKING_DAYS)
    )
    mails.contact_question(vraag)
    return vraag


@transaction.atomic
def ask_person(*, persoon: Partnerpersoon, at: datetime) -> Contactvraag:
    """Mail a contact person whether what we know of them still holds; an older question that waits is replaced.

    Raises ValueError for who has no address or stopped.
    """
    row = Partnerpersoon.objects.select_for_update(of=("self",)).select_related("partner").get(pk=persoon.pk)
    if not row.email or not row.is_actief:
        raise ValueError("deze contactpersoon heeft geen e-mailadres, of stopte")
    row.contactvragen.filter(antwoord__isnull=True).update(is_vervallen=True)
    vraag = Contactvraag.objects.create(
        partner=row.partner,
        persoon=row,
        gevraagd_op=at,
        uiterlijk=add_working_days(local_date(at), CONTACT_WORKING_DAYS),
    )
    mails.contact_question(vraag)
    return vraag


def ask_due_contacts(*, at: datetime) -> int:
    """Ask every active partner and contact person that is due today; how many. Twice on a day asks once."""
    partners, people = queries.contacts_due(at), queries.persons_due(at)
    for partner in partners:
        ask_contact(partner=partner, at=at)
    for person in people:
        ask_person(persoon=person, at=at)
    return len(partners) + len(people)


@transaction.atomic
def confirm_contact(*, vraag: Contactvraag, at: datetime) -> Contactvraag:
    """The partner says that all still holds. A second click, or one after a correction, changes nothing."""
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.KLOPT, at
        row.save()
        _confirmed(row, at, "Het contact is bevestigd")
    return row


@transaction.atomic
def correct_contact(
    *,
    vraag: Contactvraag,
    at: datetime,
    email: str,
    telefoon: str,
    opmerking: str,
    website: str = "",
    naam: str = "",
    functie: str = "",
) -> Contactvraag:
    """The partner says what changed. It is a proposal: a link that was passed on must not redirect the city's mails.

    A second click changes nothing.
    """
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.ANDERS, at
        row.email, row.telefoon, row.website, row.opmerking = email, telefoon, website, opmerking
        row.naam, row.functie = naam, functie
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
        known = row.persoon or row.partner
        for name in ("naam", "functie", "email", "telefoon") if row.persoon else ("email", "telefoon", "website"):
            setattr(known, name, getattr(row, name) or getattr(known, name))
    _confirmed(row, at, "Voorstel overgenomen" if overnemen else "Voorstel nagekeken")
    return row


def _open_question(vraag: Contactvraag) -> Contactvraag:
    rows = Contactvraag.objects.select_for_update(of=("self",)).select_related("partner", "persoon")
    return rows.get(pk=vraag.pk)


def _confirmed(vraag: Contactvraag, at: datetime, why: str) -> None:
    known = vraag.persoon or vraag.partner
    known.bevestigd_op = local_date(at)
    with historiek.reason(why):
        known.save()
