from datetime import date

import pytest
import time_machine
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern import termijnen
from kern.gebruikers.models import Gebruiker
from kern.termijnen.checks import NO_CLOSING_DAYS, closing_day_warnings
from kern.termijnen.models import Sluitingsdag

pytestmark = pytest.mark.django_db


def test_the_closing_days_of_the_table_count(django_assert_num_queries):
    Sluitingsdag.objects.create(datum=date(2026, 5, 15), naam="Brugdag")
    with django_assert_num_queries(1):
        calendar = termijnen.load_calendar()
    with django_assert_num_queries(0):
        assert termijnen.add_working_days(date(2026, 5, 13), 2, calendar) == date(2026, 5, 19)
    assert termijnen.add_working_days(date(2026, 5, 13), 2) == date(2026, 5, 19)
    assert termijnen.working_days_between(date(2026, 5, 13), date(2026, 5, 19)) == 2
    assert not termijnen.is_working_day(date(2026, 5, 15))


def test_a_day_stands_in_the_table_once():
    Sluitingsdag.objects.create(datum=date(2026, 5, 15), naam="Brugdag")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sluitingsdag.objects.create(datum=date(2026, 5, 15), naam="Nog eens")


def test_from_october_an_empty_next_year_is_warned_about():
    assert closing_day_warnings(date(2026, 9, 30)) == []
    assert [warning.id for warning in closing_day_warnings(date(2026, 10, 1))] == [NO_CLOSING_DAYS]
    Sluitingsdag.objects.create(datum=date(2027, 5, 7), naam="Brugdag")
    assert closing_day_warnings(date(2026, 10, 1)) == []
    assert [warning.id for warning in closing_day_warnings(date(2027, 12, 31))] == [NO_CLOSING_DAYS]


@time_machine.travel("2026-11-02 10:00:00+01:00")
def test_the_warning_comes_with_the_database_checks():
    assert NO_CLOSING_DAYS in [message.id for message in run_checks(databases=["default"])]
    assert NO_CLOSING_DAYS not in [message.id for message in run_checks()]


@time_machine.travel("2026-11-02 10:00:00+01:00")
def test_the_admin_list_of_closing_days_shows_the_warning(client):
    client.force_login(Gebruiker.objects.create_superuser("beheer@genk.test", naam="Bea Beheer"))
    address = reverse("admin:termijnen_sluitingsdag_changelist")
    assert "nog geen sluitingsdag ingevuld voor 2027" in client.get(address).content.decode()
    client.post(reverse("admin:termijnen_sluitingsdag_add"), {"datum": "2027-05-07", "naam": "Brugdag"})
    assert "nog geen sluitingsdag" not in client.get(address).content.decode()
