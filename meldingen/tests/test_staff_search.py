import pytest
from django.urls import reverse

from meldingen.models import Melder
from meldingen.states import Status
from meldingen.tests.factories import MelderFactory, MeldingFactory

LIST = reverse("meldingen:staff_list")


@pytest.fixture
def melding(cast):
    melding = MeldingFactory(
        wijk=cast.wijk, team=cast.wijkteam, adres="Hennepstraat 41", omschrijving="Een losse stoeptegel bij de school"
    )
    MelderFactory(melding=melding, naam="An Janssens-Peeters", email="An@voorbeeld.be", telefoon="+32 470 12.34.56")
    return melding


@pytest.fixture
def find(client, cast):
    def search(words, user=None, **query):
        client.force_login(user or cast.wijkmanager)
        findings = client.get(LIST, {"q": words, **query}).context["vondsten"]
        return {row["regel"].code: row["aantal"] for row in findings if row["aantal"]}

    return search


def test_the_number_wins_whatever_filters_are_set(find, melding):
    found = find(str(melding.pk), status=Status.AFGESLOTEN, lijst="mijn")
    assert found == {"nummer": 1}
    assert find(f"#{melding.pk}") | {"nummer": 1} == find(f"#{melding.pk}")


def test_the_tracking_code_is_found_as_people_write_it(find, melding):
    spaced = f"{melding.code[:5]} {melding.code[5:].lower()}"
    assert find(spaced)["code"] == 1


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("hennep", "adres"),
        ("Hennepstraat 41", "adres"),
        ("janssens", "naam"),
        ("peet an", "naam"),
        ("AN@VOORBEELD.BE", "mail"),
        ("0470 12 34 56", "telefoon"),
        ("0032470123456", "telefoon"),
        ("stoeptegels", "tekst"),
        ('"losse stoeptegel"', "tekst"),
    ],
)
def test_each_rule_finds_what_it_looks_for(find, melding, words, rule):
    assert find(words).get(rule) == 1


@pytest.mark.parametrize("words", ["' OR 1=1 --", "&|!():*", "%_", "\\", "a" * 900, "!!", "<script>", "<->", ":*"])
def test_odd_signs_break_nothing(client, cast, melding, words):
    client.force_login(cast.wijkmanager)
    assert client.get(LIST, {"q": words}).status_code == 200


def test_a_reader_does_not_search_in_who_reported(find, melding, cast):
    for words in ("janssens", "an@voorbeeld.be", "0470123456"):
        assert find(words, cast.lezer) == {}


def test_what_is_not_yours_is_not_found(find, melding, cast):
    for words in (str(melding.pk), melding.code, "Hennepstraat", "janssens"):
        assert find(words, cast.collega) == {}


def test_the_page_tells_which_rule_found_what_and_a_rule_can_be_shown_as_a_list(client, cast, melding):
    client.force_login(cast.wijkmanager)
    page = client.get(LIST, {"q": "Hennepstraat"}).content.decode()
    assert "Al deze woorden staan in het adres" in page
    assert "Naam van de melder</strong>: niets gevonden" in page
    shown = client.get(LIST, {"q": "Hennepstraat", "regel": "adres"})
    assert [row.pk for row in shown.context["pagina"].rows] == [melding.pk]
    assert "Zoekt in" in shown.content.decode()
    refused = client.get(LIST, {"q": "janssens", "regel": "mail"})
    assert "vondsten" in refused.context


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_nine_queries_whatever_it_finds(client, cast, melding, count, django_assert_num_queries):
    for _ in range(count - 1):
        other = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, adres="Hennepstraat 2")
        Melder.objects.create(melding=other)
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(9):
        client.get(LIST, {"q": "Hennepstraat"})
