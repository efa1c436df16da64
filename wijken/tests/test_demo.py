from datetime import date

import pytest

from kern.gebruikers.models import Gebruiker, Rol, Vervanging
from kern.geo.rings import crossing, overlap_km2
from kern.termijnen.queries import year_without_closing_days
from wijken import demo
from wijken.models import Stadsdeel, Straat, Team, Teamlid, TeamWijk, Wijk, WijkRing
from wijken.queries import reach, team_for, wijk_at, wijkmanagers_of

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    demo.fill(on=DAY)


def test_the_demo_draws_31_wijken_each_around_its_own_centre(city):
    assert Wijk.objects.count() == 31
    assert Stadsdeel.objects.filter(is_fictief=True).count() == 8
    for wijk in Wijk.objects.prefetch_related("ringen"):
        assert wijk.omtrek_is_benaderend
        assert wijk_at(wijk.centrum) == wijk
        assert all(crossing(row.ring) is None for row in wijk.ringen.all())


def test_the_demo_outlines_do_not_overlap(city):
    rings = [[row.ring] for row in WijkRing.objects.all()]
    assert sum(overlap_km2(a, b, 100) for i, a in enumerate(rings) for b in rings[:i]) < 0.01


def test_filling_again_changes_nothing(city):
    models = [Wijk, WijkRing, Stadsdeel, Team, Teamlid, TeamWijk, Straat, Gebruiker, Vervanging]
    before = [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models]
    demo.fill(on=DAY)
    assert before == [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models]


def test_seven_wijkmanagers_reach_every_wijk(city):
    managers = wijkmanagers_of(Wijk.objects.values_list("pk", flat=True), DAY, with_deputies=False)
    assert len(managers) == 31
    assert len({person.pk for people in managers.values() for person in people}) == 7


def test_every_kind_of_team_answers_for_every_wijk(city):
    for wijk in Wijk.objects.all():
        for soort in (Team.Soort.WIJKMANAGEMENT, Team.Soort.BUURTTOEZICHT, Team.Soort.BUURTWERKPLAATS):
            assert team_for(soort, wijk, DAY).soort == soort


def test_every_role_has_a_demo_account_that_can_log_in(city, settings):
    for rol in Rol:
        assert Gebruiker.objects.filter(groups__name=rol, is_demo=True).exists(), rol
    assert Gebruiker.objects.filter(is_demo=False).count() == 0
    assert all(person.check_password(settings.DEMO_PASSWORD) for person in Gebruiker.objects.all()[:2])


def test_somebody_stands_in_for_an_absent_wijkmanager(city):
    absent = Gebruiker.objects.get(email=f"wijkmanager-oost@{demo.MAIL_DOMAIN}")
    deputy = Gebruiker.objects.get(email=f"wijkmanager-centrum@{demo.MAIL_DOMAIN}")
    assert reach(absent, DAY).wijk_ids < reach(deputy, DAY).wijk_ids


def test_nobody_is_warned_about_closing_days(city):
    assert year_without_closing_days(DAY.replace(month=11)) is None


def test_each_made_up_street_lies_in_the_wijk_it_names(city):
    assert Straat.objects.count() == 155
    assert all(wijk_at(street.plaats) == street.wijk for street in Straat.objects.select_related("wijk"))
    assert Straat.objects.filter(is_fictief=False).count() == 0
