"""From a paper sheet to the newspaper and back: a host without account, a phone of 360 pixels, a quote, its consent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.documenten.tests.pdfs import Gelezen
from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen.tests import factories
from samenleven import mails
from samenleven.models import (
    Citaat,
    Domein,
    Editie,
    Gesprek,
    Profielkenmerk,
    Thema,
    Toestemmingstekst,
    Traject,
)
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUOTE = "Dat bankje deed meer dan tien vergaderingen."


@pytest.fixture
def gesprek(transactional_db):
    """A conversation of yesterday whose sheet is still on paper. A test before this one may have emptied the lists."""
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)
    traject, _made = Traject.objects.get_or_create(
        slug="100-genks", defaults={"naam": "100% Genks", "van": date(2013, 1, 1), "is_openbaar": True}
    )
    domein, _made = Domein.objects.get_or_create(code="samenleven", defaults={"naam": "Samenleven in de wijken"})
    Thema.objects.get_or_create(naam="Buren", defaults={"domein": domein})
    kenmerk, _made = Profielkenmerk.objects.get_or_create(code="gender", defaults={"naam": "gender", "vraag": "Wat?"})
    kenmerk.groepen.get_or_create(code="vrouw", defaults={"naam": "vrouw"})
    Toestemmingstekst.objects.get_or_create(
        waarvoor="woorden", versie=1, defaults={"tekst": "Ik vind het goed.", "sinds": date(2009, 1, 1)}
    )
    return Gesprek.objects.create(
        traject=traject,
        titel="Buren worden",
        datum=timezone.localdate() - timedelta(days=1),
        wijk=factories.wijk_square(),
        gemaakt_op=timezone.now(),
    )


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
    assert page.wrong == []


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_quote_goes_from_paper_to_the_newspaper_and_is_gone_when_its_consent_is(
    gesprek, open_page, client, live_server, java_script
):
    sheet = reverse("samenleven:blad", args=[mails.blad_token(gesprek)])
    phone = open_page(sheet, viewport=PHONE, java_script_enabled=java_script)
    if java_script:
        good(phone)
    phone.get_by_label("Hoeveel mensen waren er?").fill("12")
    phone.get_by_label("Wat werd er gezegd?").first.fill("We kennen de buren niet.")
    phone.locator("[name=signaal-0-soort]").select_option("struikelblok")
    phone.locator("[name=signaal-0-thema]").select_option(label="Buren")
    phone.locator("#citaten summary").click()
    phone.get_by_label("Citaat 1, zonder naam").fill(QUOTE)
    phone.get_by_role("button", name="Verstuur het blad").click()
    assert "Zonder toestemming bewaren we dit citaat niet" in phone.inner_text("main")
    assert phone.locator("[name=citaat-1-tekst]").input_value() == QUOTE
    phone.locator("[name=citaat-1-akkoord]").check()
    if java_script:
        good(phone)
    phone.get_by_role("button", name="Verstuur het blad").dblclick()
    phone.wait_for_load_state("networkidle")
    assert "Je blad is aangekomen" in phone.inner_text("main")
    assert (gesprek.signalen.count(), Citaat.objects.count()) == (1, 1)

    client.force_login(factories.member(None, Rol.SAMENLEVINGSCOORDINATOR))
    desk = open_page(
        reverse("samenleven:gesprek", args=[gesprek.pk]), client, viewport=DESK, java_script_enabled=java_script
    )
    for box in desk.locator("[name$=-openbaar]").all():
        box.check()
    desk.get_by_role("button", name="Nagekeken").click()
    desk.goto(live_server.url + reverse("samenleven:editie_nieuw"))
    desk.locator("[name=traject]").select_option(label="100% Genks")
    desk.get_by_label("Kop van de voorpagina").fill("Zo praat Genk")
    desk.get_by_role("button", name="Begin").click()
    for _ in range(2):
        desk.get_by_role("button", name="Kies").first.click()
    first = desk.locator(".blok[data-blok]").first.inner_text()
    desk.get_by_role("button", name="Zet blok 1 lager").click()
    assert desk.locator(".blok[data-blok]").nth(1).inner_text().split("\n")[0] == first.split("\n")[0]
    if java_script:
        good(desk)
    desk.get_by_role("button", name="Laat de editie verschijnen").click()
    nummer = Editie.objects.get().nummer

    def where_it_stands():
        addresses = {
            "page": reverse("samenleven:editie", args=[nummer]),
            "search": reverse("samenleven:stemmen") + "?q=vergaderingen",
            "feed": reverse("samenleven:editie_feed"),
        }
        get = phone.context.request.get
        found = {name for name, path in addresses.items() if QUOTE in get(live_server.url + path).text()}
        for name in ("editie_pdf", "editie_a3"):
            book = Gelezen(get(live_server.url + reverse(f"samenleven:{name}", args=[nummer])).body())
            if QUOTE in " ".join(book.tekst.split()):
                found.add(name)
        return found

    assert where_it_stands() == {"page", "search", "feed", "editie_pdf", "editie_a3"}
    phone.goto(live_server.url + reverse("samenleven:citaat_weg"))
    phone.get_by_label("De code op je strook").fill(gesprek.citaatcode(1))
    phone.get_by_role("button", name="Zoek mijn citaat").click()
    if java_script:
        good(phone)
    phone.get_by_role("button", name="Haal mijn citaat weg").click()
    assert "Je citaat is weg" in phone.inner_text("main")
    assert where_it_stands() == set()


def test_blocks_of_an_edition_are_dragged_into_order(gesprek, open_page, client, live_server):
    at = timezone.now()
    editie = Editie.objects.create(traject=gesprek.traject, nummer=1, titel="Krant", gemaakt_op=at, gewijzigd_op=at)
    for place, titel in enumerate(("Een", "Twee", "Drie"), 1):
        editie.blokken.create(volgorde=place, soort="tussentitel", titel=titel)
    client.force_login(factories.member(None, Rol.SAMENLEVINGSCOORDINATOR))
    desk = open_page(reverse("samenleven:editie_werk", args=[1]), client, viewport=DESK)
    blocks = desk.locator(".blok[data-blok]")
    blocks.nth(0).drag_to(blocks.nth(2), target_position={"x": 40, "y": 60})
    desk.get_by_text("De volgorde is bewaard.").wait_for()
    assert list(editie.blokken.order_by("volgorde").values_list("titel", flat=True)) == ["Twee", "Drie", "Een"]
    good(desk)
