"""Large files, made by a worker for staff."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from kern.opdrachten import actions as opdrachten
from kern.opdrachten.actions import Voortgang
from kern.opdrachten.models import Opdracht
from kern.opdrachten.registry import Onmogelijk, Soort, register
from kern.termijnen import local_date

from . import bestanden, queries, registry
from .fouten import Weigering
from .parameters import read_items
from .queries import Bladzij
from .registry import Beller, Collectie

SOORT = "kaartlaag"


def start(collectie: Collectie, vorm: str, query: str, eigenaar: Any, at: datetime) -> Opdracht:
    """Write down that this file has to be made."""
    asked = {"collectie": collectie.id, "vorm": vorm, "query": query}
    return opdrachten.start(
        soort=SOORT, titel=f"Kaartlaag: {collectie.titel} ({vorm})"[:200], eigenaar=eigenaar, invoer=asked, at=at
    )


def run(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
    """Make the file, with what its owner may see at this moment."""
    asked, at = opdracht.invoer, voortgang.nu()
    owner = opdracht.eigenaar
    if not owner.is_active or not owner.rollen:
        raise Onmogelijk("Je account heeft geen rol meer.")
    beller = Beller(local_date(at), owner)
    row = registry.zoek(asked["collectie"], beller)
    if row is None:
        raise Onmogelijk("Deze kaartlaag bestaat niet meer.")
    try:
        vraag = bestanden.fitting(read_items(QueryDict(asked["query"]), row), asked["vorm"])
    except Weigering as error:
        raise Onmogelijk(str(error)) from error
    voortgang.begin(queries.count(row, beller, vraag, None))
    vorm, number = asked["vorm"], 0

    def counted() -> Iterator[Bladzij]:
        nonlocal number
        for piece in queries.pieces(row, beller, vraag, None, None):
            number += piece.aantal
            voortgang.stap(piece.aantal)
            yield piece

    name = bestanden.file_name(row, vorm, beller.op)
    with voortgang.bestand(name, bestanden.type_of(vorm)) as file:
        if vorm in bestanden.WHOLE:
            with bestanden.make(vorm, row, counted(), vraag.stelsel, at) as made:
                shutil.copyfileobj(made, file)
        elif vorm == "csv":
            for part in bestanden.csv(row, counted()):
                file.write(part)
        else:
            for text in bestanden.geojson(counted()):
                file.write(text.encode())
    return {"rijen": number}


def register_all() -> None:
    """Make the job known; called once, when the app is ready."""
    register(Soort(SOORT, "Kaartlaag als bestand", run))
