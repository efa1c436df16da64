"""What stands on the paper sheet of a conversation."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from kern.documenten import qr

from ..models import Gesprek, Profielkenmerk, Toestemmingstekst, Waarvoor
from ..models.gesprek import CITATEN_PER_BLAD


def sheet_data(gesprek: Gesprek, link: str, where: str) -> dict[str, Any]:
    """The sheet with its link as QR code, the tally of who is there, and a strip with a code for each quote."""
    kenmerken = Profielkenmerk.objects.filter(is_actief=True).prefetch_related("groepen")
    names = ("vandaag", "ikzelf", "samen", "bestuur")
    return {
        "nummer": gesprek.nummer,
        "traject": gesprek.traject.naam,
        "feiten": [
            ["Waarover", gesprek.titel],
            ["Datum", gesprek.datum],
            ["Plaats", ", ".join(filter(None, [gesprek.plaats, gesprek.waar]))],
            ["Taal", gesprek.get_taal_display()],
        ],
        "qr": qr.beeld(link, alt=f"QR-code om blad {gesprek.nummer} in te vullen"),
        "vragen": [capfirst(str(Gesprek._meta.get_field(name).verbose_name)) for name in names],
        "kenmerken": [[row.naam, [groep.naam for groep in row.groepen.all()]] for row in kenmerken],
        "toestemming": Toestemmingstekst.objects.filter(waarvoor=Waarvoor.WOORDEN).latest("versie").tekst,
        "stroken": [{"nummer": n, "code": gesprek.citaatcode(n)} for n in range(1, CITATEN_PER_BLAD + 1)],
        "waar": where,
    }
