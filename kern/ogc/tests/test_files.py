"""A selection as a file: every form, every kind of geometry, and large ones by a worker."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from kern.ogc import bestanden
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht

from .conftest import EPSG, NASTY

COLLECTIONS = ["wijken", "meldingen", "woonzorgzones", "screeningsobjecten", "screeningslijnen", "knelpunten"]


def content(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_collection_comes_in_every_form(city, collection, tmp_path):
    path = f"/collections/{collection}/bestand"
    features = json.loads(content(city.get(f"{path}/geojson")))["features"]
    assert features == city.items(collection, limit=1000)["features"]
    text = content(city.get(f"{path}/csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["id"] for row in rows] == [str(feature["id"]) for feature in features]
    sheet = load_workbook(io.BytesIO(content(city.get(f"{path}/xlsx")))).active
    assert sheet.max_row == len(features) + 1
    file = tmp_path / "laag.gpkg"
    file.write_bytes(content(city.get(f"{path}/gpkg")))
    with sqlite3.connect(file) as raw:
        (number,) = raw.execute(f'SELECT count(plaats) FROM "{collection}"').fetchone()  # noqa: S608
        assert number == sum(feature["geometry"] is not None for feature in features)


def test_a_file_holds_what_was_chosen_in_the_system_that_was_asked(city):
    chosen = {"ernst": 2, "bbox": "5.39,50.92,5.43,50.94"}
    wanted = city.ids(**chosen)
    path = "/collections/knelpunten/bestand"
    response = city.get(f"{path}/geojson", crs=f"{EPSG}31370", **chosen)
    assert response["Content-Crs"] == f"<{EPSG}31370>"
    assert response["Content-Disposition"].startswith('attachment; filename="knelpunten-')
    features = json.loads(content(response))["features"]
    assert {feature["id"] for feature in features} == wanted
    assert any(feature["geometry"] and feature["geometry"]["coordinates"][0] > 200_000 for feature in features)
    rows = list(
        csv.DictReader(io.StringIO(content(city.get(f"{path}/csv", **chosen)).decode("utf-8-sig")), delimiter=";")
    )
    assert {int(row["id"]) for row in rows} == wanted
    placed = next(row for row in rows if row["lengtegraad"])
    assert placed["lengtegraad"].startswith("5,4")
    assert placed["x (Lambert 72)"].startswith("22")
    everything = content(city.get(f"{path}/csv")).decode("utf-8-sig")
    words = [row["Omschrijving"] for row in csv.DictReader(io.StringIO(everything, newline=""), delimiter=";")]
    assert NASTY in words


@pytest.mark.parametrize(
    ("query", "status"), [({"limit": 5}, 400), ({"ernst": 9}, 400), ({"onbekend": 1}, 400), ({}, 200)]
)
def test_a_file_of_what_cannot_be_asked_is_refused(city, query, status):
    assert city.status("/collections/knelpunten/bestand/geojson", **query) == status
    assert city.status("/collections/knelpunten/bestand/pdf") == 404


def test_a_large_workbook_is_made_by_a_worker_for_staff_alone(city, monkeypatch, client):
    monkeypatch.setattr(bestanden, "LARGE", 50)
    path = "/ogc/collections/knelpunten/bestand/xlsx"
    assert client.get(path).status_code == 400
    assert content(client.get(f"{path}?ernst=2"))
    assert content(client.get(path.replace("xlsx", "csv")))
    client.force_login(city.cast.wijkmanager)
    response = client.get(f"{path}?dod=")
    assert response.url == "/werk/kaartlagen/knelpunten/xlsx/?dod="
    assert "120" in client.get(response.url).content.decode()
    started = client.post(response.url)
    (job,) = Opdracht.objects.all()
    assert started.url == f"/werk/opdrachten/{job.pk}/"
    assert opdrachten.run(pk=job.pk, at=timezone.now()) == "klaar"
    job.refresh_from_db()
    assert job.resultaat == {"rijen": 120}
    with job.bestand.open("rb") as file:
        assert load_workbook(file).active.max_row == 121
