"""Write down who looked into what concerns people, and answer who asks what is kept on a mail address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from kern import adressen
from kern.gebruikers.models import Gebruiker
from wijken import actions as wijken
from wijken.models import Opdehoogte

from .. import mails
from ..models import Adresvraag, Inzage, Melding, Volger
from ..queries.follow import by_address, followed_by
from . import resident

# Opening the same thing again within this time is one reading.
AGAIN = timedelta(minutes=10)
_UNLESS_JUST_READ = """
    INSERT INTO meldingen_inzage (melding_id, gebruiker_id, wat, op)
    SELECT %(melding)s, %(gebruiker)s, %(wat)s, %(op)s WHERE NOT EXISTS (
        SELECT FROM meldingen_inzage
        WHERE melding_id = %(melding)s AND gebruiker_id = %(gebruiker)s AND wat = %(wat)s AND op > %(sinds)s
    )
"""


def read(*, melding: Melding, door: Gebruiker, wat: str, at: datetime) -> None:
    """Somebody opens a report: when its category is sensitive, write it down (one query then, else none)."""
    if not melding.categorie.is_gevoelig:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _UNLESS_JUST_READ,
            {"melding": melding.pk, "gebruiker": door.pk, "wat": wat, "op": at, "sinds": at - AGAIN},
        )


def read_many(*, meldingen: Collection[int], door: Gebruiker, at: datetime) -> int:
    """Somebody takes a list along: write it down for the sensitive reports in it; how many (two queries)."""
    found = Melding.objects.filter(pk__in=meldingen, categorie__is_gevoelig=True).values_list("pk", flat=True)
    rows = [Inzage(melding_id=pk, gebruiker=door, wat=Inzage.Wat.UITVOER, op=at) for pk in found]
    Inzage.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def asked(*, email: str, aantal: int, door: Gebruiker | None, at: datetime) -> Adresvraag:
    """Everything on a mail address was handed over; `door` is None when the resident did it."""
    return Adresvraag.objects.create(wat=Adresvraag.Wat.INZAGE, adres=shortened(email), aantal=aantal, door=door, op=at)


@transaction.atomic
def forget_address(*, email: str, door: Gebruiker | None, at: datetime) -> int:
    """“Vergeet mij” for every report of an address, as a follower, and in every other room; the number of reports."""
    reports = by_address(email)
    for melding in reports:
        resident.forget(melding=melding, at=at)
    for volger in followed_by(email):
        mails.forget(volger.melding, email)
        Volger.objects.filter(pk=volger.pk).update(email="")
    for persoon in Opdehoogte.objects.filter(email__iexact=email):
        wijken.stop_informing(persoon=persoon, at=at)
    adressen.forget(email, at)
    Adresvraag.objects.create(wat=Adresvraag.Wat.WISSEN, adres=shortened(email), aantal=len(reports), door=door, op=at)
    return len(reports)


def shortened(email: str) -> str:
    """An address that its owner recognises and a stranger cannot write to: jo…@voorbeeld.be."""
    name, _, domain = email.partition("@")
    return f"{name[:2]}…@{domain}"[:80]
