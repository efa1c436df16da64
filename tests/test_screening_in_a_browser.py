"""A campaign in the street: five objects measured on a phone, one of them without a connection."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kern.gebruikers.models import Gebruiker, Rol
from meldingen.tests.factories import GebruikerFactory
from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from toegankelijkheid.models import Knelpunt, Meting, Opname, Screeningsobject
from toegankelijkheid.states import Campagnestatus
from toegankelijkheid.tests.conftest import load_book
from toegankelijkheid.tests.factories import CampagneFactory, ObjectFactory, ZoneFactory
from wijken.tests.conftest import WEST, make_wijk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
# What is measured at each crossing (slope over 8 cm), and what the norm says of it.
SLOPES = {
    "Oversteek 1": ("9", "voldoet"),
    "Oversteek 2": ("11,0", "aandachtspunt"),
    "Oversteek 3": ("12", "aandachtspunt"),
    "Oversteek 4": ("13", "voldoet_niet"),
}


@pytest.fixture
def street(db):
    load_book()
    wijk = make_wijk("W1", "West", WEST)
    screener = GebruikerFactory(naam="Stef", rollen=[Rol.SCREENER])
    zone = ZoneFactory(wijken=[wijk])
    campagne = CampagneFactory(zone=zone, screeners=[screener], status=Campagnestatus.LOPEND, naam="Ronde West")
    for n in range(1, 6):
        ObjectFactory(naam=f"Oversteek {n}", wijk=wijk, zone=zone, straat="Kerkstraat")
    return campagne


@pytest.fixture
def phone(browser, live_server, street):
    """A phone with its own storage, logged in as the surveyor."""
    client = Client()
    client.force_login(Gebruiker.objects.get(naam="Stef"))
    context = browser.new_context(locale="nl-BE", viewport=PHONE)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.wrong = watch(page, live_server.url)
    yield page
    context.close()


def fill(page, slope):
    page.get_by_label("Hoogteverschil dat de afrit overbrugt").fill("8")
    page.get_by_label("Helling van de afrit").fill(slope)


def test_five_objects_are_measured_on_a_phone_one_of_them_offline(phone, live_server, street):
    page = phone
    page.goto(live_server.url + street.get_absolute_url(), wait_until="networkidle")
    expect(page.get_by_text("0 van 5").first).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Zet klaar voor onderweg").click()
    expect(page.get_by_text("Je kunt meten zonder verbinding.")).to_be_visible(timeout=30_000)

    for naam, (slope, _oordeel) in SLOPES.items():
        page.goto(live_server.url + street.get_absolute_url(), wait_until="networkidle")
        page.get_by_role("link", name=f"Meet {naam}").click()
        fill(page, slope)
        if naam == "Oversteek 1":
            assert not scrolls_sideways(page)
            assert axe_violations(page) == []
            box = page.get_by_label("Helling van de afrit").bounding_box()
            assert box["height"] >= 44
        page.get_by_role("button", name="Bewaar de meting").click()
        page.wait_for_url(re.compile(r"/objecten/\d+/$"))

    # The fifth without a connection, from the page that was set ready.
    page.goto(live_server.url + street.get_absolute_url(), wait_until="networkidle")
    page.context.set_offline(True)
    page.get_by_role("link", name="Meet Oversteek 5").click()
    page.get_by_role("link", name="Neem de waarden van het vorige object over").click()
    expect(page.get_by_label("Helling van de afrit")).to_have_value("13")
    page.get_by_label("Helling van de afrit").fill("14,5")
    page.get_by_role("button", name="Bewaar de meting").click()
    expect(page.get_by_text("Bewaard op dit toestel.")).to_be_visible()
    expect(page.get_by_text("1 meting staat nog op dit toestel.")).to_be_visible()
    assert axe_violations(page) == []
    assert Opname.objects.count() == 4

    # The browser is closed and opened again, still offline: nothing is lost.
    other = page.context.new_page()
    page.close()
    other.goto(live_server.url + reverse("toegankelijkheid:queue"))
    expect(other.get_by_role("heading", name="Oversteek 5")).to_be_visible()
    expect(other.get_by_text("wacht op verbinding")).to_be_visible()

    # Back online it goes by itself, once.
    other.context.set_offline(False)
    expect(other.get_by_text("Verstuurd: Oversteek 5.")).to_be_visible(timeout=60_000)
    expect(other.get_by_role("heading", name="Alles is verstuurd")).to_be_visible()
    assert Opname.objects.count() == 5
    late = Opname.objects.get(is_uitgesteld=True)
    assert late.object.naam == "Oversteek 5"
    assert late.gemeten_op <= late.ontvangen_op <= timezone.now()

    found = {
        m.object.naam: m.oordeel for m in Meting.objects.filter(criterium__code="ov-helling").select_related("object")
    }
    assert found == {naam: oordeel for naam, (_slope, oordeel) in SLOPES.items()} | {"Oversteek 5": "voldoet_niet"}
    assert set(Knelpunt.objects.values_list("object__naam", "gemeten")) == {
        ("Oversteek 4", Decimal(13)),
        ("Oversteek 5", Decimal("14.5")),
    }
    other.goto(live_server.url + street.get_absolute_url(), wait_until="networkidle")
    expect(other.get_by_text("5 van 5").first).to_be_visible()
    assert page.wrong == [] or all("ERR_INTERNET_DISCONNECTED" in line for line in page.wrong)


def test_what_the_portal_refuses_stays_on_the_device_until_it_is_corrected(phone, live_server, street):
    page, obj = phone, Screeningsobject.objects.get(naam="Oversteek 1")
    url = live_server.url + reverse("toegankelijkheid:measure", args=[obj.pk])
    page.goto(url, wait_until="networkidle")
    page.context.set_offline(True)
    fill(page, "elf")
    page.get_by_label("Opmerking voor collega's").fill("Regen & wind")
    page.get_by_role("button", name="Bewaar de meting").click()
    expect(page.get_by_text("Bewaard op dit toestel.")).to_be_visible()
    page.context.set_offline(False)
    page.goto(live_server.url + reverse("toegankelijkheid:queue"), wait_until="networkidle")
    expect(page.get_by_text("Helling van de afrit: Vul een getal in, zoals 8,5.")).to_be_visible(timeout=30_000)
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Verbeter").click()
    expect(page.get_by_label("Opmerking voor collega's")).to_have_value("Regen & wind")
    page.get_by_label("Helling van de afrit").fill("11")
    page.get_by_role("button", name="Bewaar de meting").click()
    expect(page.get_by_text("meting staat nog op dit toestel")).to_be_hidden(timeout=30_000)
    assert Opname.objects.get().opmerking == "Regen & wind"
    assert Meting.objects.get(criterium__code="ov-helling").oordeel == "aandachtspunt"


def test_a_conflict_is_shown_and_the_surveyor_decides(phone, live_server, street):
    page, obj = phone, Screeningsobject.objects.get(naam="Oversteek 1")
    page.goto(live_server.url + reverse("toegankelijkheid:measure", args=[obj.pk]), wait_until="networkidle")
    page.context.set_offline(True)
    fill(page, "9")
    page.get_by_role("button", name="Bewaar de meting").click()
    expect(page.get_by_text("Bewaard op dit toestel.")).to_be_visible()
    Screeningsobject.objects.filter(pk=obj.pk).update(versie=9)
    page.context.set_offline(False)
    page.goto(live_server.url + reverse("toegankelijkheid:queue"), wait_until="networkidle")
    expect(page.get_by_text("iemand was je voor: kies hieronder")).to_be_visible(timeout=30_000)
    assert Opname.objects.count() == 0
    page.get_by_role("button", name="Bewaar toch").click()
    expect(page.get_by_text("Verstuurd: Oversteek 1.")).to_be_visible(timeout=30_000)
    assert Opname.objects.count() == 1


def test_without_scripts_the_form_works_as_any_other(browser, live_server, street):
    obj = Screeningsobject.objects.get(naam="Oversteek 1")
    client = Client()
    client.force_login(Gebruiker.objects.get(naam="Stef"))
    context = browser.new_context(locale="nl-BE", viewport=PHONE, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("toegankelijkheid:measure", args=[obj.pk]))
    fill(page, "13")
    page.get_by_role("button", name="Bewaar de meting").click()
    expect(page.get_by_text("1 keer voldoet het niet")).to_be_visible()
    context.close()
    assert Opname.objects.count() == 1
