from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kern.berichten.models import Bericht
from kern.herinneringen.models import Aan
from meldingen import actions, reminders
from meldingen.models import Gebeurtenis, Melder, Melding, Pauze
from meldingen.states import Status
from meldingen.tests.factories import (
    GebruikerFactory,
    MelderFactory,
    MeldingFactory,
    SubcategorieFactory,
    team_in,
    wijk_square,
)
from wijken.models import Team, Teamlid

BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = date(2026, 6, 10)
SINCE = date(2020, 1, 1)


def member(team, **fields):
    user = GebruikerFactory()
    Teamlid.objects.create(team=team, gebruiker=user, van=SINCE, **fields)
    return user


def due(day=TODAY, **fields):
    return MeldingFactory(volgende_termijn=day, **fields)


@pytest.fixture
def wijk(db):
    return wijk_square()


def test_each_role_is_who_works_there(wijk):
    team, meldpunt = team_in(wijk, Team.Soort.BUURTWERKPLAATS), team_in(None, Team.Soort.MELDPUNT)
    worker, leader = member(team), member(team, is_leider=True)
    manager, head = member(team_in(wijk)), member(meldpunt, is_leider=True)
    due(team=team, wijk=wijk)
    (item,) = reminders.open_items(TODAY, TODAY)
    assert set(item.ontvangers[Aan.VERANTWOORDELIJKE]) == {worker.pk, leader.pk}
    assert item.ontvangers[Aan.TEAMLEIDER] == [leader.pk]
    assert item.ontvangers[Aan.WIJKMANAGER] == [manager.pk]
    assert item.ontvangers[Aan.HOOFD] == [head.pk]


def test_of_a_sensitive_report_only_who_may_see_it_hears(wijk):
    team, meldpunt = team_in(wijk, Team.Soort.BUURTWERKPLAATS), team_in(None, Team.Soort.MELDPUNT)
    worker, leader = member(team), member(team, is_leider=True)
    member(team_in(wijk))
    member(meldpunt, is_leider=True)
    due(team=team, wijk=wijk, categorie=SubcategorieFactory(is_gevoelig=True))
    (item,) = reminders.open_items(TODAY, TODAY)
    assert {pk for ids in item.ontvangers.values() for pk in ids} == {worker.pk, leader.pk}


def test_a_handler_is_responsible_alone(wijk):
    team = team_in(wijk)
    member(team)
    handler = member(team)
    due(team=team, behandelaar=handler)
    (item,) = reminders.open_items(TODAY, TODAY)
    assert item.ontvangers[Aan.VERANTWOORDELIJKE] == [handler.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_costs_the_same_however_much_it_is(wijk, django_assert_num_queries, count):
    team_in(None, Team.Soort.MELDPUNT)
    for _ in range(count):
        team = team_in(wijk)
        member(team)
        due(team=team, wijk=wijk)
    with django_assert_num_queries(6):
        assert len(list(reminders.open_items(TODAY, TODAY))) == count


def test_only_open_reports_whose_clock_runs_are_due(wijk):
    due(TODAY + timedelta(days=1))
    due(None, status=Status.WACHT_OP_MELDER)
    due(None, status=Status.AFGESLOTEN)
    assert list(reminders.open_items(TODAY, TODAY)) == []


@pytest.fixture
def asked(wijk):
    """A report on Monday 1 June whose reporter was asked something on Tuesday, with ten working days to answer."""
    melding = MeldingFactory(ontvangen_op=datetime(2026, 6, 1, 9, tzinfo=BRUSSELS), wijk=wijk)
    MelderFactory(melding=melding, email="an@voorbeeld.example")
    return actions.ask(
        melding=melding, vraag="Waar?", door=GebruikerFactory(), at=datetime(2026, 6, 2, 9, tzinfo=BRUSSELS)
    )


def test_the_resident_is_reminded_once_half_way(asked):
    assert Pauze.objects.get().herinner_op == date(2026, 6, 9)
    assert reminders.remind_residents(datetime(2026, 6, 8, 12, tzinfo=BRUSSELS)) == {"herinnerd": 0}
    moment = datetime(2026, 6, 9, 8, tzinfo=BRUSSELS)
    assert reminders.remind_residents(moment) == {"herinnerd": 1}
    assert reminders.remind_residents(moment) == {"herinnerd": 0}
    assert Bericht.objects.filter(soort="melding_vraag_herinnering", aan="an@voorbeeld.example").count() == 1
    assert Gebeurtenis.objects.filter(soort=Gebeurtenis.Soort.HERINNERING).count() == 1


def test_after_the_full_time_the_handler_has_it_back_and_is_told(asked):
    moment = datetime(2026, 6, 16, 8, tzinfo=BRUSSELS)
    assert reminders.end_waiting(moment) == {"terug": 1}
    assert reminders.end_waiting(moment) == {"terug": 0}
    melding = Melding.objects.get()
    assert melding.status == Status.IN_BEHANDELING
    told = Bericht.objects.get(aan=melding.behandelaar.email, soort="staf_melder_schreef")
    assert told.onderwerp == f"Melding {melding.pk}: geen antwoord van de melder"


def test_a_resident_without_mail_is_not_reminded(asked):
    Melder.objects.update(email="", wil_bericht=False)
    reminders.remind_residents(datetime(2026, 6, 9, 8, tzinfo=BRUSSELS))
    assert not Bericht.objects.filter(soort="melding_vraag_herinnering").exists()
