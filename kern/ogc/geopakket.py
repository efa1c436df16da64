"""A GeoPackage (OGC 12-128r18, version 1.3), written with SQLite alone: one table of features."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from pyproj import CRS

from .registry import Collectie
from .vormen import Soort

APPLICATION_ID = 0x47504B47  # "GPKG"
VERSION = 10300
TYPES = {
    Soort.TEKST: "TEXT",
    Soort.GEHEEL: "INTEGER",
    Soort.GETAL: "REAL",
    Soort.JANEE: "BOOLEAN",
    Soort.DAG: "DATE",
    Soort.MOMENT: "DATETIME",
}
WKB = {"Point": 1, "LineString": 2, "Polygon": 3, "MultiPolygon": 6}

_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
"""


def write(path: Path, collectie: Collectie, features: Iterable[dict[str, Any]], *, epsg: int, at: datetime) -> int:
    """Write the features (GeoJSON, east or longitude first) to a new file; how many there are."""
    table, name = collectie.id, collectie.geometrie.soort
    columns = ["id", "plaats", *(row.naam for row in collectie.eigenschappen)]
    if len({column.lower() for column in columns}) != len(columns):
        raise ValueError(f"{collectie.id}: columns of a GeoPackage differ in more than capitals")
    box, count = _Box(), 0
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute(f"PRAGMA user_version = {VERSION}")
        # Nobody reads the file before it is whole.
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        file.executescript(_TABLES)
        file.execute("BEGIN")
        _reference_systems(file, epsg)
        kinds = ", ".join(f"{_quoted(row.naam)} {TYPES[row.soort]}" for row in collectie.eigenschappen)
        file.execute(
            f"CREATE TABLE {_quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT NOT NULL, "
            f"plaats {name.upper()}{', ' if kinds else ''}{kinds})"
        )
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {_quoted(table)} ({', '.join(map(_quoted, columns))}) VALUES ({marks})"  # noqa: S608

        def rows() -> Iterator[list[Any]]:
            nonlocal count
            for feature in features:
                count += 1
                blob = geometry_blob(feature["geometry"], epsg, box)
                values = (_value(feature["properties"][row.naam], row.soort) for row in collectie.eigenschappen)
                yield list(chain([str(feature["id"]), blob], values))

        file.executemany(insert, rows())
        stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        about = (table, "features", collectie.titel, collectie.omschrijving, stamp, *box.sides(), epsg)
        file.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", about)
        file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'plaats', ?, ?, 0, 0)", (table, name.upper(), epsg))
        file.execute("COMMIT")
    return count


def _reference_systems(file: sqlite3.Connection, epsg: int) -> None:
    rows = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ]
    for number in sorted({4326, epsg}):
        crs = CRS.from_epsg(number)
        rows.append((crs.name, number, "EPSG", number, crs.to_wkt("WKT1_GDAL"), ""))
    file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any, soort: Soort) -> Any:
    if value is None:
        return None
    if soort is Soort.JANEE:
        return int(value)
    if soort is Soort.DAG:
        return value[:10]
    if soort is Soort.MOMENT:
        return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value


class _Box:
    """The box around everything that was written."""

    def __init__(self) -> None:
        self.west = self.south = float("inf")
        self.east = self.north = float("-inf")

    def add(self, other: _Box) -> None:
        self.west, self.south = min(self.west, other.west), min(self.south, other.south)
        self.east, self.north = max(self.east, other.east), max(self.north, other.north)

    def take(self, coordinates: Any) -> _Box:
        if isinstance(coordinates[0], (int, float)):
            x, y = coordinates[:2]
            self.west, self.south = min(self.west, x), min(self.south, y)
            self.east, self.north = max(self.east, x), max(self.north, y)
        else:
            for part in coordinates:
                self.take(part)
        return self

    def sides(self) -> tuple[float | None, ...]:
        return (self.west, self.south, self.east, self.north) if self.west <= self.east else (None,) * 4


def geometry_blob(geometry: dict[str, Any] | None, srs: int, whole: _Box | None = None) -> bytes | None:
    """A geometry as a GeoPackage stores it: its header, the box around it unless it is a point, and WKB."""
    if geometry is None:
        return None
    box = _Box().take(geometry["coordinates"])
    if whole is not None:
        whole.add(box)
    has_box = geometry["type"] != "Point"
    head = struct.pack("<2sBBi", b"GP", 0, 0b11 if has_box else 0b01, srs)
    envelope = struct.pack("<4d", box.west, box.east, box.south, box.north) if has_box else b""
    return head + envelope + _wkb(geometry["type"], geometry["coordinates"])


def _wkb(type: str, coordinates: Any) -> bytes:
    head = struct.pack("<BI", 1, WKB[type])
    match type:
        case "Point":
            return head + struct.pack("<2d", *coordinates)
        case "LineString":
            return head + _points(coordinates)
        case "Polygon":
            return head + struct.pack("<I", len(coordinates)) + b"".join(map(_points, coordinates))
        case _:
            parts = (_wkb("Polygon", part) for part in coordinates)
            return head + struct.pack("<I", len(coordinates)) + b"".join(parts)


def _points(coordinates: Any) -> bytes:
    numbers = [number for point in coordinates for number in point[:2]]
    return struct.pack(f"<I{len(numbers)}d", len(coordinates), *numbers)


def box_of(geometry: dict[str, Any]) -> tuple[float, ...]:
    """The box around a geometry: west, south, east, north."""
    return tuple(side for side in _Box().take(geometry["coordinates"]).sides() if side is not None)
