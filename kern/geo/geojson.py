"""Outlines and places to and from GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .rings import contains, oriented
from .vormen import Punt, Ring, close_ring

MEDIA_TYPE = "application/geo+json"


@dataclass(frozen=True)
class Deel:
    """A part of an outline with its holes."""

    ring: Ring
    gaten: tuple[Ring, ...] = ()


def point(punt: Punt, decimals: int = 6) -> dict[str, Any]:
    """A place as a GeoJSON geometry."""
    return {"type": "Point", "coordinates": [round(punt.lon, decimals), round(punt.lat, decimals)]}


def outline(rings: Iterable[tuple[Ring, bool]], decimals: int = 6) -> dict[str, Any] | None:
    """Rings (ring, is it a hole) as one geometry: holes go with the part they lie in; None without parts.

    Rings come out closed and by the right-hand rule, five decimals being about a metre.
    """
    rows = list(rings)
    parts = [[ring] for ring, is_hole in rows if not is_hole]
    for ring, is_hole in rows:
        home = next((part for part in parts if contains(part[0], ring[0])), None) if is_hole else None
        if home is not None:
            home.append(ring)
    coordinates = [
        [_coordinates(ring, outer=place == 0, decimals=decimals) for place, ring in enumerate(part)] for part in parts
    ]
    if not coordinates:
        return None
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def feature(identifier: Any, geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    """One thing on the map with what is known of it."""
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def feature_collection(features: Iterable[dict[str, Any]], **members: Any) -> dict[str, Any]:
    """Features as one document."""
    return {"type": "FeatureCollection", "features": list(features), **members}


def read_parts(geometry: Any) -> list[Deel]:
    """The parts of a Polygon or MultiPolygon, in the numbers of the file. ValueError, in plain Dutch, when neither."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("dit is geen vlak (Polygon of MultiPolygon)")
    polygons = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    if not isinstance(polygons, list) or not polygons or not all(isinstance(p, list) and p for p in polygons):
        raise ValueError("er staan geen coördinaten in")
    return [Deel(_read_ring(polygon[0]), tuple(map(_read_ring, polygon[1:]))) for polygon in polygons]


def _read_ring(rows: Any) -> Ring:
    try:
        return tuple(Punt(float(row[0]), float(row[1])) for row in rows)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ValueError("niet elk punt is een paar getallen") from error


def _coordinates(ring: Sequence[Punt], *, outer: bool, decimals: int) -> list[list[float]]:
    rounded: list[list[float]] = []
    for punt in close_ring(oriented(ring, counter_clockwise=outer)):
        pair = [round(punt.lon, decimals), round(punt.lat, decimals)]
        if not rounded or rounded[-1] != pair:
            rounded.append(pair)
    return rounded
