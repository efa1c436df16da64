"""From the mail to the answer: the links, the page, and what a resident says with it; in a browser."""

import re
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.termijnen import load_calendar
from meldingen import actions, startgegevens
from meldingen.models import Enquete, Melding, Terugkoppeling
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(transactional_db):
    startgegevens.load()
    return factories.team_in(factories.wijk_square())


@pytest.fixture
def ask(team):
    """Makes a solved report whose reporter was asked how it went; gives the path of both links of the mail."""
    manager = factories.member(team, Rol.WIJKMANAGER)
    categorie = factories.SubcategorieFactory(naam="Zwerfvuil")

    def ask(taal="nl"):
        now = timezone.now()
        melding, _made = actions.submit(
            inzending=uuid.uuid4(),
            categorie=categorie,
            omschrijving="Blikjes in het gras",
            plaats=factories.CENTRE,
            adres="Hennepstraat 1",
            email="an@voorbeeld.example",
            taal=taal,
            at=now - timedelta(days=20),
        )
        Melding.objects.filter(pk=melding.pk).update(team=team)
        closed = now - timedelta(days=12)
        actions.close(
            melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Opgeruimd.", door=manager, at=closed
        )
        assert actions.terugkoppeling.ask(at=now, calendar=load_calendar()) == 1
        mail = Bericht.objects.about(melding).get(soort="melding_enquete")
        found = re.findall(re.escape(settings.PORTAL_URL) + r"(/meldingen/terugkoppeling/\S+)", mail.tekst)
        return found[0], found[1]

    return ask


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


def answered():
    return Enquete.objects.exclude(beantwoord_op=None).count()


def test_a_link_of_the_mail_opens_the_page_with_that_answer_and_only_the_button_says_it(ask, open_page):
    yes, no = ask()
    page = open_page(yes)
    assert page.get_by_label("Ja, ik ben tevreden").is_checked()
    assert page.get_by_label("Het werd snel opgelost").is_visible()
    assert not page.get_by_label("Het duurde te lang").is_visible()
    assert not page.get_by_label("Ik wil dat jullie de melding heropenen").is_visible()
    assert open_page(no).get_by_label("Nee, ik ben niet tevreden").is_checked()
    assert answered() == 0  # two pages were opened, as a scanner of mails would
    page.get_by_label("Het werd snel opgelost").check()
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_role("heading", name="Dank je voor je antwoord").wait_for()
    assert Enquete.objects.get().tevreden is True
    assert page.wrong == []
    assert open_page(no).get_by_role("heading", name="Dank je voor je antwoord").is_visible()
    assert answered() == 1


def test_who_is_not_content_reopens_the_report_and_the_team_leader_hears_it(ask, open_page):
    _yes, no = ask()
    page = open_page(no)
    page.get_by_label("Het is niet opgelost").check()
    page.get_by_label("Ik wil dat jullie de melding heropenen").check()
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_text("Schrijf wat er nog niet in orde is, dan weten we wat we moeten doen.").first.wait_for()
    page.get_by_label("Wil je daar iets over zeggen?").fill("Bel mij op 0470 12 34 56, het ligt er weer.")
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_role("heading", name="Staan er gegevens van iemand in je tekst?").wait_for()
    assert answered() == 0
    page.get_by_label("Wil je daar iets over zeggen?").fill("Het ligt er weer.")
    page.get_by_role("button", name="Ga toch verder").click()
    page.get_by_text("heropend. Je krijgt een mail met de nieuwe datum.").wait_for()
    assert Melding.objects.get().status == Status.HEROPEND
    assert Terugkoppeling.objects.get().enquete.tekst == "Het ligt er weer."


def test_it_works_with_the_keyboard_alone(ask, open_page):
    _yes, no = ask()
    page = open_page(no)
    page.get_by_label("Nee, ik ben niet tevreden").focus()
    page.keyboard.press("ArrowUp")
    assert page.get_by_label("Ja, ik ben tevreden").is_checked()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Verstuur je antwoord":
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dank je voor je antwoord").wait_for()
    assert Enquete.objects.get().tevreden is True


def test_it_works_without_scripts_and_in_the_language_of_the_reader(ask, open_page):
    _yes, no = ask(taal="fr")
    page = open_page(no, java_script_enabled=False, extra_http_headers={"Accept-Language": "fr"})
    page.locator("[name=slecht]").first.check()
    page.locator(".enquete button[type=submit]").click()
    page.wait_for_load_state()
    assert Enquete.objects.get().redenen.count() == 1
    assert Enquete.objects.get().tevreden is False


def test_after_its_last_day_the_page_takes_no_answer(ask, open_page):
    yes, _no = ask()
    Enquete.objects.update(geldig_tot=timezone.localdate() - timedelta(days=1))
    page = open_page(yes)
    assert page.get_by_role("heading", name="Antwoorden kan niet meer").is_visible()
    assert page.locator(".enquete").count() == 0


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_both_pages_are_accessible(ask, open_page, screen):
    _yes, no = ask()
    page = open_page(no, viewport=screen)
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_role("heading", name="Dank je voor je antwoord").wait_for()
    assert axe_violations(page) == []
    assert page.wrong == []
    assert reverse("meldingen:status", args=[Melding.objects.get().code]) in page.content()
