"""What somebody who means harm cannot do with the public pages."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.geo import Punt
from meldingen import actions
from meldingen.models import Melding, Volger
from meldingen.queries import form as queries
from meldingen.tests import factories
from meldingen.tests.form.conftest import picture
from meldingen.views.private import WRONG_CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
VICTIM = "slachtoffer@voorbeeld.example"


def released(**fields):
    fields = {"openbaar": True, "openbare_tekst": "Blikjes", "plaats": factories.CENTRE} | fields
    return factories.MeldingFactory(**fields)


def test_wrong_codes_on_the_thank_you_page_are_counted_too(client):
    for n in range(WRONG_CODES):
        assert (
            client.get(reverse("meldingen:thanks", args=[f"ABCDEFGH{n:02}".translate({48: "X", 49: "Y"})])).status_code
            == 404
        )
    assert client.get(reverse("meldingen:thanks", args=[released().code])).status_code == 429


def test_a_square_is_drawn_of_a_code_only(client):
    assert client.get(reverse("meldingen:thanks_qr", args=["A" * 5000])).status_code == 404
    assert client.get(reverse("meldingen:thanks_qr", args=["ABCDE23456"])).status_code == 200


def test_nobody_chooses_the_key_of_somebody_elses_page(client, cast):
    chosen, first, second = uuid.uuid4(), released(), released()
    for melding in (first, first, second):
        page = reverse("meldingen:public_detail", args=[melding.pk])
        assert client.post(page, {"email": VICTIM, "sleutel": chosen}).status_code == 302
    assert Volger.objects.count() == 2
    assert client.get(reverse("meldingen:following", args=[chosen])).status_code == 404


def test_one_address_is_not_flooded_with_mails_about_many_reports(client, settings, cast):
    settings.REPORTS_PER_MAIL = 2
    answers = [
        client.post(
            reverse("meldingen:public_detail", args=[released().pk]), {"email": VICTIM, "sleutel": uuid.uuid4()}
        )
        for _n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert Bericht.objects.filter(aan=VICTIM).count() == 2


def test_photos_are_not_looked_at_without_end(client, settings):
    settings.REPORTS_PER_ADDRESS = 1
    melding = released()
    page = reverse("meldingen:status_add", args=[melding.code])
    sent = [
        client.post(page, {"beelden": picture(color=color)}).status_code
        for color in ("red", "green", "blue", "pink", "grey")
    ]
    assert sent == [302, 302, 302, 302, 429]
    assert client.post(page, {"tekst": "Zonder foto mag het nog"}).status_code == 302


def test_a_narrow_box_on_the_map_does_not_find_the_door(client):
    melding = released(plaats=Punt(5.500031, 50.965018))
    for west, east in ((5.49996, 5.49997), (5.50003, 5.50004)):  # beside and over the real place
        box = f"{west},50.96500,{east},50.96501"
        found = client.get(reverse("meldingen:public_places"), {"kader": box}).json()["features"]
        assert [feature["id"] for feature in found] == [melding.pk]
        assert found[0]["geometry"]["coordinates"] == [5.5, 50.965]


def test_the_distance_to_a_report_nearby_is_that_of_its_rounded_place():
    real, other = Punt(5.500031, 50.965018), Punt(5.499969, 50.964982)
    melding = released(plaats=real)
    seen = []
    for place in (real, other):
        Melding.objects.filter(pk=melding.pk).update(plaats=place)
        seen.append(
            [
                [
                    row.metres
                    for row in queries.nearby(
                        Punt(5.5 + step / 100_000, 50.965), melding.categorie, timezone.localdate()
                    )
                ]
                for step in range(0, 160, 5)
            ]
        )
    assert seen[0] == seen[1]
    assert seen[0][0] == [10]
    assert seen[0][-1] == []


def test_the_form_mails_no_link_of_a_stranger_to_somebody_elses_address(cast):
    for words in ("Win: https://kwaad.example/x", "Kijk op WWW.kwaad.example", "Ga naar kwaad.example/inloggen nu"):
        actions.submit(
            inzending=uuid.uuid4(),
            categorie=factories.SubcategorieFactory(),
            omschrijving=f"{words} Er ligt 1/2 zak afval.Vlakbij",
            adres=words,
            email=VICTIM,
            at=timezone.now(),
        )
        mail = Bericht.objects.latest("pk")
        assert "kwaad.example" not in (mail.tekst + mail.html).lower()
        assert "[link]" in mail.tekst
        assert "Er ligt 1/2 zak afval.Vlakbij" in mail.tekst
        assert reverse("meldingen:status", args=[Melding.objects.latest("pk").code]) in mail.tekst
