"""Quick entry: what staff write down for somebody else."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kern.beelden.models import Beeld
from kern.berichten.models import Bericht
from kern.geo.lambert import format_coordinates
from meldingen.models import Gebeurtenis, Melding
from meldingen.states import Status
from meldingen.tests import factories
from meldingen.tests.factories import MeldingFactory, SubcategorieFactory, VraagFactory
from meldingen.tests.form.conftest import picture

NEW = reverse("meldingen:staff_new")
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def categorie(cast):
    return SubcategorieFactory(naam="Sluikstort", synoniemen="matras, zetel")


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def filled(chosen, **changed):
    return {
        "inzending": str(uuid.uuid4()),
        "bron": "telefoon",
        "categorie": chosen.pk,
        "omschrijving": "Er ligt een matras.",
        "plaats": format_coordinates(factories.CENTRE),
        "prioriteit": "normaal",
        "taal": "nl",
        "daarna": "route",
        "bewaar": "ja",
        **changed,
    }


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_report_is_stored_with_its_source_and_who_entered_it(desk, categorie, cast):
    data = filled(categorie, bron="balie", naam="An", email=cast.bewoner, prioriteit="hoog", taal="fr")
    answer = desk.post(NEW, data)
    melding = Melding.objects.get()
    assert answer.url == reverse("meldingen:staff_entered", args=[melding.pk])
    assert (melding.bron, melding.prioriteit, melding.taal, melding.wijk) == ("balie", "hoog", "fr", cast.wijk)
    assert (melding.melder.naam, melding.team) == ("An", cast.wijkteam)
    assert Gebeurtenis.objects.get().door == cast.wijkmanager
    page = text(desk.get(answer.url))
    assert melding.code in page
    assert f"Er gaat een mail naar {cast.bewoner}, in het Frans." in page
    assert Bericht.objects.get().taal == "fr"


def test_without_a_reporter_the_code_is_all_there_is(desk, categorie):
    answer = desk.post(NEW, filled(categorie))
    assert "Er gaat geen mail" in text(desk.get(answer.url))
    assert not Bericht.objects.exists()


def test_a_second_click_finds_the_report_of_the_first(desk, categorie):
    data = filled(categorie, daarna="ik")
    assert desk.post(NEW, data).url == desk.post(NEW, data).url
    assert Melding.objects.count() == 1
    assert Gebeurtenis.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_report(desk, categorie):
    data, barrier = filled(categorie, daarna="ik", email="an@voorbeeld.example"), Barrier(2)

    def click(_number):
        browser = Client()
        browser.cookies = desk.cookies
        barrier.wait()
        try:
            return browser.post(NEW, data).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        urls = set(pool.map(click, range(2)))
    assert len(urls) == 1
    assert (Melding.objects.count(), Bericht.objects.count(), Gebeurtenis.objects.count()) == (1, 1, 2)


def test_save_and_next_keeps_the_source_and_tells_the_code(desk, categorie):
    data = filled(categorie, bron="bijeenkomst", volgende="ja")
    del data["bewaar"]
    answer = desk.post(NEW, data)
    page = desk.get(answer.url)
    assert Melding.objects.get().code in text(page)
    assert page.context["invoer"].wat["bron"].value() == "bijeenkomst"
    assert page.context["invoer"].wat["omschrijving"].value() in ("", None)
    assert desk.get(NEW).context["invoer"].wat["bron"].value() == "bijeenkomst"


def test_taking_it_myself(desk, categorie, cast):
    desk.post(NEW, filled(categorie, daarna="ik"))
    melding = Melding.objects.get()
    assert (melding.behandelaar, melding.status) == (cast.wijkmanager, Status.TOEGEWEZEN)
    assert melding.is_met_hand_toegewezen


def test_solved_at_once_sends_one_mail_that_says_so(desk, categorie, cast):
    refused = desk.post(NEW, filled(categorie, daarna="opgelost"))
    assert "Schrijf hoe het is opgelost." in text(refused)
    assert not Melding.objects.exists()
    desk.post(NEW, filled(categorie, daarna="opgelost", toelichting="Meteen opgeruimd.", email=cast.bewoner))
    melding = Melding.objects.get()
    assert (melding.status, melding.sluitreden) == (Status.AFGESLOTEN, "opgelost")
    mail = Bericht.objects.get()
    assert mail.soort == "melding_gesloten_opgelost"
    assert "Meteen opgeruimd." in mail.tekst


def test_who_only_reads_can_enter_but_not_take_or_close(client, categorie, cast):
    client.force_login(cast.lezer)
    assert "ik neem het zelf op" not in text(client.get(NEW))
    client.post(NEW, filled(categorie, daarna="opgelost", toelichting="x"))
    assert Melding.objects.get().status == Status.NIEUW


def test_the_code_is_for_who_entered_it_or_handles_it(client, categorie, cast):
    client.force_login(cast.lezer)
    mine = client.post(NEW, filled(categorie)).url
    assert client.get(mine).status_code == 200
    client.force_login(cast.wijkmanager)
    assert client.get(mine).status_code == 200
    other = client.post(NEW, filled(categorie, plaats="", in_woorden="aan de kerk", wijk=cast.wijk.pk)).url
    for person in (cast.lezer, cast.collega):
        client.force_login(person)
        assert client.get(other).status_code == 404
        assert Melding.objects.last().code not in text(client.get(f"{NEW}?na={Melding.objects.first().pk}"))


def test_who_enters_a_sensitive_report_reads_the_code_and_no_more(client, cast):
    secret = SubcategorieFactory(is_gevoelig=True, team=cast.ander_team)
    client.force_login(cast.verdeler)
    assert Melding.objects.count() == 0
    answer = client.post(NEW, filled(secret))
    melding = Melding.objects.get()
    assert melding.code in text(client.get(answer.url))
    assert client.get(reverse("meldingen:detail", args=[melding.pk])).status_code == 404


def test_the_word_search_finds_a_category_and_takes_the_only_one(desk, categorie):
    answer = desk.get(NEW, {"zoek": "matras"}, **HTMX)
    assert "past bij “matras”" in text(answer)
    assert re.search(rf'value="{categorie.pk}"[^>]*checked', text(answer))
    assert "gekozen" in answer["HX-Trigger-After-Swap"]
    SubcategorieFactory(naam="Matrassen ophalen")
    assert "checked" not in text(desk.get(NEW, {"zoek": "matras"}, **HTMX))


def test_the_word_search_works_without_a_script(desk, categorie):
    data = filled(categorie, zoek="matras", zoeken="ja", categorie="")
    page = text(desk.post(NEW, data))
    assert "1 keuze past bij “matras”" in page
    assert "Er ligt een matras." in page
    assert not Melding.objects.exists()


def test_an_address_is_found_without_a_script(desk, categorie, cast):
    from wijken.models import Straat

    Straat.objects.create(naam="Hennepstraat", zoeknaam="hennepstraat", plaats=factories.CENTRE, wijk=cast.wijk)
    data = filled(categorie, plaats="", plaats_adres="Hennepstraat 5", plaats_zoek="ja")
    page = desk.post(NEW, data)
    assert format_coordinates(factories.CENTRE) in text(page)
    data = filled(categorie, plaats="", plaats_adres="Hennepstraat 5")
    desk.post(NEW, data)
    assert Melding.objects.get().adres == "Hennepstraat 5"


def test_a_place_in_words_is_enough_and_none_is_too_little(desk, categorie, cast):
    assert "Zeg waar het is" in text(desk.post(NEW, filled(categorie, plaats="")))
    desk.post(NEW, filled(categorie, plaats="", in_woorden="aan de school", wijk=cast.wijk.pk))
    assert Melding.objects.get().wijk == cast.wijk


@pytest.mark.parametrize(("bron", "stored"), [("telefoon", 0), ("mail", 1)])
def test_questions_are_asked_and_required_of_a_reporter_who_is_there(desk, categorie, bron, stored):
    vraag = VraagFactory(categorie=categorie, tekst="Hoe groot?", is_verplicht=True)
    first = text(desk.post(NEW, filled(categorie, bron=bron)))
    assert "Bij deze categorie horen nog vragen" in first
    assert "Hoe groot?" in first
    assert "Er klopt iets niet" not in first
    again = desk.post(NEW, filled(categorie, bron=bron, getoond=str(vraag.pk)))
    assert Melding.objects.count() == stored
    assert (again.status_code == 302) == bool(stored)


def test_an_answer_is_kept_with_the_report(desk, categorie):
    vraag = VraagFactory(categorie=categorie, tekst="Hoe groot?")
    desk.post(NEW, filled(categorie, getoond=str(vraag.pk), **{f"vraag_{vraag.pk}": "Reusachtig"}))
    assert Melding.objects.get().antwoorden.get().waarde == "Reusachtig"


def test_a_stop_page_warns_and_staff_may_go_on(desk, categorie):
    page = factories.stop(categorie)
    warned = desk.post(NEW, filled(categorie))
    assert "Dit is voor Fluvius" in text(warned)
    assert "Kijk dit even na" in text(warned)
    assert not Melding.objects.exists()
    assert desk.post(NEW, filled(categorie, gezien=f"stop:{page.code}")).status_code == 302
    assert Melding.objects.count() == 1


def test_what_is_near_is_shown_before_it_is_stored(desk, categorie, cast):
    near = MeldingFactory(categorie=categorie, wijk=cast.wijk)
    MeldingFactory(categorie=SubcategorieFactory(), wijk=cast.wijk)
    part = text(desk.post(NEW, filled(categorie), **HTMX))
    assert "Staat het er al?" in part
    assert f"{near.pk} · Sluikstort" in part
    assert "<html" not in part
    assert "Staat het er al?" in text(desk.post(NEW, filled(categorie)))
    assert Melding.objects.count() == 2
    desk.post(NEW, filled(categorie, gezien=f"nabij:{near.pk}"))
    assert Melding.objects.count() == 3


def test_what_somebody_may_not_see_is_not_named_as_near(desk, categorie, cast):
    hidden = SubcategorieFactory(hoofdcategorie=categorie.hoofdcategorie, is_gevoelig=True)
    MeldingFactory(categorie=hidden, wijk=cast.wijk)
    assert "Staat het er al?" not in text(desk.post(NEW, filled(categorie), **HTMX))
    assert desk.post(NEW, filled(categorie)).status_code == 302


def test_the_same_report_counts_the_reporter_and_keeps_the_words(desk, categorie, cast):
    near = MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.wijkteam)
    data = filled(categorie, zelfde=near.pk, email="buur@voorbeeld.example")
    del data["bewaar"]
    answer = desk.post(NEW, data)
    assert answer.url == reverse("meldingen:detail", args=[near.pk])
    near.refresh_from_db()
    assert (near.aantal_volgers, Melding.objects.count()) == (1, 1)
    assert Bericht.objects.get().aan == "buur@voorbeeld.example"
    assert "Ook gemeld (telefoon): Er ligt een matras." in text(desk.get(answer.url))


def test_the_same_as_a_report_elsewhere_counts_nobody(desk, categorie, cast):
    far = MeldingFactory(categorie=categorie, wijk=cast.andere_wijk, plaats=cast.andere_wijk.centrum)
    assert desk.post(NEW, filled(categorie, zelfde=far.pk)).status_code == 200
    far.refresh_from_db()
    assert far.aantal_volgers == 0


def test_nothing_is_lost_when_something_is_wrong_not_even_a_photo(desk, categorie):
    data = filled(categorie, email="geen adres", fotos=[picture("een.jpg")])
    page = desk.post(NEW, data)
    assert "Er ligt een matras." in text(page)
    assert "een.jpg" in text(page)
    kept = Beeld.objects.get()
    again = {**data, "email": "an@voorbeeld.example", "getoonde_foto": str(kept.pk), "behoud": str(kept.pk)}
    del again["fotos"]
    desk.post(NEW, again)
    assert Melding.objects.get().beelden.get().beeld == kept


def test_a_kept_photo_can_be_left_out(desk, categorie):
    data = filled(categorie, email="geen adres", fotos=[picture("een.jpg")])
    desk.post(NEW, data)
    again = {**data, "email": "", "getoonde_foto": str(Beeld.objects.get().pk)}
    del again["fotos"]
    desk.post(NEW, again)
    assert not Melding.objects.get().beelden.exists()


def test_what_was_typed_while_the_log_in_ended_is_there_again(client, categorie, cast):
    answer = client.post(NEW, filled(categorie, naam="An"))
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(cast.wijkmanager)
    page = client.get(parse_qs(urlsplit(answer.url).query)["next"][0])
    assert "Je was uitgelogd" in text(page)
    assert "Er ligt een matras." in text(page)
    assert 'value="An"' in text(page)
    assert not Melding.objects.exists()


def test_a_place_outside_the_city_is_refused(desk, categorie):
    page = desk.post(NEW, filled(categorie, plaats=format_coordinates(factories.OUTSIDE)))
    assert "ligt niet in Genk" in text(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_five_queries(desk, categorie, count, django_assert_num_queries):
    for _ in range(count):
        SubcategorieFactory()
    desk.get(NEW)
    with django_assert_num_queries(5):
        desk.get(NEW)
