"""OGC API - Features Part 1: Core 1.0.1, requirement by requirement (OGC 17-069r4)."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from django.test import Client

from kern.ogc.registry import collecties
from toegankelijkheid.models import Knelpunt

from .conftest import CRS84, EPSG, ROOT, body

JSON_TYPES = {"application/json", "application/geo+json", "application/vnd.oai.openapi+json;version=3.0"}
RESOURCES = [
    "",
    "/",
    "/conformance",
    "/api",
    "/collections",
    "/collections/knelpunten",
    "/collections/knelpunten/items",
    "/collections/knelpunten/items/{id}",
]


def paths(city):
    return [path.replace("{id}", str(city.knelpunten[0].pk)) for path in RESOURCES]


def links(document):
    return {(link["rel"], link["type"]) for link in document["links"]}


def test_req_core_root_op_and_root_success(city):
    found = city.json("/")
    assert links(found) >= {
        ("self", "application/json"),
        ("alternate", "text/html"),
        ("service-desc", "application/vnd.oai.openapi+json;version=3.0"),
        ("service-doc", "text/html"),
        ("conformance", "application/json"),
        ("data", "application/json"),
    }
    assert found["title"]
    assert found["description"]


def test_every_link_is_absolute_says_its_type_and_works(city):
    for path in paths(city):
        document = json.loads(body(city.get(path)))
        for link in document.get("links", []):
            assert link["rel"]
            assert link["type"]
            assert link["href"].startswith(("http://testserver/", "https://data.vlaanderen.be/"))
            if link["href"].startswith(ROOT):
                response = city.client.get(link["href"].removeprefix("http://testserver"))
                assert response.status_code == 200, link
                assert response["Content-Type"].split(";")[0] == link["type"].split(";")[0], link
                if response.streaming:
                    assert b"".join(response.streaming_content)


def test_req_core_api_definition_success(city):
    response = city.get("/api")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert city.get("/api", f="html")["Content-Type"].startswith("text/html")


def test_req_core_conformance_success(city):
    spec = "http://www.opengis.net/spec/ogcapi-features"
    wanted = {f"{spec}-1/1.0/conf/{name}" for name in ("core", "geojson", "html", "oas30")}
    assert set(city.json("/conformance")["conformsTo"]) == wanted | {f"{spec}-2/1.0/conf/crs"}


def test_req_core_fc_md_success_and_fc_md_items(city):
    found = city.json("/collections")
    assert links(found) >= {("self", "application/json"), ("alternate", "text/html")}
    assert {row["id"] for row in found["collections"]} == {
        "wijken",
        "meldingen",
        "woonzorgzones",
        "screeningsobjecten",
        "screeningslijnen",
        "knelpunten",
        "goede-voorbeelden",
    }
    for row in found["collections"]:
        assert row["itemType"] == "feature"
        assert {("items", "application/geo+json"), ("items", "text/html")} <= links(row)


def test_req_core_sfc_md_success_the_collection_is_the_same_alone_and_in_the_list(city):
    for row in city.json("/collections")["collections"]:
        assert city.json(f"/collections/{row['id']}") == row


def test_req_core_fc_md_extent_encloses_every_place_and_time(city):
    for row in city.json("/collections")["collections"]:
        west, south, east, north = row["extent"]["spatial"]["bbox"][0]
        begin, end = row["extent"]["temporal"]["interval"][0]
        for feature in city.items(row["id"], limit=1000)["features"]:
            for lon, lat in points(feature["geometry"]):
                assert west <= lon <= east
                assert south <= lat <= north
            for name in ("ontvangen_op", "vastgesteld_op", "gescreend_op"):
                if moment := feature["properties"].get(name):
                    assert begin <= moment <= end or moment[:19] in (begin[:19], end[:19])


def points(geometry):
    def walk(part):
        if isinstance(part[0], (int, float)):
            yield part
        else:
            for deeper in part:
                yield from walk(deeper)

    return list(walk(geometry["coordinates"])) if geometry else []


def test_req_core_fc_response_has_its_members_and_each_feature_its_own(city):
    found = city.items(limit=3)
    assert found["type"] == "FeatureCollection"
    assert found["numberReturned"] == 3 == len(found["features"])
    assert found["numberMatched"] == 120
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found["timeStamp"])
    assert "crs" not in found
    assert all({"type", "id", "geometry", "properties"} <= set(row) for row in found["features"])
    assert links(found) >= {
        ("self", "application/geo+json"),
        ("alternate", "text/html"),
        ("next", "application/geo+json"),
        ("collection", "application/json"),
    }


def test_req_core_fc_self_link_gives_the_same_page(city):
    first = city.items(limit=5, offset=10, ernst=2)
    link = next(row["href"] for row in first["links"] if row["rel"] == "self")
    again = json.loads(body(city.client.get(link.removeprefix("http://testserver"))))
    assert again["features"] == first["features"]


@pytest.mark.parametrize("limit", ["0", "-1", "1.5", "tien", "", "1e2", "٣"])
def test_req_core_fc_limit_definition_refuses_what_is_no_positive_integer(city, limit):
    assert city.status("/collections/knelpunten/items", limit=limit) == 400
    assert city.status("/collections/knelpunten/items", limit="2") == 200


def test_req_core_fc_limit_response_1_never_gives_more_and_cuts_above_the_maximum(city):
    assert len(city.items(limit=7)["features"]) == 7
    assert len(city.items()["features"]) == 100
    assert len(city.items(limit=99999999)["features"]) == 120


@pytest.mark.parametrize(
    "query", [{}, {"limit": 7}, {"ernst": 2, "limit": 4}, {"bbox": "5.40,50.92,5.43,50.94", "limit": 9}]
)
def test_req_core_fc_next_pages_through_everything_exactly_once(city, query):
    seen, matched = [], set()
    url = f"{ROOT}/collections/knelpunten/items?" + "&".join(f"{k}={v}" for k, v in query.items())
    while url:
        page = json.loads(body(city.client.get(url.removeprefix("http://testserver"))))
        seen += [row["id"] for row in page["features"]]
        matched.add(page["numberMatched"])
        url = next((row["href"] for row in page["links"] if row["rel"] == "next"), None)
    assert len(seen) == len(set(seen))
    assert matched == {len(seen)}
    assert set(seen) == city.ids(**{**query, "limit": 1000})
    assert seen == sorted(seen)


def test_offset_pages_like_next_does_and_ends_quietly(city):
    everything = [row["id"] for row in city.items(limit=1000)["features"]]
    assert [row["id"] for row in city.items(limit=10, offset=50)["features"]] == everything[50:60]
    beyond = city.items(offset=5000)
    assert beyond["features"] == []
    assert beyond["numberReturned"] == 0
    assert "next" not in {row["rel"] for row in beyond["links"]}
    assert city.status("/collections/knelpunten/items", offset="9" * 40) == 200
    assert city.status("/collections/knelpunten/items", offset="-1") == 400


def test_a_parameter_may_be_repeated(city):
    response = city.client.get("/ogc/collections/knelpunten/items?limit=5&limit=2&offset=0&offset=1")
    assert response.status_code == 200
    assert len(json.loads(body(response))["features"]) == 2


@pytest.mark.parametrize("resource", RESOURCES)
def test_req_core_query_param_unknown_is_refused_on_every_resource(city, resource):
    path = resource.replace("{id}", str(city.knelpunten[0].pk))
    refused = city.get(path, onbekend="1")
    assert refused.status_code == 400
    assert set(json.loads(refused.content)) == {"code", "description"}
    assert city.status(path, f="xml") == 400
    assert city.status(path, f="json") == 200


@pytest.mark.parametrize(
    "bbox",
    [
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "nan,50,6,51",
        "5,51,6,50",
        "5,50,6,inf",
        "",
        "5;50;6;51",
        "5,50,6,",
        "1e999,0,1,1",
    ],
)
def test_req_core_fc_bbox_definition_refuses_what_is_no_box(city, bbox):
    assert city.status("/collections/knelpunten/items", bbox=bbox) == 400
    assert city.status("/collections/knelpunten/items", bbox="5,50,6,51") == 200


def test_req_core_fc_bbox_response_gives_what_meets_the_box_and_what_lies_nowhere(city):
    nowhere = {row.pk for row in city.knelpunten if row.plaats is None}
    inside = {row.pk for row in city.knelpunten if row.plaats and row.plaats.lon <= 5.42 and row.plaats.lat <= 50.9305}
    assert inside
    assert nowhere
    assert city.ids(bbox="5.39,50.92,5.42,50.9305") == inside | nowhere
    assert city.ids(bbox="5.39,50.92,0,5.42,50.9305,100") == inside | nowhere
    assert city.ids(bbox="0,0,.5,.5") == nowhere
    assert city.ids(
        bbox="5.39000000000000000001,50.920000000000000001,5.42000000000000000001,50.93050000000000001"
    ) == (inside | nowhere)
    assert city.items(bbox="5.39,50.92,5.42,50.9305", limit=1)["numberMatched"] == len(inside | nowhere)


def test_a_box_of_one_exact_place_finds_it(city):
    feature = city.items(limit=2)["features"][1]
    lon, lat = feature["geometry"]["coordinates"]
    assert feature["id"] in city.ids(bbox=f"{lon!r},{lat!r},{lon!r},{lat!r}")


def test_a_box_over_the_antimeridian_has_two_parts(city):
    nowhere = {row.pk for row in city.knelpunten if row.plaats is None}
    assert city.ids(bbox="177,50,-170,60") == nowhere
    assert len(city.ids(bbox="177,50,6,60")) == 120
    assert len(city.ids(bbox="5,50,-170,60")) == 120


def test_a_box_meets_parts_of_an_outline_and_not_its_holes(city):
    assert "T900" in city.ids("wijken", bbox="5.401,50.941,5.402,50.942")
    assert "T900" not in city.ids("wijken", bbox="5.408,50.948,5.412,50.952"), "in the hole"
    assert "T900" in city.ids("wijken", bbox="5.404,50.948,5.412,50.952"), "over the edge of the hole"
    assert "T900" in city.ids("wijken", bbox="5.451,50.941,5.452,50.942"), "in the second part"
    assert "T900" not in city.ids("wijken", bbox="5.4200005,50.9500,5.4201,50.9501"), "just outside"
    assert "T900" in city.ids("wijken", bbox="5.3,50.9,5.6,51.0"), "around it all"


def test_a_box_meets_a_line_that_crosses_it_without_a_corner_inside(city):
    (line,) = city.items("screeningslijnen")["features"]
    assert line["id"] in city.ids("screeningslijnen", bbox="5.4904,50.9599,5.4906,50.9604")
    assert line["id"] not in city.ids("screeningslijnen", bbox="5.4904,50.9604,5.4906,50.9606")
    assert line["id"] in city.ids("screeningslijnen", bbox="5.48,50.95,5.5,50.97")


@pytest.mark.parametrize(
    "moment",
    [
        "gisteren", "2026-01-01", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T25:00:00Z", "../..", "/",
        "2026-02-01T00:00:00Z/2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z/..", "", "now",
        "2026-01-01T00:00:00+99:00", "2026-02-30T00:00:00Z",
    ],
)  # fmt: skip
def test_req_core_fc_time_definition_refuses_what_is_no_moment(city, moment):
    assert city.status("/collections/knelpunten/items", datetime=moment) == 400
    assert city.status("/collections/knelpunten/items", datetime="2026-01-01T00:00:00Z") == 200


def test_req_core_fc_time_response_gives_what_falls_in_it_and_what_has_no_time(city):
    timeless = {row.pk for row in city.knelpunten if row.vastgesteld_op is None}

    def days(low, high):
        dated = [row for row in city.knelpunten if row.vastgesteld_op]
        return timeless | {row.pk for row in dated if low <= row.vastgesteld_op.isoformat() <= high}

    assert city.ids(datetime="2026-01-11T00:00:00Z/2026-01-20T00:00:00Z") == days("2026-01-11", "2026-01-20")
    assert city.ids(datetime="2026-01-10T12:00:00Z/2026-01-20T12:00:00Z") == days("2026-01-11", "2026-01-20")
    assert city.ids(datetime="2026-01-11T05:00:00+05:00/2026-01-20T00:00:00.000000Z") == days(
        "2026-01-11", "2026-01-20"
    )
    assert city.ids(datetime="2026-02-01t00:00:00z/..") == days("2026-02-01", "9999")
    assert city.ids(datetime="2026-02-01T00:00:00Z/") == days("2026-02-01", "9999")
    assert city.ids(datetime="../2026-02-01T00:00:00Z") == days("0", "2026-02-01")
    assert city.ids(datetime="/2026-02-01T00:00:00Z") == days("0", "2026-02-01")
    assert city.ids(datetime="2026-01-15T00:00:00Z") == days("2026-01-15", "2026-01-15")


@pytest.mark.parametrize(("collection", "name"), [("knelpunten", "vastgesteld_op"), ("meldingen", "ontvangen_op")])
def test_a_time_that_the_service_tells_finds_its_feature(city, collection, name):
    for feature in city.items(collection, limit=10)["features"]:
        if moment := feature["properties"][name]:
            assert moment.endswith("Z")
            assert feature["id"] in city.ids(collection, datetime=moment)


def test_a_collection_without_a_time_gives_everything(city):
    assert city.ids("wijken", datetime="1900-01-01T00:00:00Z") == city.ids("wijken")


def test_req_core_fc_filters_ask_for_one_value_and_go_together(city):
    rows = city.knelpunten
    assert city.ids(ernst=2) == {row.pk for row in rows if row.ernst == 2}
    assert city.ids(onderwerp="halte", ernst=2) == {
        row.pk for row in rows if row.onderwerp == "halte" and row.ernst == 2
    }
    assert city.ids(titel="Knelpunt 3") == {rows[3].pk}
    assert city.ids(gemeten="1.5") == {rows[15].pk}
    assert city.ids(wijk=city.wijk.naam) == {row.pk for row in rows if row.wijk_id}
    assert city.ids(planjaar="2028") == {row.pk for row in rows if row.planjaar == 2028}
    assert city.ids(planjaar="9" * 30) == set()
    assert city.ids(planning="") == {row.pk for row in rows}, "an empty code is a value too"
    assert city.ids("wijken", impulswijk="true") == set()
    assert "T900" in city.ids("wijken", stadsdeel="Noord", oppervlakte_km2="3.25")


@pytest.mark.parametrize(
    "query",
    [
        {"planjaar": "volgend"}, {"planjaar": "1.5"}, {"ernst": "7"}, {"ernst": "hoog"}, {"status": "weg"},
        {"gemeten": "nan"}, {"uitgevoerd_op": "gisteren"}, {"titel": "a\x00b"}, {"omschrijving": "geen filter"},
    ],
)  # fmt: skip
def test_a_filter_with_a_value_that_it_cannot_have_is_refused(city, query):
    response = city.get("/collections/knelpunten/items", **query)
    assert response.status_code == 400
    assert set(json.loads(response.content)) == {"code", "description"}


def test_req_core_f_success_the_feature_is_as_in_the_list_with_links(city):
    for collection in ("knelpunten", "wijken", "meldingen", "screeningslijnen"):
        for row in city.items(collection, limit=3)["features"]:
            alone = city.json(f"/collections/{collection}/items/{row['id']}")
            assert {name: alone[name] for name in row} == row
            assert links(alone) >= {
                ("self", "application/geo+json"),
                ("alternate", "text/html"),
                ("collection", "application/json"),
            }


@pytest.mark.parametrize(
    "path",
    [
        "/nergens", "/collections/", "/collections/nergens", "/collections/nergens/items",
        "/collections/knelpunten/items/", "/collections/knelpunten/items/0", "/collections/knelpunten/items/abc",
        "/collections/knelpunten/items/1.5", "/collections/knelpunten/items/" + "9" * 40,
        "/collections/knelpunten/items/%00", "/collections/wijken/items/%00",
        "/collections/wijken/items/nergens", "/conformance/", "/%0A", "/collections/%0Aa", "/collections/a%2Fb/items",
        "/collections/meldingen-werk", "/collections/meldingen-werk/items",
    ],
)  # fmt: skip
def test_what_is_not_there_answers_404_as_json(city, path):
    response = city.client.get(f"/ogc{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert set(json.loads(response.content)) == {"code", "description"}


def test_what_is_not_public_is_not_there(city):
    hidden = Knelpunt.objects.get(openbaar=False)
    assert city.status(f"/collections/knelpunten/items/{hidden.pk}") == 404
    Knelpunt.objects.filter(pk=hidden.pk).update(openbaar=True)
    assert city.status(f"/collections/knelpunten/items/{hidden.pk}") == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_answer_405(city, method):
    client = Client(enforce_csrf_checks=True)
    for path in paths(city):
        response = getattr(client, method)(f"/ogc{path}")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert json.loads(response.content)["code"] == "MethodNotAllowed"


def test_head_answers_as_get_without_a_body(city):
    for path in paths(city):
        get, head = city.get(path), city.client.head(f"/ogc{path}")
        assert head.status_code == get.status_code == 200
        assert head.content == b""
        assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"), ("*/*", "json"), ("application/json", "json"), ("application/geo+json, application/json", "json"),
        ("text/html", "html"), ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/html;q=0.5, application/json", "json"), ("application/json;q=0.2, text/html;q=0.9", "html"),
        ("text/html;q=0, */*", "json"), ("text/*", "html"), ("image/png", "json"),
    ],
)  # fmt: skip
def test_the_form_is_what_is_liked_best(city, accept, form):
    for path in paths(city):
        response = city.client.get(f"/ogc{path}", headers={"accept": accept} if accept else {})
        assert response.status_code == 200
        type_ = response["Content-Type"]
        assert type_.startswith("text/html") if form == "html" else type_ in JSON_TYPES, (path, type_)
        assert {"Accept", "Authorization"} <= {part.strip() for part in response["Vary"].split(",")}
        assert response["Access-Control-Allow-Origin"] == "*"


def test_req_geojson_content_type_is_its_own(city):
    assert city.get("/collections/knelpunten/items")["Content-Type"] == "application/geo+json"
    path = f"/collections/knelpunten/items/{city.knelpunten[0].pk}"
    assert city.get(path)["Content-Type"] == "application/geo+json"


def test_polygons_are_closed_and_turned_the_right_way(city):
    def area(ring):
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))

    geometry = city.json("/collections/wijken/items/T900")["geometry"]
    assert geometry["type"] == "MultiPolygon"
    assert [len(part) for part in geometry["coordinates"]] == [2, 1], "a part with its hole, and one without"
    for outer, *holes in geometry["coordinates"]:
        assert all(ring[0] == ring[-1] for ring in (outer, *holes))
        assert area(outer) > 0
        assert all(area(hole) < 0 for hole in holes)


def test_words_come_out_as_they_were_written(city):
    found = city.items(limit=1)["features"][0]["properties"]["omschrijving"]
    assert found == city.knelpunten[0].omschrijving


def test_the_collections_of_the_house_are_listed_in_order(city):
    from kern.ogc.registry import Beller

    rows = collecties(Beller(op=None))
    assert [row.id for row in rows] == [row["id"] for row in city.json("/collections")["collections"]]
    assert {CRS84, *(f"{EPSG}{number}" for number in (4326, 3857, 31370, 3812))} == set(
        city.json("/collections/wijken")["crs"]
    )
