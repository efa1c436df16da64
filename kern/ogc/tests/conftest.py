"""A small city to ask about: zones, objects, knelpunten and reports of every kind that makes trouble."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kern.geo import Punt
from meldingen.tests import factories as meldingen
from toegankelijkheid.models import GoedVoorbeeld, Knelpunt, Screeningsobject, ZoneRing
from toegankelijkheid.tests import factories as toegankelijkheid
from wijken.models import Stadsdeel, Wijk, WijkRing

ROOT = "http://testserver/ogc"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
NASTY = "Boordsteen <b>5 cm</b> & \"goot\" 'links' \\ 100 % é €\nTweede regel"


def ring(west: float, south: float, size: float) -> tuple[Punt, ...]:
    """A square, clockwise: the wrong way round for GeoJSON, and not closed."""
    east, north = west + size, south + size
    return (Punt(west, south), Punt(west, north), Punt(east, north), Punt(east, south))


@dataclass
class City:
    """What was made, and a client to ask with."""

    client: Client
    knelpunten: list[Knelpunt]
    wijk: Wijk
    cast: Any

    def get(self, path: str = "/", **query: Any) -> Any:
        return self.client.get(f"/ogc{path}", query)

    def json(self, path: str = "/", **query: Any) -> Any:
        response = self.get(path, **query)
        assert response.status_code == 200, (path, query, body(response)[:300])
        return json.loads(body(response))

    def items(self, collection: str = "knelpunten", **query: Any) -> Any:
        return self.json(f"/collections/{collection}/items", **query)

    def ids(self, collection: str = "knelpunten", **query: Any) -> set[Any]:
        return {feature["id"] for feature in self.items(collection, **{"limit": 10000, **query})["features"]}

    def status(self, path: str, **query: Any) -> int:
        return self.get(path, **query).status_code


def body(response: Any) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def make_knelpunten(count: int, *, wijk: Wijk | None = None, begin: int = 0) -> list[Knelpunt]:
    """Public ones on a grid of about a hundred metres; each seventh without a place, each fifth without a day."""
    rows = [
        Knelpunt(
            onderwerp=("oversteekplaats", "halte", "looproute")[number % 3],
            titel=f"Knelpunt {number}",
            omschrijving=NASTY if number % 4 == 0 else f"Nummer {number}",
            plaats=None if number % 7 == 6 else Punt(5.40 + (number % 40) * 0.0014, 50.93 + (number // 40) * 0.0009),
            vastgesteld_op=None if number % 5 == 4 else date(2026, 1, 1) + timedelta(days=number % 200),
            ernst=number % 4 + 1,
            gemeten=Decimal(number) / 10,
            eenheid="cm",
            planjaar=2027 + number % 3 if number % 2 else None,
            wijk=wijk if number % 2 else None,
            openbaar=True,
        )
        for number in range(begin, begin + count)
    ]
    return Knelpunt.objects.bulk_create(rows)


@pytest.fixture
def city(db) -> City:
    cast = meldingen.cast()
    deel = Stadsdeel.objects.create(naam="Noord")
    wijk = cast.wijk
    Wijk.objects.filter(pk=wijk.pk).update(stadsdeel=deel, oppervlakte_km2=3.25)
    WijkRing.objects.filter(wijk=wijk).delete()
    # A part with a hole, and a second part.
    WijkRing.objects.create(wijk=wijk, ring=ring(5.40, 50.94, 0.02))
    WijkRing.objects.create(wijk=wijk, ring=ring(5.405, 50.945, 0.01), is_gat=True)
    WijkRing.objects.create(wijk=wijk, ring=ring(5.45, 50.94, 0.004))
    knelpunten = make_knelpunten(120, wijk=wijk)
    Knelpunt.objects.create(onderwerp="halte", titel="Niet openbaar", plaats=Punt(5.41, 50.94), openbaar=False)
    zone = toegankelijkheid.ZoneFactory(wijken=[wijk])
    ZoneRing.objects.create(zone=zone, ring=ring(5.485, 50.955, 0.01), is_gat=True)
    for number in range(30):
        toegankelijkheid.ObjectFactory(
            naam=f"Oversteek {number}",
            plaats=Punt(5.48 + number * 0.0004, 50.955),
            gescreend_op=date(2026, 3, 1) + timedelta(days=number),
            oordeel="voldoet",
            wijk=wijk,
            zone=zone,
        )
    line = (Punt(5.49, 50.96), Punt(5.4912, 50.9605), Punt(5.4921, 50.9604))
    toegankelijkheid.ObjectFactory(naam="Stoep", onderwerp="looproute", plaats=line[1], lijn=line, kant="links")
    Screeningsobject.objects.filter(naam="Oversteek 29").update(is_actief=False)
    GoedVoorbeeld.objects.create(
        onderwerp="hellingsbaan", titel="Een goede helling", plaats=Punt(5.5, 50.96), openbaar=True
    )
    now = timezone.now()
    for number in range(4):
        meldingen.MeldingFactory(
            openbaar=number < 3,
            openbare_tekst=NASTY,
            omschrijving="wat de bewoner schreef",
            plaats=Punt(5.4712345678 + number * 0.001, 50.9512345678),
            ontvangen_op=now - timedelta(days=number + 1),
            wijk=wijk,
        )
    return City(Client(), knelpunten, wijk, cast)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
