"""A request of a program becomes a report: at once, or when the worker gets to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from kern.geo import Punt
from kern.koppelingen.models import Sleutel
from wijken.queries import search_address, wijk_at

from .. import privacy
from ..models import Categorie, Gebeurtenis, Melding, Open311Inzending, Vraag
from ..models.categorie import Prioriteit
from .submit import submit

BATCH = 50
KEEP = timedelta(days=90)


@transaction.atomic
def send(
    *, invoer: Mapping[str, Any], categorie: Categorie, via: Sleutel, at: datetime, inzending: UUID | None = None
) -> Melding:
    """Make a report of a request that was checked (`forms.open311.read`), as from the key that sent it.

    A place is looked up in our streets when only an address came. The address of a photo is kept for staff as words:
    nothing is fetched from it.
    """
    plaats = Punt(*invoer["punt"]) if invoer["punt"] else _known_place(invoer["adres"])
    words = f"adres-id {invoer['adres_id']}" if invoer["adres_id"] else ""
    numbers = [int(pk) for pk in invoer["antwoorden"]]
    asked = {vraag.pk: vraag for vraag in Vraag.objects.filter(pk__in=numbers)} if numbers else {}
    melding, made = submit(
        inzending=inzending or uuid4(),
        categorie=categorie,
        omschrijving=invoer["omschrijving"],
        let_op_gegevens=bool(privacy.find(invoer["omschrijving"])),
        plaats=plaats,
        adres=invoer["adres"],
        plaats_in_woorden=words,
        wijk=wijk_at(plaats) if plaats else None,
        antwoorden={asked[int(pk)]: words for pk, words in invoer["antwoorden"].items() if int(pk) in asked},
        naam=invoer["naam"],
        email=invoer["email"],
        telefoon=invoer["telefoon"],
        bron=Melding.Bron.OPEN311,
        prioriteit=Prioriteit.HOOG if invoer["nood"] else Prioriteit.NORMAAL,
        via=via,
        at=at,
    )
    if made and invoer["foto"]:
        text = f"De afzender noemt een foto op een ander adres; ze is niet opgehaald: {invoer['foto']}"
        Gebeurtenis.objects.create(melding=melding, soort=Gebeurtenis.Soort.NOTITIE, op=at, tekst=text)
    return melding


def _known_place(adres: str) -> Punt | None:
    found = search_address(adres, 1) if adres else []
    return found[0].punt if found else None


@transaction.atomic
def accept(*, invoer: Mapping[str, Any], categorie: Categorie, via: Sleutel, at: datetime) -> Open311Inzending:
    """Keep a request for the worker; its key is the token that the program asks with."""
    return Open311Inzending.objects.create(sleutel=via, categorie=categorie, invoer=dict(invoer), ontvangen_op=at)


@transaction.atomic
def process(*, bewijs: UUID, at: datetime) -> Open311Inzending:
    """Make the report of a request that waits, once; afterwards nothing of what was sent is kept beside it.

    Raises DoesNotExist for an unknown token.
    """
    row = Open311Inzending.objects.select_for_update().get(pk=bewijs)
    if row.melding_id is None:
        categorie = Categorie.objects.select_related("hoofdcategorie", "team").get(pk=row.categorie_id)
        row.melding = send(
            invoer=row.invoer, categorie=categorie, via=row.sleutel, at=row.ontvangen_op, inzending=row.bewijs
        )
        row.invoer = {}
        row.save(update_fields=["melding", "invoer"])
    return row


def process_waiting(*, at: datetime) -> int:
    """Make reports of what waits, oldest first; how many."""
    waiting = Open311Inzending.objects.filter(melding=None).order_by("ontvangen_op")
    tokens = list(waiting.values_list("pk", flat=True)[:BATCH])
    for token in tokens:
        process(bewijs=token, at=at)
    return len(tokens)


def forget_tokens(at: datetime) -> dict[str, int]:
    """Throw away tokens of three months ago whose report is there."""
    old = Open311Inzending.objects.filter(ontvangen_op__lt=at - KEEP, melding__isnull=False)
    return {"bewijzen": old.delete()[0]}
