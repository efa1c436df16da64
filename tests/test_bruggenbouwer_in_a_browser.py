"""From a nomination on a phone to the label, its certificate checked by code, and back to nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg
from kern.berichten.models import Bericht
from kern.documenten.tests.pdfs import Gelezen
from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen.tests import factories
from samenleven.models import Bruggenbouwer, Toestemmingstekst
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHY = "Noor zet elke maand een lange tafel op het plein."
STORY = "Het begon met twee tafels."


@pytest.fixture
def wijk(transactional_db):
    """A test before this one may have emptied the lists."""
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)
    for waarvoor in ("naam", "beeld"):
        Toestemmingstekst.objects.get_or_create(
            waarvoor=waarvoor, versie=1, defaults={"tekst": "Ik vind het goed.", "sinds": date(2026, 1, 1)}
        )
    return factories.wijk_square()


@pytest.fixture
def open_page(browser, live_server):
    contexts = []

    def open_page(path, user_client=None, **options):
        contexts.append(browser.new_context(locale="nl-BE", **options))
        if user_client is not None:
            cookie = user_client.cookies["sessionid"].value
            contexts[-1].add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = contexts[-1].new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def good(page):
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def link_of(soort, aan):
    """The path in the newest mail of that kind."""
    mail = Bericht.objects.filter(soort=soort, aan=aan).latest("pk")
    return re.search(r"https?://[^/]+(/samenleven/\S+)", mail.tekst)[1]


def press(page, name):
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state("networkidle")


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(3100)  # a form that comes back within three seconds is shown again


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_nomination_becomes_a_label_that_anybody_can_check_until_it_is_withdrawn(
    wijk, open_page, client, live_server, java_script
):
    def visit(path):
        page = open_page(path, viewport=PHONE, java_script_enabled=java_script)
        if java_script:
            good(page)
        return page

    phone = visit(reverse("samenleven:brug_voordragen"))
    fill(
        phone, naam="Noor Peeters", email="noor@voorbeeld.example", waarom=WHY, werelden="Twee straten.",
        door_naam="An Janssens", door_email="an@voorbeeld.example",
    )  # fmt: skip
    phone.locator("[name=wijk]").select_option(label=wijk.naam)
    press(phone, "Draag voor")
    assert "Bedankt voor je voordracht" in phone.inner_text("main")

    own = visit(link_of("bruggenbouwer_gevraagd", "noor@voorbeeld.example"))
    assert WHY in own.inner_text("main")
    press(own, "Ja, ik doe mee")

    for email in ("bert@voorbeeld.example", "carl@voorbeeld.example"):
        support = visit(link_of("bruggenbouwer_zoekt_steun", "an@voorbeeld.example"))
        fill(support, naam=email.split("@")[0].title(), email=email, waarom="Ik was erbij.")
        press(support, "Steun deze voordracht")
        confirm = visit(link_of("bruggenbouwer_steun", email))
        press(confirm, "Ja, ik steun dit")
        assert "je steun telt mee" in confirm.inner_text("main")

    client.force_login(factories.member(None, Rol.SAMENLEVINGSCOORDINATOR))
    desk = open_page(reverse("samenleven:jury_nieuw"), client, viewport=DESK, java_script_enabled=java_script)
    desk.locator("[name=naam]").fill("Voorjaar")
    desk.locator("[name=lezen_tot]").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    desk.locator("[name=juryleden]").fill("Dirk, dirk@voorbeeld.example")
    desk.get_by_label("Noor Peeters").check()
    press(desk, "Bewaar de ronde")
    press(desk, "Open de ronde en mail de jury")

    juror = visit(link_of("jury_lezen", "dirk@voorbeeld.example"))
    juror.get_by_role("link", name="Lees voordracht 1").click()
    text = juror.inner_text("main")
    assert "zet elke maand een lange tafel" in text
    assert not [name for name in ("Noor", "An Janssens", "Bert") if name in text]
    juror.get_by_label("Ja, dit is 100% Genks").check()
    juror.locator("[name=reden]").fill("Dit verbindt twee straten.")
    press(juror, "Bewaar je oordeel")
    assert "1 van 1 klaar" in juror.inner_text("main")

    press(desk, "Sluit de ronde")
    desk.get_by_role("link", name="Noor Peeters").click()
    assert "Dit verbindt twee straten." in desk.inner_text("main")
    desk.get_by_label("ja: geef het label").check()
    desk.locator("[name=reden]").fill("Je maakt van buren bekenden.")
    if java_script:
        good(desk)
    press(desk, "Bewaar het besluit en mail")

    own = visit(link_of("bruggenbouwer_label", "noor@voorbeeld.example"))
    own.locator("[name=verhaal]").fill(STORY)
    own.locator("[name=foto]").set_input_files({"name": "f.jpg", "mimeType": "image/jpeg", "buffer": jpeg(320, 240)})
    own.locator("[name=foto_alt]").fill("Noor aan de tafel")
    press(own, "Bewaar je verhaal")
    assert "Vink dit aan" in own.inner_text("main"), "a photo needs a consent of its own"
    own.locator("[name=foto]").set_input_files({"name": "f.jpg", "mimeType": "image/jpeg", "buffer": jpeg(320, 240)})
    own.locator("[name=beeld_mag]").check()
    press(own, "Bewaar je verhaal")
    row = Bruggenbouwer.objects.get()
    beelden.process(beeld_id=row.foto_id)
    desk.reload()
    press(desk, "Nagekeken: zet het verhaal op de site")

    get = phone.context.request.get
    certificate = own.get_by_role("link", name="Open je oorkonde (pdf)").get_attribute("href")
    book = " ".join(Gelezen(get(live_server.url + certificate).body()).tekst.split())
    assert "Noor Peeters" in book
    code = re.search(r"Code (\w{10})", book)[1]
    checking = visit(reverse("samenleven:brug_controle"))
    checking.locator("[name=code]").fill(code.upper())
    press(checking, "Kijk na")
    assert "Dit label geldt" in checking.inner_text("main")
    if java_script:
        good(checking)

    addresses = {
        "list": reverse("samenleven:bruggenbouwers"),
        "person": reverse("samenleven:bruggenbouwer", args=[row.pk]),
        "photo": reverse("samenleven:brug_foto", args=[row.pk, "klein"]),
        "code": reverse("samenleven:brug_code", args=[code]),
        "badge": reverse("samenleven:brug_badge", args=[code]),
        "certificate": certificate,
    }

    def where_it_stands():
        answers = {name: get(live_server.url + path) for name, path in addresses.items()}
        shown = {name for name, answer in answers.items() if answer.status == 200}
        return shown if b"Noor Peeters" in answers["list"].body() else shown - {"list"}

    assert where_it_stands() == set(addresses)
    shown = visit(addresses["person"])
    assert STORY in shown.inner_text("main")
    assert shown.get_by_alt_text("Noor aan de tafel").is_visible()
    visit(addresses["list"])
    press(own, "Trek alles in")
    press(own, "Trek alles in")
    assert "Alles is weg" in own.inner_text("main")
    assert where_it_stands() == set()
    # Only the history of steps stays, without a name.
    assert (row.pk, Bruggenbouwer.objects.get().naam) == (Bruggenbouwer.objects.get().pk, "")
