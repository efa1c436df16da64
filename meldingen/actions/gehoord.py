"""A report is made of what somebody said at a contact moment."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from wijken.models import Contactmoment
from wijken.queries import wijk_at

from ..models import Categorie, Melding
from .submit import submit

SOURCE_OF: dict[str, str] = {
    Contactmoment.Soort.HUISBEZOEK: Melding.Bron.STRAAT,
    Contactmoment.Soort.WIJKBUREAU: Melding.Bron.BALIE,
    Contactmoment.Soort.BERICHT: Melding.Bron.MAIL,
}


@transaction.atomic
def make(soort: int | None, tekst: str, moment: Contactmoment, door: Gebruiker, at: datetime) -> Melding:
    """Report what was heard, where the moment was; of no kind, it is for the meldpunt to look at. Nobody is mailed.

    Raises ValueError when there is no such category.
    """
    found = Categorie.objects.active(at.date()).sub()
    categorie = found.filter(pk=soort).first() if soort else found.filter(is_onbekend=True).first()
    if categorie is None:
        raise ValueError("kies een categorie")
    plaats = moment.plaats
    melding, _made = submit(
        inzending=uuid.uuid4(),
        categorie=categorie,
        omschrijving=tekst,
        plaats=plaats,
        adres=moment.adres if plaats else "",
        plaats_in_woorden="" if plaats else moment.adres or moment.wijk.naam,
        wijk=(wijk_at(plaats) if plaats else None) or moment.wijk,
        bron=SOURCE_OF.get(moment.soort, Melding.Bron.BIJEENKOMST),
        door=door,
        at=at,
        mail_ontvangst=False,
    )
    return melding
