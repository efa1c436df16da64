"""What is due about partners: their contact is asked once a year, and who does not answer is flagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light

from .. import actions
from ..models import Contactvraag

BRON = "partnercontact"


def ask_contacts(at: datetime) -> Mapping[str, int]:
    """Ask the partners whose year is over."""
    return {"gevraagd": actions.ask_due_contacts(at=at)}


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every question whose time is over without an answer, and every proposal that waits (one query).

    Nobody is responsible by name: the beheerders hear of it.
    """
    waiting = Contactvraag.objects.filter(is_vervallen=False, partner__is_actief=True, uiterlijk__lt=today)
    rows = waiting.filter(antwoord__isnull=True) | waiting.filter(
        antwoord=Contactvraag.Antwoord.ANDERS, verwerkt_op__isnull=True
    )
    for row in rows.select_related("partner").order_by("uiterlijk", "pk"):
        words = "een voorstel wacht" if row.antwoord else "contact niet bevestigd"
        yield Item(
            sleutel=str(row.pk),
            titel=f"{'Contactpersoon van ' if row.persoon_id else ''}{row.partner.naam}: {words}",
            url=f"/werk/partners/{row.partner_id}/",
            due_on=row.uiterlijk,
            ontvangers={},
        )


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    register(Bron(code=BRON, naam="contact van partners", open_items=open_items, list_url="/werk/partners/"))
    register_light(LichteTaak("partners: vraag naar het contact", ask_contacts, daily=True))
