"""The wijken as a map layer for everybody."""

from __future__ import annotations

from kern.ogc.registry import Beller, Collectie, Eigenschap, Licentie, register
from kern.ogc.vormen import Ringen, Soort

from .models import Stadsdeel, Wijk, WijkQuerySet, WijkRing

# Source of the official outlines: Provincies in Cijfers; it asks to be named in these words.
LICENTIE = Licentie(
    "Modellicentie Gratis Hergebruik – Vlaanderen, versie 1.0",
    "https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0",
    "Wijken voor omgevingsanalyse. © gemeentebesturen, verzameld door Data & Analyse van de Vlaamse provincies",
)


def _rows(beller: Beller) -> WijkQuerySet:
    return Wijk.objects.all()


WIJKEN = Collectie(
    id="wijken",
    titel="Wijken van Genk",
    omschrijving="De wijken waarin de stad werkt, met hun omtrek. Bij een benaderende omtrek staat dat erbij.",
    model=Wijk,
    rijen=_rows,
    geometrie=Ringen(WijkRing, "wijk", naam="ringen"),
    sleutel="code",
    opschrift="naam",
    volgorde=10,
    licentie=LICENTIE,
    tabellen=(Wijk, WijkRing, Stadsdeel),
    eigenschappen=(
        Eigenschap("code", Soort.TEKST, "Code", "De code van de wijk bij Provincies in Cijfers.", filterbaar=True),
        Eigenschap("naam", Soort.TEKST, "Naam", filterbaar=True),
        Eigenschap("stadsdeel", Soort.TEKST, "Stadsdeel", bron="stadsdeel__naam", filterbaar=True),
        Eigenschap("oppervlakte_km2", Soort.GETAL, "Oppervlakte", "In vierkante kilometer.", filterbaar=True),
        Eigenschap(
            "impulswijk",
            Soort.JANEE,
            "Impulswijk",
            "Een wijk die extra en intensievere aandacht krijgt.",
            bron="is_impulswijk",
            filterbaar=True,
        ),
        Eigenschap(
            "omtrek_is_benaderend",
            Soort.JANEE,
            "Omtrek bij benadering",
            "De omtrek is dan niet de officiële.",
            filterbaar=True,
        ),
    ),
)


def register_all() -> None:
    """Make it known; called once, when the app is ready."""
    register(WIJKEN)
