"""Webhooks, against a real receiver: what is sent, again and when no more."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kern.gezondheid.registry import Stand
from kern.koppelingen import actions, health
from kern.koppelingen.actions import leveren
from kern.koppelingen.models import Levering, Webhook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]
AT = timezone.make_aware(datetime(2026, 7, 1, 12))


@pytest.fixture
def hook(receiver):
    """A webhook and its secret."""
    return actions.make_webhook(naam="Planbord", url=receiver.url, gebeurtenissen=["proef.begon"], at=AT)


def occasion(webhook, sleutel="7", at=AT):
    return Levering.objects.create(
        webhook=webhook, gebeurtenis="proef.begon", sleutel=sleutel, aangemaakt_op=at, volgende_poging_op=at
    )


def test_a_message_is_signed_so_that_its_receiver_can_check_it(hook, receiver):
    webhook, secret = hook
    row = occasion(webhook)
    assert actions.sweep(at=AT) == {"verstuurd": 1, "mislukt": 0}
    (path, headers, body), *_rest = receiver.requests
    assert path == "/hier?a=1"
    assert json.loads(body) == {"type": "proef.begon", "timestamp": "2026-07-01T10:00:00+00:00", "data": {"wat": "7"}}
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    row.refresh_from_db()
    assert (row.status, row.http_status, row.antwoord, row.pogingen) == ("gelukt", 200, "antwoord 200", 1)
    assert row.duur_ms is not None
    assert actions.sweep(at=AT) == {"verstuurd": 0, "mislukt": 0}


def test_after_a_failure_it_is_tried_again_with_growing_pauses_under_the_same_name(hook, receiver):
    webhook, _secret = hook
    receiver.answers = [500, 500, 200]
    row = occasion(webhook)
    at, pauses = AT, []
    for _number in range(2):
        assert actions.sweep(at=at)["mislukt"] == 1
        row.refresh_from_db()
        assert (row.status, row.http_status, row.antwoord) == ("wacht", 500, "antwoord 500")
        pauses.append(round((row.volgende_poging_op - at).total_seconds() / 60))
        assert actions.sweep(at=row.volgende_poging_op - timedelta(seconds=1)) == {"verstuurd": 0, "mislukt": 0}
        at = row.volgende_poging_op
    assert pauses == [1, 5]
    webhook.refresh_from_db()
    assert webhook.fouten_op_rij == 2
    assert actions.sweep(at=at)["verstuurd"] == 1
    webhook.refresh_from_db()
    assert webhook.fouten_op_rij == 0
    names = {headers["webhook-id"] for _path, headers, _body in receiver.requests}
    assert len(names) == 1
    assert len({body for _path, _headers, body in receiver.requests}) == 1


def test_after_the_last_pause_it_is_given_up(hook, receiver):
    webhook, _secret = hook
    receiver.answers = [503]
    row = occasion(webhook)
    for _number in range(len(leveren.PAUSES) + 1):
        row.refresh_from_db()
        assert row.status == "wacht"
        actions.sweep(at=row.volgende_poging_op)
    row.refresh_from_db()
    assert (row.status, row.pogingen) == ("mislukt", 8)


def test_a_webhook_that_keeps_failing_is_turned_off_and_its_waiting_messages_wait(hook, receiver, monkeypatch):
    monkeypatch.setattr(leveren, "MAX_FAILURES", 3)
    webhook, _secret = hook
    receiver.answers = [500]
    for number in range(4):
        occasion(webhook, str(number))
        actions.sweep(at=AT)
    webhook.refresh_from_db()
    assert not webhook.is_actief
    assert webhook.uitgezet_op - AT < timedelta(seconds=10)
    assert len(receiver.requests) == 3
    assert health.webhooks(AT)[0].stand == Stand.LET_OP
    receiver.answers = [200]
    assert actions.turn_on(pks=[webhook.pk], at=AT) == 1
    assert actions.sweep(at=AT + timedelta(days=1))["verstuurd"] == 4
    assert health.webhooks(AT)[0].stand == Stand.GOED


def test_one_webhook_that_fails_costs_one_try_a_round_and_holds_up_no_other(hook, receiver):
    webhook, _secret = hook
    broken, _secret = actions.make_webhook(
        naam="Stuk", url="http://127.0.0.1:1/", gebeurtenissen=["proef.begon"], at=AT
    )
    for number in range(5):
        occasion(broken, str(number))
    occasion(webhook)
    assert actions.sweep(at=AT) == {"verstuurd": 1, "mislukt": 1}


def test_what_may_not_be_told_any_more_is_not(hook, receiver):
    row = occasion(hook[0], "geheim")
    assert actions.sweep(at=AT) == {"verstuurd": 0, "mislukt": 0}
    row.refresh_from_db()
    assert (row.status, receiver.requests) == ("vervallen", [])


def test_a_worker_that_died_leaves_nothing_undelivered(hook, receiver):
    row = occasion(hook[0])
    Levering.objects.update(status="bezig", bezig_sinds=AT)
    assert actions.sweep(at=AT + timedelta(minutes=1))["verstuurd"] == 0
    assert actions.sweep(at=AT + timedelta(minutes=6))["verstuurd"] == 1
    assert actions.deliver(pk=row.pk, at=AT) == "gelukt"
    assert len(receiver.requests) == 1


def test_sending_again_is_a_row_of_its_own_with_the_same_name_and_content(hook, receiver):
    row = occasion(hook[0])
    actions.sweep(at=AT)
    row.refresh_from_db()
    again = actions.resend(levering=row, at=AT)
    assert actions.resend(levering=row, at=AT).herhaling == 2
    assert actions.deliver(pk=again.pk, at=AT) == "gelukt"
    (_, first, body), (_, second, same) = receiver.requests
    assert (first["webhook-id"], body) == (second["webhook-id"], same)


def test_the_secret_is_not_in_the_database_and_can_be_replaced(hook, settings):
    webhook, secret = hook
    assert secret.removeprefix("whsec_") not in Webhook.objects.values_list("geheim_versleuteld", flat=True)[0]
    assert actions.secret_of(webhook) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 60
    assert actions.secret_of(webhook) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="maak een nieuw"):
        actions.secret_of(webhook)
    assert actions.new_secret(webhook=webhook) != secret


def test_a_webhook_is_not_made_for_an_address_inside_or_an_event_that_is_none(settings):
    for url, events, field in (
        ("http://127.0.0.1/", ["proef.begon"], "url"),
        ("http://localhost:8000/", ["proef.begon"], "url"),
        ("ftp://voorbeeld.example", ["proef.begon"], "url"),
        ("http://1.1.1.1/", ["proef.niets"], "gebeurtenissen"),
        ("http://1.1.1.1/", [], "gebeurtenissen"),
    ):
        with pytest.raises(ValidationError) as refused:
            actions.make_webhook(naam="x", url=url, gebeurtenissen=events, at=AT)
        assert set(refused.value.message_dict) == {field}
    assert not Webhook.objects.exists()


def test_old_lines_of_the_log_go_and_what_waits_stays(hook):
    old, waiting = occasion(hook[0], "1"), occasion(hook[0], "2")
    Levering.objects.filter(pk=old.pk).update(status="gelukt")
    assert actions.clean_up(at=AT + timedelta(days=91))["leveringen"] == 1
    assert Levering.objects.get() == waiting


def test_the_health_page_is_red_when_messages_lie_untried(hook):
    occasion(hook[0])
    assert health.webhooks(AT + timedelta(minutes=20))[0].stand == Stand.FOUT
