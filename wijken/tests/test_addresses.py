import pytest

from kern.geo import Punt
from wijken import queries
from wijken.queries import address_at, search_address
from wijken.rules import read_address, zoeknaam

from .conftest import make_street


@pytest.fixture
def streets(stad):
    make_street("Sint-Jozefstraat", "sint jozefstraat", stad.west)
    make_street("Kerkstraat", "kerkstraat", stad.west)
    make_street("Kerkstraatje", "kerkstraatje", stad.oost)
    make_street("Oude Kerkweg", "oude kerkweg", stad.oost)
    make_street("Andrélaan", "andrelaan", stad.west)
    return stad


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kerkstraat 12", ("Kerkstraat", "12")),
        ("Kerkstraat 12b, 3600 Genk", ("Kerkstraat", "12b")),
        ("Kerkstraat, 12 bus 3", ("Kerkstraat", "12 bus 3")),
        ("Kerkstraat", ("Kerkstraat", "")),
        ("Andre Dumontlaan Genk", ("Andre Dumontlaan", "")),
        ("Weg 4", ("Weg", "4")),
        ("", ("", "")),
    ],
)
def test_street_and_house_number_are_taken_apart(text, parts):
    assert read_address(text) == parts


@pytest.mark.parametrize(("naam", "searched"), [("Sint-Jozefstraat", "sint jozefstraat"), ("  É'tang  ", "e tang")])
def test_accents_capitals_and_marks_do_not_count(naam, searched):
    assert zoeknaam(naam) == searched


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("kerkstraat", ["Kerkstraat"]),
        ("KERK", ["Kerkstraat", "Kerkstraatje", "Oude Kerkweg"]),
        ("sint jozef", ["Sint-Jozefstraat"]),
        ("jozefstraat 7", ["Sint-Jozefstraat 7"]),
        ("andrelaan 3, 3600 Genk", ["Andrélaan 3"]),
        ("andré", ["Andrélaan"]),
        ("k", []),
        ("%%", []),
        ("bestaat niet", []),
    ],
)
def test_streets_are_found_by_the_begin_of_the_name_or_of_a_word(streets, text, labels):
    assert [adres.label for adres in search_address(text)] == labels


def test_a_street_with_two_middles_says_in_which_wijk(streets):
    make_street("Kerkstraat", "kerkstraat", streets.oost)
    assert [adres.label for adres in search_address("kerkstraat 5")] == ["Kerkstraat 5 (Oost)", "Kerkstraat 5 (West)"]


def test_a_search_costs_one_query(streets, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = search_address("kerk")
    assert {adres.wijk.naam for adres in found} == {"West", "Oost"}


def test_the_outside_geocoder_is_asked_for_house_numbers_and_unknown_streets_only(streets, settings):
    settings.GEOCODER_URL = "http://127.0.0.1:9/v4"  # nobody answers: what our own table knows must still come
    assert [adres.label for adres in search_address("kerkstraat 5")] == ["Kerkstraat 5"]
    assert search_address("bestaat niet") == []


def test_a_place_is_named_by_the_nearest_street_within_150_metres(streets):
    centre = streets.west.centrum
    assert address_at(Punt(centre.lon + 0.001, centre.lat)) in {
        "nabij Andrélaan",
        "nabij Kerkstraat",
        "nabij Sint-Jozefstraat",
    }
    assert address_at(Punt(centre.lon + 0.003, centre.lat)) == ""


def test_a_place_outside_every_outline_still_has_near_wijken(streets):
    assert queries.nearest_wijken(Punt(5.60, 50.96), 1) == [streets.oost]
