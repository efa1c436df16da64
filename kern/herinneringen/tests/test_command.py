from datetime import date

import pytest
from django.core.management import CommandError, call_command

from kern.herinneringen.models import Herinnering

pytestmark = pytest.mark.django_db


def test_an_operator_sends_the_reminders_of_a_day(things, person, capsys):
    things.add(date(2026, 7, 23), verantwoordelijke=person("Wim"))
    call_command("herinner", op=date(2026, 7, 23))
    call_command("herinner", op=date(2026, 7, 23))
    assert Herinnering.objects.count() == 2


def test_in_production_only_today_can_be_sent(things, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="alleen vandaag"):
        call_command("herinner", op=date(2026, 7, 23))
