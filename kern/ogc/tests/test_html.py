"""OGC API - Features Part 1, requirements class HTML, and the pages as people use them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from .conftest import ROOT, body


class Page(HTMLParser):
    """The text and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""
        self.title = ""
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._in_title = tag == "title"
        if tag == "a":
            self.links.append(dict(attrs).get("href", ""))

    def handle_endtag(self, tag):
        self._in_title = False

    def handle_data(self, data):
        self.text += data
        if self._in_title:
            self.title += data


def page(city, path, **query):
    response = city.get(path, f="html", **query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    text = body(response)
    assert text.lower().startswith("<!doctype html>")
    found = Page(text)
    assert found.title
    return found


def test_req_html_definition_the_landing_page_leads_on(city):
    found = page(city, "/")
    assert city.json("/")["title"] in found.text
    assert city.json("/")["description"] in found.text
    for path in ("/collections", "/api", "/conformance"):
        assert any(link.startswith(f"{ROOT}{path}") for link in found.links)
    assert {f"{ROOT}/api", f"{ROOT}/api?f=html"} <= set(found.links)


def test_the_page_of_the_norms_has_their_addresses(city):
    found = page(city, "/conformance")
    assert all(uri in found.text for uri in city.json("/conformance")["conformsTo"])


def test_the_list_names_every_collection_and_leads_to_it(city):
    found = page(city, "/collections")
    for row in city.json("/collections")["collections"]:
        assert row["title"] in found.text
        assert f"/ogc/collections/{row['id']}?f=html" in found.links


def test_a_collection_tells_what_it_is_and_leads_to_its_things(city):
    for row in city.json("/collections")["collections"]:
        found = page(city, f"/collections/{row['id']}")
        assert row["title"] in found.text
        assert row["description"] in found.text
        assert f"/ogc/collections/{row['id']}/items?f=html" in found.links


def test_a_page_of_things_has_their_ids_the_next_page_and_the_collection(city):
    found = page(city, "/collections/knelpunten/items", limit=5, ernst=2)
    data = city.items(limit=5, ernst=2)
    assert all(str(row["id"]) in found.text for row in data["features"])
    assert "/ogc/collections/knelpunten?f=html" in found.links
    (following,) = {link for link in found.links if "na=" in link}
    second = page(city, following.removeprefix(ROOT).partition("?")[0], **dict(
        pair.split("=") for pair in following.partition("?")[2].split("&") if not pair.startswith("f=")
    ))  # fmt: skip
    assert f"{data['numberMatched']} gevonden" in second.text
    last = page(city, "/collections/wijken/items")
    assert not any("na=" in link for link in last.links)


def test_a_thing_shows_every_word_and_number_as_it_is(city):
    for collection in ("knelpunten", "wijken", "meldingen", "screeningsobjecten"):
        for row in city.items(collection, limit=2)["features"]:
            found = page(city, f"/collections/{collection}/items/{row['id']}")
            for value in row["properties"].values():
                if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
                    assert str(value) in found.text
            assert f"/ogc/collections/{collection}?f=html" in found.links


def test_a_refusal_is_a_page_for_who_asked_for_a_page(city):
    for path, status in (("/nergens", 404), ("/collections/knelpunten/items?limit=0", 400)):
        response = city.client.get(f"/ogc{path}", headers={"accept": "text/html"})
        assert response.status_code == status
        assert response["Content-Type"].startswith("text/html")


def test_the_form_leads_to_what_was_chosen_and_leaves_out_what_was_not(city):
    response = city.client.get("/kaartlagen/knelpunten/kies/?ernst=2&status=&titel=+")
    assert response.status_code == 302
    assert response.url == f"{ROOT}/collections/knelpunten/items?ernst=2&f=html"
    assert city.client.get("/kaartlagen/meldingen-werk/kies/").status_code == 404


@pytest.mark.parametrize("collection", ["knelpunten", "wijken"])
def test_the_map_gets_the_places_of_the_page_with_a_name_and_a_way_on(city, collection):
    found = city.client.get(f"/kaartlagen/{collection}/plaatsen/?limit=3").json()
    assert found["features"]
    for row in found["features"]:
        assert row["properties"]["naam"]
        assert row["properties"]["url"].endswith(f"/items/{row['id']}?f=html")
    one = city.client.get(f"/kaartlagen/{collection}/plaatsen/{found['features'][0]['id']}/").json()
    assert "url" not in one["features"][0]["properties"]


def test_an_empty_page_says_what_to_do(city):
    assert "Bekijk alles" in page(city, "/collections/wijken/items", naam="nergens").text
