"""To the members of a denktafel: their own page, and a draft to say something of."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token

from ..models import Denktafellid, Ontwerp

SALT = "samenleven.denktafellid"
WELCOME, DISCUSS = "denktafel_welkom", "denktafel_bespreek"
KINDS = {
    WELCOME: ("Denktafel: je eigen pagina", {"denktafel": "naam van de denktafel", "link": "eigen pagina"}),
    DISCUSS: (
        "Denktafel: een ontwerp om te bespreken",
        {
            "denktafel": "naam van de denktafel",
            "titel": "titel van het ontwerp",
            "dag": "laatste dag",
            "link": "eigen pagina",
        },
    ),
}
EXAMPLES = {
    "denktafel": "Denktafel onderwijs",
    "titel": "Een koffiekamer in elke basisschool",
    "dag": "12 maart 2027",
    "link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def token_of(lid: Denktafellid) -> str:
    """What opens the own page of a member."""
    return link_token(lid.sleutel, SALT)


def welcome(lid: Denktafellid) -> None:
    """Where their page is; once."""
    _send(lid, WELCOME, f"denktafellid:{lid.sleutel}", {})


def discuss(ontwerp: Ontwerp, lid: Denktafellid) -> None:
    """That a draft waits for what they think; once for each time it is discussed."""
    if ontwerp.bespreken_tot is None:
        return
    with translation.override(lid.taal):
        day = date_format(ontwerp.bespreken_tot, "j F Y")
    key = f"ontwerp:{ontwerp.pk}:{ontwerp.versie}:{lid.sleutel}"
    _send(lid, DISCUSS, key, {"titel": ontwerp.titel, "dag": day})


def _send(lid: Denktafellid, soort: str, sleutel: str, context: dict[str, str]) -> None:
    link = settings.PORTAL_URL.rstrip("/") + reverse("samenleven:denktafel_mijn", args=[token_of(lid)])
    berichten.enqueue(
        sleutel=sleutel,
        soort=soort,
        aan=lid.email,
        taal=lid.taal,
        context={"denktafel": lid.denktafel.naam, "link": link, **context},
        over=lid,
    )
