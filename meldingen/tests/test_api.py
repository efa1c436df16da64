"""The JSON interface: sending, following, what staff do, and the description that it keeps to."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
import yaml
from django.conf import settings as portal
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks as openapi_checks

from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker, Rol
from kern.koppelingen import actions as koppelingen
from kern.koppelingen.models import Sleutel
from meldingen import actions, rules
from meldingen.models import Categorie, Gebeurtenis, Inzage, Melder, Melding, Vraag
from meldingen.states import Status
from meldingen.tests import factories
from wijken.queries import reach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]

API = "/api/v1"
LOCAL = "127.0.0.1"
COMMITTED = Path(portal.BASE_DIR) / "docs" / "openapi.yaml"
PLACE = {"lat": factories.CENTRE.lat, "lon": factories.CENTRE.lon}
PUBLIC = ["meldingen:schrijven", "meldingen:lezen"]
STAFF = ["staf:lezen", "staf:schrijven"]


def key_of(gebruiker, *rechten, **fields):
    row, text = koppelingen.make_key(
        naam="programma",
        eigenaar=gebruiker,
        rechten=rechten or STAFF,
        verloopt_op=timezone.now() + timedelta(days=1),
        per_minuut=100_000,
        at=timezone.now(),
        **fields,
    )
    return row, text


class Api:
    """A program that talks JSON, with a key or without. It also carries a session, which opens nothing."""

    def __init__(self, key: str = "", session: Gebruiker | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if session:
            self.client.force_login(session)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path, **query):
        return self.client.get(API + path, query, headers=self.headers)

    def post(self, path, body, **headers):
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.client.post(API + path, json.dumps(body), content_type="application/json", headers=sent)


@pytest.fixture
def categorie(cast):
    found = factories.SubcategorieFactory(code="zwerfvuil", naam="Zwerfvuil")
    soort = Vraag.Soort
    danger = factories.VraagFactory(
        categorie=found, code="gevaar", tekst="Gevaar?", soort=soort.JA_NEE, is_verplicht=True
    )
    factories.VraagFactory(
        categorie=found, code="welk", tekst="Welk?", is_verplicht=True, alleen_als=danger, alleen_als_antwoord="ja"
    )
    factories.VraagFactory(categorie=found, code="soort", soort=soort.KEUZE, keuzes="Blik | Canette | Can\nGlas")
    return found


@pytest.fixture
def body(categorie):
    return {
        "categorie": "zwerfvuil",
        "omschrijving": "Blikjes\nen glas",
        "plaats": PLACE,
        "adres": "Hennepstraat 1",
        "antwoorden": {"gevaar": "nee", "soort": "Glas"},
        "naam": "An Janssens",
        "email": "an@voorbeeld.example",
    }


def problem(response, status):
    """The refusal, after checking its shape."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert {"type", "title", "status", "detail"} <= set(found)
    assert found["status"] == status
    return found


# Sending and following.


def test_the_categories_come_with_their_questions_and_without_what_others_solve(cast, categorie):
    factories.stop(factories.SubcategorieFactory(code="waterlek"))
    rows = Api().get("/categorieen/").json()
    assert [row["code"] for row in rows] == ["zwerfvuil"]
    questions = rows[0]["vragen"]
    assert [(row["code"], row["verplicht"], row["alleen_als"]) for row in questions] == [
        ("gevaar", True, None),
        ("welk", True, "gevaar"),
        ("soort", False, None),
    ]
    assert questions[2]["keuzes"] == [{"waarde": "Blik", "naam": "Blik"}, {"waarde": "Glas", "naam": "Glas"}]


def test_a_report_without_a_key_goes_the_way_of_the_form(cast, body):
    response = Api().post("/meldingen/", body)
    assert response.status_code == 201, response.content
    told = response.json()
    melding = Melding.objects.get(pk=told["nummer"])
    assert (melding.bron, melding.via, melding.team, melding.wijk) == ("api", None, cast.wijkteam, cast.wijk)
    assert melding.melder.email == "an@voorbeeld.example"
    assert {row.vraag.code: row.waarde for row in melding.antwoorden.select_related("vraag")} == body["antwoorden"]
    assert Bericht.objects.get(soort="melding_ontvangen").aan == "an@voorbeeld.example"
    assert told["code"] == melding.code
    assert told["status"]["woord"] == "ontvangen"
    assert told["oplossing_uiterlijk"] == melding.oplossing_uiterlijk.isoformat()


def test_a_report_with_a_key_names_its_program(cast, body):
    key, text = key_of(cast.beheerder, *PUBLIC)
    told = Api(text).post("/meldingen/", body).json()
    assert Melding.objects.get(pk=told["nummer"]).via == key
    key.refresh_from_db()
    assert key.laatst_gebruikt_op


def test_following_tells_the_status_the_day_and_the_promise_and_nothing_of_the_reporter(cast, body):
    api = Api()
    code = api.post("/meldingen/", body).json()["code"]
    melding = Melding.objects.get(code=code)
    day = timezone.localdate() + timedelta(days=3)
    actions.plan(melding=melding, gepland_op=day, door=cast.wijkmanager, at=timezone.now())
    actions.note(melding=melding, tekst="Een interne notitie", door=cast.wijkmanager, at=timezone.now())
    response = api.get(f"/meldingen/{code.lower()[:5]}-{code[5:]}/")
    told = response.json()
    assert told["status"]["code"] == "ingepland"
    assert told["gepland_op"] == day.isoformat()
    assert told["oplossing_beloofd"] == melding.oplossing_beloofd.isoformat()
    assert told["stappen"][0]["moment"] == "geweest"
    text = response.content.decode()
    for word in ("Janssens", "an@voorbeeld", "interne notitie", cast.wijkmanager.naam, "Hennepstraat"):
        assert word not in text


def test_guessing_codes_ends_after_twenty(cast, body):
    api = Api()
    code = api.post("/meldingen/", body).json()["code"]
    for _number in range(20):
        problem(api.get("/meldingen/ABCDEFGH22/"), 404)
    problem(api.get("/meldingen/ABCDEFGH22/"), 429)
    problem(api.get(f"/meldingen/{code}/"), 429)


def test_the_same_idempotency_key_gives_the_same_answer_once(cast, body):
    api = Api()
    first = api.post("/meldingen/", body, Idempotency_Key="abc")
    actions.start(melding=Melding.objects.get(), door=cast.wijkmanager, at=timezone.now())
    again = api.post("/meldingen/", dict(reversed(body.items())), Idempotency_Key="abc")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert Melding.objects.count() == 1
    assert Bericht.objects.filter(soort="melding_ontvangen").count() == 1
    problem(api.post("/meldingen/", {**body, "omschrijving": "Iets anders"}, Idempotency_Key="abc"), 422)
    assert api.post("/meldingen/", body, Idempotency_Key="abd").json()["nummer"] != first.json()["nummer"]
    problem(api.post("/meldingen/", body, Idempotency_Key="x" * 201), 400)


def test_the_idempotency_key_of_another_program_or_address_is_another(cast, body):
    keys = [key_of(cast.beheerder, *PUBLIC)[1] for _ in range(2)]
    told = {Api(text).post("/meldingen/", body, Idempotency_Key="abc").json()["nummer"] for text in (*keys, "")}
    assert len(told) == 3


def test_an_idempotency_key_that_is_forgotten_shows_no_report_of_somebody(cast, body):
    api = Api()
    api.post("/meldingen/", body, Idempotency_Key="abc")
    koppelingen.clean_up(at=timezone.now() + timedelta(days=3))
    problem(api.post("/meldingen/", body, Idempotency_Key="abc"), 422)


WRONG = {
    "no category": ({"categorie": None}, "categorie"),
    "an unknown category": ({"categorie": "bestaat-niet"}, "categorie"),
    "a null byte": ({"categorie": "a\0"}, "categorie"),
    "no words": ({"omschrijving": " "}, "omschrijving"),
    "too many": ({"omschrijving": "x" * 4001}, "omschrijving"),
    "half a character": ({"omschrijving": "\ud800"}, "omschrijving"),
    "no place": ({"plaats": None, "adres": " "}, "plaats"),
    "outside the city": ({"plaats": {"lat": 50.93, "lon": 5.4}}, "plaats"),
    "nowhere": ({"plaats": {"lat": 91, "lon": 5.4}}, "plaats"),
    "an answer missing": ({"antwoorden": {}}, "antwoorden"),
    "an answer that asks for another": ({"antwoorden": {"gevaar": "ja"}}, "antwoorden"),
    "no such question": ({"antwoorden": {"gevaar": "nee", "kleur": "rood"}}, "antwoorden"),
    "no such choice": ({"antwoorden": {"gevaar": "nee", "soort": "Hout"}}, "antwoorden"),
    "no mail address": ({"email": "an"}, "email"),
    "no telephone number": ({"telefoon": "bel maar"}, "telefoon"),
    "another language": ({"taal": "de"}, "taal"),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_report_is_refused_with_the_field(cast, body, why):
    change, field = WRONG[why]
    found = problem(Api().post("/meldingen/", {**body, **change}), 400)
    assert field in found["fouten"]
    assert not Melding.objects.exists()


def test_what_is_no_json_is_refused_in_words(cast):
    client = Client()
    for sent in (b"{", b'{"plaats": {"lat": NaN}}', b"\xff", b""):
        problem(client.post(f"{API}/meldingen/", sent, content_type="application/json"), 400)
    problem(client.post(f"{API}/meldingen/", {"categorie": "x"}), 415)
    problem(client.post(f"{API}/meldingen/", b"[1]", content_type="application/json"), 400)
    problem(client.put(f"{API}/meldingen/", b"{}", content_type="application/json"), 405)
    problem(client.get("/api/v2/"), 404)
    problem(client.get(f"{API}/bestaat-niet"), 404)


def test_a_stop_page_is_told_and_nothing_is_sent(cast, body, categorie):
    stop = factories.StoppaginaFactory(titel="Bel 112", telefoon="112", website="")
    Vraag.objects.filter(code="gevaar").update(stoppagina=stop, stop_bij_antwoord="ja")
    found = problem(Api().post("/meldingen/", {**body, "antwoorden": {"gevaar": "ja"}}), 400)
    assert "Bel 112. 112" in str(found["fouten"]["antwoorden"])
    Categorie.objects.filter(pk=categorie.pk).update(stoppagina=stop)
    assert "Bel 112" in str(problem(Api().post("/meldingen/", body), 400)["fouten"]["categorie"])
    assert not Melding.objects.exists()


def test_without_a_key_there_is_a_limit_and_with_one_its_own(cast, body, settings):
    settings.REPORTS_PER_ADDRESS = 2
    body = {**body, "email": ""}
    assert [Api().post("/meldingen/", body).status_code for _ in range(3)] == [201, 201, 429]
    key, text = key_of(cast.beheerder, *PUBLIC)
    assert [Api(text).post("/meldingen/", body).status_code for _ in range(3)] == [201] * 3
    Sleutel.objects.filter(pk=key.pk).update(per_minuut=4)
    statuses = [Api(text).get("/categorieen/").status_code for _ in range(4)]
    assert statuses == [200, 429, 429, 429]
    assert problem(Api(text).get("/categorieen/"), 429)["detail"]


def test_a_key_that_does_not_hold_is_401_and_one_without_the_right_403(cast, body):
    key, text = key_of(cast.beheerder, *PUBLIC)
    for header in ("Bearer", "Bearer fout", f"Token {text}", f"Bearer {text} x", "Bearer \xe9"):
        refused = Client().get(f"{API}/categorieen/", headers={"Authorization": header})
        problem(refused, 401)
        assert refused["WWW-Authenticate"] == "Bearer"
    _other, mine = key_of(cast.beheerder, "open311:schrijven")
    problem(Api(mine).post("/meldingen/", body), 403)
    problem(Api(mine).get("/meldingen/ABCDEFGH22/"), 403)
    for change in ({"verloopt_op": timezone.now()}, {"verloopt_op": None, "ingetrokken_op": timezone.now()}):
        Sleutel.objects.filter(pk=key.pk).update(**change)
        problem(Api(text).get("/categorieen/"), 401)


@pytest.mark.django_db(transaction=True)
def test_sending_costs_seven_queries_once_the_rules_are_known(cast, body):
    """With a key, with a mail to write and with answers to keep; the transaction's own two are not counted."""
    _key, text = key_of(cast.beheerder, *PUBLIC)
    api = Api(text)
    # The use of the key is written once a minute, and what every report is sent by is read once.
    assert api.post("/meldingen/", body).status_code == 201
    with CaptureQueriesContext(connection) as queries:
        assert api.post("/meldingen/", body).status_code == 201
    sql = [row["sql"] for row in queries.captured_queries if row["sql"] not in ("BEGIN", "COMMIT")]
    assert len([row for row in sql if "SAVEPOINT" not in row]) == 7, "\n".join(row[:150] for row in sql)


# Staff.


@pytest.fixture
def melding(cast, categorie):
    made, _new = actions.submit(
        inzending=uuid.uuid4(),
        categorie=categorie,
        omschrijving="Blikjes",
        plaats=factories.CENTRE,
        adres="Hennepstraat 1",
        wijk=cast.wijk,
        naam="An Janssens",
        email=cast.bewoner,
        at=timezone.now(),
    )
    return Melding.objects.get(pk=made.pk)


def test_a_session_opens_nothing(cast, melding):
    api = Api(session=cast.beheerder)
    problem(api.get("/staf/meldingen/"), 401)
    problem(api.get(f"/staf/meldingen/{melding.pk}/"), 401)
    problem(api.post(f"/staf/meldingen/{melding.pk}/start/", {"versie": 1}), 401)


def test_a_key_of_staff_ends_and_needs_an_owner_with_a_role(cast, melding):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        koppelingen.make_key(naam="x", eigenaar=cast.beheerder, rechten=STAFF, at=timezone.now())
    _key, text = key_of(factories.GebruikerFactory())
    problem(Api(text).get("/staf/meldingen/"), 403)
    _key, text = key_of(cast.wijkmanager)
    assert Api(text).get("/staf/meldingen/").status_code == 200
    Gebruiker.objects.filter(pk=cast.wijkmanager.pk).update(is_active=False)
    problem(Api(text).get("/staf/meldingen/"), 401)


def test_a_key_reads_or_writes_as_it_may(cast, melding):
    _key, reads = key_of(cast.wijkmanager, "staf:lezen")
    _key, writes = key_of(cast.wijkmanager, "staf:schrijven")
    path = f"/staf/meldingen/{melding.pk}/"
    assert Api(reads).get(path).status_code == 200
    problem(Api(reads).post(f"{path}start/", {"versie": melding.versie}), 403)
    problem(Api(writes).get(path), 403)
    assert Api(writes).post(f"{path}start/", {"versie": melding.versie}).status_code == 200


def test_the_list_and_its_pages_give_every_report_once(cast, melding):
    rows = [melding, *factories.MeldingFactory.create_batch(4, wijk=cast.wijk, categorie=melding.categorie)]
    _key, text = key_of(cast.wijkmanager)
    api, seen = Api(text), []
    told = api.get("/staf/meldingen/", grootte=2).json()
    for _page in range(5):
        seen += [row["nummer"] for row in told["resultaten"]]
        if told["volgende"] is None:
            break
        told = json.loads(
            api.client.get(told["volgende"].removeprefix("http://testserver"), headers=api.headers).content
        )
    assert sorted(seen) == sorted(row.pk for row in rows)
    assert told["vorige"]
    back = api.client.get(told["vorige"], headers=api.headers).json()
    assert [row["nummer"] for row in back["resultaten"]] == seen[2:4]


def test_the_filters_are_those_of_the_page_and_what_means_nothing_is_400(cast, melding):
    closed = factories.MeldingFactory(wijk=cast.wijk, status=Status.AFGESLOTEN, categorie=melding.categorie)
    _key, text = key_of(cast.wijkmanager)
    api = Api(text)

    def numbers(**query):
        return [row["nummer"] for row in api.get("/staf/meldingen/", **query).json()["resultaten"]]

    assert numbers(status="afgesloten") == [closed.pk]
    assert numbers(status=["afgesloten", "nieuw"], volgorde="ontvangen") == [melding.pk, closed.pk]
    assert numbers(lijst="team") == [melding.pk]
    assert numbers(tot="2020-01-01") == []
    for query in (
        {"status": "fout"},
        {"kleur": "rood"},
        {"grootte": "0"},
        {"grootte": "201"},
        {"lijst": "x"},
        {"volgorde": "x"},
        {"na": "x"},
        {"van": "gisteren"},
        {"team": "\0"},
        {"behandelaar": "9" * 30},
    ):
        found = problem(api.get("/staf/meldingen/", **query), 400)
        assert set(found["fouten"]) == set(query)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_any_length_costs_five_queries(cast, melding, django_assert_num_queries, count):
    factories.MeldingFactory.create_batch(count - 1, wijk=cast.wijk, categorie=melding.categorie)
    _key, text = key_of(cast.wijkmanager)
    api = Api(text)
    api.get("/staf/meldingen/")
    with django_assert_num_queries(5):
        assert len(api.get("/staf/meldingen/").json()["resultaten"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_one_report_costs_seven_queries_however_long_its_story(cast, melding, django_assert_num_queries, count):
    for number in range(count):
        actions.note(melding=melding, tekst=f"{number}", door=cast.wijkmanager, at=timezone.now())
    _key, text = key_of(cast.wijkmanager)
    api = Api(text)
    api.get("/staf/meldingen/")
    with django_assert_num_queries(7):
        assert len(api.get(f"/staf/meldingen/{melding.pk}/").json()["verhaal"]) == count + 1


def test_the_steps_of_a_report_through_the_interface(cast, melding):
    _key, text = key_of(cast.wijkmanager)
    api, path = Api(text), f"/staf/meldingen/{melding.pk}/"
    told = api.get(path).json()
    assert told["melder"]["email"] == cast.bewoner
    assert {"start", "plan", "sluit", "wijs-toe", "notitie"} <= set(told["stappen"])
    told = api.post(f"{path}wijs-toe/", {"versie": told["versie"], "behandelaar": cast.wijkmanager.pk}).json()
    assert told["behandelaar"] == {"id": cast.wijkmanager.pk, "naam": "Wim Wijkmanager"}
    told = api.post(f"{path}start/", {"versie": told["versie"], "toelichting": "We komen"}).json()
    assert told["status"] == "in_behandeling"
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    told = api.post(f"{path}plan/", {"versie": told["versie"], "gepland_op": day}).json()
    assert (told["status"], told["gepland_op"]) == ("ingepland", day)
    noted = api.post(
        f"{path}notitie/", {"versie": told["versie"], "tekst": "Bel eerst", "genoemd": [cast.beheerder.pk]}
    )
    assert noted.json()["verhaal"][0]["tekst"] == "Bel eerst"
    assert Bericht.objects.filter(soort="staf_genoemd", aan=cast.beheerder.email).exists()
    closed = {"versie": told["versie"], "sluitreden": "opgelost", "toelichting": "Opgeruimd"}
    told = api.post(f"{path}sluit/", closed).json()
    assert (told["status"], told["afsluitreden"]) == ("afgesloten", "opgelost")
    assert Bericht.objects.filter(soort="melding_gesloten_opgelost", aan=cast.bewoner).exists()
    who = set(Gebeurtenis.objects.filter(melding=melding).exclude(soort="ontvangen").values_list("door", flat=True))
    assert who == {cast.wijkmanager.pk}
    history = type(melding).historiek.rel.related_model.objects.filter(pgh_obj_id=melding.pk).order_by("-pgh_id")[0]
    assert history.pgh_context["door"] == cast.wijkmanager.pk


def test_who_was_late_or_asks_what_cannot_be_gets_409_and_a_wrong_form_400(cast, melding):
    _key, text = key_of(cast.wijkmanager)
    api, path = Api(text), f"/staf/meldingen/{melding.pk}/"
    actions.start(melding=melding, door=cast.buurttoezichter, at=timezone.now())
    found = problem(api.post(f"{path}start/", {"versie": melding.versie}), 409)
    assert found["versie"] == melding.versie + 1
    assert "Bea Buurttoezichter" in found["laatste"]
    now = found["versie"]
    problem(api.post(f"{path}start/", {"versie": now}), 409)
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    late = (melding.oplossing_uiterlijk + timedelta(days=30)).isoformat()
    for step, fields, field in (
        ("plan", {"gepland_op": past}, "gepland_op"),
        ("plan", {"gepland_op": late}, "toelichting"),
        ("plan", {}, "gepland_op"),
        ("sluit", {"sluitreden": "zomaar", "toelichting": "x"}, "sluitreden"),
        ("sluit", {"sluitreden": "opgelost", "toelichting": " "}, "toelichting"),
        ("wijs-toe", {}, "__all__"),
        ("wijs-toe", {"team": 999_999}, "team"),
        ("notitie", {"tekst": "x", "genoemd": [cast.collega.pk]}, "genoemd"),
        ("notitie", {"tekst": ""}, "tekst"),
    ):
        refused = problem(api.post(f"{path}{step}/", {"versie": now, **fields}), 400)
        assert field in refused["fouten"], refused
    problem(api.post(f"{path}start/", {}), 400)


def test_a_reader_reads_but_never_who_reported_and_changes_nothing(cast, melding):
    _key, text = key_of(cast.lezer)
    api, path = Api(text), f"/staf/meldingen/{melding.pk}/"
    response = api.get(path)
    assert response.json()["melder"] is None
    assert response.json()["stappen"] == []
    assert cast.bewoner not in response.content.decode()
    problem(api.post(f"{path}start/", {"versie": melding.versie}), 403)


def test_who_reads_what_is_sensitive_through_a_program_is_written_down(cast, melding):
    _key, text = key_of(cast.wijkmanager)
    api = Api(text)
    api.get("/staf/meldingen/")
    api.get(f"/staf/meldingen/{melding.pk}/")
    assert not Inzage.objects.exists()
    Categorie.objects.filter(pk=melding.categorie_id).update(is_gevoelig=True)
    api.get("/staf/meldingen/")
    api.get(f"/staf/meldingen/{melding.pk}/")
    kept = Inzage.objects.order_by("pk").values_list("wat", "gebruiker", "melding")
    assert list(kept) == [(wat, cast.wijkmanager.pk, melding.pk) for wat in (Inzage.Wat.UITVOER, Inzage.Wat.MELDING)]


def test_what_a_colleague_gives_away_is_no_longer_shown(cast, melding):
    Melding.objects.filter(pk=melding.pk).update(wijk=cast.andere_wijk, team=cast.wijkteam)
    _key, text = key_of(cast.wijkmanager)
    path = f"/staf/meldingen/{melding.pk}/"
    gone = Api(text).post(f"{path}wijs-toe/", {"versie": melding.versie, "team": cast.ander_team.pk})
    assert (gone.status_code, gone.content) == (204, b"")
    problem(Api(text).get(path), 404)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_rights_of_the_owner_hold_on_every_address(cast, data):
    """Whoever owns the key: the list, one report and each step show and take what the rules say, and nothing more."""
    draw = data.draw
    wijk = draw(st.sampled_from([None, cast.wijk, cast.andere_wijk]))
    team = draw(st.sampled_from([None, cast.wijkteam, cast.toezicht, cast.ander_team, cast.meldpunt]))
    kind = factories.SubcategorieFactory(is_gevoelig=draw(st.booleans()))
    status = draw(st.sampled_from([Status.NIEUW, Status.TOEGEWEZEN, Status.IN_BEHANDELING]))
    handler = draw(st.sampled_from([None, cast.collega, cast.werkman]))
    melding = factories.MeldingFactory(
        wijk=wijk, team=team, categorie=kind, status=status, behandelaar=handler, omschrijving="Een geheime tekst"
    )
    Melder.objects.create(melding=melding, naam="An Janssens", email="geheim@voorbeeld.example")
    somebody = factories.member(draw(st.sampled_from([None, cast.wijkteam])), draw(st.sampled_from(list(Rol))))
    _key, text = key_of(draw(st.sampled_from([somebody, cast.collega, cast.lezer, cast.beheerder, cast.verdeler])))
    owner = _key.eigenaar
    sees = rules.may_see(owner, reach(owner, timezone.localdate()), melding)
    handles = rules.may_handle(owner, reach(owner, timezone.localdate()), melding)
    api, path = Api(text), f"/staf/meldingen/{melding.pk}/"
    listed = api.get("/staf/meldingen/", grootte=200)
    assert (melding.pk in {row["nummer"] for row in listed.json()["resultaten"]}) is sees
    one = api.get(path)
    assert one.status_code == (200 if sees else 404)
    if not sees:
        assert one.content == api.get("/staf/meldingen/999999999/").content
    if not rules.handles(owner):
        assert "geheim@" not in one.content.decode() + listed.content.decode()
    step = draw(st.sampled_from(["start", "plan", "sluit", "wijs-toe", "notitie"]))
    fields = {
        "versie": melding.versie,
        "gepland_op": timezone.localdate().isoformat(),
        "toelichting": "x",
        "sluitreden": "opgelost",
        "tekst": "x",
        "team": cast.wijkteam.pk,
    }
    taken = api.post(f"{path}{step}/", fields)
    allowed = {200, 204, 409} if handles else {403} if sees else {404}
    assert taken.status_code in allowed, taken.content
    assert Gebeurtenis.objects.filter(melding=melding).exists() is (taken.status_code in (200, 204))


# The description.


def committed():
    return yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


def test_the_committed_description_is_that_of_the_code(client):
    """After a change: manage.py spectacular --file docs/openapi.yaml"""
    made = OpenApiYamlRenderer().render(SchemaGenerator().get_schema(public=True), renderer_context={})
    assert made.decode() == COMMITTED.read_text(encoding="utf-8")
    served = client.get(f"{API}/openapi.yaml")
    assert yaml.safe_load(served.content) == committed()


def test_the_page_with_the_description_needs_nothing_from_elsewhere_and_no_inline_script(client):
    page = client.get(f"{API}/docs/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in html
    assert "https://" not in html
    assert all('src="/' in part.split(">")[0] for part in html.split("<script")[1:])
    assert "script-src 'self'" in page["Content-Security-Policy"]
    script = client.get(f"{API}/docs/?script=")
    assert (script.status_code, script["Content-Type"]) == (200, "application/javascript")


CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


@pytest.fixture
def city(cast, categorie, melding):
    """Keys that may everything, and reports to find."""
    factories.MeldingFactory.create_batch(3, wijk=cast.wijk, categorie=categorie)
    return {
        "publiek": key_of(cast.beheerder, *PUBLIC)[1],
        "staf": key_of(cast.beheerder)[1],
        "code": melding.code,
        "nummer": melding.pk,
    }


schema = schemathesis.openapi.from_dict(committed()) if COMMITTED.exists() else None
OPERATIONS = [f"{method.upper()} {path}" for path, item in committed()["paths"].items() for method in item]


@pytest.fixture
def one_connection():
    """The application itself ends the connection after each answer, and with it the transaction of the test."""
    for moment in (signals.request_started, signals.request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (signals.request_started, signals.request_finished):
        moment.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_schemathesis_thinks_of_is_answered_as_the_description_says(city, operation):
    method, path = operation.split(" ")
    kind = "staf" if "/staf/" in path else "publiek"
    app = get_wsgi_application()
    found = schema[path][method]

    @settings(
        max_examples=30,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=found.as_strategy(), known=st.integers(0, 3))
    def ask(case, known):
        if known and case.path_parameters:
            for name in ("nummer", "code"):
                if name in case.path_parameters:
                    case.path_parameters[name] = city[name]
        response = case.call(app=app, headers={"Authorization": f"Bearer {city[kind]}"})
        case.validate_response(response, checks=CHECKS)

    ask()
