"""OGC API - Features Part 2: Coordinate Reference Systems by Reference 1.0.1 (OGC 18-058r1)."""

from __future__ import annotations

import random

import pytest
from pyproj import Transformer

from kern.geo import Punt
from kern.ogc.stelsels import STELSELS, area
from toegankelijkheid.models import Knelpunt

from .conftest import CRS84, EPSG, body

SYSTEMS = [CRS84, *(f"{EPSG}{number}" for number in (4326, 3857, 31370, 3812))]


def projected(uri):
    """From longitude and latitude to the axes of the system, by pyproj itself, which knows their order."""
    if uri == CRS84:
        return lambda lon, lat: (lon, lat)
    number = int(uri.rpartition("/")[2])
    if number == 4326:
        return lambda lon, lat: (lat, lon)
    return Transformer.from_crs(4326, number, always_xy=True).transform


def test_req_crs_fc_md_crs_list_starts_with_crs84_and_has_the_storage_crs(city):
    for row in city.json("/collections")["collections"]:
        assert row["crs"] == SYSTEMS
        assert row["storageCrs"] in row["crs"]


@pytest.mark.parametrize("uri", SYSTEMS)
def test_req_crs_crs_action_gives_the_coordinates_in_the_system_and_says_so(city, uri):
    to = projected(uri)
    plain = {row["id"]: row["geometry"] for row in city.items(limit=50)["features"]}
    response = city.get("/collections/knelpunten/items", limit=50, crs=uri)
    assert response["Content-Crs"] == f"<{uri}>"
    for row in city.items(limit=50, crs=uri)["features"]:
        if plain[row["id"]] is None:
            assert row["geometry"] is None
        else:
            assert row["geometry"]["coordinates"] == pytest.approx(to(*plain[row["id"]]["coordinates"]), abs=0.001)
    pk = city.knelpunten[0].pk
    alone = city.get(f"/collections/knelpunten/items/{pk}", crs=uri)
    assert alone["Content-Crs"] == f"<{uri}>"
    found = city.json(f"/collections/knelpunten/items/{pk}", crs=uri)["geometry"]["coordinates"]
    assert found == pytest.approx(to(*plain[pk]["coordinates"]), abs=0.001)


def test_the_default_system_is_told_too(city):
    assert city.get("/collections/knelpunten/items")["Content-Crs"] == f"<{CRS84}>"


def test_lambert_72_is_where_belgium_has_it(city):
    """The church of Waterschei by Geopunt lies within two metres; a datum without a shift is 110 m away."""
    Knelpunt.objects.filter(pk=city.knelpunten[0].pk).update(plaats=Punt(5.49695, 50.96350))
    path = f"/collections/knelpunten/items/{city.knelpunten[0].pk}"
    assert city.json(path, crs=f"{EPSG}31370")["geometry"]["coordinates"] == pytest.approx([229254, 184295], abs=2)


def test_outlines_and_lines_are_projected_whole(city):
    plain = city.json("/collections/wijken/items/T900")["geometry"]["coordinates"]
    lambert = city.json("/collections/wijken/items/T900", crs=f"{EPSG}31370")["geometry"]["coordinates"]
    assert [[len(ring) for ring in part] for part in plain] == [[len(ring) for ring in part] for part in lambert]
    line = city.items("screeningslijnen", crs=f"{EPSG}3812")["features"][0]["geometry"]
    assert line["type"] == "LineString"
    assert all(x > 700_000 and y > 600_000 for x, y in line["coordinates"])


@pytest.mark.parametrize("name", ["crs", "bbox-crs"])
@pytest.mark.parametrize("uri", ["", "4326", f"{EPSG}28992", "EPSG:31370", f"<{CRS84}>"])
def test_req_crs_an_unknown_system_is_refused(city, name, uri):
    assert city.status("/collections/knelpunten/items", **{name: uri}) == 400
    assert city.status("/collections/knelpunten/items", **{name: SYSTEMS[3]}) == 200


@pytest.mark.parametrize("uri", SYSTEMS)
def test_req_crs_bbox_crs_action_tests_the_box_in_its_own_system(city, uri):
    """Boxes of ten metres to twenty kilometres: exactly what lies in them when the places themselves are projected."""
    to, dice = projected(uri), random.Random(uri)
    places = {row.pk: to(*row.plaats) for row in city.knelpunten if row.plaats}
    nowhere = {row.pk for row in city.knelpunten if row.plaats is None}
    assert nowhere
    metre = 1e-5 if uri in SYSTEMS[:2] else 1.0
    found = 0
    for size in (10, 50, 100, 300, 1000, 2500, 5000, 20_000):
        for _ in range(4):
            a, b = dice.choice(list(places.values()))
            shift_a, shift_b = (dice.uniform(0, size) * metre for _ in range(2))
            low = (a - shift_a, b - shift_b)
            high = (low[0] + size * metre, low[1] + size * metre)
            inside = {pk for pk, (x, y) in places.items() if low[0] <= x <= high[0] and low[1] <= y <= high[1]}
            box = ",".join(map(repr, (*low, *high)))
            assert city.ids(bbox=box, **{"bbox-crs": uri}) == inside | nowhere, box
            found += len(inside)
    assert found > 100


def test_a_lambert_box_is_not_its_two_corners(city):
    """A box of twenty kilometres: its corners in degrees take in, and leave out, hundreds of metres at its sides."""
    to = projected(SYSTEMS[3])
    x, y = to(5.40, 50.93)
    box = (x - 10_000, y - 10_000, x + 10_000, y + 10_000)
    (part,) = area(box, STELSELS[SYSTEMS[3]])
    back = Transformer.from_crs(31370, 4326, always_xy=True).transform
    corners = [back(box[0], box[1]), back(box[2], box[3])]
    spots = {
        "in": back(box[0] + 5, box[3] - 5),
        "out": (corners[0][0] + 1e-5, corners[1][1] - 1e-5),
    }
    rows = {}
    for name, (lon, lat) in spots.items():
        rows[name] = Knelpunt.objects.create(onderwerp="halte", titel=name, plaats=Punt(lon, lat), openbaar=True).pk
        sx, sy = to(lon, lat)
        assert (box[0] <= sx <= box[2] and box[1] <= sy <= box[3]) == (name == "in")
    found = city.ids(bbox=",".join(map(repr, box)), **{"bbox-crs": SYSTEMS[3]})
    assert rows["in"] in found
    assert rows["out"] not in found
    assert not part.is_box


def test_an_outline_is_tested_against_a_lambert_box(city):
    to = projected(SYSTEMS[3])
    x, y = to(5.41, 50.95)
    inside_hole = f"{x - 100},{y - 100},{x + 100},{y + 100}"
    over_edge = f"{x - 500},{y - 100},{x + 100},{y + 100}"
    assert "T900" not in city.ids("wijken", bbox=inside_hole, **{"bbox-crs": SYSTEMS[3]})
    assert "T900" in city.ids("wijken", bbox=over_edge, **{"bbox-crs": SYSTEMS[3]})


@pytest.mark.parametrize("box", ["300000,0,0,300000", "0,300000,300000,0"])
def test_a_lambert_box_that_is_turned_round_is_refused(city, box):
    assert city.status("/collections/knelpunten/items", bbox=box, **{"bbox-crs": SYSTEMS[3]}) == 400


@pytest.mark.parametrize("uri", SYSTEMS[2:])
@pytest.mark.parametrize(
    "box", ["-1e12,-1e12,1e12,1e12", "1e11,1e11,1e12,1e12", "0,0,0,0", "229254,184295,229254,184295"]
)
def test_a_box_of_any_size_is_answered(city, uri, box):
    assert city.status("/collections/knelpunten/items", bbox=box, **{"bbox-crs": uri}) == 200


def test_the_next_page_keeps_the_systems(city):
    page = city.items(limit=2, crs=SYSTEMS[3], bbox="0,0,300000,300000", **{"bbox-crs": SYSTEMS[3]})
    link = next(row["href"] for row in page["links"] if row["rel"] == "next")
    response = city.client.get(link.removeprefix("http://testserver"))
    assert response["Content-Crs"] == f"<{SYSTEMS[3]}>"
    assert body(response).startswith('{"type":"FeatureCollection"')
