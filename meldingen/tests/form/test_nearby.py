from datetime import timedelta

import pytest
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.geo import Punt
from meldingen.models import Melding, Volger
from meldingen.states import Status
from meldingen.tests import factories
from meldingen.tests.form.conftest import text, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]

CLOSE = Punt(factories.CENTRE.lon + 0.0005, factories.CENTRE.lat)  # 35 m
FAR = Punt(factories.CENTRE.lon + 0.002, factories.CENTRE.lat)  # 140 m


@pytest.fixture
def neighbour(zwerfvuil, cast):
    """An open report of the same main category, 35 m away."""
    return factories.MeldingFactory(
        categorie=zwerfvuil,
        plaats=CLOSE,
        omschrijving="Jan van nummer 4 gooit het neer.",
        ontvangen_op=timezone.now() - timedelta(days=2),
        status=Status.IN_BEHANDELING,
        team=cast.werkplaats,
    )


def at_nearby(visitor, categorie):
    visitor.waar()
    return visitor.wat(categorie)


def test_an_open_report_nearby_is_shown_without_what_the_other_wrote(visitor, neighbour, sluikstort):
    sluikstort.vragen.all().delete()
    assert where(at_nearby(visitor, sluikstort)) == "in-de-buurt"
    page = text(visitor.get("buurt"))
    assert "ongeveer 40 meter" in page
    assert "in behandeling" in page
    assert "Zwerfvuil" in page
    assert "Jan van nummer 4" not in page


def test_the_public_text_is_shown_once_staff_released_it(visitor, neighbour, zwerfvuil):
    Melding.objects.update(openbaar=True, openbare_tekst="Zwerfvuil aan het pad.")
    at_nearby(visitor, zwerfvuil)
    assert "Zwerfvuil aan het pad." in text(visitor.get("buurt"))


@pytest.mark.parametrize(
    "change",
    [
        {"plaats": FAR},
        {"status": Status.AFGESLOTEN, "sluitreden": "opgelost", "afgesloten_op": timezone.now()},
        {"plaats": None},
    ],
)
def test_far_and_closed_reports_are_not_asked_about(visitor, neighbour, zwerfvuil, change):
    Melding.objects.update(**change)
    assert where(at_nearby(visitor, zwerfvuil)) == "foto"


def test_a_sensitive_report_is_never_shown(visitor, neighbour, sluikstort):
    sluikstort.vragen.all().delete()
    neighbour.categorie.is_gevoelig = True
    neighbour.categorie.save()
    assert where(at_nearby(visitor, sluikstort)) == "foto"


def test_another_main_category_is_not_asked_about(visitor, neighbour):
    assert where(at_nearby(visitor, factories.SubcategorieFactory())) == "foto"


@pytest.mark.parametrize("number", [1, 5, 6])
def test_five_reports_at_most_are_shown_for_the_same_number_of_queries(
    visitor, zwerfvuil, number, django_assert_num_queries
):
    for _number in range(number):
        factories.MeldingFactory(categorie=zwerfvuil, plaats=CLOSE, openbaar=True, openbare_tekst="Hier.")
    at_nearby(visitor, zwerfvuil)
    with django_assert_num_queries(4):  # session, category, reports, photos
        page = text(visitor.get("buurt"))
    assert page.count("Dit is dezelfde") == min(number, 5)


def test_no_that_is_another_one_goes_on(visitor, neighbour, zwerfvuil):
    at_nearby(visitor, zwerfvuil)
    assert where(visitor.get("foto")) == "in-de-buurt"
    assert where(visitor.post("buurt")) == "foto"
    visitor.fotos()
    visitor.contact()
    assert where(visitor.sends()).startswith("bedankt")


def test_another_place_asks_again(visitor, neighbour, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    visitor.waar(punt=CLOSE)
    assert where(visitor.get("samenvatting")) == "in-de-buurt"


def test_that_is_the_same_one_counts_and_mails_the_visitor(visitor, neighbour, zwerfvuil):
    at_nearby(visitor, zwerfvuil)
    url = f"/meldingen/nieuw/in-de-buurt/{neighbour.pk}/"
    assert "Tel mij mee" in text(visitor.client.get(url))
    answer = visitor.client.post(url, {"email": "buur@voorbeeld.example"})
    page = text(visitor.client.get(answer.url))
    assert "Je bent meegeteld" in page
    assert "buur@voorbeeld.example" in page
    neighbour.refresh_from_db()
    assert neighbour.aantal_volgers == 1
    assert Volger.objects.get().email == "buur@voorbeeld.example"
    assert Bericht.objects.get().aan == "buur@voorbeeld.example"
    assert visitor.draft is None


def test_following_twice_counts_once_and_needs_no_address(visitor, neighbour, zwerfvuil):
    at_nearby(visitor, zwerfvuil)
    visitor.client.post(f"/meldingen/nieuw/in-de-buurt/{neighbour.pk}/", {"email": ""})
    assert visitor.client.post(f"/meldingen/nieuw/in-de-buurt/{neighbour.pk}/", {"email": ""}).status_code == 302
    assert Volger.objects.count() == 1


def test_only_a_report_that_is_nearby_can_be_followed(visitor, neighbour, zwerfvuil):
    far = factories.MeldingFactory(categorie=zwerfvuil, plaats=FAR)
    at_nearby(visitor, zwerfvuil)
    assert where(visitor.client.post(f"/meldingen/nieuw/in-de-buurt/{far.pk}/")) == "in-de-buurt"
    assert not Volger.objects.exists()


def test_following_has_the_same_limits_as_reporting(visitor, neighbour, zwerfvuil, settings):
    settings.REPORTS_PER_ADDRESS = 1
    for status in (302, 429):
        at_nearby(visitor, zwerfvuil)
        assert visitor.client.post(f"/meldingen/nieuw/in-de-buurt/{neighbour.pk}/").status_code == status
