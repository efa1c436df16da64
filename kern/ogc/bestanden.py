"""A selection of a collection as a file: GeoJSON, CSV, a workbook or a GeoPackage."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from kern.documenten import werkblad

from . import documenten, geopakket
from .parameters import Vraag
from .queries import Bladzij
from .registry import Collectie, Eigenschap
from .stelsels import CRS84, EPSG, STELSELS, Stelsel, project
from .vormen import Soort

LARGE = 20_000
"""More than this is too long to wait for where a file is only there when it is whole."""
WHOLE = ("xlsx", "gpkg")
"""The forms that are only there when they are whole."""

Feature = dict[str, Any]


def fitting(vraag: Vraag, vorm: str) -> Vraag:
    """The same selection in a system that this form can have.

    Tables have degrees and Lambert 72 beside each other; a GeoPackage has the longitude first always.
    """
    if vorm in ("csv", "xlsx") or (vorm == "gpkg" and vraag.stelsel.lat_first):
        return replace(vraag, stelsel=STELSELS[CRS84])
    return vraag


def features_of(pieces: Iterable[Bladzij]) -> Iterator[Feature]:
    """The things themselves, a piece at a time in memory."""
    for piece in pieces:
        yield from json.loads(f"[{piece.features}]")


def geojson(pieces: Iterable[Bladzij]) -> Iterator[str]:
    """One FeatureCollection, as it is read."""
    yield '{"type":"FeatureCollection","features":['
    begun = False
    for piece in pieces:
        if piece.features:
            yield f",{piece.features}" if begun else piece.features
            begun = True
    yield "]}"


def header(collectie: Collectie, *, with_shape: bool) -> list[str]:
    """The columns of a table."""
    place = ["lengtegraad", "breedtegraad", "x (Lambert 72)", "y (Lambert 72)"]
    return ["id", *(row.titel for row in collectie.eigenschappen), *place, *(["omtrek (WKT)"] if with_shape else [])]


def rows(collectie: Collectie, pieces: Iterable[Bladzij], *, with_shape: bool) -> Iterator[list[werkblad.Cel]]:
    """The rows of a table: days are days, numbers are numbers. What is no point has the middle of its box."""
    lambert = STELSELS[f"{EPSG}31370"]
    for piece in pieces:
        features: list[Feature] = json.loads(f"[{piece.features}]")
        points = [_middle(feature["geometry"]) for feature in features]
        metres = project(points, lambert)
        for feature, point, metre in zip(features, points, metres, strict=True):
            place = [*point["coordinates"], *metre["coordinates"]] if point else [None] * 4
            values = [_cell(row, feature["properties"][row.naam]) for row in collectie.eigenschappen]
            yield [feature["id"], *values, *place, *([wkt(feature["geometry"])] if with_shape else [])]


def _cell(row: Eigenschap, value: Any) -> werkblad.Cel:
    if value is None:
        return None
    if row.soort is Soort.DAG:
        return date.fromisoformat(value[:10])
    if row.soort is Soort.MOMENT:
        return datetime.fromisoformat(value)
    found: werkblad.Cel = value
    return found


def _middle(geometry: Any) -> Any:
    if geometry is None or geometry["type"] == "Point":
        return geometry
    west, south, east, north = geopakket.box_of(geometry)
    return {"type": "Point", "coordinates": [round((west + east) / 2, 7), round((south + north) / 2, 7)]}


def wkt(geometry: Any) -> str:
    """A geometry as well-known text; empty for none."""
    if geometry is None:
        return ""

    def numbers(part: Any) -> str:
        if isinstance(part[0], (int, float)):
            return f"{part[0]} {part[1]}"
        return f"({', '.join(map(numbers, part))})"

    text = numbers(geometry["coordinates"])
    return f"{geometry['type'].upper()} {text if text.startswith('(') else f'({text})'}"


def make(vorm: str, collectie: Collectie, pieces: Iterable[Bladzij], stelsel: Stelsel, at: datetime) -> IO[bytes]:
    """A file that is whole, open at its begin and gone when it is closed."""
    if vorm == "xlsx":
        head = header(collectie, with_shape=False)
        return werkblad.xlsx_file(head, rows(collectie, pieces, with_shape=False), title=collectie.titel)
    with tempfile.TemporaryDirectory(prefix="kaartlaag-") as folder:
        path = Path(folder) / "kaartlaag.gpkg"
        geopakket.write(path, collectie, features_of(pieces), epsg=stelsel.epsg, at=at)
        return path.open("rb")  # on this system the file stays readable when its name is gone


def csv(collectie: Collectie, pieces: Iterable[Bladzij]) -> Iterator[bytes]:
    """The table as CSV, as it is read."""
    with_shape = collectie.geometrie.soort != "Point"
    return werkblad.csv_bytes(header(collectie, with_shape=with_shape), rows(collectie, pieces, with_shape=with_shape))


def file_name(collectie: Collectie, vorm: str, on: date) -> str:
    return f"{collectie.id}-{on.isoformat()}.{vorm}"


def type_of(vorm: str) -> str:
    return documenten.FILES[vorm][0]
