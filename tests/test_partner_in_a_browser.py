"""A partner answers from the link in its mail: on a phone with a photo, with wrong input, and without JavaScript."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.beelden.tests.photos import jpeg
from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen import actions
from meldingen.models import Melding, MeldingBeeld, Partneropdracht
from meldingen.states import Opdrachtstatus, Status
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch
from wijken import actions as wijken
from wijken.models import Partner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_limits")]
AS_A_PERSON = 3200  # milliseconds: who answers sooner is taken for a robot


@pytest.fixture
def no_limits():
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def manager(transactional_db):
    wijk = factories.wijk_square()
    return factories.member(factories.team_in(wijk), Rol.WIJKMANAGER, naam="Wim Wijkmanager", email="wim@genk.example")


@pytest.fixture
def give(manager):
    def give(taal="nl"):
        partner = Partner.objects.create(
            naam=f"De Lijn {taal}", soort=Partner.Soort.VERVOER, email=f"{taal}@delijn.example", taal=taal
        )
        melding = actions.submit(
            inzending=uuid.uuid4(),
            categorie=factories.SubcategorieFactory(naam="Stuk wachthuisje"),
            omschrijving="Het glas ligt op de grond.",
            plaats=factories.CENTRE,
            adres="Hennepstraat 1",
            naam="An Janssens",
            email="an@voorbeeld.example",
            at=timezone.now(),
        )[0]
        actions.partner.give(
            melding=melding,
            partner=partner,
            tekst="Wil je het glas vervangen?",
            termijn=timezone.localdate() + timedelta(days=14),
            door=manager,
            at=timezone.now(),
        )
        return Partneropdracht.objects.get(melding=melding)

    return give


def link_in_mail(opdracht):
    """The path of the link as it stands in the partner's mail."""
    mail = Bericht.objects.get(soort="partner_opdracht", aan=opdracht.partner.email)
    (line,) = {line for line in mail.tekst.splitlines() if "/partner/" in line}
    return urlsplit(line).path


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


def test_a_partner_answers_on_a_phone_with_a_photo(open_page, give, tmp_path):
    opdracht = give()
    photo = tmp_path / "glas.jpg"
    photo.write_bytes(jpeg(320, 240))
    page = open_page(link_in_mail(opdracht), viewport=PHONE)
    assert page.locator("h1").inner_text() == "Stuk wachthuisje"
    assert "An Janssens" not in page.content()
    page.wait_for_timeout(AS_A_PERSON)

    page.get_by_label("We doen het op een vaste dag").check()
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_role("link", name="Op welke dag? Kies de dag waarop je het plant.").click()
    day = timezone.localdate() + timedelta(days=5)
    page.get_by_label("Op welke dag?").fill(day.isoformat())
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_text("Dank je. De stad heeft je antwoord.").wait_for()
    page.get_by_text("Je plande dit op").wait_for()

    page.wait_for_timeout(AS_A_PERSON)
    page.get_by_label("Het is uitgevoerd").check()
    page.get_by_label("Wat moet de stad weten?").fill("Het glas is vervangen.")
    page.get_by_label("Foto’s").set_input_files(photo)
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_text("deze opdracht is afgerond").wait_for()
    assert page.get_by_role("button", name="Verstuur je antwoord").count() == 0

    melding = Melding.objects.get(pk=opdracht.melding_id)
    assert (melding.status, melding.behandelaar.naam) == (Status.IN_BEHANDELING, "Wim Wijkmanager")
    assert MeldingBeeld.objects.get(melding=melding).soort == MeldingBeeld.Soort.PARTNER
    assert page.wrong == []


def test_a_partner_answers_without_any_script(open_page, give):
    opdracht = give("fr")
    page = open_page(link_in_mail(opdracht), java_script_enabled=False)
    page.wait_for_timeout(AS_A_PERSON)
    page.get_by_label("Ce n’est pas pour nous").check()
    page.get_by_role("button", name="Envoyer votre réponse").click()
    page.get_by_text("Dites pourquoi").first.wait_for()
    page.get_by_label("Que doit savoir la Ville").fill("C’est la commune.")
    page.get_by_role("button", name="Envoyer votre réponse").click()
    page.get_by_text("Merci. La Ville a reçu votre réponse.").wait_for()
    opdracht.refresh_from_db()
    assert opdracht.status == Opdrachtstatus.NIET_VOOR_ONS


def test_a_partner_confirms_its_contact_with_one_click(open_page, transactional_db):
    partner = Partner.objects.create(naam="Fluvius", soort=Partner.Soort.NUTSBEDRIJF, email="f@fluvius.example")
    wijken.ask_contact(partner=partner, at=timezone.now())
    mail = Bericht.objects.get(soort="partner_contact")
    (line,) = {line for line in mail.tekst.splitlines() if "/partner/contact/" in line}
    page = open_page(urlsplit(line).path, viewport=PHONE)
    page.get_by_role("button", name="Ja, dit klopt nog").click()
    page.get_by_role("heading", name="Dank je, we weten genoeg").wait_for()
    partner.refresh_from_db()
    assert partner.bevestigd_op == timezone.localdate()
    assert page.wrong == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_state_of_the_page_is_accessible_and_quiet(open_page, give, manager, live_server, viewport):
    fresh, planned, done = give(), give("fr"), give("en")
    day = timezone.localdate() + timedelta(days=3)
    for task, status, datum in ((planned, Opdrachtstatus.GEPLAND, day), (done, Opdrachtstatus.UITGEVOERD, None)):
        actions.partner.answer(
            opdracht=task, inzending=uuid.uuid4(), status=status, datum=datum, at=timezone.now(), tekst="Ok"
        )
    paths = [link_in_mail(task) for task in (fresh, planned, done)]
    page = open_page("/", viewport=viewport)
    wrong = {}
    for path in [*paths, reverse("meldingen:partner", args=["verkeerd"])]:
        page.wrong.clear()
        page.goto(live_server.url + path, wait_until="networkidle")
        problems = [line for line in page.wrong if "404" not in line] + axe_violations(page)
        if scrolls_sideways(page):
            problems.append("scrolls sideways")
        if problems:
            wrong[path] = problems
    actions.partner.take_back(melding=fresh.melding, reden="De stad doet het zelf.", door=manager, at=timezone.now())
    page.goto(live_server.url + paths[0], wait_until="networkidle")
    page.get_by_role("heading", name="Deze opdracht loopt niet meer").wait_for()
    assert wrong == {}
