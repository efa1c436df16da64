"""The clients that people use, against the service as it runs: GDAL's driver (in QGIS too) and OWSLib.

GDAL is Debian's `gdal-bin`, for these tests alone: nothing of the portal needs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime

import pytest
from owslib.ogcapi.features import Features
from pyproj import Transformer

from kern.ogc import bestanden, queries, registry
from kern.ogc.registry import Beller
from kern.ogc.stelsels import EPSG, STELSELS
from toegankelijkheid.models import Knelpunt

from .conftest import NASTY, make_knelpunten

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
COUNT = 2300


@pytest.fixture
def gdal():
    """Run a program of GDAL and give what it says. Missing, it fails the run on CI and skips elsewhere."""
    if not shutil.which("ogrinfo"):
        reason = "ogrinfo is missing: apt-get install gdal-bin"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)

    def run(program: str, *arguments: str) -> str:
        command = [program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert "ERROR" not in done.stderr, done.stderr
        return done.stdout

    return run


@pytest.fixture
def service(live_server) -> str:
    make_knelpunten(COUNT)
    return f"OAPIF:{live_server.url}/ogc/"


def count_of(text: str) -> int:
    return int(re.search(r"Feature Count: (\d+)", text)[1])


def test_gdal_lists_the_layers_and_counts(gdal, service):
    layers = gdal("ogrinfo", "-so", service)
    for name in ("wijken", "meldingen", "woonzorgzones", "screeningsobjecten", "knelpunten", "goede-voorbeelden"):
        assert f": {name} (title: " in layers
    about = gdal("ogrinfo", "-so", service, "knelpunten", "-oo", "PAGE_SIZE=1000")
    assert count_of(about) == COUNT
    assert 'GEOGCRS["WGS 84"' in about
    assert "vastgesteld_op: DateTime" in about


def test_gdal_downloads_everything_page_by_page_and_each_once(gdal, service, tmp_path):
    for size in (1000, 300):
        path = tmp_path / f"alles-{size}.geojson"
        gdal("ogr2ogr", "-f", "GeoJSON", path, service, "knelpunten", "-oo", f"PAGE_SIZE={size}")
        rows = json.loads(path.read_text())["features"]
        titles = sorted(row["properties"]["titel"] for row in rows)
        assert titles == sorted(Knelpunt.objects.values_list("titel", flat=True))
        assert rows[0]["properties"]["omschrijving"] == NASTY


def test_gdal_asks_for_a_box_and_for_a_value(gdal, service):
    box = gdal("ogrinfo", "-so", service, "knelpunten", "-spat", 5.40, 50.93, 5.41, 50.94, "-oo", "PAGE_SIZE=1000")
    # GDAL itself leaves out again what has no place.
    inside = Knelpunt.objects.filter(plaats__binnen_kader=(5.40, 50.93, 5.41, 50.94)).count()
    assert inside > 10
    assert count_of(box) in (inside, inside + Knelpunt.objects.filter(plaats__isnull=True).count())
    asked = gdal("ogrinfo", "-so", service, "knelpunten", "-where", "ernst = 2 AND onderwerp = 'halte'")
    assert count_of(asked) == Knelpunt.objects.filter(ernst=2, onderwerp="halte").count() > 50


def test_gdal_projects_to_lambert_72(gdal, service, tmp_path):
    path = tmp_path / "lambert.geojson"
    gdal(
        "ogr2ogr", "-f", "GeoJSON", path, service, "knelpunten", "-t_srs", "EPSG:31370", "-lco", "RFC7946=NO",
        "-where", "ernst = 3", "-oo", "PAGE_SIZE=1000",
    )  # fmt: skip
    to = Transformer.from_crs(4326, 31370, always_xy=True).transform
    rows = [row for row in json.loads(path.read_text())["features"] if row["geometry"]]
    assert len(rows) > 400
    for row in rows[:50]:
        place = Knelpunt.objects.get(titel=row["properties"]["titel"]).plaats
        assert row["geometry"]["coordinates"] == pytest.approx(to(*place), abs=1.5)


def test_owslib_reads_collections_pages_and_features(service):
    client = Features(service.removeprefix("OAPIF:"))
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in client.conformance()["conformsTo"]
    assert "knelpunten" in client.feature_collections()
    assert client.collection("wijken")["itemType"] == "feature"
    assert "/collections/knelpunten/items" in client.api()["paths"]
    seen: list[int] = []
    while len(seen) < COUNT:
        page = client.collection_items("knelpunten", limit=500, offset=len(seen))
        assert page["numberMatched"] == COUNT
        seen += [row["id"] for row in page["features"]]
    assert len(set(seen)) == COUNT
    some = client.collection_items("knelpunten", bbox=[5.40, 50.93, 5.41, 50.94], ernst=2, limit=5)
    assert {row["properties"]["ernst"] for row in some["features"]} == {2}
    assert client.collection_item("knelpunten", str(seen[0]))["properties"]["titel"] == "Knelpunt 0"


def test_gdal_reads_the_files_that_we_write(gdal, service, tmp_path):
    """The GeoPackage of a selection, in degrees and in Lambert 72, and the CSV beside it."""
    beller = Beller(datetime.now(UTC).date())
    row = registry.zoek("knelpunten", beller)
    to = Transformer.from_crs(4326, 31370, always_xy=True).transform
    for stelsel in (STELSELS["http://www.opengis.net/def/crs/OGC/1.3/CRS84"], STELSELS[f"{EPSG}31370"]):
        vraag = bestanden.Vraag(stelsel=stelsel)
        path = tmp_path / f"{stelsel.epsg}.gpkg"
        pieces = queries.pieces(row, beller, vraag, None, None)
        with bestanden.make("gpkg", row, pieces, stelsel, datetime.now(UTC)) as file:
            path.write_bytes(file.read())
        about = gdal("ogrinfo", "-so", path, "knelpunten")
        assert count_of(about) == COUNT
        assert f'ID["EPSG",{stelsel.epsg}]' in about
        for line in ("Geometry: Point", "titel: String", "ernst: Integer64", "gemeten: Real", "vastgesteld_op: Date"):
            assert line in about
        copy = tmp_path / f"{stelsel.epsg}.geojson"
        gdal("ogr2ogr", "-f", "GeoJSON", copy, path, "knelpunten", "-lco", "RFC7946=NO")
        found = json.loads(copy.read_text())["features"]
        first = next(feature for feature in found if feature["geometry"])
        place = Knelpunt.objects.get(pk=int(first["properties"]["id"])).plaats
        wanted = place if stelsel.epsg == 4326 else to(*place)
        assert first["geometry"]["coordinates"] == pytest.approx(wanted, abs=0.001)
        assert found[0]["properties"]["omschrijving"] == NASTY
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
