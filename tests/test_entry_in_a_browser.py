"""Quick entry, a standard text and the pages of the rules in a browser: with the keyboard, under axe, at two widths."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from kern.gebruikers.models import Gebruiker
from meldingen import startgegevens
from meldingen.models import Melding
from meldingen.tests.factories import MelderFactory, MeldingFactory, RouteregelFactory, StandaardtekstFactory
from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from wijken import demo
from wijken.models import Team, Wijk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(autouse=True)
def city(db):
    demo.fill(on=date(2026, 3, 2))
    startgegevens.load()


@pytest.fixture
def open_page(browser, live_server):
    contexts = []

    def open_page(who, path, viewport=DESK):
        client = Client()
        client.force_login(Gebruiker.objects.get(email=f"{who}@{demo.MAIL_DOMAIN}"))
        context = browser.new_context(locale="nl-BE", viewport=viewport)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_report_is_entered_with_the_keyboard_alone(open_page):
    page = open_page("beheerder", reverse("meldingen:staff_list"))
    page.keyboard.press("n")
    page.wait_for_url(f"**{reverse('meldingen:staff_new')}")
    expect(page.get_by_label("Waarover gaat het? Typ een woord")).to_be_focused()
    page.keyboard.type("zwerfvuil", delay=10)
    expect(page.get_by_text("past bij “zwerfvuil”").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Zwerfvuil")).to_be_checked()
    page.get_by_label("Wat vertelt de melder?").focus()
    page.keyboard.type("Blikjes aan de halte")
    page.locator("[data-plaats-adres]").focus()
    page.keyboard.type("lindenpad", delay=10)
    page.keyboard.press("Enter")
    page.get_by_text("Gekozen plaats:").wait_for()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/nieuw/*/")
    melding = Melding.objects.get()
    assert (melding.bron, melding.categorie.code, melding.adres) == ("telefoon", "zwerfvuil", "Lindenpad")
    expect(page.get_by_text(melding.code)).to_be_visible()
    assert page.wrong == []
    assert axe_violations(page) == []


def test_what_is_near_appears_while_the_place_is_pointed_at(open_page):
    old = MeldingFactory(categorie__code="x", wijk=Wijk.objects.first())
    old.categorie = startgegevens.Categorie.objects.get(code="zwerfvuil")
    old.save()
    page = open_page("beheerder", reverse("meldingen:staff_new"))
    page.keyboard.type("zwerfvuil", delay=10)
    expect(page.get_by_text("past bij “zwerfvuil”").first).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_text("Coördinaten intypen").click()
    page.locator("#id_plaats_punt").fill("50.96600, 5.50200")
    page.locator("#id_omschrijving").focus()
    expect(page.get_by_text("Staat het er al?")).to_be_visible()
    page.wait_for_load_state("networkidle")  # leaving while htmx asks for something is an error in its log
    page.get_by_role("button", name="Dit is dezelfde").click()
    expect(page.get_by_text("Schrijf in een paar woorden")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    page.get_by_label("Wat vertelt de melder?").fill("Nog meer blikjes")
    page.get_by_role("button", name="Dit is dezelfde").click()
    page.get_by_text(f"De melder is meegeteld bij melding {old.pk}").wait_for()
    assert Melding.objects.count() == 1
    assert page.wrong == []


def test_a_standard_text_is_put_in_and_chosen_files_stay(open_page, tmp_path):
    team = Team.objects.first()
    melding = MeldingFactory(team=team, wijk=Wijk.objects.first(), taal="fr")
    MelderFactory(melding=melding)
    StandaardtekstFactory(stap="sluit", sluitreden="opgelost", tekst="Alles is weg.", tekst_fr="Tout est parti.")
    page = open_page("beheerder", reverse("meldingen:detail", args=[melding.pk]) + "?stap=sluit")
    photo = tmp_path / "na.jpg"
    photo.write_bytes(b"x")
    page.set_input_files("input[type=file]", str(photo))
    page.get_by_role("button", name="Kies een standaardtekst").click()
    page.get_by_role("button", name="Zet in de tekst").click()
    expect(page.get_by_label("Bericht aan de melder")).to_have_value("Alles is weg.")
    expect(page.get_by_role("radio", name="opgelost")).to_be_checked()
    assert page.locator("input[type=file]").evaluate("input => input.files.length") == 1
    page.get_by_role("button", name="Bekijk de mail").click()
    expect(page.locator("#voorbeeld")).to_contain_text("Tout est parti.")
    assert page.wrong == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_rules_and_texts_are_accessible(open_page, viewport):
    rule = RouteregelFactory(naam="Breed", team=Team.objects.get(naam="Dienst groen"))
    RouteregelFactory(naam="Verborgen", bron="balie", team=Team.objects.get(naam="Dienst wegen"))
    tekst = StandaardtekstFactory(stap="sluit")
    melding = MeldingFactory(team=Team.objects.first())
    problems = {}
    page = open_page("beheerder", reverse("meldingen:route_list"), viewport)
    base = page.url.removesuffix(reverse("meldingen:route_list"))
    for path in (
        reverse("meldingen:route_list"),
        reverse("meldingen:route_add"),
        reverse("meldingen:route_edit", args=[rule.pk]),
        f"{reverse('meldingen:route_try')}?nummer={melding.pk}",
        reverse("meldingen:text_list"),
        reverse("meldingen:text_edit", args=[tekst.pk]),
        reverse("meldingen:staff_new"),
    ):
        page.goto(base + path, wait_until="networkidle")
        found = [*page.wrong, *axe_violations(page), *(["sideways"] if scrolls_sideways(page) else [])]
        page.wrong.clear()
        if found:
            problems[path] = found
    page.goto(base + reverse("meldingen:route_edit", args=[rule.pk]), wait_until="networkidle")
    page.get_by_role("button", name="Bekijk het effect").click()
    page.get_by_role("heading", name="Wat deze wijziging doet").wait_for()
    problems |= {"effect": found} if (found := axe_violations(page)) else {}
    assert problems == {}
