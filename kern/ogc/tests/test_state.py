"""Nothing is sent twice while nothing changes, everything is new as soon as something does, and counts stay exact."""

from __future__ import annotations

import json
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pgtrigger import registered

from kern.ogc import actions
from kern.ogc.models import Tabelstand
from kern.ogc.queries import selectie
from kern.ogc.registry import alle
from toegankelijkheid.models import Knelpunt

from .conftest import body, make_knelpunten

ITEMS = "/ogc/collections/knelpunten/items?limit=3"


def again(city, tag, path=ITEMS):
    return city.client.get(path, headers={"if-none-match": tag})


def test_an_answer_that_did_not_change_is_304_until_something_does(city):
    first = city.client.get(ITEMS)
    tag = first["ETag"]
    assert tag.startswith('W/"')
    unchanged = again(city, tag)
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    assert unchanged["ETag"] == tag
    assert {"Vary", "Access-Control-Allow-Origin"} <= set(unchanged.headers)
    assert again(city, f'"other", {tag}').status_code == 304
    assert again(city, "*").status_code == 304
    assert again(city, tag, ITEMS + "&ernst=2").status_code == 200, "another page"
    Knelpunt.objects.filter(pk=city.knelpunten[50].pk).update(titel="Anders")
    changed = again(city, tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_a_name_beside_the_collection_changes_its_state_too(city):
    tag = city.client.get(ITEMS)["ETag"]
    city.wijk.naam = "Een andere naam"
    city.wijk.save()
    assert again(city, tag).status_code == 200


@pytest.mark.parametrize("path", ["/", "/conformance", "/api", "/collections", "/collections/wijken"])
def test_every_document_has_a_state(city, path):
    assert again(city, city.get(path)["ETag"], f"/ogc{path}").status_code == 304


def test_putting_the_state_together_changes_nothing(city):
    make_knelpunten(1, begin=500)
    tag = city.client.get(ITEMS)["ETag"]
    assert Tabelstand.objects.filter(is_los=True).exists()
    assert actions.fold() > 0
    assert not Tabelstand.objects.filter(is_los=True).exists()
    assert Tabelstand.objects.count() == Tabelstand.objects.values("tabel").distinct().count()
    assert again(city, tag).status_code == 304
    assert actions.fold() == 0


def test_how_many_there_are_is_counted_once_and_again_after_a_change(city):
    assert city.items(limit=1)["numberMatched"] == 120
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert city.items(limit=2)["numberMatched"] == 120
    assert not any("count(*) FROM (SELECT" in query["sql"] and "AS deel" in query["sql"] for query in queries)
    make_knelpunten(3, begin=600)
    assert city.items(limit=1)["numberMatched"] == 123
    Knelpunt.objects.filter(titel="Knelpunt 600").delete()
    assert city.items(limit=1)["numberMatched"] == 122


@pytest.mark.parametrize("query", ["", "&bbox=5.4,50.92,5.42,50.94", "&ernst=2&datetime=2026-02-01T00:00:00Z/.."])
def test_a_page_costs_the_same_questions_however_many_things_it_has(city, query):
    for limit, count in ((1, 3), (100, 3)):
        Knelpunt.objects.filter(pk=city.knelpunten[0].pk).update(titel=f"Anders {limit}")
        with CaptureQueriesContext(connection) as queries:
            city.client.get(f"/ogc/collections/knelpunten/items?limit={limit}{query}")
        assert len(queries) == count, [query["sql"][:80] for query in queries]


@pytest.mark.parametrize("query", [
    {"bbox": "5.4,50.92,5.42,50.94"}, {"ernst": "2"}, {"bbox": "5.4,50.92,5.5,50.94", "ernst": "2"},
    {"datetime": "2026-02-01T00:00:00Z/.."},
])  # fmt: skip
def test_both_ways_to_a_page_give_the_same_one(city, query, monkeypatch):
    make_knelpunten(300, begin=1000)
    path = "/collections/knelpunten/items"
    pages = []
    for few in (0, 10**9):
        monkeypatch.setattr(selectie, "FEW", few)
        monkeypatch.setattr(selectie, "size", lambda collectie: 0)
        page, seen, after = {}, [], {}
        while not seen or page.get("features"):
            page = json.loads(body(city.get(path, limit=17, **query, **after)))
            seen += [row["id"] for row in page["features"]]
            after = {"na": seen[-1]}
        pages.append((page["numberMatched"], seen))
    assert pages[0] == pages[1]
    assert pages[0][0] == len(pages[0][1]) > 30


def test_a_box_counts_the_same_by_what_lies_outside_it(city, monkeypatch):
    dice = random.Random(7)
    exact = next(row.plaats for row in city.knelpunten if row.plaats)
    boxes = [(exact.lon, exact.lat, 5.43, 50.9309), (5.0, 50.0, exact.lon, exact.lat), (5, 50, 6, 52), (0, 0, 1, 1)]
    boxes += [
        (dice.uniform(5.39, 5.43), 50.92, dice.uniform(5.43, 5.47), dice.uniform(50.93, 50.934)) for _ in range(6)
    ]
    counts = {}
    for most in (2, -1):
        monkeypatch.setattr(selectie, "MOST", most)
        Knelpunt.objects.filter(pk=city.knelpunten[0].pk).update(titel=f"Anders {most}")
        for box in boxes:
            found = city.items(limit=1000, bbox=",".join(map(repr, box)))
            assert found["numberMatched"] == len(found["features"])
            counts.setdefault(box, set()).add(found["numberMatched"])
    assert all(len(numbers) == 1 for numbers in counts.values())


def test_every_table_behind_a_collection_is_followed():
    followed = {model for model, trigger in registered() if trigger.name == "ogc_stand"}
    for collectie in alle():
        assert set(collectie.tabellen) <= followed, collectie.id


def test_every_table_that_a_public_answer_reads_is_named(city):
    """The tables in the SQL of the rows and of the features themselves."""
    from django.utils import timezone

    from kern.ogc.queries.bladzij import definition
    from kern.ogc.registry import Beller

    tables = set(connection.introspection.table_names())
    for collectie in alle():
        if collectie.voor_staf:
            continue
        text = definition(collectie) + str(collectie.rijen(Beller(timezone.localdate())).query)
        read = {table for table in tables if f'"{table}"' in text}
        assert read <= {model._meta.db_table for model in collectie.tabellen}, collectie.id


def test_a_long_page_goes_out_in_pieces_and_is_whole(city, monkeypatch):
    make_knelpunten(2500, begin=2000)
    response = city.get("/collections/knelpunten/items", limit=2000)
    assert response.streaming
    page = json.loads(body(response))
    assert page["numberReturned"] == len(page["features"]) == 2000
    assert page["numberMatched"] == 2620
    following = next(row["href"] for row in page["links"] if row["rel"] == "next")
    rest = json.loads(body(city.client.get(following.removeprefix("http://testserver"))))
    assert rest["numberReturned"] == 620
    assert not {row["id"] for row in page["features"]} & {row["id"] for row in rest["features"]}
    assert len(city.items(limit=3000)["features"]) == 2620
