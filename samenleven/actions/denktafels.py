"""Every write on denktafels: their members and what these agree to, and the bundles of what was said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker
from wijken import actions as wijken
from wijken.models import Bijeenkomst, Team

from ..denktafelsoort import DENKTAFEL
from ..mails import denktafels as mails
from ..models import (
    Aanbevelingsvolger,
    Bundel,
    Denktafel,
    Denktafellid,
    Signaal,
    Toestemming,
    Waarvoor,
)
from .aanbevelingen import forget_followers
from .toestemming import give_consent, withdraw_consent


class AlLid(ValueError):
    """Somebody with this address sits at the table already."""


@transaction.atomic
def save_table(*, tafel: Denktafel, fields: Mapping[str, Any]) -> Denktafel:
    """Make a denktafel, or change what it thinks about."""
    for name, value in fields.items():
        setattr(tafel, name, value)
    tafel.save()
    return tafel


@transaction.atomic
def add_member(*, tafel: Denktafel, fields: Mapping[str, Any], at: datetime) -> Denktafellid:
    """Give somebody a place, and mail the link to their own page. They hear of every recommendation of the table.

    Raises AlLid.
    """
    Denktafel.objects.select_for_update().get(pk=tafel.pk)
    if Denktafellid.objects.filter(denktafel=tafel, email__iexact=fields["email"]).exists():
        raise AlLid("dit adres zit al aan deze tafel")
    row = Denktafellid.objects.create(denktafel=tafel, **fields)
    Aanbevelingsvolger.objects.get_or_create(
        email=row.email,
        denktafel=tafel,
        aanbeveling=None,
        defaults={"taal": row.taal, "gevraagd_op": at, "bevestigd_op": at},
    )
    mails.welcome(row)
    return row


@transaction.atomic
def end_mandate(*, lid: Denktafellid, tot: date) -> Denktafellid:
    """The last day of a mandate, which can be in the past or to come."""
    row = Denktafellid.objects.select_for_update().get(pk=lid.pk)
    row.tot = max(tot, row.van)
    row.save(update_fields=["tot"])
    return row


@transaction.atomic
def show_name(*, lid: Denktafellid, ja: bool, at: datetime) -> None:
    """Whether everybody may read that they sit at the table: said by themselves. Twice the same is once."""
    if ja:
        give_consent(over=lid, waarvoor=Waarvoor.NAAM, via=Toestemming.Via.MAIL, at=at)
        return
    held = Toestemming.objects.about(lid).valid().filter(waarvoor=Waarvoor.NAAM).first()
    if held is not None:
        withdraw_consent(toestemming=held, at=at)


@transaction.atomic
def forget_members(*, pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove members with their names and addresses, from the mails too; what they said of drafts stays, nameless."""
    rows = list(Denktafellid.objects.select_for_update().filter(pk__in=pks))
    for row in rows:
        show_name(lid=row, ja=False, at=at)
        own = Aanbevelingsvolger.objects.filter(email__iexact=row.email, denktafel=row.denktafel_id)
        forget_followers(list(own.values_list("pk", flat=True)))
    mailed = berichten.forget_all(about=Denktafellid, keys=[row.pk for row in rows])
    Denktafellid.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return {"leden": len(rows), "mails": mailed}


@transaction.atomic
def plan_table_meeting(
    *, tafel: Denktafel, titel: str, begin: datetime, locatie: str, team: Team, door: Gebruiker, at: datetime
) -> Bijeenkomst:
    """Draft a meeting of the table, for who gets its link; the rest of it is as of any meeting."""
    return wijken.plan_meeting(
        door=door,
        at=at,
        organisatoren=[door],
        hoort_bij=tafel,
        soort=DENKTAFEL.code,
        titel=titel,
        beschrijving=tafel.opdracht,
        begin=begin,
        einde=begin + timedelta(hours=2),
        locatie=locatie,
        team=team,
        is_openbaar=False,
    )


@transaction.atomic
def save_bundle(*, bundel: Bundel, fields: Mapping[str, Any], door: Gebruiker, at: datetime) -> Bundel:
    """Make a bundle, or change its title and question."""
    for name, value in fields.items():
        setattr(bundel, name, value)
    if bundel.pk is None:
        bundel.gemaakt_op, bundel.gemaakt_door = at, door
    bundel.save()
    return bundel


@transaction.atomic
def put_in(*, bundel: Bundel, signalen: Iterable[Signaal]) -> int:
    """Put what was said in a bundle, once each; how many are new in it."""
    Bundel.objects.select_for_update().get(pk=bundel.pk)
    before = bundel.signalen.count()
    bundel.signalen.add(*signalen)
    return bundel.signalen.count() - before


@transaction.atomic
def take_out(*, bundel: Bundel, signaal: int) -> None:
    """Take one thing out of a bundle."""
    bundel.signalen.remove(signaal)
