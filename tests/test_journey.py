"""One report from a resident's phone to "opgelost", on the portal as the README's command starts it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from kern.embedded.tests import portal as portals
from kern.embedded.tests.portal import RunningPortal
from kern.templatetags.kern import datum
from kern.termijnen import Calendar, add_working_days
from tests.toegankelijkheid.axe import scrolls_sideways, watch

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
RESIDENT = "an.janssens@voorbeeld.example"
STREET, WIJK = "Lindenlaan", "Bokrijk"
WORDS = "Er liggen een matras en drie zakken naast de glasbol."
SOLUTION = "De ploeg haalde alles weg. Dank je voor je melding."


@pytest.fixture
def open_page(browser: Browser, portal: RunningPortal) -> Iterator[Callable[..., Page]]:
    """A browser of somebody's own. At the end no page of it may have complained or asked another host for anything."""
    opened = []

    def open_page(path: str, **options: object) -> Page:
        page = browser.new_context(locale="nl-BE", base_url=portal.url, **options).new_page()
        opened.append((page, watch(page, portal.url)))
        page.goto(path)
        return page

    yield open_page
    for page, _wrong in opened:
        page.context.close()
    assert [complaint for _page, wrong in opened for complaint in wrong] == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone takes it: lying on its side, and telling where it was taken."""
    image = Image.new("RGB", (1600, 1200), "#777")
    ImageDraw.Draw(image).rectangle((300, 500, 1300, 1000), fill="#ddd")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 57.0, 54.0), 3: "E", 4: (5.0, 30.0, 0.0)})
    path = tmp_path / "IMG_0042.jpg"
    image.save(path, exif=exif)
    return path


def look(page: Page) -> None:
    """What must hold of every page on the way."""
    expect(page.locator("h1")).to_have_count(1)
    assert not scrolls_sideways(page), page.url


def mails_to(page: Page, address: str, subject: str, seconds: float = 30) -> list[str]:
    """The texts of the mails with these words in their subject, the newest first; waits until there is one."""
    until = time.monotonic() + seconds
    while True:
        page.goto(f"/postvak/?aan={address}")
        links = page.get_by_role("link", name=re.compile(subject))
        if addresses := [link.get_attribute("href") for link in links.all()]:
            break
        assert time.monotonic() < until, f"no mail “{subject}” to {address}: {page.inner_text('main')}"
        page.wait_for_timeout(300)
    texts = []
    for link in addresses:
        page.goto(link)
        texts.append(page.inner_text("main"))
    return texts


def log_in(page: Page, portal: RunningPortal, email: str) -> None:
    """From the page that asked for it; comes back there."""
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(portal.password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def report(page: Page, photo: Path) -> str:
    """A resident walks through the form; the code at its end."""
    go_on = page.get_by_role("button", name="Ga verder")
    page.get_by_role("main").get_by_role("link", name="Meld iets").first.click()
    look(page)
    page.get_by_label("Straat, met of zonder nummer").fill(f"{STREET} 12")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_text(f"wijk {WIJK}.").wait_for()
    go_on.click()

    page.wait_for_url("**/wat/")
    look(page)
    with page.expect_response("**/wat/?**"):
        page.get_by_label("Zoek met een woord").fill("matras")
    page.get_by_label("Sluikstort").check()
    page.get_by_label("Wat is er aan de hand?").fill(WORDS)
    go_on.click()

    page.wait_for_url("**/vragen/")
    look(page)
    for fill_in in (
        lambda: (page.get_by_label("Hoeveel zakken").fill("4"), page.keyboard.press("Tab")),
        lambda: page.get_by_label("Nee", exact=True).check(),
    ):
        with page.expect_response("**/vragen/"):  # every answer may bring up another question
            fill_in()
    go_on.click()

    if page.url.endswith("/in-de-buurt/"):
        page.get_by_role("button", name="Nee, ik meld iets anders").click()
    page.wait_for_url("**/foto/")
    look(page)
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("1 foto klaar").wait_for()
    go_on.click()

    page.wait_for_url("**/contact/")
    look(page)
    page.get_by_label("Je naam").fill("An Janssens")
    page.get_by_label("Je e-mailadres").fill(RESIDENT)
    go_on.click()

    page.wait_for_url("**/samenvatting/")
    look(page)
    for words in (STREET, WIJK, "Sluikstort", WORDS, "An Janssens", RESIDENT):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.wait_for_timeout(3200)  # the form takes no report of somebody who is faster than a person
    page.get_by_role("button", name="Verstuur je melding").click()
    page.wait_for_url("**/bedankt/**")
    look(page)
    return page.url.rstrip("/").rpartition("/")[2]


def remind(portal: RunningPortal, on: date) -> str:
    """The morning round of that day, as an operator runs it."""
    done = portals.manage(portal.data, "herinner", "--op", on.isoformat(), PORTAL_URL=portal.url)
    assert done.returncode == 0, done.stderr
    return done.stdout


LATER = """
from datetime import timedelta
from django.utils import timezone
from kern.berichten import actions
actions.sweep(at=timezone.now() + timedelta(minutes=5))
"""


def five_minutes_later(portal: RunningPortal) -> None:
    """Send what waits until a step can no longer be taken back, as the worker does then."""
    done = portals.manage(portal.data, "shell", "-c", LATER, PORTAL_URL=portal.url)
    assert done.returncode == 0, done.stderr


def test_a_report_from_a_phone_to_solved(portal: RunningPortal, open_page: Callable[..., Page], photo: Path) -> None:
    # The resident reports, and has the code on screen and by mail.
    phone = open_page("/", **PHONE)
    code = report(phone, photo)
    expect(phone.get_by_role("main")).to_contain_text(code)
    follow = f"/meldingen/volg/{code}/"
    facts = json.loads(phone.request.get(f"{follow}gegevens.json").text())["melding"]
    number, promised = facts["nummer"], date.fromisoformat(facts["oplossing_uiterlijk"])
    assert facts["wijk"] == WIJK
    [received] = mails_to(phone, RESIDENT, rf"We hebben je melding: Sluikstort \(nummer {number}\)")
    for words in (code, f"{portal.url}{follow}", datum(promised)):
        assert words in received

    # The wijkmanager of that wijk finds it with its deadline, and nobody of another wijk does.
    desk = open_page("/werk/meldingen/?lijst=wijk")
    manager = next(email for email in portal.log_ins if email.startswith("wijkmanager-west@"))
    log_in(desk, portal, manager)
    desk.wait_for_url("**/werk/meldingen/?lijst=wijk")
    look(desk)
    row = desk.get_by_role("row").filter(has=desk.get_by_role("link", name=str(number), exact=True))
    expect(row).to_contain_text(WORDS[:40])
    expect(row).to_contain_text("eerste reactie")
    other = open_page("/werk/")
    log_in(other, portal, next(email for email in portal.log_ins if email.startswith("wijkmanager-noord@")))
    other.wait_for_url("**/werk/")
    assert other.request.get(f"/werk/meldingen/{number}/").status == 404

    # She takes it up, and plans it having read the mail that will go out.
    row.get_by_role("link").first.click()
    desk.wait_for_url(f"**/werk/meldingen/{number}/**")
    look(desk)
    expect(desk.get_by_role("main")).to_contain_text(datum(promised))
    expect(desk.locator("figure img").first).to_be_visible()
    desk.get_by_role("button", name="Neem in behandeling").click()
    expect(desk.get_by_role("main")).to_contain_text(f"Je hebt melding {number} in behandeling.")
    with desk.expect_response(f"**/werk/meldingen/{number}/?**stap=plan"):
        desk.get_by_role("link", name="Plan in").click()
    desk.wait_for_load_state("networkidle")
    day = add_working_days(date.today(), 3, Calendar())
    desk.get_by_label("Wanneer gebeurt het?").fill(day.isoformat())
    desk.get_by_label("Bericht aan de melder").fill("We komen met een kleine vrachtwagen.")
    desk.get_by_role("button", name="Bekijk de mail").click()
    expect(desk.locator("#voorbeeld")).to_contain_text(datum(day))
    desk.get_by_role("button", name="Plan in en mail de melder").click()
    expect(desk.get_by_role("main")).to_contain_text(f"Melding {number} is ingepland.")
    # Until then she can take it back, and the resident has no mail of it.
    expect(desk.get_by_role("main")).to_contain_text("Terugdraaien kan nog tot")
    phone.goto(f"/postvak/?aan={RESIDENT}")
    expect(phone.get_by_role("link", name=re.compile(rf"We komen op .* \(melding {number}\)"))).to_have_count(0)
    five_minutes_later(portal)
    [planned] = mails_to(phone, RESIDENT, rf"We komen op .* \(melding {number}\)")
    assert datum(day) in planned
    assert "kleine vrachtwagen" in planned

    # The clock moves on to the deadline: one digest, however often the round runs.
    for _again in range(2):
        remind(portal, promised)
    mine = f"(melding {number})"
    [digest] = [text for text in mails_to(desk, manager, f"Je termijnen op {datum(promised)}") if mine in text]
    assert f"{portal.url}/werk/meldingen/{number}/" in digest

    # It is solved, and everybody who has a part in it can see what happened. She logs in again: the clock moved by
    # two weeks, and that ends a log-in.
    desk.context.clear_cookies()
    desk.goto(f"/werk/meldingen/{number}/?stap=sluit")
    log_in(desk, portal, manager)
    desk.wait_for_url(f"**/werk/meldingen/{number}/**")
    desk.locator("input[name=sluitreden][value=opgelost]").check()
    desk.get_by_label("Bericht aan de melder").fill(SOLUTION)
    desk.get_by_role("button", name="Sluit af en mail de melder").click()
    expect(desk.get_by_role("main")).to_contain_text(f"Melding {number} is afgesloten.")
    assert len(mails_to(desk, manager, f"Je termijnen op {datum(promised)}")) == 1
    five_minutes_later(portal)
    [solved] = mails_to(phone, RESIDENT, rf"Opgelost: .* \(melding {number}\)")
    assert SOLUTION in solved

    phone.goto(follow)
    look(phone)
    for words in ("Opgelost", WORDS, datum(day), "kleine vrachtwagen", SOLUTION, code):
        expect(phone.get_by_role("main")).to_contain_text(words, ignore_case=True)
    picture = phone.get_by_role("main").locator("img").first
    assert picture.evaluate("img => img.naturalHeight > img.naturalWidth"), "the photo stands upright"

    desk.goto(f"/werk/meldingen/{number}/")
    for words in ("Wout Wijkmanager", SOLUTION, "kleine vrachtwagen", "opgelost"):
        expect(desk.get_by_role("main")).to_contain_text(words, ignore_case=True)
    desk.goto(f"/werk/meldingen/{number}/historiek/")
    look(desk)
    for words in ("Wout Wijkmanager", "ingepland", "afgesloten"):
        expect(desk.get_by_role("main")).to_contain_text(words, ignore_case=True)
