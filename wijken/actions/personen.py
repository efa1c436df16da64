"""Every write on the people of partners, and on what partners are in the wijken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from kern import historiek

from ..models import Contactvraag, Partner, Partnerpersoon, Partnerrol, Wijk

FORGOTTEN = "vroegere contactpersoon"


@transaction.atomic
def add_person(
    *,
    partner: Partner,
    naam: str,
    at: datetime,
    functie: str = "",
    email: str = "",
    telefoon: str = "",
    wijken: Iterable[Wijk] = (),
) -> Partnerpersoon:
    """Write down somebody who speaks for the partner, for these wijken or for all."""
    row = Partnerpersoon.objects.create(
        partner=partner, naam=naam, functie=functie, email=email, telefoon=telefoon, gemaakt_op=at
    )
    row.wijken.set(wijken)
    return row


@transaction.atomic
def change_person(
    *, persoon: Partnerpersoon, naam: str, functie: str, email: str, telefoon: str, wijken: Iterable[Wijk]
) -> Partnerpersoon:
    """Other contact data or wijken. Raises ValueError for somebody whose data were wiped."""
    row = Partnerpersoon.objects.select_for_update().get(pk=persoon.pk)
    if row.anoniem_op:
        raise ValueError("de gegevens van deze persoon zijn gewist")
    row.naam, row.functie, row.email, row.telefoon = naam, functie, email, telefoon
    row.save()
    row.wijken.set(wijken)
    return row


@transaction.atomic
def stop_person(*, persoon: Partnerpersoon, on: date) -> Partnerpersoon:
    """The person does this no more: nothing is sent to them, and a rule of keeping wipes their data later."""
    row = Partnerpersoon.objects.select_for_update().get(pk=persoon.pk)
    if row.gestopt_op is None:
        row.gestopt_op = on
        with historiek.reason("Doet dit niet meer"):
            row.save()
            Partnerrol.objects.filter(persoon=row).update(persoon=None)
        row.contactvragen.filter(antwoord__isnull=True).update(is_vervallen=True)
    return row


@transaction.atomic
def forget_persons(numbers: Collection[int], at: datetime) -> Mapping[str, int]:
    """Wipe the contact data of people who stopped; what they took part in stays, without their name."""
    rows = Partnerpersoon.objects.select_for_update().filter(
        pk__in=numbers, gestopt_op__isnull=False, anoniem_op__isnull=True
    )
    found = list(rows.values_list("pk", flat=True))
    Contactvraag.objects.filter(persoon__in=found).delete()
    count = Partnerpersoon.objects.filter(pk__in=found).update(
        naam=FORGOTTEN, functie="", email="", telefoon="", anoniem_op=at
    )
    return {"contactpersonen": count}


@transaction.atomic
def give_role(
    *,
    partner: Partner,
    wijk: Wijk,
    rol: str,
    van: date,
    tot: date | None = None,
    toelichting: str = "",
    persoon: Partnerpersoon | None = None,
    is_openbaar: bool = True,
) -> Partnerrol:
    """The partner is this in the wijk from then on. Raises ValueError when it is already, or for a wrong person."""
    if persoon and persoon.partner_id != partner.pk:
        raise ValueError("deze persoon hoort bij een andere partner")
    same = Partnerrol.objects.select_for_update().filter(partner=partner, wijk=wijk, rol=rol)
    if any((row.tot is None or row.tot >= van) and (tot is None or row.van <= tot) for row in same):
        raise ValueError("die rol heeft deze partner daar al in die tijd")
    return Partnerrol.objects.create(
        partner=partner,
        wijk=wijk,
        rol=rol,
        van=van,
        tot=tot,
        toelichting=toelichting,
        persoon=persoon,
        is_openbaar=is_openbaar,
    )


@transaction.atomic
def end_role(*, rol: Partnerrol, on: date) -> Partnerrol | None:
    """The role ends with this day; one that has not begun yet is taken away, and then the answer is None."""
    row = Partnerrol.objects.select_for_update().get(pk=rol.pk)
    if row.van > on:
        row.delete()
        return None
    if row.tot is None or row.tot > on:
        row.tot = on
        with historiek.reason("Rol beëindigd"):
            row.save()
    return row
