import json
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kern.beelden.models import Beeld
from kern.berichten.models import Bericht
from kern.gezondheid import queries, registry
from kern.gezondheid.models import Taak, Taakuitvoering
from kern.gezondheid.registry import Stand
from kern.termijnen.models import Sluitingsdag
from kern.verbinding import redis_client

pytestmark = pytest.mark.django_db

Status = Taakuitvoering.Status
THURSDAY = datetime(2026, 7, 23, 12, 0, tzinfo=ZoneInfo("Europe/Brussels"))


def states(client):
    answer = client.get("/gezondheid/?format=json")
    lines = {line["code"]: line["stand"] for line in answer.json()["controles"]}
    return answer.status_code, answer.json()["stand"], lines


@pytest.fixture
def standing_since():
    """Says since when this portal exists."""

    def set_to(moment):
        MigrationRecorder.Migration.objects.update(applied=moment)

    return set_to


def round_at(moment, taak=Taak.OCHTENDRONDE, status=Status.GELUKT):
    Taakuitvoering.objects.create(taak=taak, status=status, gestart_op=moment)


def test_a_new_portal_is_green(client):
    Sluitingsdag.objects.create(datum=date(timezone.localdate().year + 1, 5, 15), naam="Brugdag")
    status, stand, lines = states(client)
    assert (status, stand) == (200, "groen")
    assert {"databank", "redis", "migraties", "rondes", "beelden", "mails"} <= lines.keys()
    assert set(lines.values()) == {Stand.GOED}


def test_people_get_a_page_and_machines_get_json(client):
    page = client.get("/gezondheid/", headers={"accept": "text/html,*/*"})
    assert page["Content-Type"].startswith("text/html")
    assert "Het portaal werkt" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in page
    asked = client.get("/gezondheid/", headers={"accept": "application/json"})
    assert asked["Content-Type"] == "application/json"
    assert client.post("/gezondheid/").status_code == 405


def test_it_is_red_when_no_round_went_well_for_26_hours(client, standing_since):
    standing_since(THURSDAY - timedelta(days=30))
    round_at(THURSDAY - timedelta(hours=26))
    with time_machine.travel(THURSDAY, tick=False):
        assert states(client)[2]["rondes"] == Stand.FOUT  # the morning round of today is missing
    Taakuitvoering.objects.all().delete()
    round_at(THURSDAY - timedelta(hours=4))
    with time_machine.travel(THURSDAY, tick=False):
        assert states(client)[:2] == (200, "groen")
    with time_machine.travel(THURSDAY + timedelta(hours=22, minutes=1), tick=False):
        assert states(client)[:2] == (503, "rood")


def test_the_first_26_hours_count_from_the_first_migration(client, standing_since):
    standing_since(THURSDAY)
    with time_machine.travel(THURSDAY + timedelta(hours=21), tick=False):
        assert states(client)[0] == 200
    with time_machine.travel(THURSDAY + timedelta(hours=27), tick=False):
        assert states(client)[0] == 503


def test_light_rounds_keep_a_weekend_green_but_not_a_monday(client, standing_since):
    standing_since(THURSDAY - timedelta(days=30))
    friday, sunday, monday = (THURSDAY + timedelta(days=days) for days in (1, 3, 4))
    round_at(friday.replace(hour=7, minute=30))
    for moment, status in [(sunday, 200), (monday.replace(hour=9), 200), (monday.replace(hour=10), 503)]:
        round_at(moment - timedelta(minutes=5), Taak.LICHTE_RONDE)
        with time_machine.travel(moment, tick=False):
            assert states(client)[0] == status


def test_a_round_with_an_error_is_a_warning(client):
    round_at(timezone.now(), Taak.LICHTE_RONDE, Status.MISLUKT)
    status, _stand, lines = states(client)
    assert (status, lines["rondes"]) == (200, Stand.LET_OP)


def test_a_migration_that_waits_is_red(client):
    MigrationRecorder(connection).record_unapplied("herinneringen", "0002_default_ladder")
    status, _stand, lines = states(client)
    assert (status, lines["migraties"]) == (503, Stand.FOUT)
    assert "1 migratie wacht" in client.get("/gezondheid/").content.decode()


def test_redis_gone_is_red_at_once(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    redis_client.cache_clear()
    started = time.monotonic()
    try:
        status, _stand, lines = states(client)
    finally:
        redis_client.cache_clear()
    assert (status, lines["redis"]) == (503, Stand.FOUT)
    assert time.monotonic() - started < 2


def mail(at, **fields):
    return Bericht.objects.create(
        sleutel=f"mail:{at}", soort="x", aan="wim@genk.test", aangemaakt_op=at, volgende_poging_op=at, **fields
    )


def test_mails_that_lie_unsent_are_red_and_failed_ones_a_warning(client):
    lying = mail(timezone.now() - timedelta(minutes=16))
    mail(timezone.now() - timedelta(minutes=10))
    status, _stand, lines = states(client)
    assert (status, lines["mails"]) == (503, Stand.FOUT)
    Bericht.objects.filter(pk=lying.pk).update(status=Bericht.Status.MISLUKT)
    status, _stand, lines = states(client)
    assert (status, lines["mails"]) == (200, Stand.LET_OP)


def test_photos_that_wait_long_are_a_warning(client):
    Beeld.objects.create(sha256="0" * 64)
    Beeld.objects.update(aangemaakt_op=timezone.now() - timedelta(hours=1))
    status, _stand, lines = states(client)
    assert (status, lines["beelden"]) == (200, Stand.LET_OP)


@time_machine.travel("2026-11-02 10:00:00+01:00")
def test_a_year_without_closing_days_is_a_warning(client, standing_since):
    standing_since(timezone.now())
    status, _stand, lines = states(client)
    assert (status, lines["sluitingsdagen"]) == (200, Stand.LET_OP)


def test_a_check_that_breaks_is_red_and_the_page_still_comes(client, monkeypatch):
    def broken(at):
        raise LookupError

    monkeypatch.setitem(registry.checks, "stuk", broken)
    status, _stand, lines = states(client)
    assert (status, lines["stuk"]) == (503, Stand.FOUT)


@time_machine.travel("2026-11-02 10:00:00+01:00")
def test_the_page_costs_few_queries(client, django_assert_num_queries):
    queries.report(at=timezone.now())
    with django_assert_num_queries(13):
        client.get("/gezondheid/")


WITHOUT_DATABASE = """
import json, time, django
django.setup()
from django.test import Client
started = time.monotonic()
client = Client(headers={"cookie": "sessionid=somebody; messages=x"})
page, data = client.get("/gezondheid/"), client.get("/gezondheid/?format=json")
print(json.dumps([page.status_code, page.content.decode(), data.status_code, data.json(), time.monotonic() - started]))
"""


@pytest.mark.processes
def test_without_a_database_the_page_still_comes_quickly():
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DATABASE], env=environment, capture_output=True, text=True, check=True
    )
    status, page, json_status, data, seconds = json.loads(done.stdout.splitlines()[-1])
    assert (status, json_status) == (503, 503)
    assert "Er is iets mis met het portaal" in page
    assert {line["code"]: line["stand"] for line in data["controles"]}["databank"] == Stand.FOUT
    assert seconds < 5
