from datetime import date, timedelta

import pytest

from kern.gebruikers.models import Gebruiker, Vervanging
from wijken.models import Team, Teamlid, TeamWijk
from wijken.queries import leaders_of, members_of, people_in, reach, reaches, team_for, wijkmanagers_of

from .conftest import DAY, join, make_person, make_team, make_wijk

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def stand_in(afwezige, vervanger, van=DAY, tot=DAY):
    return Vervanging.objects.create(afwezige=afwezige, vervanger=vervanger, van=van, tot=tot)


def test_a_wijkmanager_reaches_the_own_wijk_and_not_the_colleagues(stad):
    bereik = reach(stad.wijkmanager, DAY)
    assert bereik.wijk_ids == {stad.west.pk}
    assert bereik.team_ids == bereik.geleide_team_ids == {stad.management_west.pk}
    assert reach(stad.collega, DAY).wijk_ids == {stad.oost.pk}
    assert reach(stad.collega, DAY).geleide_team_ids == frozenset()


@pytest.mark.parametrize("model", [Teamlid, TeamWijk])
def test_reach_begins_on_the_first_day_and_ends_after_the_last(stad, model):
    model.objects.filter(team=stad.management_west).update(van=DAY, tot=DAY)
    reached = [bool(reach(stad.wijkmanager, day).wijk_ids) for day in (BEFORE, DAY, AFTER)]
    assert reached == [False, True, False]


def test_a_team_that_stopped_gives_no_reach(stad):
    Team.objects.update(is_actief=False)
    assert reach(stad.wijkmanager, DAY).team_ids == frozenset()


def test_a_deputy_reaches_what_the_absent_person_reaches_on_those_days_only(stad):
    stand_in(stad.wijkmanager, stad.collega)
    assert reach(stad.collega, DAY).wijk_ids == {stad.west.pk, stad.oost.pk}
    assert reach(stad.collega, DAY).gebruiker_ids == {stad.wijkmanager.pk, stad.collega.pk}
    assert reach(stad.collega, DAY).geleide_team_ids == {stad.management_west.pk}
    assert reach(stad.collega, BEFORE).wijk_ids == reach(stad.collega, AFTER).wijk_ids == {stad.oost.pk}
    assert reach(stad.wijkmanager, DAY).wijk_ids == {stad.west.pk}


def test_a_deputy_of_a_deputy_does_not_inherit(stad):
    third = make_person("Derde")
    stand_in(stad.wijkmanager, stad.collega)
    stand_in(stad.collega, third)
    assert reach(third, DAY).wijk_ids == {stad.oost.pk}


def test_one_and_many_people_reach_the_same(stad):
    join(stad.management_oost, stad.wijkmanager, is_leider=True)
    people = Gebruiker.objects.order_by("pk")
    together = reaches([person.pk for person in people], DAY)
    assert together == {person.pk: reach(person, DAY) for person in people}
    assert any(found.wijk_ids and found.geleide_team_ids for found in together.values())


def test_reach_costs_one_query_however_many_teams(stad, django_assert_num_queries):
    with django_assert_num_queries(1):
        reach(stad.wijkmanager, DAY)
    join(stad.management_oost, stad.wijkmanager)
    with django_assert_num_queries(1):
        reach(stad.wijkmanager, DAY)


def test_the_wijkmanagers_of_many_wijken_are_read_at_once_with_their_deputies(stad, django_assert_num_queries):
    stand_in(stad.wijkmanager, stad.collega)
    with django_assert_num_queries(3):
        found = wijkmanagers_of([stad.west.pk, stad.oost.pk], DAY)
    assert found == {stad.west.pk: [stad.wijkmanager, stad.collega], stad.oost.pk: [stad.collega]}
    assert wijkmanagers_of([stad.west.pk], DAY, with_deputies=False) == {stad.west.pk: [stad.wijkmanager]}
    assert wijkmanagers_of([], DAY) == {}


def test_only_leaders_that_work_there_today_lead(stad, django_assert_num_queries):
    gone, closed = make_person("Weg"), make_person("Dicht", is_active=False)
    join(stad.management_west, gone, is_leider=True, tot=date(2025, 1, 1))
    join(stad.management_west, closed, is_leider=True)
    with django_assert_num_queries(2):
        found = leaders_of([stad.management_west.pk, stad.management_oost.pk], DAY)
    assert found == {stad.management_west.pk: [stad.wijkmanager]}


def test_members_are_all_who_work_in_the_team(stad, django_assert_num_queries):
    join(stad.management_west, stad.collega)
    with django_assert_num_queries(1):
        found = members_of([stad.management_west.pk], DAY)
    assert found == {stad.management_west.pk: [stad.collega, stad.wijkmanager]}


def test_work_without_a_team_of_its_kind_goes_to_the_meldpunt(stad):
    meldpunt = make_team("Meldpunt", Team.Soort.MELDPUNT, [])
    assert team_for(Team.Soort.WIJKMANAGEMENT, stad.west, DAY) == stad.management_west
    assert team_for(Team.Soort.BUURTTOEZICHT, stad.west, DAY) == meldpunt
    assert team_for(Team.Soort.WIJKMANAGEMENT, None, DAY) == meldpunt
    TeamWijk.objects.filter(team=stad.management_west).update(tot=BEFORE)
    assert team_for(Team.Soort.WIJKMANAGEMENT, stad.west, DAY) == meldpunt


def test_residents_see_only_who_agreed_to_be_on_the_page(stad):
    (person,) = people_in(stad.west, DAY).wijkmanagers
    assert (person.naam, person.bereikbaar) == ("Wijkmanager", "maandag van 9 tot 12 uur")
    assert people_in(stad.oost, DAY).wijkmanagers == []


def test_an_absent_wijkmanager_names_a_deputy_only_when_the_deputy_is_public(stad):
    stand_in(stad.wijkmanager, stad.collega, tot=AFTER)
    (person,) = people_in(stad.west, DAY).wijkmanagers
    assert (person.afwezig_tot, person.vervanger) == (AFTER, "")
    Teamlid.objects.filter(gebruiker=stad.collega).update(toon_op_wijkpagina=True)
    (person,) = people_in(stad.west, DAY).wijkmanagers
    assert person.vervanger == "Collega"


def test_neighbourhood_teams_of_another_wijk_are_not_shown(stad):
    elsewhere = make_wijk("W3", "Elders", stad.west.ringen.get().ring)
    here = make_team("Toezicht", Team.Soort.BUURTTOEZICHT, [stad.west])
    make_team("Toezicht elders", Team.Soort.BUURTTOEZICHT, [elsewhere])
    make_team("Groen", Team.Soort.DIENST, [stad.west])
    assert people_in(stad.west, DAY).buurtteams == [here]
