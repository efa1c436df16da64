"""The things of a collection: a page of them, one of them, and their places for the portal's own map."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from kern.geo.forms import map_context

from .. import documenten, queries
from ..forms import FilterForm
from ..fouten import niet_gevonden
from ..parameters import LIMIT, Vraag, as_key, known, read_crs, read_items
from ..queries import Bladzij
from ..registry import Collectie, Eigenschap
from ..stelsels import CRS84, STELSELS
from .basis import Verzoek, resource, stream

COLUMNS = 5


@resource
def items(verzoek: Verzoek, collectie: str) -> HttpResponseBase:
    """A page of the things that are asked for. A long one goes out in pieces."""
    row = verzoek.collectie(collectie)
    vraag = read_items(verzoek.query, row)
    stand = queries.state([row], verzoek.beller)
    verzoek.headers["Content-Crs"] = f"<{vraag.stelsel.uri}>"
    verzoek.fresh(stand, queries.definition(row))
    matched = queries.count(row, verzoek.beller, vraag, stand)
    if verzoek.is_html:
        del verzoek.headers["Content-Crs"]
        return _items_page(verzoek, row, vraag, stand, matched)
    if vraag.limit > queries.PIECE and matched > queries.PIECE:
        return stream(_in_pieces(verzoek, row, vraag, stand, matched), documenten.GEOJSON)
    found = queries.page(row, verzoek.beller, vraag, matched)
    text = f"{_begin(matched)}{found.features}{_end(verzoek, row, found.aantal, found)}"
    return verzoek.text(text, documenten.GEOJSON)


def _begin(matched: int) -> str:
    now = documenten.moment(timezone.now())
    return f'{{"type":"FeatureCollection","timeStamp":"{now}","numberMatched":{matched},"features":['


def _end(verzoek: Verzoek, row: Collectie, number: int, last: Bladzij) -> str:
    following = last.laatste if last.er_is_meer else None
    links = documenten.items_links(verzoek.root, row, verzoek.plain_query, following)
    return f'],"numberReturned":{number},"links":{documenten.dumps(links)}}}'


def _in_pieces(verzoek: Verzoek, row: Collectie, vraag: Vraag, stand: Any, matched: int) -> Iterator[str]:
    yield _begin(matched)
    number, last = 0, Bladzij("", 0, None, er_is_meer=False)
    for last in queries.pieces(row, verzoek.beller, vraag, stand, vraag.limit):
        if last.aantal:
            yield f",{last.features}" if number else last.features
            number += last.aantal
    yield _end(verzoek, row, number, last)


def _items_page(verzoek: Verzoek, row: Collectie, vraag: Vraag, stand: Any, matched: int) -> HttpResponseBase:
    vraag = vraag.verder(vraag.na, min(vraag.limit, LIMIT), vraag.offset)
    found = queries.page(row, verzoek.beller, vraag, matched)
    features = json.loads(f"[{found.features}]")
    query = {**verzoek.plain_query, "f": "html"}
    links = documenten.items_links(verzoek.root, row, query, found.laatste if found.er_is_meer else None)
    here = documenten.collection_address(verzoek.root, row)
    chosen = {name: value for name, value in query.items() if name not in ("f", "limit", "offset", "na")}
    places = {name: value for name, value in verzoek.plain_query.items() if name not in ("f", "crs")}
    return verzoek.page(
        "items",
        collectie=row,
        rijen=[_row(verzoek, row, feature) for feature in features],
        kolommen=_columns(row),
        aantal=matched,
        volgende=next((link["href"] for link in links if link["rel"] == "next"), ""),
        json=documenten.address(f"{here}/items", {**verzoek.plain_query, "f": "json"}),
        bestanden=[
            (name, documenten.address(f"{here}/bestand/{kind}", chosen)) for kind, (_, name) in documenten.FILES.items()
        ],
        form=FilterForm(row, chosen),
        gekozen=list(chosen.items()),
        plaatsen=documenten.address(reverse("kaartlagen:places", args=[row.id]), places),
        kaart=map_context(),
        op_kaart=any(feature["geometry"] for feature in features),
        is_vlak="Polygon" in row.geometrie.soort,
    )


def _columns(row: Collectie) -> list[Eigenschap]:
    """What a list tells of each thing beside its name: the short facts, as many as fit."""
    short = [kolom for kolom in row.eigenschappen if kolom.filterbaar and kolom.naam != row.opschrift]
    best = [kolom for kolom in short if kolom.naam == "wijk" or (kolom.keuzes and kolom.keuzes[0][0])]
    return (best if len(best) > 1 else short)[:COLUMNS]


def _row(verzoek: Verzoek, row: Collectie, feature: dict[str, Any]) -> dict[str, Any]:
    here = documenten.collection_address(verzoek.root, row)
    return {
        "id": feature["id"],
        "url": documenten.address(f"{here}/items/{documenten.quoted(feature['id'])}", f="html"),
        "waarden": [_told(kolom, feature["properties"][kolom.naam]) for kolom in row.eigenschappen],
        "kort": [_told(kolom, feature["properties"][kolom.naam]) for kolom in _columns(row)],
        "opschrift": feature["properties"][row.opschrift] or feature["id"],
    }


def _told(kolom: Eigenschap, value: Any) -> tuple[Eigenschap, str, str]:
    """A property with its value, and what a code means in words."""
    text = shown(value)
    words = dict(kolom.keuzes).get(text, "")
    return kolom, text, words if words != text else ""


def shown(value: Any) -> str:
    """A value as it stands in the data, without separators; a yes or no in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


@resource
def feature(verzoek: Verzoek, collectie: str, sleutel: str) -> HttpResponseBase:
    """One thing."""
    row = verzoek.collectie(collectie)
    stelsel = read_crs(known(verzoek.query, ["crs"]), "crs")
    key = as_key(sleutel, row)
    if key is None:
        raise niet_gevonden()
    stand = queries.state([row], verzoek.beller)
    text = queries.feature_json(row, verzoek.beller, key, stelsel)
    if not text:
        raise niet_gevonden()
    if verzoek.is_html:
        return _feature_page(verzoek, row, json.loads(text))
    verzoek.headers["Content-Crs"] = f"<{stelsel.uri}>"
    verzoek.fresh(stand, queries.definition(row))
    links = documenten.feature_links(verzoek.root, row, key, verzoek.plain_query)
    return verzoek.text(f'{text[:-1]},"links":{documenten.dumps(links)}}}', documenten.GEOJSON)


def _feature_page(verzoek: Verzoek, row: Collectie, found: dict[str, Any]) -> HttpResponseBase:
    return verzoek.page(
        "ding",
        collectie=row,
        ding=_row(verzoek, row, found),
        geometrie=found["geometry"],
        json=documenten.feature_links(verzoek.root, row, found["id"], {"f": "json"})[0]["href"],
        plaatsen=reverse("kaartlagen:place", args=[row.id, str(found["id"])]),
        kaart=map_context(),
        is_vlak="Polygon" in row.geometrie.soort,
    )


@resource
def places(verzoek: Verzoek, collectie: str, sleutel: str | None = None) -> HttpResponseBase:
    """What the map on a page of the service draws: the same things, with their name and their page."""
    row = verzoek.collectie(collectie)
    if sleutel is None:
        vraag = read_items(verzoek.query, row)
        vraag = vraag.verder(vraag.na, min(vraag.limit, LIMIT), vraag.offset)
        stand = queries.state([row], verzoek.beller)
        matched = queries.count(row, verzoek.beller, vraag, stand)
        found = queries.page(row, verzoek.beller, vraag, matched).features
    else:
        key = as_key(sleutel, row)
        found = queries.feature_json(row, verzoek.beller, key, STELSELS[CRS84]) if key is not None else None
        if not found:
            raise niet_gevonden()
    features = []
    for feature in json.loads(f"[{found}]"):
        seen = _row(verzoek, row, feature)
        properties = {"naam": shown(seen["opschrift"]), "code": str(feature["id"])}
        if sleutel is None:
            properties["url"] = seen["url"]
        if feature["geometry"]:
            features.append({**feature, "properties": properties})
    return verzoek.json({"type": "FeatureCollection", "features": features}, documenten.GEOJSON)
