import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Gebruiker, Vervanging
from kern.geo import Punt
from wijken import registry
from wijken.models import Team, Wijk, WijkRing

from .conftest import WEST, make_street, make_team, make_wijk


@pytest.fixture
def alone(monkeypatch):
    """Without what the apps above add to the page; they count their own queries."""
    monkeypatch.setattr(registry, "_registry", registry.Registry())


def test_the_list_costs_the_same_for_two_wijken_and_for_five(stad, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get(reverse("wijken:list"))
    assert "<span>West</span></a>" in answer.content.decode()
    for number in range(3):
        make_wijk(f"X{number}", f"Extra{number}", WEST)
    with django_assert_num_queries(2):
        client.get(reverse("wijken:list"))


def test_an_empty_portal_says_what_will_be_here(db, client):
    assert "Nog geen wijken" in client.get(reverse("wijken:list")).content.decode()


def test_one_street_leads_straight_to_its_wijk(stad, client):
    make_street("Kerkstraat", "kerkstraat", stad.west)
    answer = client.get(reverse("wijken:find"), {"q": "kerkstraat 12"})
    assert (answer.status_code, answer["Location"]) == (302, "/wijken/west/")


def test_several_streets_are_a_list_to_choose_from(stad, client, django_assert_num_queries):
    make_street("Kerkstraat", "kerkstraat", stad.west)
    make_street("Kerkplein", "kerkplein", stad.oost)
    with django_assert_num_queries(3):
        html = client.get(reverse("wijken:find"), {"q": "kerk"}).content.decode()
    assert html.index("Kerkplein") < html.index("Kerkstraat") < html.index("Kies op de kaart of in de lijst")


@pytest.mark.parametrize(
    ("asked", "words"), [("", "Typ de naam van je straat."), ("nergens", "We vinden deze straat niet")]
)
def test_an_unknown_or_empty_address_is_told_beside_the_list(stad, client, asked, words):
    html = client.get(reverse("wijken:find"), {"q": asked}).content.decode()
    assert words in html
    assert "<span>West</span></a>" in html


def test_the_question_alone_shows_no_error(stad, client):
    assert "Er klopt iets niet" not in client.get(reverse("wijken:find")).content.decode()


def test_the_page_of_a_wijk_tells_who_works_there(stad, alone, client, django_assert_num_queries):
    make_team("Toezicht", Team.Soort.BUURTTOEZICHT, [stad.west])
    with django_assert_num_queries(5):
        html = client.get("/wijken/west/").content.decode()
    assert "Wijkmanager" in html
    assert 'Bereikbaar op <span lang="nl">maandag van 9 tot 12 uur</span>.' in html
    assert 'href="mailto:west@genk.example"' in html
    assert "Toezicht" in html
    assert "Collega" not in html
    assert '<svg class="omtrek"' in html


def test_more_people_and_teams_cost_no_more(stad, alone, client, django_assert_num_queries):
    for number in range(3):
        make_team(f"Werkplaats {number}", Team.Soort.BUURTWERKPLAATS, [stad.west])
    with django_assert_num_queries(5):
        client.get("/wijken/west/")


def test_the_page_says_who_is_away_and_until_when(stad, client):
    today = timezone.localdate()
    Vervanging.objects.create(
        afwezige=stad.wijkmanager, vervanger=stad.collega, van=today, tot=today + timedelta(days=3)
    )
    html = client.get("/wijken/west/").content.decode()
    assert "Even afwezig" in html
    assert "Een collega neemt over." in html
    assert "Bereikbaar op" not in html


def test_an_approximate_outline_is_called_so_on_page_and_map(stad, client):
    assert "benaderend" not in client.get("/wijken/west/").content.decode()
    assert "nota" not in client.get(reverse("wijken:outlines")).json()
    Wijk.objects.update(omtrek_is_benaderend=True)
    assert "De grens is benaderend getekend." in client.get("/wijken/west/").content.decode()
    assert client.get(reverse("wijken:outlines")).json()["nota"] == "Grenzen bij benadering, niet de officiële."


def test_a_wijk_that_is_not_there_is_not_found(stad, client):
    assert client.get("/wijken/nergens/").status_code == 404


def test_an_app_above_adds_its_own_block_to_the_page(stad, alone, client):
    template = "onderdelen/leeg.html"
    registry.register_block(
        registry.Blok("laat", template, lambda wijk, on: {"titel": f"Straks in {wijk}"}, volgorde=90)
    )
    registry.register_block(registry.Blok("niets", template, lambda wijk, on: None))
    registry.register_block(registry.Blok("vroeg", template, lambda wijk, on: {"titel": "x"}, volgorde=10))
    assert [blok["naam"] for blok in registry.blocks_for(stad.west, timezone.localdate())] == ["vroeg", "laat"]
    assert "Hier komt wat er in de wijk gebeurt" not in client.get("/wijken/west/").content.decode()


def test_outlines_are_geojson_that_a_browser_asks_again_only_when_changed(stad, client, django_assert_num_queries):
    url = reverse("wijken:outlines")
    with django_assert_num_queries(2):
        answer = client.get(url)
    assert answer["Content-Type"] == "application/geo+json"
    document = answer.json()
    assert [f["properties"]["naam"] for f in document["features"]] == ["West", "Oost"]
    ring = document["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1] == [5.48, 50.95]
    assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    WijkRing.objects.filter(wijk=stad.oost).delete()
    assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_the_map_with_all_its_files_stays_under_its_weight(stad):
    files = ["leaflet/leaflet.js", "leaflet/leaflet.css", "js/kaart.js", "css/kaart.css"]
    weight = 0
    for name in files:
        weight += len(gzip.compress(Path(finders.find(name)).read_bytes()))
    assert weight < 60_000


def test_the_address_search_answers_in_json_and_as_a_fragment(stad, client, django_assert_num_queries):
    make_street("Kerkstraat", "kerkstraat", stad.west, Punt(5.49, 50.96))
    url = reverse("wijken:address_search")
    with django_assert_num_queries(1):
        answer = client.get(url, {"q": "kerk"})
    assert answer.json() == {
        "adressen": [{"label": "Kerkstraat", "lat": 50.96, "lon": 5.49, "wijk": "West", "bron": "straten"}],
        "tekst": "1 plaats gevonden.",
    }
    fragment = client.get(url, {"q": "kerk"}, headers={"hx-request": "true"}).content.decode()
    assert '<a href="/wijken/west/">Kerkstraat</a>' in fragment
    assert "<html" not in fragment
    assert client.get(url).json()["adressen"] == []


@pytest.mark.parametrize(
    ("punt", "status", "words"),
    [
        ("50.96, 5.4905", 200, "nabij Kerkstraat, wijk West"),
        ("50.955, 5.51", 200, "50.95500, 5.51000, wijk Oost"),
        ("50.96, 5.40", 200, "Deze plaats ligt niet in Genk."),
        ("weet ik niet", 400, "Deze coördinaten kennen we niet."),
        ("", 400, "Deze coördinaten kennen we niet."),
    ],
)
def test_a_place_is_told_in_words(stad, client, punt, status, words):
    make_street("Kerkstraat", "kerkstraat", stad.west, Punt(5.49, 50.96))
    answer = client.get(reverse("wijken:at"), {"punt": punt})
    assert answer.status_code == status
    assert words in answer.json()["tekst"]


@pytest.mark.parametrize("name", ["list", "find", "outlines", "address_search", "at"])
def test_these_pages_are_only_for_reading(stad, client, name):
    assert client.post(reverse(f"wijken:{name}")).status_code == 405


def test_no_page_carries_script_or_style_in_itself(stad, client):
    for url in ("/wijken/", "/wijken/zoek/", "/wijken/west/"):
        html = client.get(url).content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert html.count("<script ") == html.count("<script src=")


def test_tiles_are_drawn_only_when_they_are_set(stad, client, settings):
    assert "data-tegels" not in client.get("/wijken/").content.decode()
    settings.MAP_TILE_URL, settings.MAP_TILE_ATTRIBUTION = "https://tegels.example/{z}/{x}/{y}.png", "© Iemand"
    html = client.get("/wijken/").content.decode()
    assert 'data-tegels="https://tegels.example/{z}/{x}/{y}.png" data-tegels-bron="© Iemand"' in html


def test_the_admin_pages_of_wijken_open_for_the_beheerder_and_cost_no_query_per_row(
    stad, client, django_assert_max_num_queries
):
    client.force_login(Gebruiker.objects.create_superuser("baas@genk.example", naam="Baas"))
    for name in ("stadsdeel", "wijk", "team", "teamlid", "straat"):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"admin:wijken_{name}_changelist"), {"q": "w"}).status_code == 200
    for url in (
        reverse("admin:wijken_wijk_change", args=[stad.west.pk]),
        reverse("admin:wijken_team_change", args=[stad.management_west.pk]),
        reverse("admin:wijken_straat_add"),
        reverse("admin:wijken_teamlid_changelist") + "?periode=nu",
        reverse("admin:wijken_teamlid_changelist") + "?periode=voorbij",
    ):
        assert client.get(url).status_code == 200, url


def test_a_street_added_in_the_admin_finds_its_own_wijk(stad, client):
    client.force_login(Gebruiker.objects.create_superuser("baas@genk.example", naam="Baas"))
    client.post(reverse("admin:wijken_straat_add"), {"naam": "Élzenlaan", "plaats": "50.96, 5.51"})
    street = stad.oost.straten.get()
    assert (street.zoeknaam, street.plaats) == ("elzenlaan", Punt(5.51, 50.96))


def test_outlines_keep_their_shape_in_five_decimals(stad, client):
    document = json.loads(client.get(reverse("wijken:outlines")).content)
    for feature in document["features"]:
        for lon, lat in feature["geometry"]["coordinates"][0]:
            assert (round(lon, 5), round(lat, 5)) == (lon, lat)
