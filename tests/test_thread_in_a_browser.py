"""One whole thread: three residents report the same thing, and in the end each of them hears once what came of it.

Everything in between goes through the pages: the wijkmanager makes a need of the reports, a proposal, asks two partners
who answer by the link in their mail, decides, and carries an action with milestones to its end.
"""

import re
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.documenten.tests.pdfs import Gelezen
from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen import actions
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch
from wijken.models import Actie, Actievoorstel, Behoefte, Contactmoment, Draad, Partner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_limits")]

RESIDENTS = (("an@voorbeeld.example", "nl"), ("bob@voorbeeld.example", "fr"), ("cis@voorbeeld.example", "en"))
CAME_OF_IT = "De glasbol staat er, en twee buren houden een oogje in het zeil."


@pytest.fixture
def no_limits():
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def wijk(transactional_db):
    return factories.wijk_square()


@pytest.fixture
def manager(wijk):
    return factories.member(factories.team_in(wijk), Rol.WIJKMANAGER, naam="Wim Wijkmanager", email="wim@genk.example")


@pytest.fixture
def partners(transactional_db):
    return [
        Partner.objects.create(naam=naam, soort=Partner.Soort.WELZIJN, email=f"{taal}@partner.example", taal=taal)
        for naam, taal in (("Buurtwerk De Brug", "nl"), ("Atelier du Quartier", "fr"))
    ]


@pytest.fixture
def reports(wijk, manager):
    kind = factories.SubcategorieFactory(naam="Zwerfvuil", naam_fr="Déchets sauvages", naam_en="Litter")
    return [
        actions.submit(
            inzending=uuid.uuid4(),
            categorie=kind,
            omschrijving="Er ligt weer glas.",
            plaats=factories.CENTRE,
            adres="Hennepstraat 1",
            wijk=wijk,
            email=email,
            taal=taal,
            at=timezone.now() - timedelta(days=9),
        )[0]
        for email, taal in RESIDENTS
    ]


@pytest.fixture
def visit(browser, live_server, client):
    """Open a page, as a colleague or as nobody; every page is looked at on the way out."""
    opened = []

    def visit(path, user=None, view=DESK, **options):
        context = browser.new_context(locale="nl-BE", base_url=live_server.url, viewport=view, **options)
        if user:
            client.force_login(user)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        opened.append(context.new_page())
        opened[-1].wrong = watch(opened[-1], live_server.url)
        opened[-1].goto(path)
        return opened[-1]

    yield visit
    for page in opened:
        page.context.close()


def look(page):
    """What is wrong with the page as it stands."""
    wrong = [*page.wrong, *axe_violations(page)]
    return [f"{page.url}: {line}" for line in [*wrong, *(["scrolls sideways"] if scrolls_sideways(page) else [])]]


def link_in(mail):
    return next(urlsplit(line).path for line in mail.tekst.splitlines() if "/partner/advies/" in line)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_three_residents_hear_once_what_came_of_it(visit, reports, manager, partners, wijk):
    wrong = []
    page = visit(reverse("meldingen:staff_list") + "?lijst=alle", manager)
    bar = page.get_by_role("form", name="Meldingen tegelijk wijzigen")
    bar.get_by_label("Met").select_option("alles")
    bar.get_by_label("doe dit").select_option("behoefte")
    bar.get_by_role("button", name="Verder").click()
    page.get_by_role("heading", name="deze 3 meldingen").wait_for()
    assert page.get_by_label("Titel").input_value() == "Zwerfvuil: Hennepstraat"
    wrong += look(page)
    page.get_by_label("Titel").fill("Een vaste plek voor glas")
    press(page, "Maak de behoefte")
    need = Behoefte.objects.get()
    assert Draad.objects.into(need).count() == 3
    wrong += look(page)
    press(page, "Bevestig: de wijk heeft dit nodig")
    page.goto(need.get_absolute_url())
    page.get_by_role("link", name="Schrijf een actievoorstel").click()
    page.get_by_label("wat stel je voor?").fill("Een glasbol op de hoek, met buren die meekijken.")
    wrong += look(page)
    press(page, "Bewaar als concept")

    page.get_by_role("link", name="Vraag wat anderen ervan vinden").click()
    for partner in partners:
        page.get_by_label(partner.naam).check()
    press(page, "Kijk na wie een mail krijgt")
    page.get_by_text(f"Er gaat een mail met een link naar {partners[0].naam}").wait_for()
    assert not Bericht.objects.filter(soort="advies_gevraagd").exists()
    wrong += look(page)
    press(page, "Vraag de meningen")
    page.get_by_role("heading", name="Meningen: 0/2 gegeven").wait_for()

    dutch, french = (link_in(Bericht.objects.get(soort="advies_gevraagd", aan=partner.email)) for partner in partners)
    guest = visit(dutch, view=PHONE)
    wrong += look(guest)
    guest.get_by_label("We zijn akkoord", exact=True).check()
    guest.get_by_label("Je naam en functie").fill("Jan, coördinator")
    press(guest, "Geef jullie mening")
    guest.get_by_text("Dank je. De stad heeft jullie mening.").wait_for()
    guest = visit(french, view=PHONE, java_script_enabled=False)
    guest.get_by_label("Nous sommes d’accord, à une condition").check()
    press(guest, "Donnez votre avis")
    guest.get_by_text("Dites pourquoi").first.wait_for()
    guest.get_by_label("Pourquoi").fill("Si quelqu’un l’entretient.")
    guest.get_by_label("Votre nom et votre fonction").fill("Marie, directrice")
    press(guest, "Donnez votre avis")
    guest.get_by_text("Merci. La Ville a reçu votre avis.").wait_for()

    proposal = Actievoorstel.objects.get()
    page.goto(proposal.get_absolute_url())
    page.get_by_role("heading", name="Meningen: 2/2 gegeven").wait_for()
    wrong += look(page)
    page.get_by_role("link", name="Beslis", exact=True).click()
    page.get_by_label("aanvaard", exact=True).check()
    page.get_by_label("Waarom?").fill("Iedereen is akkoord.")
    press(page, "Kijk na wie een mail krijgt")
    wrong += look(page)
    press(page, "Beslis definitief")
    assert Bericht.objects.filter(soort="advies_beslist").count() == 2

    page.get_by_role("link", name="Maak er een actie van").click()
    page.get_by_label("wat bewoners lezen").fill("Op de hoek komt een vaste glasbol.")
    wrong += look(page)
    press(page, "Bewaar de actie")
    action = Actie.objects.get()
    press(page, "De actie start")
    page.get_by_label("Wat moet er gehaald zijn?").fill("De glasbol staat er")
    page.get_by_label("Tegen wanneer?").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    press(page, "Voeg de mijlpaal toe")
    page.get_by_text("achter op plan").wait_for()
    wrong += look(page)

    resident = visit(reverse("meldingen:status", args=[reports[0].code]), view=PHONE)
    resident.get_by_text("Dit loopt nu: Een vaste plek voor glas").wait_for()
    wrong += look(resident)
    resident.get_by_role("link", name="Lees meer over deze actie").click()
    resident.get_by_text("0 van 1 mijlpaal gehaald").wait_for()
    wrong += look(resident)

    page.get_by_role("button", name=re.compile("^Gehaald")).click()
    page.get_by_text("op plan").first.wait_for()
    page.get_by_role("link", name="Rond af").click()
    page.get_by_label("Wat kwam ervan?").fill(CAME_OF_IT)
    press(page, "Kijk na wie een mail krijgt")
    page.get_by_text("5 mensen").wait_for()  # three residents, two partners
    wrong += look(page)
    assert not Bericht.objects.filter(soort="draad_afloop").exists()
    press(page, "Rond definitief af")
    page.get_by_text("5 mensen kregen een mail.").wait_for()

    for email, taal in RESIDENTS:
        mail = Bericht.objects.get(soort="draad_afloop", aan=email)
        assert mail.taal == taal
        assert CAME_OF_IT in mail.tekst
        assert ("De Nederlandse tekst is de geldige tekst" in mail.tekst) == (taal != "nl")
    public = visit(reverse("wijken:action_public", args=[wijk.slug, action.pk]))
    public.get_by_text(CAME_OF_IT).wait_for()
    wrong += look(public)
    public.goto(wijk.get_absolute_url())
    public.get_by_text(CAME_OF_IT).wait_for()
    wrong += look(public)
    where = public.get_by_role("link", name=re.compile("^Wijkfiche van")).get_attribute("href")
    sheet = Gelezen(Client().get(where).content)
    sheet.keur()
    assert sheet.bladen == 1
    assert f"{action.titel}: {CAME_OF_IT}" in sheet.tekst
    assert wrong == []


def test_a_contact_moment_is_written_down_on_a_phone_without_any_script(visit, manager, wijk):
    page = visit(reverse("wijken:moment_new"), manager, PHONE, java_script_enabled=False)
    page.get_by_label("buurtbabbel").check()
    page.get_by_label("Gehoord 1", exact=True).fill("Het is hier donker.")
    press(page, "Nog meer gehoord")
    page.get_by_label("Gehoord 4", exact=True).fill("Meer banken, graag.")
    press(page, "Bewaar het contactmoment")
    page.get_by_text("Het contactmoment is bewaard.").wait_for()
    row = Contactmoment.objects.get()
    assert (row.soort, row.wijk, row.gehoord.count()) == ("buurtbabbel", wijk, 2)
    page.get_by_role("button", name="Maak er een behoefte van").first.click()
    assert Behoefte.objects.get().titel == "Het is hier donker."
    seen = visit(row.get_absolute_url(), manager, PHONE)
    assert look(seen) == []
    assert look(visit(reverse("wijken:moment_new"), manager, PHONE)) == []
