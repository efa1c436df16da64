"""Two residents report the same thing: staff merge, one of them says that it is different, staff take a merge back."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from meldingen import actions
from meldingen.models import Melding
from meldingen.reminders import dubbels
from meldingen.states import Status
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "We werken er maar één keer aan."


@pytest.fixture
def manager(transactional_db):
    wijk = factories.wijk_square()
    return factories.member(factories.team_in(wijk), Rol.WIJKMANAGER, naam="Wim Wijkmanager")


@pytest.fixture
def send(manager):
    categorie = factories.SubcategorieFactory(naam="Zwerfvuil")
    wijk = manager.lidmaatschappen.get().team.wijken.get()

    def send(email):
        return actions.submit(
            inzending=uuid.uuid4(),
            categorie=categorie,
            omschrijving=f"Blikjes in het gras, schrijft {email[0]}",
            plaats=factories.CENTRE,
            adres="Hennepstraat 1",
            wijk=wijk,
            email=email,
            at=timezone.now(),
        )[0]

    return send


@pytest.fixture
def open_page(browser, live_server, manager):
    client = Client()
    client.force_login(manager)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = []

    def open_page(path, *, staff=False, **options):
        contexts.append(browser.new_context(locale="nl-BE", base_url=live_server.url, **options))
        if staff:
            contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        if options.get("java_script_enabled", True):
            page.wrong = watch(page, live_server.url)
        page.goto(path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def fresh(melding):
    return Melding.objects.get(pk=melding.pk)


def look(page):
    complaints = [*page.wrong, *axe_violations(page)]
    page.wrong.clear()
    assert complaints == []
    assert not scrolls_sideways(page)


def test_two_are_merged_from_the_panel_and_the_resident_says_that_it_is_different(open_page, send):
    main, second = send("an@voorbeeld.example"), send("bart@voorbeeld.example")
    desk = open_page(reverse("meldingen:detail", args=[main.pk]), staff=True, viewport=DESK)
    panel = desk.locator(".dubbels")
    box = panel.get_by_label(f"Kies melding {second.pk} om samen te voegen").first
    box.wait_for()
    look(desk)
    with desk.expect_response("**/dubbels/?**"):
        panel.get_by_label("Afstand").select_option("100")
    expect(panel).to_contain_text("Binnen 100 meter")

    # By keyboard alone: tick, go on, choose the main one, read the mail, and merge.
    box.focus()
    desk.keyboard.press("Space")
    panel.get_by_role("button", name="Voeg de gekozen samen").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/werk/samenvoegen/?**")
    desk.locator(f"input[name=hoofd][value='{main.pk}']").focus()
    desk.keyboard.press("Space")
    desk.get_by_label("Bericht aan de melder").fill(WORDS)
    desk.get_by_role("button", name="Kijk eerst wat er gebeurt").press("Enter")
    expect(desk.locator("#voorbeeld")).to_contain_text("Mail aan bart@voorbeeld.example")
    look(desk)
    assert fresh(second).hoofdmelding is None
    desk.get_by_role("button", name="Voeg samen en mail de melders").press("Enter")
    expect(desk.get_by_role("main")).to_contain_text(f"1 melding gaat verder in melding {main.pk}.")
    expect(desk.locator(".dubbels")).to_contain_text("Gaan hierin verder")
    assert fresh(second).hoofdmelding == main

    # The mail has one way to follow it, and one to say that it is something else.
    mail = Bericht.objects.get(soort="melding_samengevoegd")
    assert WORDS in mail.tekst
    way_back = re.search(r"http\S+(/meldingen/volg/\S+/anders/)", mail.tekst)[1]
    phone = open_page(way_back.replace("anders/", ""), viewport=PHONE)
    expect(phone.get_by_role("main")).to_contain_text("Hoe het staat met de melding waarmee ze samengaat")
    expect(phone.get_by_role("main")).not_to_contain_text("schrijft a")
    look(phone)
    phone.get_by_role("link", name="De mijne is anders").click()
    look(phone)
    phone.get_by_label("Wat is er anders aan jouw melding?").fill("De mijne ligt aan de overkant.")
    assert fresh(second).hoofdmelding == main
    phone.get_by_role("button", name="Mijn melding is iets anders").click()
    phone.get_by_text("We bekijken jouw melding weer apart.").wait_for()
    row = fresh(second)
    assert (row.status, row.hoofdmelding) == (Status.HEROPEND, None)
    assert not main.volgers.exists()


def test_without_javascript_proposals_are_merged_and_a_merge_is_taken_back(open_page, send):
    main, second = send("an@voorbeeld.example"), send("bart@voorbeeld.example")
    dubbels.propose_duplicates(timezone.now())
    page = open_page(reverse("meldingen:proposals"), staff=True, viewport=PHONE, java_script_enabled=False)
    page.get_by_role("button", name=re.compile("^Voeg samen")).click()
    page.locator(f"input[name=hoofd][value='{main.pk}']").check()
    page.get_by_role("button", name="Voeg samen en mail de melders").click()
    expect(page.get_by_role("main")).to_contain_text("Niets dat dubbel lijkt")
    assert fresh(second).hoofdmelding == main

    page.goto(reverse("meldingen:detail", args=[main.pk]))
    page.get_by_role("link", name=re.compile("in de buurt, van dezelfde melder")).click()
    page.get_by_role("link", name=re.compile(rf"^{second.pk} ·")).click()
    page.get_by_role("link", name="Maak los").click()
    page.get_by_label("Waarom gaat deze melding weer apart verder?").fill("Toch iets anders.")
    page.get_by_role("button", name="Maak los en mail de melder").click()
    expect(page.get_by_role("main")).to_contain_text("staat weer apart")
    row = fresh(second)
    assert (row.status, row.hoofdmelding) == (Status.NIEUW, None)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_duplicates_are_accessible_and_quiet(open_page, send, viewport):
    main, second = send("an@voorbeeld.example"), send("an@voorbeeld.example")
    send("cem@voorbeeld.example")
    dubbels.propose_duplicates(timezone.now())
    dubbels.propose_needs(timezone.now())
    page = open_page(reverse("meldingen:proposals"), staff=True, viewport=viewport)
    for path in (
        reverse("meldingen:proposals"),
        reverse("meldingen:duplicates", args=[main.pk]),
        f"{reverse('meldingen:merge')}?m={main.pk}&m={second.pk}",
        reverse("wijken:needs"),
    ):
        page.goto(path, wait_until="networkidle")
        look(page)
    page.get_by_role("link", name=re.compile("Zwerfvuil komt terug")).click()
    page.wait_for_load_state("networkidle")
    look(page)
