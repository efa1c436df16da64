"""The JSON documents of the service: landing page, conformance, collections, and the frame around features."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from kern.geo.lambert import GENK

from .queries import Omvang
from .registry import Collectie
from .stelsels import CRS84, STELSELS

JSON, HTML, GEOJSON = "application/json", "text/html", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
TITLE = "Kaartlagen van Genk Wijk"
DESCRIPTION = (
    "De wijken van Genk, meldingen die iedereen mag zien en de toegankelijkheid van de straten, "
    "als open data volgens OGC API - Features."
)
_SPEC = "http://www.opengis.net/spec/ogcapi-features"
CONFORMANCE = [
    *(f"{_SPEC}-1/1.0/conf/{name}" for name in ("core", "geojson", "html", "oas30")),
    f"{_SPEC}-2/1.0/conf/crs",
]
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
FILES = {
    "geojson": (GEOJSON, "GeoJSON"),
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    "gpkg": ("application/geopackage+sqlite3", "GeoPackage"),
}

Link = dict[str, str]


def link(href: str, rel: str, type: str, title: str = "") -> Link:
    return {"href": href, "rel": rel, "type": type, **({"title": title} if title else {})}


def address(base: str, query: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address with these parameters."""
    text = urlencode({**(query or {}), **more}, safe=",:/")
    return f"{base}?{text}" if text else base


def quoted(sleutel: Any) -> str:
    return quote(str(sleutel), safe="")


def collection_address(root: str, collectie: Collectie) -> str:
    return f"{root}/collections/{quote(collectie.id)}"


def landing(root: str) -> dict[str, Any]:
    return {
        "title": TITLE,
        "description": DESCRIPTION,
        "attribution": "Stad Genk",
        "links": [
            link(f"{root}/", "self", JSON, "Dit document"),
            link(f"{root}/?f=html", "alternate", HTML, "Dit document als pagina"),
            link(f"{root}/api", "service-desc", OPENAPI, "Beschrijving voor programma’s (OpenAPI 3.0)"),
            link(f"{root}/api?f=html", "service-doc", HTML, "Beschrijving om te lezen"),
            link(f"{root}/conformance", "conformance", JSON, "Aan welke normen dit voldoet"),
            link(f"{root}/collections", "data", JSON, "De kaartlagen"),
        ],
    }


def conformance(root: str) -> dict[str, Any]:
    return {
        "conformsTo": CONFORMANCE,
        "links": [
            link(f"{root}/conformance", "self", JSON),
            link(f"{root}/conformance?f=html", "alternate", HTML),
        ],
    }


def moment(value: datetime | None) -> str | None:
    """A date-time as the features have it: UTC, with Z."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def collection(root: str, collectie: Collectie, omvang: Omvang) -> dict[str, Any]:
    """One collection: the same in the list and alone."""
    here = collection_address(root, collectie)
    licence = collectie.licentie
    links = [
        link(here, "self", JSON, collectie.titel),
        link(f"{here}?f=html", "alternate", HTML, f"{collectie.titel} als pagina"),
        link(f"{here}/items", "items", GEOJSON, f"{collectie.titel} als GeoJSON"),
        link(f"{here}/items?f=html", "items", HTML, f"{collectie.titel} als lijst"),
        *(
            link(f"{here}/bestand/{kind}", "enclosure", type, f"Alles als {name}")
            for kind, (type, name) in FILES.items()
        ),
    ]
    if licence.url:
        links.append(link(licence.url, "license", HTML, licence.naam))
    return {
        "id": collectie.id,
        "title": collectie.titel,
        "description": collectie.omschrijving,
        "attribution": licence.bronvermelding,
        "itemType": "feature",
        "extent": {
            "spatial": {"bbox": [list(omvang.kader or GENK)], "crs": CRS84},
            "temporal": {"interval": [[moment(omvang.van), moment(omvang.tot)]], "trs": GREGORIAN},
        },
        "crs": list(STELSELS),
        "storageCrs": CRS84,
        "links": links,
    }


def collections(root: str, found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "links": [
            link(f"{root}/collections", "self", JSON, "De kaartlagen"),
            link(f"{root}/collections?f=html", "alternate", HTML, "De kaartlagen als pagina"),
        ],
        "collections": list(found),
    }


def items_links(root: str, collectie: Collectie, query: Mapping[str, str], following: Any) -> list[Link]:
    """The links of a page; `following` is the key of its last thing when there are more."""
    here = f"{collection_address(root, collectie)}/items"
    rest = {name: value for name, value in query.items() if name != "f"}
    links = [
        link(address(here, query), "self", GEOJSON, "Deze bladzijde"),
        link(address(here, rest, f="html"), "alternate", HTML, "Deze bladzijde om te lezen"),
        link(collection_address(root, collectie), "collection", JSON, collectie.titel),
    ]
    if following is not None:
        onward = {name: value for name, value in query.items() if name not in ("offset", "na")}
        links.append(link(address(here, onward, na=following), "next", GEOJSON, "De volgende bladzijde"))
    return links


def feature_links(root: str, collectie: Collectie, sleutel: Any, query: Mapping[str, str]) -> list[Link]:
    here = f"{collection_address(root, collectie)}/items/{quoted(sleutel)}"
    rest = {name: value for name, value in query.items() if name != "f"}
    return [
        link(address(here, query), "self", GEOJSON),
        link(address(here, rest, f="html"), "alternate", HTML),
        link(collection_address(root, collectie), "collection", JSON, collectie.titel),
    ]


def dumps(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
