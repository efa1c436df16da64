from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen import demo
from meldingen.models import Gebeurtenis, Melding
from meldingen.states import Status


@pytest.mark.django_db
def test_the_demo_has_something_to_show_in_every_list_and_fills_once(capsys):
    call_command("demo", meldingen=120)
    counts = Counter(Melding.objects.values_list("status", flat=True))
    assert set(counts) == set(Status)
    today = timezone.localdate()
    assert Melding.objects.late(today).exists()
    assert Melding.objects.public().exists()
    assert not Melding.objects.filter(team__isnull=True).exists()
    assert Gebeurtenis.objects.filter(op__gt=timezone.now()).count() == 0
    assert Bericht.objects.filter(aan__gt="").exclude(aan__endswith=".example").count() == 0
    assert demo.fill(timezone.now()) == 0
    assert Melding.objects.exclude(bron="open311").count() == 120
    assert Melding.objects.filter(bron="open311", via__naam="Buurtapp (demo)").count() == 20
