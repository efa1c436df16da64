"""What processes keep in memory is never older than the database, whoever changes it."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction

from kern.geheugen import onthoud, vers
from kern.models import Stand
from kern.termijnen import load_calendar
from kern.termijnen.models import Sluitingsdag

pytestmark = pytest.mark.django_db(transaction=True)


def closing_days():
    with vers():
        return len(load_calendar().closing_days)


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def one_day():
    Sluitingsdag.objects.create(datum="2026-07-20", naam="Brug")


def test_what_is_kept_costs_one_query_to_trust(one_day, django_assert_num_queries):
    assert closing_days() == 1
    with django_assert_num_queries(1):
        assert closing_days() == 1


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        ("INSERT INTO termijnen_sluitingsdag (datum, naam) VALUES ('2026-12-24', 'Kerst')", 2),
        ("DELETE FROM termijnen_sluitingsdag", 0),
        ("TRUNCATE termijnen_sluitingsdag CASCADE", 0),
    ],
)
def test_raw_sql_is_seen_at_once(one_day, statement, left):
    assert closing_days() == 1
    sql(statement)
    assert closing_days() == left


def test_a_change_by_another_process_is_seen_at_once(one_day):
    assert closing_days() == 1
    program = "import sys, psycopg2; c = psycopg2.connect(**eval(sys.argv[1])); c.autocommit = True; "
    program += "c.cursor().execute('DELETE FROM termijnen_sluitingsdag')"
    reachable = {name: connection.settings_dict[name.upper()] for name in ("user", "password", "host", "port")}
    address = {name: value for name, value in reachable.items() if value}
    address["dbname"] = connection.settings_dict["NAME"]
    subprocess.run([sys.executable, "-c", program, repr(address)], check=True, cwd=settings.BASE_DIR)
    assert closing_days() == 0


def test_what_a_transaction_read_and_took_back_is_not_kept(one_day):
    with transaction.atomic():
        sql("DELETE FROM termijnen_sluitingsdag")
        assert closing_days() == 0
        transaction.set_rollback(True)
    assert closing_days() == 1
    sql("UPDATE termijnen_sluitingsdag SET naam = 'Andere brug'")
    assert closing_days() == 1


def test_without_the_row_nothing_is_kept(one_day):
    assert closing_days() == 1
    Stand.objects.all().delete()
    sql("ALTER TABLE termijnen_sluitingsdag DISABLE TRIGGER USER")
    try:
        sql("DELETE FROM termijnen_sluitingsdag")
        assert closing_days() == 0
    finally:
        sql("ALTER TABLE termijnen_sluitingsdag ENABLE TRIGGER USER")


def test_outside_the_block_everything_is_fetched_anew():
    assert [onthoud("teller", lambda number=number: number) for number in (1, 2)] == [1, 2]


def test_one_block_reads_one_state():
    with vers():
        assert [onthoud("teller", lambda number=number: number) for number in (1, 2)] == [1, 1]
