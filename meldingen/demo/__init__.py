"""An invented city at work: reports, and what people do with them. Each module here fills one subject.

Everything goes through the same actions as on the portal, at moments in the past, so terms, history and
mails are what they would have been.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from kern.berichten.models import Bericht

from .. import startgegevens
from ..models import Enquete, Gebeurtenis, Melding
from . import bulk, draad, dubbels, koppeling, partners, privacy, reports, rondes, routes, terugkoppeling, weergaven

SEED = 3600

# What follows the reports, in this order; each part gets the moment it is now, and the dice.
PARTS: tuple[Callable[[datetime, random.Random], None], ...] = (
    partners.fill,
    privacy.fill,
    bulk.fill,
    routes.fill,
    dubbels.fill,
    koppeling.fill,
    terugkoppeling.fill,
    weergaven.fill,
    draad.fill,
    rondes.fill,
)


@transaction.atomic
def fill(now: datetime, count: int = 150) -> int:
    """Add the categories and, where there is no report yet, `count` invented ones with all that goes with them.

    Returns how many were added.
    """
    startgegevens.load()
    if Melding.objects.exists():
        return 0
    dice = random.Random(SEED)  # noqa: S311 (nothing secret)
    reports.fill(now, dice, count)
    for part in PARTS:
        part(now, dice)
    _settle_old_mails(now)
    return Melding.objects.count()


def _settle_old_mails(now: datetime) -> None:
    """The mails of weeks ago went out at the moment they tell of; those of the last days are sent now."""
    lines = {str(pk): op for pk, op in Gebeurtenis.objects.values_list("pk", "op")}
    lines |= {f"enquete-{pk}": op for pk, op in Enquete.objects.values_list("pk", "verstuurd_op")}
    received = {str(pk): op for pk, op in Melding.objects.values_list("pk", "ontvangen_op")}
    mails = list(Bericht.objects.filter(status=Bericht.Status.WACHT, sleutel__startswith="melding:"))
    for mail in mails:
        _, melding, occasion, *_rest = mail.sleutel.split(":")
        moment = lines.get(occasion, received[melding])
        if moment < now - timedelta(days=3):
            mail.aangemaakt_op = mail.verzonden_op = moment
            mail.status, mail.pogingen = Bericht.Status.VERZONDEN, 1
    Bericht.objects.bulk_update(mails, ["aangemaakt_op", "status", "verzonden_op", "pogingen"])
