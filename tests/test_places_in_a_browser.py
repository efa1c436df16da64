"""Pointing at a place: with the keyboard, with the mouse, and without any script."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from wijken import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def city(db):
    demo.fill(on=date(2026, 3, 2))


@pytest.fixture
def open_page(browser, live_server):
    contexts = []

    def open_page(path, **options):
        contexts.append(browser.new_context(locale="nl-BE", **options))
        page = contexts[-1].new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def coordinates(page):
    return page.locator("[data-plaats-punt]").input_value()


def test_an_address_is_searched_and_chosen_by_keyboard(open_page):
    page = open_page(reverse("meldingen:new"))
    page.locator("[data-plaats-adres]").focus()
    page.keyboard.type("linden", delay=20)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lindenlaan")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("Gekozen plaats: nabij Lindenpad, wijk Bokrijk.").wait_for()
    assert page.locator("[data-plaats-adres]").input_value() == "Lindenpad"
    assert coordinates(page) == "50.97667, 5.41465"
    assert page.locator(".landkaart__pin").count() == 1
    assert page.wrong == []


def test_the_search_button_leads_to_the_first_of_several_answers(open_page):
    page = open_page(reverse("meldingen:new"))
    page.locator("[data-plaats-adres]").fill("egel")
    page.locator("[data-plaats-zoek]").click()
    expect(page.get_by_role("button", name="Egellaan")).to_be_focused()
    page.wait_for_timeout(500)  # the search while typing may not take the focus away again
    page.keyboard.press("Enter")
    page.get_by_text("nabij Egellaan").wait_for()


def test_the_middle_of_the_map_is_chosen_with_enter_and_told_in_words(open_page):
    page = open_page(reverse("meldingen:new"))
    page.locator("[data-kaart]").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Gekozen plaats:").wait_for()
    assert coordinates(page).startswith("50.9")
    assert page.wrong == []
    assert axe_violations(page) == []


def test_a_pin_takes_the_place_of_a_typed_address(open_page):
    page = open_page(reverse("meldingen:new"))
    page.locator("[data-plaats-adres]").fill("Lindenpad")
    page.locator("[data-plaats-zoek]").click()
    page.get_by_text("nabij Lindenpad").wait_for()
    page.locator("[data-kaart]").click(position={"x": 200, "y": 60})
    expect(page.locator("[data-plaats-adres]")).to_have_value("")
    assert coordinates(page) != "50.97667, 5.41465"


def test_the_place_where_somebody_is_fills_the_field(open_page):
    here = {"latitude": 50.9525, "longitude": 5.506}
    page = open_page(reverse("meldingen:new"), geolocation=here, permissions=["geolocation"])
    page.locator("[data-plaats-gps]").click()
    page.get_by_text("wijk Kolderbos.").wait_for()
    assert coordinates(page) == "50.95250, 5.50600"


def test_a_lambert_pair_becomes_a_place_on_the_map(open_page):
    page = open_page(reverse("meldingen:new"))
    page.get_by_text("Coördinaten intypen").click()
    page.locator("[data-plaats-punt]").fill("229254, 184295")
    page.keyboard.press("Tab")
    page.get_by_text("wijk Genk-Centrum.").wait_for()
    assert coordinates(page) == "50.96350, 5.49695"
    assert page.locator(".landkaart__pin").count() == 1


def test_without_script_an_address_with_several_places_becomes_a_choice(open_page):
    page = open_page(reverse("meldingen:new"), java_script_enabled=False)
    assert page.locator("[data-kaart]").is_hidden()
    page.locator("[data-plaats-adres]").fill("linden")
    page.locator("[data-plaats-zoek]").click()
    page.get_by_role("radio", name="Lindenplein").check()
    assert "meer dan één plaats" in page.locator("main").inner_text()


def test_a_click_on_the_map_opens_the_page_of_the_wijk(open_page):
    page = open_page(reverse("wijken:find"))
    page.locator("[data-kaart] path").nth(3).click()
    page.wait_for_url(lambda url: url.endswith("/wijken/driehoeven/"))
    assert page.locator(".is-gekozen").count() == 1
    assert page.get_by_text("Grenzen bij benadering, niet de officiële.").is_visible()
    assert page.wrong == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_wijken_are_accessible_and_fit_the_window(open_page, width):
    for path in (reverse("wijken:list"), reverse("wijken:find") + "?q=linden", "/wijken/gelieren/"):
        page = open_page(path, viewport={"width": width, "height": 800})
        assert page.wrong == []
        assert not scrolls_sideways(page)
        assert axe_violations(page) == []
