"""The demo tells the real numbers of the programme, marks what is invented, and breaks no rule of its own."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from django.utils import timezone

from kern.termijnen import local_date
from samenleven import demo
from samenleven.models import (
    Activiteitvoorstel,
    Bruggenbouwer,
    Citaat,
    Domein,
    Editie,
    Gesprek,
    Signaal,
    Toestemming,
    Traject,
    Uitdager,
)
from samenleven.queries import bereik, bruggen, openbaar
from wijken import demo as wijken

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_numbers_of_the_programme_are_right_and_filling_again_does_no_harm():
    now = timezone.now()
    wijken.fill(local_date(now))
    made = demo.fill(now)
    assert demo.fill(now) == made
    traject = Traject.objects.get(slug="de-genks")
    assert openbaar.uitdagers_of(traject) == 43
    assert bereik.standing(traject).personen == bereik.standing(traject).doel == 3200
    assert Domein.objects.filter(is_actief=True).count() == 5
    assert Gesprek.objects.filter(traject=traject).aggregate(n=Sum("aanwezigen"))["n"] == 3200
    assert Uitdager.objects.filter(is_demo=False).count() == 0
    running = Traject.objects.get(slug="100-genks")
    assert 0 < bereik.standing(running).personen < bereik.standing(running).doel
    assert bereik.proposals(running, local_date(now))
    assert Editie.objects.public().count() == 1
    assert Citaat.objects.exclude(tekst="").count() == Toestemming.objects.valid().filter(waarvoor="woorden").count()
    texts = list(Signaal.objects.public().filter(gesprek__traject=traject).values_list("tekst", flat=True))
    assert len(texts) == len(set(texts)) > 20
    assert Gesprek.objects.exclude(wijk=None).values("wijk").distinct().count() >= 3
    with_label = bruggen.shown(local_date(now))
    assert with_label.values("wijk").distinct().count() >= 3
    assert set(Bruggenbouwer.objects.values_list("status", flat=True)) >= {
        "voorgedragen", "ingestemd", "gesteund", "bij_de_jury", "label",
    }  # fmt: skip
    assert not Bruggenbouwer.objects.filter(is_demo=False).exists()
    assert set(Activiteitvoorstel.objects.values_list("status", flat=True)) == {"nieuw", "aanvaard", "geweigerd"}
