"""Open311 GeoReport v2, requirement by requirement, in both formats."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.berichten.models import Bericht
from kern.koppelingen import actions as koppelingen
from kern.koppelingen.models import Sleutel
from meldingen import actions
from meldingen.models import Categorie, Gebeurtenis, Melder, Melding, Open311Dienst, Open311Inzending, Vraag
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]

ROOT = "/open311/v2"
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SERVICE = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
REQUEST = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
FORMATS = ["json", "xml"]
PUNT = {"lat": "50.966", "long": "5.502"}


class City:
    """The cast, three services, and a key that may send."""

    def __init__(self) -> None:
        self.cast = factories.cast()
        group = factories.CategorieFactory(naam="Afval & co")
        make = factories.SubcategorieFactory
        self.plain = make(
            code="zwerfvuil", naam="Zwerfvuil", hoofdcategorie=group, synoniemen="afval, blik,", uitleg="Klein afval"
        )
        self.asking = make(code="put", naam="Put in de weg", hoofdcategorie=group)
        self.later = make(code="fietswrak", naam="Fietswrak", hoofdcategorie=group)
        self.secret = make(code="drugs", naam="Drugs", hoofdcategorie=group, is_gevoelig=True)
        self.stopped = make(code="waterlek", naam="Waterlek", hoofdcategorie=group)
        factories.stop(self.stopped)
        Open311Dienst.objects.create(categorie=self.later, verwerking="batch")
        ask = factories.VraagFactory
        soort = Vraag.Soort
        ask(
            categorie=self.asking,
            code="grootte",
            tekst="Hoe groot?",
            soort=soort.KEUZE,
            is_verplicht=True,
            keuzes="Klein | Petit | Small\nZo groot als een wiel",
        )
        ask(categorie=self.asking, code="diepte", tekst="Hoe diep?", soort=soort.GETAL)
        ask(categorie=self.asking, code="sinds", tekst="Sinds wanneer?", soort=soort.DATUM)
        self.danger = ask(categorie=self.asking, code="gevaar", tekst="Is er gevaar?", soort=soort.JA_NEE)
        ask(
            categorie=self.asking,
            code="welk",
            tekst="Welk gevaar?",
            is_verplicht=True,
            alleen_als=self.danger,
            alleen_als_antwoord="ja",
        )
        self.key, self.text = koppelingen.make_key(
            naam="FixMyStreet",
            eigenaar=self.cast.beheerder,
            rechten=["open311:schrijven"],
            per_minuut=10_000,
            at=timezone.now(),
        )


@pytest.fixture
def city(db):
    return City()


@pytest.fixture
def get(client):
    """Ask in one format and read the answer as plain values: for XML every leaf is a text, "" for an empty one."""

    def ask(path, formaat="json", **query):
        url = f"{ROOT}/{path}.{formaat}"
        return read(client.get(url + ("?" + urlencode(query) if query else "")), formaat)

    return ask


@pytest.fixture
def send(client, city):
    def post(formaat="json", **fields):
        body = {"api_key": city.text, "service_code": "zwerfvuil", "description": "Blikjes", **PUNT, **fields}
        body = {name: value for name, value in body.items() if value is not None}
        response = client.post(
            f"{ROOT}/requests.{formaat}",
            urlencode(body, doseq=True),
            content_type="application/x-www-form-urlencoded",
        )
        return read(response, formaat)

    return post


def read(response, formaat):
    """The status and the body; checks what every answer has."""
    kind = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}[formaat]
    assert response["Content-Type"] == kind
    assert response["Access-Control-Allow-Origin"] == "*"
    if formaat == "json":
        return response.status_code, response.json()
    text = response.content.decode()
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n<')
    assert "xmlns" not in text
    return response.status_code, ET.fromstring(text)  # noqa: S314 (our own words)


def plain(node):
    """An XML element as plain values."""
    lists = {"services", "attributes", "values", "service_requests", "errors", "endpoints", "formats"}
    if node.tag in lists:
        return [plain(child) for child in node]
    if len(node):
        return {child.tag: plain(child) for child in node}
    return node.text or ""


def as_text(value):
    """A JSON value as XML writes it."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def same(get, path, **query):
    """The answer, after checking that both formats say it."""
    (status, body), (xml_status, root) = get(path, **query), get(path, "xml", **query)
    assert status == xml_status
    assert as_text(body) == plain(root)
    return status, body


# Discovery and services.


def test_discovery_names_the_endpoint_and_both_formats(get):
    status, body = same(get, "discovery")
    assert status == 200
    assert list(body) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = body["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["type"] == "test"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert W3C.fullmatch(endpoint["changeset"])


def test_services_have_all_seven_fields_and_leave_out_what_is_sensitive_or_not_for_the_city(get, city):
    status, body = same(get, "services")
    assert status == 200
    assert [list(row) for row in body] == [SERVICE] * 3
    rows = {row["service_code"]: row for row in body}
    assert set(rows) == {"zwerfvuil", "put", "fietswrak"}
    assert rows["zwerfvuil"] == {
        "service_code": "zwerfvuil",
        "service_name": "Zwerfvuil",
        "description": "Klein afval",
        "metadata": False,
        "type": "realtime",
        "keywords": "afval,blik",
        "group": "Afval & co",
    }
    assert rows["put"]["metadata"] is True
    assert rows["fietswrak"]["type"] == "batch"


def test_a_category_can_be_kept_out_of_open311(get, city):
    Open311Dienst.objects.create(categorie=city.plain, verwerking="geen")
    assert "zwerfvuil" not in {row["service_code"] for row in get("services")[1]}
    assert get("services/zwerfvuil")[0] == 404


def test_a_definition_tells_every_question_in_its_order_with_keys_for_lists(get, city):
    status, body = same(get, "services/put")
    assert status == 200
    assert body["service_code"] == "put"
    kinds = [(row["code"], row["datatype"], row["required"], row["order"]) for row in body["attributes"]]
    assert kinds == [
        ("grootte", "singlevaluelist", True, 1),
        ("diepte", "number", False, 2),
        ("sinds", "datetime", False, 3),
        ("gevaar", "singlevaluelist", False, 4),
        ("welk", "text", False, 5),
    ]
    assert body["attributes"][0]["values"] == [
        {"key": "klein", "name": "Klein"},
        {"key": "zo-groot-als-een-wiel", "name": "Zo groot als een wiel"},
    ]
    fields = {"variable", "code", "datatype", "required", "datatype_description", "order", "description"}
    assert all(set(row) - {"values"} == fields and row["variable"] is True for row in body["attributes"])


def test_a_service_without_questions_has_an_empty_definition(get, city):
    assert same(get, "services/zwerfvuil") == (200, {"service_code": "zwerfvuil", "attributes": []})


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("code", ["bestaat-niet", "drugs", "waterlek", "%00", "x" * 300])
def test_an_unknown_service_is_404_as_an_error_document(get, city, formaat, code):
    status, body = get(f"services/{code}", formaat)
    assert status == 404
    assert_errors(body, formaat, "404")


def assert_errors(body, formaat, code):
    errors = body if formaat == "json" else plain(body)
    if formaat == "xml":
        assert body.tag == "errors"
    assert errors
    assert all(list(row) == ["code", "description"] and row["code"] == code and row["description"] for row in errors)


# Sending.


@pytest.mark.parametrize("formaat", FORMATS)
def test_a_new_request_is_open_and_visible_at_once_in_both_formats_and_the_filters(send, get, city, formaat):
    status, body = send(formaat, description="Blikjes <b>&amp; glas</b>\nEn é € 🚲", address_string="Stalenstraat 1")
    assert status == 201
    (made,) = body if formaat == "json" else plain(body)
    assert list(made) == ["service_request_id", "service_notice", "account_id"]
    number = made["service_request_id"]
    assert isinstance(number, str)
    status, (row,) = same(get, f"requests/{number}")
    assert status == 200
    assert list(row) == REQUEST
    assert row["status"] == "open"
    assert row["description"] == "Blikjes <b>&amp; glas</b>\nEn é € 🚲"
    assert (row["lat"], row["long"], row["address"]) == (50.966, 5.502, "Stalenstraat 1")
    assert (row["service_code"], row["service_name"]) == ("zwerfvuil", "Zwerfvuil")
    assert W3C.fullmatch(row["requested_datetime"])
    assert row["updated_datetime"] >= row["requested_datetime"]
    now = timezone.now()
    day = timedelta(days=1)
    for query in (
        {},
        {"service_request_id": number},
        {"service_code": "put,zwerfvuil"},
        {"status": "open"},
        {"start_date": (now - day).isoformat(), "end_date": (now + day).isoformat()},
        {"start_date": row["requested_datetime"], "end_date": row["requested_datetime"]},
    ):
        assert same(get, "requests", **query)[1] == [row], query


def test_a_request_goes_the_way_of_every_report(send, city):
    _status, (made,) = send(email="an@voorbeeld.example", first_name="An", last_name="Janssens", phone="0470 12 34 56")
    melding = Melding.objects.get(pk=made["service_request_id"])
    assert (melding.bron, melding.via, melding.wijk, melding.team) == (
        "open311",
        city.key,
        city.cast.wijk,
        city.cast.wijkteam,
    )
    assert melding.oplossing_uiterlijk > timezone.localdate()
    assert (melding.melder.naam, melding.melder.telefoon) == ("An Janssens", "0470 12 34 56")
    assert Bericht.objects.get(soort="melding_ontvangen").aan == "an@voorbeeld.example"
    assert melding.gebeurtenissen.get().soort == "ontvangen"
    city.key.refresh_from_db()
    assert city.key.laatst_gebruikt_op


def test_nobody_learns_who_reported(send, get, city):
    secrets = {
        "email": "an@voorbeeld.example",
        "first_name": "Aaltje",
        "last_name": "Janssens",
        "phone": "0470123456",
        "device_id": "toestel-99",
        "account_id": "rekening-7",
    }
    _status, (made,) = send(**secrets, description="Bel mij op 0470 98 76 54 of mail jan@voorbeeld.example")
    melding = Melding.objects.get(pk=made["service_request_id"])
    texts = [str(made)]
    for formaat in FORMATS:
        for path in ("requests", f"requests/{melding.pk}"):
            body = get(path, formaat)[1]
            texts.append(str(body) if formaat == "json" else ET.tostring(body, "unicode"))
    found = "".join(texts)
    for word in (*secrets.values(), city.text, melding.code, "0470 98 76 54", "jan@voorbeeld.example"):
        assert word not in found, word
    assert "Bel mij op [weggelaten] of mail [weggelaten]" in found
    assert melding.let_op_gegevens
    assert "0470 98 76 54" in melding.omschrijving  # staff read it whole


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("key", [None, "", "fout", "gw_" + "x" * 43, "\0"])
def test_without_a_key_that_may_send_it_is_403_before_anything_else(client, city, formaat, key):
    body = {} if key is None else {"api_key": key}
    for extra in ({}, {"service_code": "bestaat-niet", "lat": "x"}):
        status, answer = read(client.post(f"{ROOT}/requests.{formaat}", {**body, **extra}), formaat)
        assert status == 403
        assert_errors(answer, formaat, "403")
    assert not Melding.objects.exists()


def test_a_key_that_ended_was_taken_back_or_may_something_else_is_403_and_one_of_the_demo_in_production(
    send, city, settings
):
    now = timezone.now()
    for change in (
        {"verloopt_op": now - timedelta(minutes=1)},
        {"ingetrokken_op": now},
        {"rechten": ["meldingen:schrijven"]},
    ):
        before = {name: getattr(city.key, name) for name in change}
        Sleutel.objects.filter(pk=city.key.pk).update(**change)
        assert send()[0] == 403, change
        Sleutel.objects.filter(pk=city.key.pk).update(**before)
    assert send()[0] == 201
    Sleutel.objects.filter(pk=city.key.pk).update(is_demo=True)
    assert send()[0] == 201
    settings.PRODUCTION = True
    assert send()[0] == 403


WRONG = {
    "no service": (400, {"service_code": None}),
    "an empty service": (400, {"service_code": ""}),
    "an unknown service": (404, {"service_code": "bestaat-niet"}),
    "a sensitive service": (404, {"service_code": "drugs"}),
    "no place": (400, {"lat": None, "long": None}),
    "an empty place": (400, {"lat": "", "long": "", "address_string": " "}),
    "lat alone": (400, {"long": None}),
    "long alone": (400, {"lat": None}),
    "lat alone beside an address": (400, {"long": None, "address_string": "Stalenstraat"}),
    "no number": (400, {"lat": "hier"}),
    "not a number": (400, {"lat": "NaN"}),
    "infinite": (400, {"long": "inf"}),
    "out of range": (400, {"lat": "90.1"}),
    "far out of range": (400, {"long": "1e99"}),
    "a decimal comma": (400, {"lat": "50,966"}),
    "too long": (400, {"description": "x" * 4001}),
    "no mail address": (400, {"email": "an"}),
    "another jurisdiction": (404, {"jurisdiction_id": "hasselt.be"}),
    "a required answer missing": (400, {"service_code": "put"}),
    "a required answer empty": (400, {"service_code": "put", "attribute[grootte]": " "}),
    "a key that is not in the list": (400, {"service_code": "put", "attribute[grootte]": "reus"}),
    "two of one": (400, {"service_code": "put", "attribute[grootte][]": ["klein", "zo-groot-als-een-wiel"]}),
    "text in a number": (400, {"service_code": "put", "attribute[grootte]": "klein", "attribute[diepte]": "diep"}),
    "a bad datetime": (400, {"service_code": "put", "attribute[grootte]": "klein", "attribute[sinds]": "gisteren"}),
    "a day that is none": (
        400,
        {"service_code": "put", "attribute[grootte]": "klein", "attribute[sinds]": "2026-02-30T10:00:00Z"},
    ),
}


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_request_is_refused_with_an_error_document(send, formaat, why):
    status, fields = WRONG[why]
    found, body = send(formaat, **fields)
    assert found == status
    assert_errors(body, formaat, str(status))
    assert not Melding.objects.exists()
    assert not Open311Inzending.objects.exists()


RIGHT = {
    "3,999 signs": {"description": "é" * 3999},
    "4,000 signs": {"description": "x" * 4000},
    "no description": {"description": None},
    "what the definition calls required and no more": {
        "service_code": "put",
        "attribute[grootte]": "klein",
        "attribute[gevaar]": "ja",
    },
    "an address alone": {"lat": None, "long": None, "address_string": "Stalenstraat 1, Genk"},
    "an address id alone": {"lat": None, "long": None, "address_id": "123456"},
    "a short number": {"lat": "+50.9", "long": ".5"},
    "an empty jurisdiction": {"jurisdiction_id": ""},
    "our jurisdiction": {"jurisdiction_id": "genk.be"},
    "far away": {"lat": "0", "long": "0"},
    "what cannot be stored": {"description": "a\0b\x01\ud7ff\ufffe"},
}


@pytest.mark.parametrize("why", RIGHT)
def test_a_right_request_is_stored_whole(send, get, why):
    status, body = send(**RIGHT[why])
    assert status == 201, body
    status, (row,) = same(get, f"requests/{body[0]['service_request_id']}")
    wanted = RIGHT[why].get("description", "Blikjes") or ""
    assert row["description"] == re.sub("[\0\x01\ufffe]", "", wanted)


def test_answers_are_kept_in_words(send, city):
    answers = {
        "attribute[grootte][]": "zo-groot-als-een-wiel",
        "attribute[diepte]": "3.5",
        "attribute[sinds]": "2026-01-31T23:30:00Z",
        "attribute[gevaar]": "ja",
        "attribute[welk]": "een kind viel",
        "attribute[onbekend]": "x",
    }
    status, (made,) = send(service_code="put", **answers)
    assert status == 201
    kept = Melding.objects.get(pk=made["service_request_id"]).antwoorden.order_by("vraag__volgorde")
    assert [row.waarde for row in kept] == [
        "Zo groot als een wiel",
        "3,5",
        "01/02/2026",
        "ja",
        "een kind viel",
    ]


def test_where_the_site_would_stop_the_program_is_told_and_the_report_counts(send, city):
    city.danger.stoppagina = factories.StoppaginaFactory(soort="nood", titel="Bel 112", telefoon="112")
    city.danger.stop_bij_antwoord = "ja"
    city.danger.save()
    answers = {"attribute[grootte]": "klein", "attribute[gevaar]": "ja", "attribute[welk]": "brand"}
    _status, (made,) = send(service_code="put", **answers)
    assert made["service_notice"] == "Bel 112 112"
    assert Melding.objects.get(pk=made["service_request_id"]).prioriteit == "hoog"


def test_the_address_of_a_photo_is_kept_for_staff_and_never_fetched_or_published(send, get, city):
    url = "http://127.0.0.1:9/foto.jpg"
    _status, (made,) = send(media_url=url)
    note = Gebeurtenis.objects.get(melding=made["service_request_id"], soort="notitie")
    assert url in note.tekst
    assert not note.voor_melder
    assert get("requests")[1][0]["media_url"] is None


def test_a_form_with_files_is_accepted_too_and_a_broken_one_refused(client, city):
    body = {"api_key": city.text, "service_code": "zwerfvuil", "description": "Blikjes", **PUNT}
    assert read(client.post(f"{ROOT}/requests.json", body), "json")[0] == 201
    broken = client.post(f"{ROOT}/requests.xml", b"--x", content_type="multipart/form-data; boundary=\xe9")
    assert broken.status_code in (400, 403)
    assert read(broken, "xml")[1].tag == "errors"


def test_a_service_that_answers_later_gives_a_token_and_then_a_number(send, get, city):
    status, (made,) = send(service_code="fietswrak", email="an@voorbeeld.example")
    assert status == 201
    assert list(made) == ["token", "service_notice", "account_id"]
    token = made["token"]
    assert same(get, f"tokens/{token}") == (200, [{"service_request_id": None, "token": token}])
    assert not Melding.objects.exists()
    assert actions.open311.process_waiting(at=timezone.now()) == 1
    assert actions.open311.process_waiting(at=timezone.now()) == 0
    melding = Melding.objects.get()
    assert same(get, f"tokens/{token}") == (200, [{"service_request_id": str(melding.pk), "token": token}])
    assert same(get, f"requests/{melding.pk}")[1][0]["status"] == "open"
    waiting = Open311Inzending.objects.get()
    assert waiting.invoer == {}
    assert waiting.ontvangen_op == melding.ontvangen_op


def test_a_token_resolves_without_a_worker_too(send, get, city):
    _status, (made,) = send(service_code="fietswrak")
    Open311Inzending.objects.update(ontvangen_op=timezone.now() - timedelta(seconds=9))
    assert get(f"tokens/{made['token']}")[1][0]["service_request_id"]
    assert Melding.objects.count() == 1


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("token", ["1", "bestaat-niet", str(uuid.UUID(int=1)), uuid.UUID(int=1).hex, "%00"])
def test_an_unknown_token_is_404(get, city, formaat, token):
    status, body = get(f"tokens/{token}", formaat)
    assert status == 404
    assert_errors(body, formaat, "404")


# Reading.


def sent(city, *, days=0.0, closed=False, categorie=None, **fields):
    """A report that a program sent so long ago."""
    at = timezone.now() - timedelta(days=days)
    state = {"status": Status.AFGESLOTEN, "sluitreden": Sluitreden.OPGELOST, "afgesloten_op": at} if closed else {}
    return factories.MeldingFactory(
        categorie=categorie or city.plain,
        bron="open311",
        via=city.key,
        ontvangen_op=at,
        wijk=city.cast.wijk,
        **state,
        **fields,
    )


def ids(body):
    return [int(row["service_request_id"]) for row in body]


def test_the_filters_of_status_service_and_number(get, city):
    a, b, c = sent(city, days=1), sent(city, days=2, closed=True), sent(city, days=3, categorie=city.asking)
    assert ids(same(get, "requests")[1]) == [a.pk, b.pk, c.pk]
    assert ids(same(get, "requests", status="open")[1]) == [a.pk, c.pk]
    assert ids(same(get, "requests", status="closed")[1]) == [b.pk]
    assert ids(same(get, "requests", status="open,closed")[1]) == [a.pk, b.pk, c.pk]
    assert ids(get("requests", service_code="put")[1]) == [c.pk]
    assert ids(get("requests", service_code="bestaat-niet")[1]) == []
    assert ids(get("requests", service_code="", status="", start_date="", end_date="", onzin="1")[1]) == [
        a.pk,
        b.pk,
        c.pk,
    ]
    wanted = f"{c.pk}, {b.pk},999999,x,{10**30}"
    assert ids(same(get, "requests", service_request_id=wanted, status="fout", service_code="put")[1]) == [b.pk, c.pk]
    assert same(get, "requests", service_request_id="999999")[1] == []


def test_the_dates_count_with_their_zone_and_reach_back_90_days_by_themselves(get, city):
    new, old = sent(city, days=89), sent(city, days=120, closed=True)
    assert ids(get("requests")[1]) == [new.pk]
    begin, end = (timezone.now() - timedelta(days=days) for days in (130, 110))
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    assert ids(same(get, "requests", start_date=begin.strftime(stamp), end_date=end.strftime(stamp))[1]) == [old.pk]
    assert ids(get("requests", end_date=end.strftime(stamp))[1]) == [old.pk]
    assert ids(get("requests", start_date=begin.strftime(stamp))[1]) == [new.pk, old.pk]
    at = sent(city, days=0.5)
    moment = at.ontvangen_op.replace(microsecond=0)
    shifted = timezone.localtime(moment, timezone.get_fixed_timezone(300)).isoformat()
    assert ids(get("requests", start_date=shifted, end_date=shifted)[1]) == [at.pk]


def test_a_plus_that_became_a_space_is_forgiven(client, city):
    at = sent(city, days=0.5)
    moment = timezone.localtime(at.ontvangen_op.replace(microsecond=0), timezone.get_fixed_timezone(60)).isoformat()
    found = client.get(f"{ROOT}/requests.json?start_date={moment}&end_date={moment}")
    assert ids(found.json()) == [at.pk]


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize(
    "query",
    [
        {"status": "nieuw"},
        {"status": "open,fout"},
        {"start_date": "2026-01-01"},
        {"start_date": "2026-01-01T10:00:00"},
        {"end_date": "gisteren"},
        {"end_date": "2026-13-01T10:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"},
        {"start_date": "0001-01-01T00:00:00+05:00"},
        {"end_date": "0001-01-02T00:00:00Z"},
        {"start_date": "9999-12-31T23:59:59Z"},
        {"page": "0"},
        {"page_size": "x"},
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_400(get, city, formaat, query):
    status, body = get("requests", formaat, **query)
    assert status == 400
    assert_errors(body, formaat, "400")


def test_exactly_90_days_is_a_range(get, city):
    assert get("requests", start_date="2026-01-01T00:00:00Z", end_date="2026-04-01T00:00:00Z")[0] == 200


def test_pages_give_every_request_once(get, city):
    rows = [sent(city, days=day) for day in range(1, 6)]
    pages = [ids(get("requests", page=page, page_size=2)[1]) for page in (1, 2, 3, 4)]
    assert pages == [[rows[0].pk, rows[1].pk], [rows[2].pk, rows[3].pk], [rows[4].pk], []]


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("number", ["0", "999999", "tekst", "-1", "1.5", "9" * 19, "9" * 40, "%00", "١"])
def test_an_unknown_request_is_404(get, city, formaat, number):
    status, body = get(f"requests/{number}", formaat)
    assert status == 404
    assert_errors(body, formaat, "404")


def test_a_report_of_our_own_form_is_there_once_it_is_released_with_its_public_text_and_street(get, city):
    melding = factories.MeldingFactory(
        categorie=city.plain, wijk=city.cast.wijk, omschrijving="Ik ben An", adres="Hennepstraat 17 bus 3"
    )
    assert get("requests")[1] == []
    assert get(f"requests/{melding.pk}")[0] == 404
    melding = actions.release(
        melding=melding, openbaar=True, openbare_tekst="Blikjes", door=city.cast.wijkmanager, at=timezone.now()
    )
    _status, (row,) = same(get, "requests")
    assert (row["description"], row["address"]) == ("Blikjes", "Hennepstraat")
    assert (row["lat"], row["long"]) == (50.966, 5.502)
    actions.release(
        melding=melding, openbaar=False, openbare_tekst="Blikjes", door=city.cast.wijkmanager, at=timezone.now()
    )
    assert get("requests")[1] == []


def test_staff_can_write_another_text_for_what_a_program_sent_and_take_it_back(get, send, city):
    _status, (made,) = send(description="Die vuile Jan van hiernaast")
    melding = Melding.objects.get(pk=made["service_request_id"])
    change = {"door": city.cast.wijkmanager, "at": timezone.now()}
    melding = actions.release(melding=melding, openbaar=True, openbare_tekst="Zwerfvuil", **change)
    assert get("requests")[1][0]["description"] == "Zwerfvuil"
    actions.release(melding=melding, openbaar=False, openbare_tekst="Zwerfvuil", **change)
    assert get("requests")[1][0]["description"] == ""


def test_what_became_sensitive_is_gone_from_everything(get, send, city):
    _status, (made,) = send()
    Categorie.objects.filter(pk=city.plain.pk).update(is_gevoelig=True)
    number = made["service_request_id"]
    assert get("requests")[1] == []
    assert get("requests", service_request_id=number)[1] == []
    assert get(f"requests/{number}")[0] == 404


def test_a_closed_request_says_so_with_public_words(get, city):
    melding = sent(city, days=2, status=Status.IN_BEHANDELING)
    factories.MelderFactory(melding=melding)
    actions.close(
        melding=melding,
        sluitreden=Sluitreden.OPGELOST,
        toelichting="Voor An Janssens opgeruimd",
        door=city.cast.wijkmanager,
        at=timezone.now(),
    )
    row = same(get, "requests")[1][0]
    assert (row["status"], row["status_notes"], row["expected_datetime"]) == ("closed", "Dit is opgelost.", None)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_any_length_costs_two_queries(client, city, django_assert_num_queries, count):
    for day in range(count):
        melding = sent(city, days=day)
        Melding.objects.filter(pk=melding.pk).update(openbaar=True, openbare_tekst="Blikjes")
    with django_assert_num_queries(2):
        assert len(client.get(f"{ROOT}/requests.xml").content) > 100


def test_sending_costs_eight_queries_once_the_rules_are_known(client, city):
    body = {"api_key": city.text, "service_code": "zwerfvuil", "description": "Blikjes", **PUNT}
    Sleutel.objects.update(laatst_gebruikt_op=timezone.now())
    assert client.post(f"{ROOT}/requests.json", body).status_code == 201  # what every report is sent by is read once
    with CaptureQueriesContext(connection) as queries:
        assert client.post(f"{ROOT}/requests.json", body).status_code == 201
    sql = [row["sql"] for row in queries.captured_queries]
    assert len([row for row in sql if "SAVEPOINT" not in row]) == 8, "\n".join(sql)


def test_a_list_without_reports_is_empty(city):
    from meldingen.forms.open311 import asked
    from meldingen.queries import open311 as queries

    assert queries.find(asked({}, timezone.now())) == []


# The shape of the interface.


@pytest.mark.parametrize("formaat", FORMATS)
@pytest.mark.parametrize("path", ["discovery", "services", "services/zwerfvuil", "requests", "requests/1", "tokens/x"])
def test_other_methods_are_405_without_a_csrf_token(city, formaat, path):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    for method in ("put", "patch", "delete", *(() if path == "requests" else ("post",))):
        status, body = read(getattr(strict, method)(f"{ROOT}/{path}.{formaat}"), formaat)
        assert status == 405
        assert_errors(body, formaat, "405")
    asked = strict.options(f"{ROOT}/{path}.{formaat}")
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")


@pytest.mark.parametrize("path", ["/requests.json/", "//requests.json", "/requests.json", "//services.xml/"])
def test_a_slash_more_or_less_makes_no_difference(client, city, path):
    assert client.get(ROOT + path).status_code == 200


def test_head_is_as_get_without_a_body(client, city):
    response = client.head(f"{ROOT}/requests.json")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/requests.yaml", "/requests", "/iets.xml", "/services/zwerfvuil"])
def test_what_is_not_there_is_404_as_an_error_document(client, city, path):
    formaat = "xml" if path.endswith("xml") else "json"
    assert_errors(read(client.get(ROOT + path), formaat)[1], formaat, "404")


def test_another_jurisdiction_is_404_everywhere(get, city):
    for path in ("discovery", "services", "services/put", "requests"):
        assert get(path, jurisdiction_id="hasselt.be")[0] == 404
        assert get(path, jurisdiction_id="genk.be")[0] == get(path, jurisdiction_id="")[0] == 200


def test_the_language_of_a_visitor_changes_nothing(client, get, city):
    sent(city)
    before = get("requests")[1]
    client.cookies["django_language"] = "fr"
    assert get("requests")[1] == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60),
    lat=st.text(max_size=8) | st.floats().map(str),
    code=st.text(max_size=12) | st.sampled_from(["put", "zwerfvuil"]),
    answer=st.text(max_size=12),
)
def test_whatever_is_sent_is_an_answer_in_the_asked_format(send, get, city, text, lat, code, answer):
    fields = {"description": text, "lat": lat, "service_code": code, "attribute[grootte]": answer}
    printable = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    for formaat in FORMATS:
        status, body = send(formaat, **printable)
        assert status in (201, 400, 404)
        if status == 201:
            made = body[0] if formaat == "json" else plain(body)[0]
            assert same(get, f"requests/{made['service_request_id']}")[0] == 200


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["service_request_id", "service_code", "status", "start_date", "end_date", "page", "page_size"]
        ),
        st.text(max_size=25) | st.datetimes().map(lambda day: day.isoformat() + "Z"),
    )
)
def test_whatever_is_asked_is_an_answer_in_the_asked_format(get, city, query):
    printable = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    assert same(get, "requests", **printable)[0] in (200, 400)


def test_what_a_program_sent_survives_when_its_key_goes(send, city):
    send()
    assert not Melder.objects.exclude(naam="").exists()
    Melding.objects.update(via=None)
    city.key.delete()
    assert Melding.objects.get().bron == "open311"
