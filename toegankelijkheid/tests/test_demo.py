import time

import pytest
from django.db.models import Q
from django.utils import timezone

from kern.gebruikers.models import Rol
from kern.termijnen import local_date
from meldingen.tests.factories import GebruikerFactory
from toegankelijkheid import demo
from toegankelijkheid.actions.oordelen import verdicts
from toegankelijkheid.models import (
    Campagne,
    GoedVoorbeeld,
    Herberekening,
    Knelpunt,
    Screeningsobject,
    TweedeMening,
    Woonzorgzone,
    Zonedeel,
)
from toegankelijkheid.queries.boek import book
from toegankelijkheid.queries.zones import place_of
from toegankelijkheid.states import Knelpuntstatus, Mening
from wijken import demo as wijken

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("normenboek")]


def test_the_demo_has_over_a_thousand_objects_judged_as_the_portal_judges():
    now = timezone.now()
    wijken.fill(local_date(now))
    begin = time.monotonic()
    demo.fill(now)
    # So that a first start stays short, also on a small machine.
    assert time.monotonic() - begin < 60
    assert Screeningsobject.objects.count() > 1000
    assert set(Screeningsobject.objects.values_list("oordeel", flat=True)) >= {
        "niet_gescreend", "voldoet", "voldoet_niet", "aandachtspunt", "onvolledig",
    }  # fmt: skip
    boek = book(local_date(now))
    some = Screeningsobject.objects.filter(gescreend_op__isnull=False).select_related("niveau").order_by("pk")[::40]
    for obj in some:
        metingen = list(obj.metingen.current().select_related("criterium"))
        found = verdicts(obj, metingen, boek)
        assert [(m.oordeel, m.ernst) for m in metingen] == [
            (found[m.criterium.code].oordeel, found[m.criterium.code].ernst) for m in metingen
        ]
        place = place_of(obj.plaats)
        assert (obj.zone, obj.niveau, obj.wijk) == (place.zone, place.niveau, place.wijk)


def test_the_demo_has_what_is_hard_to_show_and_fills_once():
    now = timezone.now()
    GebruikerFactory(rollen=[Rol.TOEGANKELIJKHEIDSCOORDINATOR], is_demo=True)
    GebruikerFactory(rollen=[Rol.BEHEERDER], is_demo=True)
    wijken.fill(local_date(now))
    demo.fill(now)
    assert Woonzorgzone.objects.filter(is_fictief=False).count() == 1
    assert {row.herkomst for row in Zonedeel.objects.all()} == {"handmatig", "afgeleid"}
    assert set(Campagne.objects.values_list("status", flat=True)) == {"gepland", "lopend", "onderbroken", "afgerond"}
    assert Campagne.objects.late(local_date(now)).exists()
    assert Knelpunt.objects.filter(plaats__isnull=True).exists()
    assert Knelpunt.objects.filter(vastgesteld_op__isnull=True, plaats__isnull=False).exists()
    assert Knelpunt.objects.filter(openbaar=True).exists()
    for sign in ("<", "&", '"'):
        assert Knelpunt.objects.filter(titel__contains=sign).exists()
        assert Screeningsobject.objects.filter(naam__contains=sign).exists()
    good, bad = GoedVoorbeeld.objects.count(), Knelpunt.objects.count()
    assert 0.1 < good / (good + bad) < 0.2
    assert set(TweedeMening.objects.values_list("mening", flat=True)) == set(Mening)
    assert Screeningsobject.objects.due(local_date(now)).exists()
    assert Herberekening.objects.filter(~Q(wijzigingen=None)).exists()
    assert set(Knelpunt.objects.values_list("status", flat=True)) == set(Knelpuntstatus)
    assert set(Knelpunt.objects.values_list("planning", flat=True)) == {"", "KT", "MLT", "LT"}
    assert Knelpunt.objects.late(local_date(now)).exists()
    assert any(row.waits_for_approval for row in Knelpunt.objects.filter(status="beoordeeld"))
    assert not Knelpunt.objects.filter(prioriteit="").exists()
    assert Knelpunt.objects.filter(zone__isnull=False).values("wijk").distinct().count() > 3
    before = Screeningsobject.objects.count()
    demo.fill(now)
    assert Screeningsobject.objects.count() == before
