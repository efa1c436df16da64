"""Making a face unrecognisable: with the mouse, and with the keyboard alone and no JavaScript."""

import io
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.gebruikers.models import Rol
from meldingen import actions
from meldingen.models import MeldingBeeld
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def manager(transactional_db):
    return factories.member(factories.team_in(factories.wijk_square()), Rol.WIJKMANAGER)


@pytest.fixture
def foto(manager):
    photo = beelden.store(upload(jpeg(800, 600)))
    beelden.process(beeld_id=photo.pk)
    melding, _made = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(),
        omschrijving="Blikjes in het gras",
        plaats=factories.CENTRE,
        wijk=manager.lidmaatschappen.get().team.teamwijken.get().wijk,
        beelden=[photo.pk],
        at=timezone.now(),
    )
    return melding.beelden.get()


@pytest.fixture
def open_page(browser, live_server, manager, foto):
    """The page of the photo in a new browser, logged in as the manager."""
    opened = []

    def open_page(**options):
        client = Client()
        client.force_login(manager)
        context = browser.new_context(locale="nl-BE", **options)
        opened.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.complaints = watch(page, live_server.url)
        page.goto(live_server.url + reverse("meldingen:staff_blur", args=[foto.melding_id, foto.pk]))
        return page

    yield open_page
    for context in opened:
        context.close()


def blurred(foto):
    row = MeldingBeeld.objects.select_related("beeld").get(pk=foto.pk)
    assert row.oorspronkelijk_id
    with row.beeld.groot.open("rb") as file:
        return Image.open(io.BytesIO(file.read())).size


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_dragging_over_the_photo_fills_in_the_numbers(open_page, foto, viewport):
    page = open_page(viewport=viewport)
    assert not scrolls_sideways(page)
    box = page.locator(".vervaag__vlakken").bounding_box()
    for place in (0.1, 0.6):
        page.mouse.move(box["x"] + box["width"] * place, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (place + 0.3), box["y"] + box["height"] * 0.5, steps=4)
        page.mouse.up()
    assert page.locator(".vervaag__vlakken rect").count() == 2
    assert float(page.get_by_label("van links (%)").nth(1).input_value()) == pytest.approx(60, abs=1)
    assert page.complaints == []
    assert axe_violations(page) == []
    page.get_by_role("button", name="Maak onherkenbaar").click()
    assert "onherkenbaar gemaakt" in page.get_by_role("status").first.inner_text()
    assert blurred(foto) == (800, 600)
    page.get_by_role("button", name="Zet de oorspronkelijke foto terug").click()
    assert MeldingBeeld.objects.get(pk=foto.pk).oorspronkelijk_id is None


def test_the_keyboard_alone_does_it_without_javascript(open_page, foto):
    page = open_page(viewport=DESK, java_script_enabled=False)
    page.get_by_label("van links (%)").focus()
    for number in ("10", "20", "30", "40"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert blurred(foto) == (800, 600)
