"""Saved views and columns in a browser: with the keyboard alone, and without any script."""

import csv
import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from meldingen.models import Kolomkeuze, Weergave
from meldingen.tests import factories
from meldingen.tests.factories import MeldingFactory
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = reverse("meldingen:staff_list")


@pytest.fixture
def cast(transactional_db):
    made = factories.cast()
    for prioriteit in ("hoog", "hoog", "normaal"):
        MeldingFactory(wijk=made.wijk, team=made.wijkteam, prioriteit=prioriteit)
    return made


@pytest.fixture
def open_page(browser, live_server, cast):
    """The wijkmanager at a page; `page.wrong` fills with what a page must not do."""
    client = Client()
    client.force_login(cast.wijkmanager)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = []

    def open_page(path, **options):
        contexts.append(browser.new_context(locale="nl-BE", **{"viewport": DESK, **options}))
        contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def headings(page):
    return [text.strip() for text in page.locator("thead th").all_inner_texts()]


def test_columns_are_chosen_and_ordered_by_keyboard_and_the_filter_stays(open_page, cast):
    page = open_page(f"{LIST}?lijst=wijk&prioriteit=hoog")
    page.get_by_role("link", name="Kolommen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Bron").focus()
    page.keyboard.press("Space")
    up = page.get_by_role("button", name="Bron hoger")
    place = "li:nth-child({}) input[value='bron'][name='kolom']".format
    while not page.locator(place(1)).count():
        before = page.locator("input[name='kolom']").evaluate_all("boxes => boxes.findIndex(b => b.value === 'bron')")
        up.focus() if before > 12 else None
        page.keyboard.press("Enter")
        expect(page.locator(place(before))).to_be_attached()
        expect(up).to_be_focused()  # the same button, where it stands now
    assert page.locator(place(1)).is_checked()
    assert not Kolomkeuze.objects.exists()
    page.get_by_role("checkbox", name="Ontvangen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # as in every form, Enter in a field sends it: it saves
    page.wait_for_url(lambda url: url.endswith(f"{LIST}?lijst=wijk&prioriteit=hoog"))
    assert headings(page) == ["Bron", "Nr.", "Wat", "Waar", "Termijn", "Status", "Wie", "Wat nu"]
    assert page.locator("tbody tr").count() == 2
    assert page.wrong == []


def test_columns_are_chosen_and_ordered_without_javascript(open_page, cast):
    page = open_page(f"{LIST}?lijst=wijk&prioriteit=hoog", java_script_enabled=False)
    page.get_by_role("link", name="Kolommen").click()
    page.get_by_role("checkbox", name="Wijk", exact=True).check()
    page.get_by_role("checkbox", name="Wie").uncheck()
    page.get_by_role("button", name="Nummer lager").click()
    assert page.get_by_role("checkbox", name="Wijk", exact=True).is_checked()
    assert not page.get_by_role("checkbox", name="Wie").is_checked()
    page.get_by_role("button", name="Bewaar de kolommen").click()
    assert page.url.endswith(f"{LIST}?lijst=wijk&prioriteit=hoog")
    assert headings(page)[:3] == ["Wat", "Nr.", "Waar"]
    assert headings(page)[-1] == "Wijk"
    assert page.locator("tbody tr").count() == 2


def test_a_list_becomes_a_view_with_its_number_is_taken_out_as_a_file_and_goes_away(open_page, cast, tmp_path):
    page = open_page(f"{LIST}?lijst=wijk&prioriteit=hoog")
    page.get_by_role("link", name="Bewaar als weergave").click()
    page.get_by_label("Hoe noem je deze weergave?").fill("Dringend bij ons")
    page.get_by_label("Wie ziet ze boven de lijst?").select_option(label="team Wijkteam Waterschei")
    page.get_by_role("button", name="Bewaar de weergave").click()
    view = Weergave.objects.get()
    tab = page.get_by_role("navigation", name="Weergaven").get_by_role("link", name="Dringend bij ons")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(page.locator(f"#telling-{view.pk}")).to_contain_text("2")
    page.get_by_role("link", name="Als bestand").click()
    page.get_by_label("CSV").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Haal het bestand op").click()
    download.value.save_as(tmp_path / "lijst.csv")
    with (tmp_path / "lijst.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file, delimiter=";"))) == 3
    page.get_by_role("link", name="Terug naar de lijst").click()
    page.get_by_role("link", name="Je weergaven").click()
    page.get_by_role("link", name=re.compile("Verwijder.*Dringend")).click()
    page.get_by_role("button", name="Verwijder de weergave").click()
    page.get_by_role("button", name=re.compile("Zet terug.*Dringend")).click()
    expect(page.get_by_role("link", name="Dringend bij ons", exact=True)).to_be_visible()
    assert page.wrong == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_list_with_views_and_own_columns_is_accessible_and_stays_within_the_page(open_page, cast, viewport):
    for naam in ("Nog van niemand, ook niet van het team", "Deze week te doen in onze wijken"):
        Weergave.objects.create(
            naam=naam, filters="lijst=wijk", eigenaar=cast.wijkmanager, gemaakt_op="2026-03-02T08:00:00Z"
        )
    view = Weergave.objects.create(
        naam="Alles wat ik wil weten",
        filters="lijst=wijk",
        kolommen=["nummer", "wat", "wijk", "team", "prioriteit", "bron", "volgers", "gewijzigd", "ontvangen"],
        eigenaar=cast.wijkmanager,
        gemaakt_op="2026-03-02T08:00:00Z",
    )
    page = open_page(f"{LIST}?weergave={view.pk}&lijst=wijk&status=nieuw", viewport=viewport)
    expect(page.get_by_text("Je ziet niet meer precies")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert page.wrong == []
