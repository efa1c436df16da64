"""A crew walks its round on a phone of 360 pixels: with a photo, without connection, and without JavaScript."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.beelden.tests.photos import jpeg
from kern.geo import Punt
from meldingen import actions
from meldingen.models import Materiaal, Melding, MeldingBeeld, Rondestop, Verbruik
from meldingen.states import Status, Stopstatus
from meldingen.tests import factories
from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from wijken.models import Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STREET = {"width": 360, "height": 740}


@pytest.fixture
def cast(transactional_db):
    return factories.cast()


@pytest.fixture
def ronde(cast):
    kind = factories.SubcategorieFactory(naam="Losse tegel", teamsoort=Team.Soort.BUURTWERKPLAATS, is_snelle_lijn=True)
    rows = []
    for number in (1, 2, 3):
        place = Punt(factories.CENTRE.lon + number * 0.0006, factories.CENTRE.lat)
        row = factories.MeldingFactory(
            wijk=cast.wijk, team=cast.werkplaats, categorie=kind, plaats=place, adres=f"Hennepstraat {number}"
        )
        factories.MelderFactory(melding=row)
        rows.append(row)
    Materiaal.objects.create(naam="Voegzand", eenheid="kg")
    return actions.ronde.make(
        team=cast.werkplaats,
        wijk=cast.wijk,
        dag=timezone.localdate(),
        start_naam="De loods",
        start_plaats=factories.CENTRE,
        meldingen=rows,
        door=cast.werkman,
        at=timezone.now(),
    )


@pytest.fixture
def open_page(browser, live_server, cast):
    contexts = []

    def open_page(path, **options):
        client = Client()
        client.force_login(cast.werkman)
        contexts.append(browser.new_context(locale="nl-BE", viewport=STREET, **options))
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        contexts[-1].add_cookies([session])
        page = contexts[-1].new_page()
        page.wrong = watch(page, live_server.url)
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_round_is_walked_on_a_phone_from_the_first_stop_to_the_hours(open_page, ronde, tmp_path):
    photo = tmp_path / "tegel.jpg"
    photo.write_bytes(jpeg(320, 240))
    page = open_page(reverse("meldingen:round", args=[ronde.pk]))
    assert "Hennepstraat 1" in page.locator(".ronde__nu").inner_text()
    assert page.get_by_role("link", name="Open in je kaart-app").get_attribute("href").startswith("geo:50.9")
    for button in page.locator(".ronde__knoppen .knop").all():
        assert button.bounding_box()["height"] >= 44

    page.get_by_role("link", name="Gedaan").first.click()
    page.get_by_label("Foto van hoe het nu is").set_input_files(photo)
    page.get_by_label("Hoe lang was je ermee bezig?").fill("20")
    page.get_by_text("Materiaal dat je gebruikte").click()
    page.get_by_label("Materiaal 1", exact=True).select_option(label="Voegzand (kg)")
    page.get_by_label("Hoeveel van materiaal 1").fill("2,5")
    page.get_by_role("button", name="Meld gedaan").click()
    page.get_by_text("is opgelost en afgesloten").wait_for()
    assert "Hennepstraat 2" in page.locator(".ronde__nu").inner_text()

    page.get_by_role("button", name="Draai terug").click()
    page.get_by_text("Er ging geen mail weg.").wait_for()
    page.get_by_role("link", name="Gedaan").first.click()
    assert page.get_by_label("Hoe lang was je ermee bezig?").input_value() == "20 min"
    page.get_by_role("button", name="Meld gedaan").click()
    page.get_by_text("is opgelost en afgesloten").wait_for()

    page.get_by_role("link", name="Niet gevonden of niet gelukt").click()
    page.get_by_role("link", name=re.compile("Er is niets")).click()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_text("is bijgewerkt.").wait_for()

    page.get_by_role("link", name="Foto of notitie").click()
    page.get_by_role("textbox", name="Notitie").fill("Er staat een kraan.")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Bewaard bij melding").wait_for()

    page.get_by_role("link", name="Uren en materiaal, en afronden").click()
    page.get_by_label("Hoeveel tijd kwam er nog bij?").fill("1u15")
    page.get_by_role("button", name="Bewaar en rond de ronde af").click()
    page.get_by_text("De ronde is afgerond.").wait_for()

    states = list(ronde.stops.values_list("status", flat=True))
    assert states == [Stopstatus.GEDAAN, Stopstatus.NIET_GELUKT, Stopstatus.OVERGESLAGEN]
    assert Verbruik.objects.count() == 1
    assert {row.soort for row in MeldingBeeld.objects.all()} <= {MeldingBeeld.Soort.NA_HERSTEL}
    ronde.refresh_from_db()
    assert ronde.minuten == 75
    assert page.wrong == []


def test_without_connection_nothing_typed_is_lost(open_page, ronde):
    stop = ronde.stops.first()
    page = open_page(reverse("meldingen:stop_done", args=[ronde.pk, stop.pk]))
    page.get_by_label("Bericht aan de melder").fill("De tegel ligt weer vast.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Meld gedaan").click()
    page.get_by_text("Er is niets verstuurd en niets verloren").wait_for()
    assert page.get_by_label("Bericht aan de melder").input_value() == "De tegel ligt weer vast."
    page.context.set_offline(False)
    page.reload(wait_until="networkidle")
    assert page.get_by_label("Bericht aan de melder").input_value() == "De tegel ligt weer vast."
    page.get_by_role("button", name="Meld gedaan").click()
    page.get_by_text("is opgelost en afgesloten").wait_for()
    melding = Melding.objects.get(pk=stop.melding_id)
    assert melding.status == Status.AFGESLOTEN
    assert melding.gebeurtenissen.filter(tekst="De tegel ligt weer vast.").exists()
    page.wait_for_load_state("networkidle")
    kept = page.evaluate("Object.keys(sessionStorage)")
    assert [key for key in kept if key.startswith("ronde:")] == []  # htmx keeps a key of its own


def test_a_round_works_without_any_script(open_page, ronde):
    page = open_page(reverse("meldingen:round_order", args=[ronde.pk]), java_script_enabled=False)
    page.get_by_role("button", name="Stop 3 Vroeger").click()
    order = [stop.melding.adres[-1] for stop in Rondestop.objects.filter(ronde=ronde).select_related("melding")]
    assert order == ["1", "3", "2"]
    page.get_by_role("link", name="De ronde").click()
    page.get_by_role("link", name="Gedaan").first.click()
    page.get_by_role("button", name="Meld gedaan").click()
    page.get_by_text("is opgelost en afgesloten").wait_for()


def test_every_page_of_a_round_is_accessible_and_fits_a_phone(open_page, ronde, live_server):
    stop = ronde.stops.first()
    paths = [
        reverse("meldingen:round", args=[ronde.pk]),
        reverse("meldingen:round_order", args=[ronde.pk]),
        reverse("meldingen:round_print", args=[ronde.pk]),
        reverse("meldingen:round_finish", args=[ronde.pk]),
        reverse("meldingen:stop_done", args=[ronde.pk, stop.pk]),
        reverse("meldingen:stop_not_done", args=[ronde.pk, stop.pk]),
        *(
            f"{reverse('meldingen:stop_not_done', args=[ronde.pk, stop.pk])}?bevinding={code}"
            for code in ("weg", "later")
        ),
        reverse("meldingen:stop_look", args=[ronde.pk, stop.pk]),
        reverse("meldingen:round_new"),
        reverse("meldingen:rounds"),
        reverse("meldingen:round_totals"),
    ]
    page = open_page("/")
    wrong = {}
    for path in paths:
        page.wrong.clear()
        page.goto(live_server.url + path, wait_until="networkidle")
        problems = [*page.wrong, *axe_violations(page), *(["scrolls sideways"] if scrolls_sideways(page) else [])]
        if problems:
            wrong[path] = problems
    assert wrong == {}
