"""To partners: whether their contact data still hold."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.prive import link_token

from ..models import Contactvraag

LINK_SALT = "wijken.partnercontact"
KINDS = {
    "partner_contact": (
        "Partner: klopt het contact nog",
        {
            "partner": "naam van de partner",
            "email": "e-mailadres zoals wij het kennen",
            "telefoon": "telefoonnummer zoals wij het kennen",
            "website": "website zoals wij ze kennen",
            "antwoord_tot": "dag tot wanneer we wachten",
            "link": "de pagina om te antwoorden",
        },
    ),
    "partner_contact_persoon": (
        "Contactpersoon: klopt het nog",
        {
            "partner": "naam van de partner",
            "naam": "naam van de contactpersoon",
            "functie": "functie",
            "email": "e-mailadres zoals wij het kennen",
            "telefoon": "telefoonnummer zoals wij het kennen",
            "antwoord_tot": "dag tot wanneer we wachten",
            "link": "de pagina om te antwoorden",
        },
    ),
}
EXAMPLES = {
    "partner": "Voorbeeldpartner",
    "naam": "An Voorbeeld",
    "functie": "coördinator",
    "email": "meldingen@partner.example",
    "telefoon": "089 00 00 00",
    "website": "https://partner.example",
    "antwoord_tot": "donderdag 30 juli",
    "link": f"{settings.PORTAL_URL}/",
}


def contact_question(vraag: Contactvraag) -> None:
    """The yearly question whether the contact data still hold, to the partner or to one of its people."""
    partner = vraag.partner
    berichten.enqueue(
        sleutel=f"partnercontact:{vraag.pk}",
        soort="partner_contact_persoon" if vraag.persoon else "partner_contact",
        aan=vraag.persoon.email if vraag.persoon else partner.email,
        taal=partner.taal,
        context=_context(vraag, partner.taal),
        context_nl=None if partner.taal == "nl" else _context(vraag, "nl"),
        over=partner,
    )


def _context(vraag: Contactvraag, taal: str) -> dict[str, str]:
    partner, known = vraag.partner, vraag.persoon or vraag.partner
    path = reverse("wijken:partner_contact", args=[link_token(vraag.sleutel, LINK_SALT)])
    with translation.override(taal):
        day = date_format(vraag.uiterlijk, "l j F Y")
    own = {"naam": known.naam, "functie": vraag.persoon.functie or "–"} if vraag.persoon else {}
    return {
        "partner": partner.naam,
        "email": known.email,
        "telefoon": known.telefoon or "–",
        "website": partner.website or "–",
        **own,
        "antwoord_tot": day,
        "link": settings.PORTAL_URL.rstrip("/") + path,
    }
