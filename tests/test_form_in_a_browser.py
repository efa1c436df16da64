"""A whole report in a browser: with the keyboard alone, without any script on a narrow screen, and from a phone."""

from datetime import date

import pytest
from PIL import Image

from kern.verbinding import redis_client
from meldingen import startgegevens
from meldingen.forms import draft
from meldingen.models import Categorie, Melding
from meldingen.tests import factories
from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from wijken import demo
from wijken.models import Straat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = "/meldingen/nieuw/"


@pytest.fixture(autouse=True)
def city(db, monkeypatch):
    demo.fill(on=date(2026, 3, 2))
    startgegevens.load()
    monkeypatch.setattr(draft, "MIN_SECONDS", -1)
    for name in redis_client().scan_iter("limiet:*"):
        redis_client().delete(name)


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


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "matras.jpg"
    Image.effect_noise((2600, 1900), 90).convert("RGB").save(path, quality=92)
    return path


FOCUS_SHOWS = """() => {
    const here = document.activeElement;
    for (let node = here; node && node !== document.body; node = node.parentElement) {
        const style = getComputedStyle(node);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return "";
    }
    return here === document.body ? "" : here.outerHTML;
}"""


def tab_to(page, locator):
    """Go to a control with the Tab key, as somebody without a mouse does, who must see where the focus is."""
    for _press in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWS) == ""
        if locator.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the Tab key never came there")


def look(page):
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def test_a_whole_report_with_the_keyboard_alone(open_page, cast_street):
    page = open_page(START)
    look(page)
    tab_to(page, page.get_by_label("Straat, met of zonder nummer"))
    page.keyboard.type(f"{cast_street} 3")
    page.keyboard.press("Enter")
    page.get_by_text("Gekozen plaats:").wait_for()
    tab_to(page, page.get_by_role("button", name="Ga verder"))
    page.keyboard.press("Enter")

    page.wait_for_url("**/wat/")
    tab_to(page, page.get_by_label("Zoek met een woord"))
    page.keyboard.type("matras", delay=20)
    page.get_by_text("1 keuze past bij “matras”.").wait_for()
    look(page)
    tab_to(page, page.get_by_label("Sluikstort"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Wat is er aan de hand?"))
    page.keyboard.type("Er ligt een matras naast de glasbol.")
    tab_to(page, page.get_by_role("button", name="Ga verder"))
    page.keyboard.press("Enter")

    page.wait_for_url("**/vragen/")
    tab_to(page, page.get_by_label("Ja"))
    page.keyboard.press("Space")
    page.get_by_label("Wat is er gevaarlijk?").wait_for()
    assert page.evaluate("document.activeElement.value") == "ja"
    look(page)
    tab_to(page, page.get_by_label("Wat is er gevaarlijk?"))
    page.keyboard.type("asbest")
    tab_to(page, page.get_by_role("button", name="Ga verder"))
    page.keyboard.press("Enter")

    for step in ("foto", "contact"):
        page.wait_for_url(f"**/{step}/")
        look(page)
        tab_to(page, page.get_by_role("button", name="Ga verder"))
        page.keyboard.press("Enter")

    page.wait_for_url("**/samenvatting/")
    look(page)
    tab_to(page, page.get_by_role("button", name="Verstuur je melding"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bedankt/**")
    look(page)
    melding = Melding.objects.get()
    assert melding.code in page.inner_text("main")
    assert sorted(melding.antwoorden.values_list("waarde", flat=True)) == ["asbest", "ja"]
    assert page.wrong == []


@pytest.fixture
def cast_street():
    """The name of a street that occurs once."""
    names = list(Straat.objects.values_list("naam", flat=True))
    return next(name for name in names if sum(other.startswith(name) for other in names) == 1)


def test_a_whole_report_without_any_script_on_a_narrow_screen(open_page, cast_street, photo):
    page = open_page(START, java_script_enabled=False, viewport={"width": 320, "height": 640})
    sideways = "() => document.documentElement.scrollWidth > 320"
    go_on = page.get_by_role("button", name="Ga verder")
    go_on.click()
    page.get_by_text("Er klopt iets niet").wait_for()
    assert page.title().startswith("Fout:")
    page.get_by_label("Straat, met of zonder nummer").fill(cast_street)
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_text("dit is in").wait_for()
    go_on.click()
    page.get_by_label("Zoek met een woord").fill("zetel")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_label("Sluikstort").check()
    page.get_by_label("Wat is er aan de hand?").fill("Een zetel.")
    go_on.click()
    page.get_by_label("Ja").check()
    go_on.click()
    page.get_by_label("Wat is er gevaarlijk?").fill("asbest")
    go_on.click()
    page.set_input_files("input[type=file]", photo)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("1 foto klaar").wait_for()
    go_on.click()
    go_on.click()
    page.get_by_role("button", name="Verstuur je melding").click()
    page.get_by_text("Bedankt, je melding is verstuurd").wait_for()
    assert Melding.objects.get().code in page.inner_text("main")
    assert not page.evaluate(sideways)


def test_a_phone_that_knows_its_place_only_roughly_asks_to_look(open_page):
    for metres, asks in ((20, False), (180, True)):
        place = {"latitude": 50.966, "longitude": 5.502, "accuracy": metres}
        page = open_page(START, geolocation=place, permissions=["geolocation"], viewport={"width": 360, "height": 740})
        page.get_by_role("button", name="Gebruik de plaats waar ik ben").click()
        page.get_by_text("Gekozen plaats:").wait_for()
        assert ("maar op 180 meter" in page.inner_text("main")) is asks
        assert page.wrong == []


def test_a_heavy_photo_is_made_smaller_before_it_is_sent(open_page, photo):
    page = open_page(START)
    page.get_by_label("Of in je eigen woorden").fill("achter de kerk")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Ik weet het niet").check()
    page.get_by_label("Wat is er aan de hand?").fill("Er ligt iets.")
    page.get_by_role("button", name="Ga verder").click()
    page.set_input_files("input[type=file]", photo)
    page.wait_for_function(
        "heavy => document.querySelector('input[type=file]').files[0].size < heavy", arg=photo.stat().st_size
    )
    page.get_by_role("button", name="Ga verder").click()
    page.wait_for_url("**/contact/")
    assert page.wrong == []


def test_what_is_done_before_the_scripts_have_come_in_is_not_lost(open_page, photo):
    def late(route):
        waiting.append(route)

    waiting = []
    page = open_page(START)
    page.get_by_label("Of in je eigen woorden").fill("achter de kerk")
    page.route("**/django_htmx/*.js", late)
    page.get_by_role("button", name="Ga verder").click(no_wait_after=True)
    page.get_by_label("Zoek met een woord").fill("blikjes")
    page.wait_for_timeout(500)
    assert not page.get_by_label("Zwerfvuil").is_visible()
    for route in waiting:
        route.continue_()
    page.get_by_label("Zwerfvuil").check()
    page.get_by_label("Wat is er aan de hand?").fill("Blikjes.")
    waiting.clear()
    page.route("**/foto*.js", late)
    page.get_by_role("button", name="Ga verder").click(no_wait_after=True)
    page.locator("input[type=file]").set_input_files(photo)
    for route in waiting:
        route.continue_()
    page.wait_for_function(
        "heavy => document.querySelector('input[type=file]').files[0].size < heavy", arg=photo.stat().st_size
    )
    assert page.wrong == []


def test_the_pages_beside_the_steps_are_accessible_too(open_page):
    page = open_page(START)
    page.get_by_role("button", name="Ga verder").click()
    look(page)
    assert page.evaluate("document.activeElement.className") == "fouten"
    for path in ("stop/noodgeval/", "stop/fluvius/", "opnieuw/"):
        page.goto(page.url.split("/meldingen/")[0] + START + path)
        look(page)
    assert page.wrong == []


def test_an_open_report_nearby_can_be_followed(open_page):
    street = Straat.objects.first()
    categorie = Categorie.objects.get(code="zwerfvuil")
    factories.MeldingFactory(categorie=categorie, plaats=street.plaats)
    page = open_page(START, viewport={"width": 360, "height": 740})
    page.locator("summary", has_text="Coördinaten intypen").click()
    page.locator("[data-plaats-punt]").fill(f"{street.plaats.lat}, {street.plaats.lon}")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Zoek met een woord").fill("blikjes")
    page.get_by_label("Zwerfvuil").check()
    page.get_by_label("Wat is er aan de hand?").fill("Blikjes.")
    page.get_by_role("button", name="Ga verder").click()
    page.wait_for_url("**/in-de-buurt/")
    look(page)
    page.get_by_role("link", name="Dit is dezelfde").click()
    look(page)
    page.get_by_label("Je e-mailadres").fill("an@voorbeeld.example")
    page.get_by_role("button", name="Tel mij mee").click()
    page.wait_for_url("**/gevolgd/")
    look(page)
    assert Melding.objects.get().aantal_volgers == 1
    assert page.wrong == []
