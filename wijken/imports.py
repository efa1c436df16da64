"""Reading files with wijken and streets: what is in them, and what is wrong with them, told in plain Dutch."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from kern.geo import Kader, Punt, rings
from kern.geo.geojson import Deel, read_parts
from kern.geo.lambert import BELGIUM, GENK, Stelsel, format_coordinates, recognise, to_wgs84

CODE_KEYS = ("code", "gebiedcode", "gebiedscode", "wijkcode", "id")
NAME_KEYS = ("naam", "name", "wijknaam", "gebied", "wijk")
OVERLAP_KM2 = 0.01
MAX_CODE, MAX_NAME, MAX_STREET = 12, 80, 120


class ImportRefused(Exception):
    """Nothing was imported. `problemen` has one line for each problem."""

    def __init__(self, problemen: list[str]) -> None:
        super().__init__("\n".join(problemen))
        self.problemen = problemen


@dataclass(frozen=True)
class Omtrek:
    """A wijk as the file draws it, in WGS84. Rings are open: the closing point is left out."""

    code: str
    naam: str
    delen: tuple[Deel, ...]

    @property
    def ringen(self) -> list[tuple[rings.Ring, bool]]:
        """Every ring with whether it is a hole."""
        return [row for deel in self.delen for row in [(deel.ring, False), *((gat, True) for gat in deel.gaten)]]

    @property
    def oppervlakte_km2(self) -> float:
        return round(sum((-1 if is_gat else 1) * rings.area_km2(ring) for ring, is_gat in self.ringen), 3)

    @property
    def middelpunt(self) -> Punt:
        """The centre of the largest part, or a place inside it when its centre lies outside."""
        ring = max((deel.ring for deel in self.delen), key=rings.area_km2)
        centre = rings.centroid(ring)
        return centre if rings.contains(ring, centre) else rings.inner_point([ring])


@dataclass(frozen=True)
class Straatregel:
    """A street of the file, in WGS84."""

    naam: str
    plaats: Punt


@dataclass
class Gelezen:
    """What a file holds; `problemen` stop the import, `waarschuwingen` do not."""

    omtrekken: list[Omtrek] = field(default_factory=list)
    stelsel: Stelsel | None = None
    problemen: list[str] = field(default_factory=list)
    waarschuwingen: list[str] = field(default_factory=list)


def read_outlines(text: str) -> Gelezen:
    """Read and check a GeoJSON FeatureCollection of wijken in WGS84, Lambert 72 or Lambert 2008."""
    read = Gelezen()
    try:
        document = json.loads(text.removeprefix("\ufeff"))
        features = document["features"]
    except (ValueError, TypeError, KeyError):
        read.problemen.append("Het bestand is geen GeoJSON-verzameling (FeatureCollection).")
        return read
    if not isinstance(features, list) or not features:
        read.problemen.append("Het bestand bevat geen enkele wijk.")
        return read
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    systems: dict[Stelsel, int] = {}
    for number, row in enumerate(features, 1):
        code, naam = _property(row, CODE_KEYS), _property(row, NAME_KEYS)
        where = f"Wijk {number} ({naam or code or 'zonder naam'})"
        problems = [*_check_label("code", code, MAX_CODE, codes), *_check_label("naam", naam, MAX_NAME, names)]
        codes.setdefault(code, number)
        names.setdefault(naam, number)
        try:
            raw = read_parts(row.get("geometry") if isinstance(row, dict) else None)
        except ValueError as error:
            problems.append(str(error))
        else:
            problems += _check_rings(raw)
            stelsel = _system(raw)
            if stelsel is None:
                problems.append("de coördinaten liggen niet in België, of niet allemaal in hetzelfde stelsel")
            else:
                systems.setdefault(stelsel, number)
                delen = _to_wgs84(raw, stelsel)
                problems += _check_inside_city(delen)
                read.omtrekken.append(Omtrek(code, naam, delen))
        read.problemen += [f"{where}: {problem}." for problem in problems]
    if len(systems) > 1:
        read.problemen.append(
            "Het bestand mengt coördinatenstelsels: "
            + ", ".join(f"{stelsel.name} (vanaf wijk {number})" for stelsel, number in systems.items())
            + "."
        )
    read.stelsel = next(iter(systems), None)
    if not read.problemen:
        read.waarschuwingen += _overlaps(read.omtrekken)
    return read


def read_streets(text: str) -> list[Straatregel]:
    """Read a CSV with a head (naam, lat, lon, or naam, x, y in Lambert), split by ; or by commas.

    ImportRefused with one line for each wrong row; the head is row 1.
    """
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    columns = {name.strip().casefold(): name for name in rows.fieldnames or [] if name}
    pair = next((pair for pair in (("lon", "lat"), ("x", "y")) if set(pair) <= set(columns)), None)
    if "naam" not in columns or pair is None:
        raise ImportRefused(["Rij 1: de kolommen moeten naam, lat en lon heten (of naam, x en y voor Lambert)."])
    streets: list[Straatregel] = []
    problems: list[str] = []
    for row in rows:
        number = rows.line_num
        if not any(str(value or "").strip() for value in row.values()):
            continue
        try:
            streets.append(_read_street(row, columns, pair))
        except ValueError as error:
            problems.append(f"Rij {number}: {error}.")
    if not streets and not problems:
        problems.append("Het bestand bevat geen enkele straat.")
    if problems:
        raise ImportRefused(problems)
    return streets


def _read_street(row: dict[str, Any], columns: dict[str, str], pair: tuple[str, str]) -> Straatregel:
    naam = " ".join(str(row[columns["naam"]] or "").split())
    if not naam:
        raise ValueError("de naam ontbreekt")
    if len(naam) > MAX_STREET:
        raise ValueError(f"de naam is langer dan {MAX_STREET} tekens")
    values = [str(row[columns[key]] or "").strip() for key in pair]
    try:
        x, y = (float(value.replace(",", ".")) for value in values)
    except ValueError:
        raise ValueError(
            f"{pair[0]} en {pair[1]} moeten getallen zijn, er staat “{values[0]}” en “{values[1]}”"
        ) from None
    stelsel = recognise(x, y)
    punt = to_wgs84([(x, y)], stelsel)[0] if stelsel else None
    if punt is None or not _inside(punt, GENK):
        raise ValueError(f"de plaats van {naam} ligt niet in Genk")
    return Straatregel(naam, Punt(round(punt.lon, 6), round(punt.lat, 6)))


def _property(row: Any, keys: Iterable[str]) -> str:
    """The first of these properties that has a value, whatever its case; the id of the feature counts too."""
    if not isinstance(row, dict):
        return ""
    properties = row.get("properties") if isinstance(row.get("properties"), dict) else {}
    known = {"id": row.get("id"), **{str(key).casefold(): value for key, value in properties.items()}}
    return next((" ".join(str(known[key]).split()) for key in keys if known.get(key) not in (None, "")), "")


def _check_label(what: str, value: str, limit: int, seen: dict[str, int]) -> Iterator[str]:
    if not value:
        yield f"de {what} ontbreekt"
    elif len(value) > limit:
        yield f"de {what} is langer dan {limit} tekens"
    elif value in seen:
        yield f"de {what} {value} staat ook al bij wijk {seen[value]}"


def _check_rings(delen: list[Deel]) -> Iterator[str]:
    for part, deel in enumerate(delen, 1):
        for place, ring in enumerate([deel.ring, *deel.gaten]):
            what = f"deel {part}" if place == 0 else f"gat {place} in deel {part}"
            if len(ring) < 4:
                yield f"{what} heeft {len(ring)} punten, een omtrek heeft er minstens 4"
            elif ring[0] != ring[-1]:
                yield f"{what} is niet gesloten: het laatste punt is niet het eerste"
            elif crossing := rings.crossing(ring[:-1]):
                yield f"{what} kruist of raakt zichzelf bij {crossing.lon:g}, {crossing.lat:g}"
            elif place and not all(_inside(p, Kader.of(deel.ring)) for p in ring):
                yield f"{what} ligt niet in dat deel"


def _system(delen: list[Deel]) -> Stelsel | None:
    """The one system in which all points lie in Belgium."""
    punten = [p for deel in delen for ring in (deel.ring, *deel.gaten) for p in ring]
    box = Kader.of(punten) if punten else None
    return next(
        (
            stelsel
            for stelsel, kader in BELGIUM.items()
            if box and _inside(Punt(box.west, box.zuid), kader) and _inside(Punt(box.oost, box.noord), kader)
        ),
        None,
    )


def _to_wgs84(delen: list[Deel], stelsel: Stelsel) -> tuple[Deel, ...]:
    def convert(ring: rings.Ring) -> rings.Ring:
        open_ring = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
        return tuple(Punt(round(p.lon, 7), round(p.lat, 7)) for p in to_wgs84(open_ring, stelsel))

    return tuple(Deel(convert(deel.ring), tuple(map(convert, deel.gaten))) for deel in delen)


def _check_inside_city(delen: tuple[Deel, ...]) -> Iterator[str]:
    margin = 0.01  # about 700 m: a border drawn by another hand
    wide = Kader(GENK.west - margin, GENK.zuid - margin, GENK.oost + margin, GENK.noord + margin)
    for deel in delen:
        far = next((p for p in deel.ring if not _inside(p, wide)), None)
        if far:
            yield f"de omtrek ligt niet helemaal in Genk, bijvoorbeeld bij {format_coordinates(far)}"
            return


def _overlaps(omtrekken: list[Omtrek]) -> Iterator[str]:
    boxes = {o.code: Kader.of(p for deel in o.delen for p in deel.ring) for o in omtrekken}
    for a, b in combinations(omtrekken, 2):
        first, second = boxes[a.code], boxes[b.code]
        if (
            first.oost < second.west
            or second.oost < first.west
            or first.noord < second.zuid
            or second.noord < first.zuid
        ):
            continue
        shared = rings.overlap_km2([r for r, _ in a.ringen], [r for r, _ in b.ringen])
        if shared > OVERLAP_KM2:
            yield f"{a.naam} en {b.naam} overlappen elkaar over {shared:.2f} km².".replace(".", ",", 1)


def _inside(punt: Punt, kader: Kader) -> bool:
    return kader.west <= punt.lon <= kader.oost and kader.zuid <= punt.lat <= kader.noord
