"""After sending: what a resident, a neighbour and a passer-by see and do, in a browser."""

import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol
from meldingen import actions, mails
from meldingen.models import Melding
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_limits")]
RESIDENT = "an@voorbeeld.example"


@pytest.fixture
def no_limits():
    from kern.verbinding import redis_client

    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def wijk(transactional_db):
    return factories.wijk_square()


@pytest.fixture
def manager(wijk):
    return factories.member(factories.team_in(wijk), Rol.WIJKMANAGER, naam="Wim Wijkmanager")


@pytest.fixture
def send(wijk, manager):
    categorie = factories.SubcategorieFactory(naam="Zwerfvuil")

    def send(public=False):
        melding = actions.submit(
            inzending=uuid.uuid4(),
            categorie=categorie,
            omschrijving="Blikjes in het gras",
            plaats=factories.CENTRE,
            adres="Hennepstraat 1",
            wijk=wijk,
            naam="An Janssens",
            email=RESIDENT,
            at=timezone.now(),
        )[0]
        if public:
            words = "Er ligt zwerfvuil."
            actions.release(melding=melding, openbaar=True, openbare_tekst=words, door=manager, at=timezone.now())
        return Melding.objects.get(pk=melding.pk)

    return send


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
def every_page(send, manager):
    """The address of each page, with a report in each state that changes what it shows."""
    now = timezone.now()
    new, asked, planned, solved = send(), send(), send(public=True), send(public=True)
    actions.ask(melding=asked, vraag="Welke kant?", door=manager, at=now)
    day = timezone.localdate() + timedelta(days=3)
    actions.plan(melding=planned, gepland_op=day, door=manager, at=now, toelichting="We brengen een kar mee.")
    actions.close(melding=solved, sluitreden=Sluitreden.OPGELOST, toelichting="Klaar.", door=manager, at=now)
    volger = actions.follow(melding=planned, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=now)
    actions_of = ("status_add", "status_withdraw", "status_forget")
    return [
        reverse("home"),
        reverse("meldingen:follow"),
        reverse("meldingen:follow") + "?code=0o1",
        *(reverse("meldingen:status", args=[row.code]) for row in (new, asked, planned, solved)),
        *(reverse(f"meldingen:{name}", args=[new.code]) for name in actions_of),
        reverse("meldingen:status_answer", args=[asked.code]),
        reverse("meldingen:status_reopen", args=[solved.code]),
        reverse("meldingen:following", args=[volger.sleutel]),
        reverse("meldingen:unfollow", args=[volger.sleutel]),
        reverse("meldingen:mine_request"),
        reverse("meldingen:mine_request") + "?verstuurd",
        reverse("meldingen:mine", args=[signing.dumps(RESIDENT, salt=mails.LINK_SALT)]),
        reverse("meldingen:public_list"),
        reverse("meldingen:public_list") + "?status=open",
        reverse("meldingen:public_detail", args=[planned.pk]),
        reverse("meldingen:public_detail", args=[solved.pk]),
    ]


@pytest.mark.parametrize(
    ("viewport", "scheme"), [pytest.param(PHONE, "light", id="phone light"), pytest.param(DESK, "dark", id="desk dark")]
)
def test_every_page_after_sending_is_accessible_and_quiet(open_page, every_page, live_server, viewport, scheme):
    page = open_page("/", viewport=viewport, color_scheme=scheme)
    wrong = {}
    for path in every_page:
        page.goto(live_server.url + path, wait_until="networkidle")
        problems = [*page.wrong, *axe_violations(page)]  # axe itself makes noise, so the noise is taken first
        page.wrong.clear()
        if scrolls_sideways(page):
            problems.append("scrolls sideways")
        if problems:
            wrong[path] = problems
    assert wrong == {}


def test_a_resident_follows_answers_withdraws_and_reopens(open_page, send, manager):
    melding = send()
    actions.ask(melding=melding, vraag="Welke kant van de straat?", door=manager, at=timezone.now())
    page = open_page("/", viewport=PHONE)
    page.get_by_label("Code van je melding").fill(f"{melding.code[:5].lower()} {melding.code[5:]}")
    page.keyboard.press("Enter")
    page.get_by_label("Je antwoord").fill("Links")
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_text("We hebben je antwoord en werken verder.").wait_for()
    page.get_by_role("link", name="Trek je melding in").click()
    page.get_by_role("button", name="Trek je melding in").click()
    page.get_by_text("We hebben je melding ingetrokken.").wait_for()
    page.get_by_role("link", name="Het is niet in orde: heropen").click()
    page.get_by_label("Wat is er nog niet in orde?").fill("Het ligt er nog")
    page.get_by_role("button", name="Heropen je melding").click()
    page.get_by_text("Je melding is weer open.").wait_for()
    assert Melding.objects.get(pk=melding.pk).status == Status.HEROPEND
    assert page.wrong == []


def test_a_neighbour_follows_without_any_script_and_stops_again(open_page, send):
    melding = send(public=True)
    page = open_page(reverse("meldingen:public_list"), java_script_enabled=False)
    page.get_by_role("link", name="Zwerfvuil").click()
    page.get_by_label("Je e-mailadres").fill("buur@voorbeeld.example")
    page.get_by_role("button", name="Volg deze melding").click()
    page.get_by_text("Je volgt deze melding.").wait_for()
    volger = melding.volgers.get()
    page.goto(page.url.split("/meldingen/")[0] + reverse("meldingen:unfollow", args=[volger.sleutel]))
    page.get_by_role("button", name="Stop de mails").click()
    page.get_by_text("We hebben geen e-mailadres van je.").wait_for()
    volger.refresh_from_db()
    assert volger.email == ""


def test_a_place_on_the_map_leads_to_its_report(open_page, send):
    melding = send(public=True)
    page = open_page(reverse("meldingen:public_list"), viewport=DESK)
    page.locator(".landkaart__punt").click()
    page.wait_for_url(f"**{reverse('meldingen:public_detail', args=[melding.pk])}")
    assert page.locator("h1").inner_text() == "Zwerfvuil"
    page.locator(".landkaart__punt").wait_for()
    assert page.wrong == []
