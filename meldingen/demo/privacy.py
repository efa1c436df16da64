"""Old reports whose terms of keeping run out, sensitive ones that were read, and a photo made unrecognisable."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import Vlak
from kern.bewaring import actions as bewaring
from wijken.models import Straat, Teamlid

from .. import actions
from ..models import Categorie, Inzage, Melding, MeldingBeeld
from ..states import Sluitreden
from .reports import SOLVED, TEXTS, in_working_hours

OLD = 18


def fill(now: datetime, dice: random.Random) -> None:
    """Add it all, at moments in the past."""
    _old_reports(now, dice)
    for days in (9, 1):  # announced, and a week later treated
        bewaring.nightly(now - timedelta(days=days))
    _readings(now, dice)
    _blurred_photo(now)


def _old_reports(now: datetime, dice: random.Random) -> None:
    """Closed about a year ago, some just over it and some just not."""
    categories = list(Categorie.objects.filter(code__in=TEXTS, is_gevoelig=False))
    streets = list(Straat.objects.select_related("wijk").order_by("pk"))
    for number in range(OLD):
        closed = in_working_hours(now - timedelta(days=355 + number * 2))
        categorie, street = dice.choice(categories), dice.choice(streets)
        melding, _ = actions.submit(
            inzending=uuid.UUID(int=dice.getrandbits(128), version=4),
            categorie=categorie,
            omschrijving=dice.choice(TEXTS[categorie.code]),
            plaats=street.plaats,
            adres=f"{street.naam} {dice.randint(1, 120)}",
            wijk=street.wijk,
            naam="Demobewoner van vorig jaar",
            email=f"vorig-jaar{number}@demo.genk-wijk.example",
            at=closed - timedelta(days=dice.randint(2, 9)),
        )
        member = Teamlid.objects.filter(team=melding.team).select_related("gebruiker").first()
        if member:
            actions.close(
                melding=melding,
                sluitreden=Sluitreden.OPGELOST,
                toelichting=dice.choice(SOLVED),
                door=member.gebruiker,
                at=closed,
            )


def _readings(now: datetime, dice: random.Random) -> None:
    for melding in Melding.objects.filter(categorie__is_gevoelig=True).select_related("categorie")[:6]:
        for member in Teamlid.objects.filter(team=melding.team).select_related("gebruiker")[:2]:
            at = melding.ontvangen_op + timedelta(hours=dice.randint(1, 30))
            if at < now:
                actions.read(melding=melding, door=member.gebruiker, wat=Inzage.Wat.MELDING, at=at)


def _blurred_photo(now: datetime) -> None:
    foto = MeldingBeeld.objects.select_related("melding", "beeld").order_by("-pk").first()
    member = foto and Teamlid.objects.filter(team=foto.melding.team).select_related("gebruiker").first()
    if not foto or not member:
        return
    beelden.process(beeld_id=foto.beeld_id)
    if Beeld.objects.filter(pk=foto.beeld_id, status=Beeld.Status.KLAAR).exists():
        actions.blur(foto=foto, vlakken=[Vlak(0.1, 0.5, 0.2, 0.25)], door=member.gebruiker, at=now)
