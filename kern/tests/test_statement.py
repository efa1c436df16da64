from datetime import date

import pytest
import time_machine
from django.core.checks import Tags, run_checks

from kern.checks import OLD_STATEMENT
from kern.models import Verklaring
from kern.queries import statement_is_old

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("on", "old"), [(date(2027, 3, 10), False), (date(2027, 3, 11), True)])
def test_a_statement_is_old_when_twelve_months_have_passed(on, old):
    Verklaring.objects.update(nagekeken_op=date(2026, 3, 10))
    assert statement_is_old(on) is old


def test_without_a_statement_it_is_time_to_write_one():
    Verklaring.objects.all().delete()
    assert statement_is_old(date(2026, 3, 10))


def test_whoever_runs_the_portal_is_warned():
    with time_machine.travel("2026-12-01"):
        assert OLD_STATEMENT not in ids()
    with time_machine.travel("2028-12-01"):
        assert OLD_STATEMENT in ids()


def ids() -> set[str]:
    return {message.id for message in run_checks(tags=[Tags.database], databases=["default"])}


def test_the_page_says_what_is_not_accessible_and_how_else(client):
    page = client.get("/toegankelijkheidsverklaring/").content.decode()
    assert "voldoet gedeeltelijk" in page
    assert "Naast elke kaart staat een lijst" in page
    assert "Ombudsdienst" in page
