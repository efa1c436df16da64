"""What one report allows and what a list shows are two ways to say the same; here they are held together."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.gebruikers.models import Gebruiker, Rol, Vervanging
from meldingen import rules
from meldingen.models import Melding
from meldingen.states import Status
from meldingen.tests.factories import (
    LONG_AGO,
    GebruikerFactory,
    MeldingFactory,
    SubcategorieFactory,
    TeamFactory,
    WijkFactory,
)
from wijken.models import Team, Teamlid, TeamWijk
from wijken.queries import reach

ON = date(2026, 7, 1)
BEFORE = date(2026, 6, 30)
PERIODS = [(LONG_AGO, None), (LONG_AGO, BEFORE), (ON, ON), (date(2026, 7, 2), None)]


@pytest.fixture
def city(db):
    """Two wijken, four teams, six people without anything, and a report of each kind that differs in who sees it."""
    wijken = WijkFactory.create_batch(2)
    teams = [TeamFactory(soort=soort) for soort in list(Team.Soort)[:3]] + [TeamFactory(soort=Team.Soort.MELDPUNT)]
    people = GebruikerFactory.create_batch(4)
    kinds = [SubcategorieFactory(is_gevoelig=secret) for secret in (False, True)]
    number = 0
    for kind in kinds:
        for wijk in (None, *wijken):
            for team in (None, *teams):
                handler = (None, *people)[number % 5]
                status = (Status.NIEUW, Status.TOEGEWEZEN, Status.AFGESLOTEN)[number % 3]
                MeldingFactory(categorie=kind, wijk=wijk, team=team, behandelaar=handler, status=status)
                number += 1
    return wijken, teams, people


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_list_shows_exactly_the_reports_that_may_be_seen_one_by_one(city, data):
    wijken, teams, people = city
    draw = data.draw
    me = people[0]
    me.groups.clear()
    me.is_active = draw(st.integers(0, 9)) > 0
    me.save()
    for table in (Teamlid, TeamWijk, Vervanging):
        table.objects.all().delete()
    roles = draw(st.sets(st.sampled_from(list(Rol)), max_size=3))
    me.groups.set(Group.objects.get_or_create(name=role)[0] for role in roles)
    for person in people[:2]:
        for team in draw(st.sets(st.sampled_from(teams), max_size=2)):
            van, tot = draw(st.sampled_from(PERIODS))
            Teamlid.objects.create(team=team, gebruiker=person, van=van, tot=tot)
    for team in teams:
        for wijk in draw(st.sets(st.sampled_from(wijken), max_size=2)):
            van, tot = draw(st.sampled_from(PERIODS))
            TeamWijk.objects.create(team=team, wijk=wijk, van=van, tot=tot)
    if draw(st.booleans()):
        Vervanging.objects.create(
            afwezige=people[1], vervanger=me, van=LONG_AGO, tot=draw(st.sampled_from([BEFORE, ON]))
        )
    fresh = Gebruiker.objects.get(pk=me.pk)
    far = reach(fresh, ON)
    listed = list(Melding.objects.visible_to(fresh, far).values_list("pk", flat=True))
    every = Melding.objects.select_related("categorie")
    assert sorted(listed) == sorted(row.pk for row in every if rules.may_see(fresh, far, row))
    assert len(listed) == len(set(listed))


def test_who_has_no_role_sees_nothing_and_who_is_gone_neither(city):
    person = GebruikerFactory()
    assert not Melding.objects.visible_to(person, reach(person, ON)).exists()
    gone = GebruikerFactory(rollen=[Rol.BEHEERDER], is_active=False)
    assert not Melding.objects.visible_to(gone, reach(gone, ON)).exists()


def test_a_sensitive_report_is_for_its_team_its_handler_and_administrators(cast):
    secret = MeldingFactory(
        categorie=SubcategorieFactory(is_gevoelig=True),
        wijk=cast.wijk,
        team=cast.toezicht,
        behandelaar=cast.collega,
        status=Status.IN_BEHANDELING,
    )
    seen_by = {person.naam for person in Gebruiker.objects.all() if rules.may_see(person, reach(person, ON), secret)}
    assert seen_by == {"Bea Buurttoezichter", "Saar Sledderlo", "Bo Beheerder"}


def test_reading_is_not_handling_and_handling_is_not_releasing(cast):
    melding = MeldingFactory(wijk=cast.wijk, team=cast.toezicht)
    able = {}
    for name, rule in {"see": rules.may_see, "handle": rules.may_handle, "release": rules.may_release}.items():
        people = (cast.lezer, cast.buurttoezichter, cast.wijkmanager)
        able[name] = [person.naam.split()[0] for person in people if rule(person, reach(person, ON), melding)]
    assert able == {"see": ["Lut", "Bea", "Wim"], "handle": ["Bea", "Wim"], "release": ["Wim"]}
