from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen import demo
from meldingen.models import Dubbelvoorstel, Enquete, Gebeurtenis, Melding, Terugkoppeling, beloften
from meldingen.queries.cijfers import MIN_ANSWERS
from meldingen.states import Status
from wijken.models import Behoefte


@pytest.mark.django_db
@pytest.mark.once
def test_the_demo_has_something_to_show_in_every_list_and_fills_once(capsys):
    call_command("demo", meldingen=120)
    made = Melding.objects.count()
    assert made >= 120
    counts = Counter(Melding.objects.values_list("status", flat=True))
    assert set(counts) == set(Status)
    today = timezone.localdate()
    assert Melding.objects.late(today).exists()
    assert Melding.objects.public().exists()
    assert not Melding.objects.filter(team__isnull=True).exists()
    assert Gebeurtenis.objects.filter(op__gt=timezone.now()).count() == 0
    assert Bericht.objects.filter(aan__gt="").exclude(aan__endswith=".example").count() == 0
    made = Melding.objects.count()
    assert made >= 120
    assert demo.fill(timezone.now()) == 0
    assert Melding.objects.count() == made
    assert Melding.objects.filter(hoofdmelding__isnull=False).exists()
    assert Melding.objects.filter(bron="open311", via__naam="Buurtapp (demo)").count() == 20
    assert Dubbelvoorstel.objects.filter(gesloten_op=None).exists()
    assert set(Behoefte.objects.values_list("status", flat=True)) == set(Behoefte.Status)


@pytest.mark.django_db
@pytest.mark.once
def test_the_demo_has_promises_of_every_kind_answers_for_a_figure_and_low_scores_to_look_into():
    call_command("demo", meldingen=150)
    for ended, condition in beloften.ENDED.items():
        assert Melding.objects.filter(condition).exists(), ended
    assert Melding.objects.filter(keren_gebroken__gt=0).exists()
    answers = Enquete.objects.exclude(tevreden=None).values("melding__team").annotate(n=Count("pk")).order_by("-n")
    assert answers[0]["n"] >= MIN_ANSWERS
    assert Enquete.objects.filter(beantwoord_op=None).exists()
    assert {row.afgehandeld_op is None for row in Terugkoppeling.objects.all()} == {True, False}
