"""The pages of the screening as somebody who works with them sees them."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.beelden.tests.photos import jpeg
from kern.documenten.tests.pdfs import Gelezen
from kern.herinneringen.models import Aan
from toegankelijkheid.actions import campagnes
from toegankelijkheid.models import Campagne, GoedVoorbeeld, Knelpunt, Meting, Opname, Screeningsobject, TweedeMening
from toegankelijkheid.reminders import screening as reminders
from toegankelijkheid.rules.woorden import Onderwerp

from .factories import CENTRE, CampagneFactory, KnelpuntFactory, ObjectFactory
from .test_opnemen import measure

pytestmark = pytest.mark.django_db
QUEUE = {"HTTP_X_WACHTRIJ": "ja"}


@pytest.fixture
def client_of():
    def log_in(user):
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def crossing(cast):
    return ObjectFactory(wijk=cast.wijk, zone=cast.zone, naam="Oversteek <Markt> & kerk")


def filled(**values):
    form = {"inzending": str(uuid.uuid4()), "soort": "gewoon", "instrument": "waterpas"}
    return form | {f"c_{code.replace('_', '-')}": value for code, value in values.items()}


def address(obj):
    return reverse("toegankelijkheid:measure", args=[obj.pk])


def test_a_surveyor_measures_with_a_decimal_comma_and_reads_the_verdict(cast, crossing, client_of):
    client = client_of(cast.screener)
    page = client.get(address(crossing)).content.decode()
    assert 'inputmode="decimal"' in page
    assert "Oversteek &lt;Markt&gt; &amp; kerk" in page
    done = client.post(address(crossing), filled(ov_helling="11,0", ov_hoogte="8", ov_geluid="ja"), follow=True)
    words = done.content.decode()
    assert "mag, maar onder de streefwaarde" in words
    assert "1\u00a0% te veel" in words
    opname = Opname.objects.get()
    assert (opname.door, opname.campagne, opname.metingen.count()) == (cast.screener, cast.campagne, 3)


def test_what_is_wrong_comes_back_with_all_that_was_typed(cast, crossing, client_of):
    bad = filled(ov_helling="elf", ov_hoogte="8") | {"opmerking": "Het regende <hard>.", "n_ov-hoogte": "te druk"}
    page = client_of(cast.screener).post(address(crossing), bad).content.decode()
    for words in (
        "Vul een getal in, zoals 8,5.",
        "Kies: een waarde, of waarom",
        "Het regende &lt;hard&gt;.",
        'value="elf"',
    ):
        assert words in page
    assert not Opname.objects.exists()
    out_of_range = client_of(cast.screener).post(address(crossing), filled(ov_helling="250")).content.decode()
    assert "Vul een getal in van 0 tot 100" in out_of_range
    nothing = client_of(cast.screener).post(address(crossing), filled()).content.decode()
    assert "Vul minstens één meting in" in nothing


def test_the_values_of_the_previous_object_can_be_taken_over(cast, crossing, client_of):
    client = client_of(cast.screener)
    client.post(address(crossing), filled(ov_helling="9,5", ov_hoogte="8", ov_geluid="nee"))
    other = ObjectFactory(wijk=cast.wijk, zone=cast.zone)
    form = client.get(address(other) + "?kopie=ja").context["form"]
    assert (form["c_ov-helling"].value(), form["c_ov-hoogte"].value(), form["c_ov-geluid"].value()) == (
        "9,5",
        "8",
        "nee",
    )
    assert client.get(address(other)).context["form"]["c_ov-helling"].value() == ""


def test_a_photo_needs_words_and_is_seen_by_who_sees_the_object(cast, crossing, client_of):
    def photo():
        return SimpleUploadedFile("foto.jpg", jpeg(320, 240), "image/jpeg")

    client = client_of(cast.screener)
    without = client.post(address(crossing), filled(ov_boord="1") | {"foto_1": photo()}).content.decode()
    assert "Zeg wat er op de foto te zien is." in without
    client.post(address(crossing), filled(ov_boord="1") | {"foto_1": photo(), "alt_1": "De boord"})
    row = Opname.objects.get().beelden.get()
    url = reverse("toegankelijkheid:photo", args=[crossing.pk, row.pk, "klein"])
    assert client.get(url).status_code == 202
    assert 'alt="De boord"' in client.get(crossing.get_absolute_url()).content.decode()
    assert client_of(cast.collega).get(url).status_code == 404
    other = ObjectFactory(wijk=cast.wijk, zone=cast.zone)
    assert client.get(reverse("toegankelijkheid:photo", args=[other.pk, row.pk, "klein"])).status_code == 404


def test_the_queue_gets_json_and_the_same_form_twice_makes_one_visit(cast, crossing, client_of):
    client = client_of(cast.screener)
    form = filled(ov_helling="13", ov_hoogte="8") | {"uitgesteld": "on", "versie": crossing.versie}
    first = client.post(address(crossing), form, **QUEUE)
    again = client.post(address(crossing), form, **QUEUE)
    assert (first.status_code, first.json()["stand"], first.json()["dubbel"]) == (200, "ok", False)
    assert (again.status_code, again.json()["dubbel"]) == (200, True)
    assert (Opname.objects.count(), Opname.objects.get().is_uitgesteld, Knelpunt.objects.count()) == (1, True, 1)


def test_the_queue_hears_of_a_conflict_and_may_keep_it_anyway(cast, crossing, client_of):
    measure(crossing, door=cast.coordinator)
    client = client_of(cast.screener)
    form = filled(ov_helling="9", ov_hoogte="8") | {"versie": "1"}
    answer = client.post(address(crossing), form, **QUEUE)
    assert (answer.status_code, answer.json()["stand"]) == (409, "conflict")
    assert cast.coordinator.naam in answer.json()["fouten"][0]
    page = client.post(address(crossing), form).content.decode()
    assert "Bewaar toch" in page
    assert Opname.objects.count() == 1
    assert client.post(address(crossing), form | {"toch": "ja"}, **QUEUE).json()["stand"] == "ok"
    assert Opname.objects.count() == 2


def test_the_queue_hears_what_is_refused_and_why(cast, crossing, client_of):
    client = client_of(cast.screener)
    answer = client.post(address(crossing), filled(ov_helling="elf"), **QUEUE)
    assert (answer.status_code, answer.json()["stand"]) == (422, "geweigerd")
    assert answer.json()["fouten"] == ["Helling van de afrit: Vul een getal in, zoals 8,5."]
    Screeningsobject.objects.update(is_actief=False)
    gone = client.post(address(crossing), filled(ov_helling="9"), **QUEUE)
    assert (gone.status_code, "bestaat niet meer" in gone.json()["fouten"][0]) == (422, True)


def test_the_queue_asks_for_a_fresh_token_and_whose_it_is(cast, client_of):
    url = reverse("toegankelijkheid:queue_token")
    answer = client_of(cast.screener).get(url)
    assert answer.json()["wie"] == cast.screener.pk
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(url).status_code == 302


def test_the_service_worker_has_its_place_and_type(client):
    answer = client.get(reverse("toegankelijkheid:service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src" not in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_new_object_is_added_and_measured_in_one_form_once(cast, client_of):
    client = client_of(cast.screener)
    url = reverse("toegankelijkheid:measure_new", args=["oversteekplaats"])
    form = filled(ov_boord="6") | {
        "naam": "Oversteek school", "plaats": f"{CENTRE.lat}, {CENTRE.lon}", "context": "openbaar",
        "in_bebouwde_kom": "on", "wegbeheerder": "stad", "campagne": cast.campagne.pk,
    }  # fmt: skip
    assert client.post(url, form, **QUEUE).json()["stand"] == "ok"
    assert client.post(url, form, **QUEUE).json()["dubbel"] is True
    obj = Screeningsobject.objects.get()
    assert (obj.zone, obj.wijk, obj.oordeel) == (cast.zone, cast.wijk, "voldoet_niet")
    assert (obj.opnames.get().campagne, obj.gemaakt_door) == (cast.campagne, cast.screener)


def test_a_route_is_a_line_with_a_side(cast, client_of):
    url = reverse("toegankelijkheid:object_new", args=["looproute"])
    form = {
        "naam": "Voetpad",
        "lijn": "50.96, 5.49\n50.962, 5.49",
        "kant": "links",
        "context": "openbaar",
        "wegbeheerder": "stad",
    }
    client = client_of(cast.screener)
    assert client.post(url, form).status_code == 302
    obj = Screeningsobject.objects.get()
    assert (obj.kant, len(obj.lijn), obj.plaats.lat) == ("links", 2, pytest.approx(50.961))
    both = client.post(url, form | {"plaats": "50.96, 5.49"}).content.decode()
    assert "een punt of een lijn" in both


def test_the_progress_says_what_nobody_looked_at(cast, client_of):
    ObjectFactory(zone=cast.zone, straat="Kerkstraat")
    done = ObjectFactory(zone=cast.zone, straat="Dorpsstraat")
    measure(done, campagne=cast.campagne)
    page = client_of(cast.screener).get(cast.campagne.get_absolute_url()).content.decode()
    assert "<strong>1 van 2</strong>" in page
    assert "dat is niet hetzelfde als in orde" in page
    assert "nog niet gescreend" in page
    only = client_of(cast.screener).get(cast.campagne.get_absolute_url() + "?straat=Kerkstraat").content.decode()
    assert only.count("<a data-mee") == 0 or "Kerkstraat" in only


def test_a_campaign_is_planned_started_interrupted_with_a_reason_and_not_by_two_at_once(cast, client_of):
    client = client_of(cast.coordinator)
    today = timezone.localdate()
    form = {
        "naam": "Ronde lente", "zone": cast.zone.pk, "onderwerpen": ["halte"], "screeners": [cast.screener.pk],
        "van": today, "tot": today + timedelta(days=10), "instrument": "laser", "opdracht": "",
    }  # fmt: skip
    assert (
        "na de eerste"
        in client.post(
            reverse("toegankelijkheid:campaign_new"), form | {"tot": today - timedelta(days=1)}
        ).content.decode()
    )
    client.post(reverse("toegankelijkheid:campaign_new"), form)
    made = Campagne.objects.get(naam="Ronde lente")
    assert (made.status, made.coordinator, list(made.screeners.all())) == ("gepland", cast.coordinator, [cast.screener])

    def step(naar, **data):
        page = client.post(reverse("toegankelijkheid:campaign_step", args=[made.pk, naar]), data, follow=True)
        made.refresh_from_db()
        return page.content.decode()

    step("lopend")
    assert "Zeg waarom" in step("onderbroken")
    assert made.status == "lopend"
    step("onderbroken", reden="Werken")
    assert (made.status, made.reden) == ("onderbroken", "Werken")
    assert "Dat kan nu niet" in step("gepland")
    with pytest.raises(campagnes.CampagneGewijzigd):
        campagnes.save(campagne=made, screeners=[], versie=1)
    edit = client.post(reverse("toegankelijkheid:campaign_edit", args=[made.pk]), form | {"versie": 1})
    assert "Iemand anders wijzigde" in edit.content.decode()


def test_a_second_opinion_is_of_somebody_else_and_doubt_needs_words(cast, crossing, client_of):
    measure(crossing, fails=True, door=cast.screener)
    found = Knelpunt.objects.get()
    own = client_of(cast.screener).post(found.get_absolute_url(), {"mening": "bevestigd"})
    assert "Een collega kan het nakijken" in own.content.decode()
    assert not TweedeMening.objects.exists()
    other = client_of(cast.wijkmanager)
    assert "Zeg waarom." in other.post(found.get_absolute_url(), {"mening": "betwist"}).content.decode()
    other.post(found.get_absolute_url(), {"mening": "betwist", "toelichting": "Ik mat 11."})
    other.post(found.get_absolute_url(), {"mening": "onzeker", "toelichting": "Toch niet zeker."})
    row = TweedeMening.objects.get()
    assert (row.mening, row.door) == ("onzeker", cast.wijkmanager)
    lijst = reverse("toegankelijkheid:findings")
    assert found.titel not in other.get(lijst + "?soort=betwist").content.decode()
    assert "1 keer" not in other.get(lijst).content.decode()


def test_what_is_due_is_listed_with_its_criteria(cast, crossing, client_of):
    measure(crossing, values={"ov-geluid": "1"})
    Meting.objects.update(hercontrole_op=timezone.localdate())
    Screeningsobject.objects.update(hercontrole_op=timezone.localdate())
    page = client_of(cast.wijkmanager).get(reverse("toegankelijkheid:due")).content.decode()
    assert "Geeft het verkeerslicht een geluid?" in page
    assert crossing.naam.split()[0] in page


def test_the_ladders_hear_of_objects_to_measure_again_and_of_campaigns_near_their_end(cast, crossing):
    today = timezone.localdate()
    measure(crossing)
    other = ObjectFactory(zone=cast.zone)
    measure(other)
    Screeningsobject.objects.update(hercontrole_op=today.replace(day=15))
    items = list(reminders.to_measure_again(today, today.replace(day=20)))
    assert [i.titel for i in items] == [f"Opnieuw te meten in {cast.zone.naam}: 2 objecten"]
    assert items[0].ontvangers[Aan.VERANTWOORDELIJKE] == [cast.coordinator.pk]
    assert list(reminders.to_measure_again(today, today.replace(day=14))) == []
    Campagne.objects.update(coordinator=cast.coordinator)
    ends = list(reminders.campaigns(today, today))
    assert [i.url for i in ends] == [cast.campagne.get_absolute_url()]
    assert ends[0].ontvangers == {Aan.VERANTWOORDELIJKE: [cast.screener.pk], Aan.HOOFD: [cast.coordinator.pk]}
    assert list(reminders.campaigns(today, today - timedelta(days=1))) == []


@pytest.mark.parametrize("onderwerp", Onderwerp)
def test_the_paper_form_of_each_subject_can_be_read_by_everybody(cast, client_of, onderwerp):
    answer = client_of(cast.screener).get(reverse("toegankelijkheid:paper", args=[onderwerp]))
    assert answer["Content-Type"] == "application/pdf"
    book = Gelezen(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    book.keur()
    assert onderwerp.label.lower() in book.titel.lower()
    assert "Metingen" in book.tekst


def test_the_map_has_points_with_their_verdict_and_keeps_to_its_box(cast, crossing, client_of):
    measure(crossing, fails=True)
    ObjectFactory(zone=cast.zone, plaats=None, straat="Kerkstraat")
    client = client_of(cast.screener)
    url = reverse("toegankelijkheid:points")
    (feature,) = json.loads(client.get(url).content)["features"]
    assert feature["properties"]["soort"] == "laat"
    assert "voldoet niet" in feature["properties"]["naam"]
    assert json.loads(client.get(url + "?kader=5.0,50.0,5.1,50.1").content)["features"] == []
    assert client.get(url + "?kader=onzin").status_code == 200
    filters = "?onderwerp=oversteekplaats&oordeel=voldoet_niet&q=dorps"
    assert len(json.loads(client.get(url + filters).content)["features"]) == 1
    assert json.loads(client.get(url + "?onderwerp=halte").content)["features"] == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("objects", 6), ("findings", 5), ("due", 6), ("start", 10), ("zones", 8), ("recalculations", 4)],
)
def test_each_list_costs_the_same_for_one_row_and_for_three(
    cast, client_of, django_assert_num_queries, name, queries, count
):
    for n in range(count):
        obj = ObjectFactory(wijk=cast.wijk, zone=cast.zone)
        measure(obj, fails=True)
        KnelpuntFactory(wijk=cast.wijk)
        if n:
            CampagneFactory(zone=cast.zone, screeners=[cast.screener])
    Screeningsobject.objects.update(hercontrole_op=timezone.localdate())
    client = client_of(cast.coordinator)
    client.get(reverse("toegankelijkheid:norms"))
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"toegankelijkheid:{name}")).status_code == 200


def test_a_good_example_has_its_page(cast, crossing, client_of):
    measure(crossing, values={}, soort="goed", omschrijving="Vlakke afrit & noppen")
    page = client_of(cast.lezer).get(GoedVoorbeeld.objects.get().get_absolute_url()).content.decode()
    assert "Vlakke afrit &amp; noppen" in page
