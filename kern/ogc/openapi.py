"""The description of the service for programs: OpenAPI 3.0, from the collections themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from . import registry
from .documenten import DESCRIPTION, GEOJSON, HTML, JSON, OPENAPI, TITLE
from .parameters import LIMIT, MAX_LIMIT, has_number_keys
from .registry import Collectie, Eigenschap
from .stelsels import CRS84, STELSELS
from .vormen import Soort

_TYPES: dict[Soort, dict[str, Any]] = {
    Soort.TEKST: {"type": "string"},
    Soort.GEHEEL: {"type": "integer"},
    Soort.GETAL: {"type": "number"},
    Soort.JANEE: {"type": "boolean"},
    Soort.DAG: {"type": "string", "format": "date"},
    Soort.MOMENT: {"type": "string", "format": "date-time"},
}
_OBJECT = {"type": "object"}
_FEATURE_ID = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "description": "De sleutel (id) van het ding.",
    "schema": {"type": "string"},
}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


def document(root: str, found: Iterable[Collectie]) -> dict[str, Any]:
    """The whole description, of these collections, with every path relative to `root`."""
    paths: dict[str, Any] = {
        "/": {"get": _operation("landing", "Waar alles begint", "landing", [], JSON)},
        "/conformance": {"get": _operation("conformance", "Aan welke normen dit voldoet", "conformance", [], JSON)},
        "/api": {"get": _operation("api", "Deze beschrijving", "api", [], OPENAPI)},
        "/collections": {"get": _operation("collections", "De kaartlagen", "collections", [], JSON)},
    }
    schemas = _schemas()
    for collectie in found:
        here = f"/collections/{collectie.id}"
        name = collectie.id.replace("-", "_")
        schemas[f"{name}_feature"] = _feature_schema(collectie)
        schemas[f"{name}_items"] = _items_schema(f"{name}_feature")
        about = {"missing": True, "tag": collectie.id}
        alone = _operation(f"{name}.collection", collectie.titel, "collection", [], JSON, **about)
        page = f"{collectie.titel}: een bladzijde"
        parameters = _item_parameters(collectie)
        items = _operation(f"{name}.items", page, f"{name}_items", parameters, GEOJSON, **about)
        one = f"{collectie.titel}: één ervan"
        parameters = [_FEATURE_ID, {"$ref": "#/components/parameters/crs"}]
        thing = _operation(f"{name}.feature", one, f"{name}_feature", parameters, GEOJSON, **about)
        paths |= {here: {"get": alone}, f"{here}/items": {"get": items}, f"{here}/items/{{featureId}}": {"get": thing}}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": TITLE,
            "description": DESCRIPTION,
            "version": "1.0.0",
            "contact": {"name": "Stad Genk", "url": "https://www.genk.be"},
        },
        "servers": [{"url": root}],
        "tags": [{"name": "dienst", "description": "De dienst zelf"}]
        + [{"name": row.id, "description": row.omschrijving} for row in found],
        "paths": paths,
        "components": {"parameters": _parameters(), "schemas": schemas, "responses": _responses()},
    }


def _operation(
    id: str, summary: str, schema: str, parameters: list[Any], type: str, *, missing: bool = False, tag: str = "dienst"
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": "Het antwoord",
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {
            type: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            HTML: {"schema": {"type": "string"}},
        },
    }
    if type == GEOJSON:
        answer["headers"]["Content-Crs"] = {"schema": {"type": "string"}, "description": "Het stelsel, tussen < en >."}
    refusals = ["400", *(["404"] if missing else []), "default"]
    return {
        "operationId": id,
        "summary": summary,
        "tags": [tag],
        "parameters": [*parameters, {"$ref": "#/components/parameters/f"}],
        "responses": {
            "200": answer,
            "304": {"$ref": "#/components/responses/unchanged"},
            **{status: {"$ref": f"#/components/responses/{_REFUSALS[status]}"} for status in refusals},
        },
    }


_REFUSALS = {"400": "invalid", "404": "missing", "default": "other"}


def _responses() -> dict[str, Any]:
    content = {
        JSON: {"schema": {"$ref": "#/components/schemas/exception"}},
        HTML: {"schema": {"type": "string"}},
    }
    words = {
        "invalid": "Een parameter bestaat niet, of haar waarde klopt niet.",
        "missing": "Dit bestaat niet, of het is niet voor wie het vraagt.",
        "other": "Elke andere fout.",
    }
    return {
        "unchanged": {"description": "Niets veranderd sinds dat antwoord."},
        **{name: {"description": text, "content": content} for name, text in words.items()},
    }


def _parameters() -> dict[str, Any]:
    crs = {"type": "string", "format": "uri", "enum": list(STELSELS), "default": CRS84}

    def query(name: str, description: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": False, "description": description, "schema": schema, **more}

    form = {"style": "form", "explode": False}
    return {
        "f": query("f", "json of html; anders wat de Accept-kop vraagt.", {"type": "string", "enum": ["json", "html"]}),
        "limit": query(
            "limit",
            f"Hoeveel op een bladzijde. Meer dan {MAX_LIMIT} wordt {MAX_LIMIT}.",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": LIMIT},
            **form,
        ),
        "offset": query(
            "offset",
            "Hoeveel er overgeslagen worden. Volg liever de link next: die kost op elke bladzijde even weinig.",
            {"type": "integer", "minimum": 0, "default": 0},
            **form,
        ),
        "bbox": query(
            "bbox",
            "Alleen wat in of op dit kader ligt, en wat geen plaats heeft: vier getallen in de volgorde van bbox-crs.",
            {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
            **form,
        ),
        "bbox-crs": query("bbox-crs", "Het stelsel van bbox.", crs, **form),
        "crs": query("crs", "Het stelsel van de coördinaten in het antwoord.", crs, **form),
        "datetime": query(
            "datetime",
            "Alleen wat op dit moment of in dit interval valt, en wat geen tijd heeft: 2026-07-23T14:00:00Z, "
            "2026-01-01T00:00:00Z/.. of ../2026-12-31T23:59:59Z.",
            {"type": "string"},
            **form,
        ),
    }


def _item_parameters(collectie: Collectie) -> list[dict[str, Any]]:
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in ("limit", "offset")]
    place = [{"$ref": f"#/components/parameters/{name}"} for name in ("bbox", "bbox-crs", "crs", "datetime")]
    after = {
        "name": "na",
        "in": "query",
        "required": False,
        "description": "Begin na het ding met deze sleutel. De link next vult dit in.",
        "schema": _key_schema(collectie),
        "style": "form",
        "explode": False,
    }
    return [*shared, after, *place, *map(_filter, collectie.filters)]


def _filter(row: Eigenschap) -> dict[str, Any]:
    return {
        "name": row.naam,
        "in": "query",
        "required": False,
        "description": f"{row.titel}: alleen wat precies deze waarde heeft.",
        "schema": _value_schema(row),
        "style": "form",
        "explode": False,
    }


def _value_schema(row: Eigenschap) -> dict[str, Any]:
    schema = dict(_TYPES[row.soort])
    if row.keuzes:
        schema["enum"] = [int(code) if row.soort is Soort.GEHEEL else code for code, _words in row.keuzes]
    return schema


def _key_schema(collectie: Collectie) -> dict[str, Any]:
    return {"type": "integer", "format": "int64"} if has_number_keys(collectie) else {"type": "string"}


def _feature_schema(collectie: Collectie) -> dict[str, Any]:
    properties = {}
    for row in collectie.eigenschappen:
        schema = _TYPES[Soort.MOMENT] if row.naam == collectie.tijd else _value_schema(row)
        words = "; ".join(f"{code}: {text}" for code, text in row.keuzes if code != text)
        about = ". ".join(part.rstrip(".") for part in (row.uitleg, words) if part)
        properties[row.naam] = {
            **schema,
            # An empty value is allowed wherever there is a list of values too.
            **({"enum": [*schema["enum"], None]} if "enum" in schema else {}),
            "nullable": True,
            "title": row.titel,
            **({"description": about} if about else {}),
        }
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": _key_schema(collectie),
            "geometry": {"allOf": [{"$ref": f"#/components/schemas/{collectie.geometrie.soort}"}], "nullable": True},
            "properties": {"type": "object", "properties": properties},
            "links": _LINKS,
        },
    }


def _items_schema(feature: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "features", "links", "timeStamp", "numberMatched", "numberReturned"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": f"#/components/schemas/{feature}"}},
            "links": _LINKS,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    }


def _geometry(name: str, depth: int) -> dict[str, Any]:
    coordinates: dict[str, Any] = {"type": "number"}
    for _ in range(depth):
        coordinates = {"type": "array", "items": coordinates}
    return {
        "type": "object",
        "nullable": True,
        "required": ["type", "coordinates"],
        "properties": {"type": {"type": "string", "enum": [name]}, "coordinates": coordinates},
    }


def _schemas() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "link": {
            "type": "object",
            "required": ["href", "rel", "type"],
            "properties": {"href": text, "rel": text, "type": text, "title": text},
        },
        "exception": {
            "type": "object",
            "required": ["code", "description"],
            "properties": {"code": text, "description": text},
        },
        "landing": {
            "type": "object",
            "required": ["links"],
            "properties": {"title": text, "description": text, "attribution": text, "links": _LINKS},
        },
        "conformance": {
            "type": "object",
            "required": ["conformsTo"],
            "properties": {"conformsTo": {"type": "array", "items": text}, "links": _LINKS},
        },
        "api": _OBJECT,
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": _LINKS,
                "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
            },
        },
        "collection": {
            "type": "object",
            "required": ["id", "links"],
            "properties": {
                **dict.fromkeys(("id", "title", "description", "attribution", "itemType", "storageCrs"), text),
                "extent": _OBJECT,
                "crs": {"type": "array", "items": text},
                "links": _LINKS,
            },
        },
        "Point": _geometry("Point", 1),
        "LineString": _geometry("LineString", 2),
        "Polygon": _geometry("Polygon", 3),
        "MultiPolygon": _geometry("MultiPolygon", 4),
    }


def to_read(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The same description for a page: every address with its parameters."""
    shared = found["components"]["parameters"]

    def parameter(row: dict[str, Any]) -> dict[str, Any]:
        whole = shared[row["$ref"].rpartition("/")[2]] if "$ref" in row else row
        return {"naam": whole["name"], "uitleg": whole["description"], "keuzes": whole["schema"].get("enum", [])}

    return [
        {"pad": path, "titel": row["get"]["summary"], "parameters": [parameter(p) for p in row["get"]["parameters"]]}
        for path, row in found["paths"].items()
    ]


EXAMPLE = "https://wijk.genk.example/ogc"


def as_yaml() -> str:
    """The description of what is there for everybody, as docs/ogc.yaml keeps it."""
    found = document(EXAMPLE, [row for row in registry.alle() if not row.voor_staf])
    return yaml.dump(found, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=140)


class _Plain(yaml.SafeDumper):
    """Everything written out: a reader of the file need not follow anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
