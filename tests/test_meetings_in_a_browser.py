"""From the agenda to a place: register, wait, cancel and get the place that comes free; in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch
from wijken import actions, mails
from wijken.models import Inschrijving

STAFF_PAGES = ("", "bewerk/", "verplaats/", "gelast-af/", "plaatsen/", "schrijf-in/", "deurlijst/", "historiek/")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    yield factories.cast()
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def meeting(cast):
    now = timezone.now()
    row = actions.plan_meeting(
        door=cast.wijkmanager,
        at=now,
        wijken=[cast.wijk],
        soort="wijkwandeling",
        titel="Wandeling langs de stille plekken",
        begin=now + timedelta(days=9),
        einde=now + timedelta(days=9, hours=2),
        locatie="Buurthuis",
        plaats=factories.CENTRE,
        team=cast.wijkteam,
        capaciteit=1,
        tolktalen=["tr"],
        met_kinderopvang=True,
    )
    return actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=now)


@pytest.fixture
def visitor(browser, live_server):
    """A page of a new visitor, on a phone unless told otherwise; what must not happen there is in `page.wrong`."""
    contexts = []

    def visit(path, viewport=PHONE, **options):
        context = browser.new_context(viewport=viewport, locale="nl-BE", **options)
        contexts.append(context)
        page = context.new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def fill_in(page, naam, email):
    page.get_by_label("Je naam").fill(naam)
    page.get_by_label("Je e-mailadres").fill(email)
    page.wait_for_timeout(3200)  # a form that comes back at once is taken for a robot


def mailed(soort):
    text = Bericht.objects.filter(soort=soort).latest("pk").tekst
    return re.findall(re.escape(settings.PORTAL_URL.rstrip("/")) + r"(/agenda/inschrijving/\S+?/annuleer/)", text)[0]


def test_the_second_who_comes_waits_and_gets_the_place_that_the_first_gives_back(meeting, visitor):
    first = visitor("/agenda/")
    first.get_by_role("link", name="Wandeling langs de stille plekken").click()
    first.get_by_role("link", name="Schrijf je in").click()
    fill_in(first, "An Eerste", "an@voorbeeld.example")
    first.get_by_label("Heb je een tolk nodig?").select_option("tr")
    first.get_by_role("button", name="Schrijf me in").click()
    first.get_by_role("heading", name="Je bent ingeschreven").wait_for()

    second = visitor(f"/agenda/{meeting.pk}/")
    second.get_by_role("link", name="Zet me op de wachtlijst").click()
    fill_in(second, "Bo Tweede", "bo@voorbeeld.example")
    second.get_by_role("button", name="Zet me op de wachtlijst").click()
    second.get_by_role("heading", name="Je staat op de wachtlijst").wait_for()
    assert second.locator(".bevestiging .code").inner_text() == "1"

    # The link of the mail, in another browser: opening it changes nothing.
    mail = visitor(mailed("inschrijving_bevestigd"))
    mail.get_by_role("heading", name="Kom je toch niet?").wait_for()
    assert Inschrijving.objects.confirmed().get().naam == "An Eerste"
    mail.get_by_role("button", name="Annuleer mijn inschrijving").click()
    mail.get_by_role("heading", name="Je inschrijving is geannuleerd").wait_for()

    second.reload()
    second.get_by_role("heading", name="Je bent ingeschreven").wait_for()
    assert Bericht.objects.get(soort="inschrijving_plaats").aan == "bo@voorbeeld.example"
    assert first.wrong == second.wrong == mail.wrong == []


def test_registering_works_without_javascript_and_with_the_keyboard_alone(meeting, visitor):
    plain = visitor(f"/agenda/{meeting.pk}/inschrijven/", java_script_enabled=False)
    fill_in(plain, "An", "geen adres")
    plain.get_by_role("button", name="Schrijf me in").click()
    assert plain.get_by_text("Dit e-mailadres klopt niet.").first.is_visible()
    assert plain.get_by_label("Je naam").input_value() == "An"

    page = visitor(f"/agenda/{meeting.pk}/inschrijven/", DESK)
    page.get_by_label("Je naam").focus()
    page.keyboard.type("An")
    page.keyboard.press("Tab")
    page.keyboard.type("an@voorbeeld.example")
    page.wait_for_timeout(3200)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Je bent ingeschreven").wait_for()
    assert page.wrong == []


def test_staff_move_a_meeting_after_seeing_the_mail(meeting, cast, live_server, browser):
    import uuid

    from django.test import Client

    actions.register(
        bijeenkomst=meeting, inzending=uuid.uuid4(), naam="An", email="an@voorbeeld.example", at=timezone.now()
    )
    client = Client()
    client.force_login(cast.wijkmanager)
    context = browser.new_context(viewport=DESK, locale="nl-BE")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    wrong = watch(page, live_server.url)
    page.goto(f"{live_server.url}/werk/bijeenkomsten/{meeting.pk}/")
    page.get_by_role("link", name="Verplaats").click()
    later = timezone.localtime(meeting.begin + timedelta(days=7))
    page.get_by_label("Begin").fill(f"{later:%Y-%m-%dT%H:%M}")
    page.get_by_label("Einde").fill(f"{later + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.get_by_label("Wat schrijf je erbij?").fill("De gids is ziek.")
    page.get_by_role("button", name="Toon eerst de mail").click()
    page.get_by_role("heading", name="Deze mail gaat eruit").wait_for()
    assert "De gids is ziek." in page.locator(".voorbeeld").inner_text()
    assert not Bericht.objects.filter(soort="bijeenkomst_verplaatst").exists()
    page.get_by_role("button", name="Verplaats en verstuur de mails").click()
    page.get_by_text("Wie ingeschreven is, krijgt een mail.").wait_for()
    assert Bericht.objects.filter(soort="bijeenkomst_verplaatst").count() == 1
    assert wrong == []
    context.close()


def test_every_page_of_meetings_passes_axe_and_fits_a_phone(meeting, cast, visitor, live_server, browser):
    import uuid

    from django.test import Client

    now = timezone.now()
    one, _new = actions.register(
        bijeenkomst=meeting, inzending=uuid.uuid4(), naam="An", email="an@voorbeeld.example", at=now
    )
    actions.ask_to_follow(wijk=cast.wijk, email="an@voorbeeld.example", taal="nl", at=now)
    held = actions.plan_meeting(
        door=cast.wijkmanager,
        at=now - timedelta(days=9),
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel="Geweest",
        begin=now - timedelta(days=2),
        einde=now - timedelta(days=2) + timedelta(hours=2),
        locatie="Buurthuis",
        team=cast.wijkteam,
    )
    held = actions.announce_meeting(bijeenkomst=held, versie=held.versie, at=now - timedelta(days=8))
    actions.record_meeting(
        bijeenkomst=held,
        versie=held.versie,
        at=now,
        aanwezigen=20,
        verslag="Er komt een bank.",
        verslag_openbaar=True,
        mix={("leeftijd", "jonger dan 18"): 12, ("leeftijd", "18 tot 34"): 8},
        besluiten=[{"tekst": "Er komt een bank"}],
    )
    token = mails.bijeenkomsten.token_of(one)
    public = [
        "/agenda/",
        "/agenda/?voorbij=ja",
        "/agenda/maand/",
        f"/agenda/{meeting.pk}/",
        f"/agenda/{held.pk}/",
        f"/agenda/{meeting.pk}/inschrijven/",
        f"/agenda/inschrijving/{token}/",
        f"/agenda/inschrijving/{token}/wijzig/",
        f"/agenda/inschrijving/{token}/annuleer/",
        f"/wijken/{cast.wijk.slug}/",
        f"/wijken/{cast.wijk.slug}/volgen/",
    ]
    work = [
        "/werk/agenda/",
        "/werk/bijeenkomsten/",
        "/werk/bijeenkomsten/nieuw/",
        *(
            f"/werk/bijeenkomsten/{meeting.pk}/{name}"
            for name in (
                "",
                "bewerk/",
                "verplaats/",
                "gelast-af/",
                "plaatsen/",
                "schrijf-in/",
                "deurlijst/",
                "historiek/",
            )
        ),
        f"/werk/bijeenkomsten/{held.pk}/",
        f"/werk/bijeenkomsten/{held.pk}/rond-af/",
        f"/werk/bijeenkomsten/{held.pk}/besluit/{held.besluiten.get().pk}/behoefte/",
    ]
    client = Client()
    client.force_login(factories.member(cast.wijkteam, Rol.WIJKMANAGER))
    cookies = [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    found = {}
    for paths, kept in ((public, []), (work, cookies)):
        context = browser.new_context(viewport=PHONE, locale="nl-BE")
        context.add_cookies(kept)
        page = context.new_page()
        wrong = watch(page, live_server.url)
        for path in paths:
            page.goto(live_server.url + path, wait_until="networkidle")
            violations = axe_violations(page)
            if violations or scrolls_sideways(page) or wrong:
                found[path] = (violations, scrolls_sideways(page), list(wrong))
            wrong.clear()
        context.close()
    assert found == {}
