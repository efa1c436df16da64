"""The question how it went: who gets it, what an answer does, and the task of the team leader."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.herinneringen.models import Aan
from kern.termijnen import add_working_days
from meldingen import actions, startgegevens
from meldingen.actions import terugkoppeling
from meldingen.models import Enquete, Enquetereden, Melder, Melding, Terugkoppeling
from meldingen.reminders import terugkoppeling as reminders
from meldingen.states import Sluitreden, Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, member

BRUSSELS = ZoneInfo("Europe/Brussels")
CLOSED = date(2026, 6, 1)  # a Monday
ASKED = date(2026, 6, 8)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


@pytest.fixture
def solved(cast):
    """Makes a report that was closed on the first of June, by default as solved."""

    def make(sluitreden=Sluitreden.OPGELOST, mail=True, **fields):
        melding = MeldingFactory(
            ontvangen_op=at(CLOSED) - timedelta(days=9), team=cast.wijkteam, wijk=cast.wijk, **fields
        )
        MelderFactory(melding=melding, wil_bericht=mail)
        return actions.close(
            melding=melding, sluitreden=sluitreden, toelichting="Klaar", door=cast.wijkmanager, at=at(CLOSED, 15)
        )

    return make


@pytest.fixture
def enquete(solved):
    solved()
    reminders.ask_how_it_went(at(ASKED))
    return Enquete.objects.get()


def test_five_working_days_after_a_solution_its_reporter_is_asked_once(solved):
    melding = solved(taal="fr")
    assert reminders.ask_how_it_went(at(ASKED - timedelta(days=3))) == {"gevraagd": 0}
    assert reminders.ask_how_it_went(at(ASKED)) == {"gevraagd": 1}
    assert reminders.ask_how_it_went(at(ASKED)) == {"gevraagd": 0}
    enquete = Enquete.objects.get()
    assert enquete.geldig_tot == ASKED + timedelta(days=21)
    mail = Bericht.objects.about(melding).get(soort="melding_enquete")
    assert f"/meldingen/terugkoppeling/{enquete.sleutel}/?tevreden=ja" in mail.tekst
    assert f"/meldingen/terugkoppeling/{enquete.sleutel}/?tevreden=nee" in mail.tekst
    assert "Êtes-vous satisfait" in mail.tekst
    assert "Ben je tevreden" in mail.tekst


@pytest.mark.parametrize("reden", [reden for reden in Sluitreden if reden != Sluitreden.OPGELOST])
def test_what_was_not_solved_is_not_asked_about(solved, reden):
    solved(sluitreden=reden)
    assert reminders.ask_how_it_went(at(ASKED)) == {"gevraagd": 0}


def test_nobody_is_asked_without_a_wish_for_mail_an_address_or_by_a_category_that_does_not(solved):
    solved(mail=False)
    Melder.objects.filter(melding=solved()).update(email="")
    solved(categorie=SubcategorieFactory(vraagt_tevredenheid=False))
    actions.resident.reopen(melding=solved(), reden="Nee", at=at(CLOSED, 17))
    assert reminders.ask_how_it_went(at(ASKED)) == {"gevraagd": 0}


def test_each_closing_is_asked_about_and_an_old_one_no_more(solved, cast):
    melding = solved()
    reminders.ask_how_it_went(at(ASKED))
    actions.resident.reopen(melding=melding, reden="Het ligt er weer", at=at(ASKED, 12))
    fields = {"sluitreden": Sluitreden.OPGELOST, "toelichting": "Nu wel", "door": cast.wijkmanager}
    actions.close(melding=melding, at=at(ASKED, 14), **fields)
    assert reminders.ask_how_it_went(at(add_working_days(ASKED, 5))) == {"gevraagd": 1}
    assert reminders.ask_how_it_went(at(date(2026, 9, 1))) == {"gevraagd": 0}
    assert Enquete.objects.count() == 2


def test_a_weekend_and_the_night_ask_nothing(solved):
    solved()
    assert reminders.ask_how_it_went(at(ASKED, 6)) == {}
    assert reminders.ask_how_it_went(at(date(2026, 6, 13))) == {}


def test_a_good_answer_stands_with_the_report_and_makes_no_task(enquete):
    startgegevens.load()
    good, bad = Enquetereden.objects.filter(tevreden=True)[0], Enquetereden.objects.filter(tevreden=False)[0]
    terugkoppeling.answer(enquete=enquete, tevreden=True, redenen=[good, bad], tekst="Dank je", at=at(ASKED, 12))
    melding = Melding.objects.get()
    assert (melding.tevreden, melding.beoordeeld_op) == (True, at(ASKED, 12))
    assert list(Enquete.objects.get().redenen.all()) == [good]
    assert melding.gebeurtenissen.latest("pk").tekst == f"Tevreden: {good}\nDank je"
    assert not Terugkoppeling.objects.exists()


def test_a_low_score_is_a_task_of_the_team_leader_with_a_term(enquete, cast):
    leader = member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True)
    terugkoppeling.answer(enquete=enquete, tevreden=False, at=at(ASKED, 12))
    task = Terugkoppeling.objects.get()
    assert (task.team, task.uiterlijk) == (cast.wijkteam, add_working_days(ASKED, 5))
    (item,) = reminders.open_items(ASKED, task.uiterlijk)
    assert item.ontvangers[Aan.VERANTWOORDELIJKE] == [leader.pk]
    done = terugkoppeling.handle(terugkoppeling=task, wat_gedaan="Gebeld", door=leader, at=at(ASKED, 14))
    assert (done.afgehandeld_door, done.wat_gedaan) == (leader, "Gebeld")
    assert list(reminders.open_items(ASKED, task.uiterlijk)) == []
    again = terugkoppeling.handle(terugkoppeling=task, wat_gedaan="Nog eens", door=leader, at=at(ASKED, 15))
    assert again.wat_gedaan == "Gebeld"


def test_who_wants_it_reopens_the_report_with_the_answer(enquete):
    terugkoppeling.answer(
        enquete=enquete, tevreden=False, tekst="Het ligt er weer", wil_heropenen=True, at=at(ASKED, 12)
    )
    melding = Melding.objects.get()
    assert (melding.status, melding.keren_heropend, melding.tevreden) == (Status.HEROPEND, 1, False)


def test_a_closing_is_judged_once_and_until_its_last_day(enquete, solved):
    with pytest.raises(terugkoppeling.Verlopen):
        terugkoppeling.answer(enquete=enquete, tevreden=True, at=at(enquete.geldig_tot + timedelta(days=1)))
    terugkoppeling.answer(enquete=enquete, tevreden=True, at=at(enquete.geldig_tot, 23))
    with pytest.raises(terugkoppeling.AlBeantwoord):
        terugkoppeling.answer(enquete=enquete, tevreden=False, at=at(ASKED, 12))


@pytest.mark.parametrize("count", [1, 3])
def test_the_tasks_that_are_due_cost_the_same_however_many(solved, cast, count, django_assert_num_queries):
    for _ in range(count):
        solved()
    reminders.ask_how_it_went(at(ASKED))
    for enquete in Enquete.objects.all():
        terugkoppeling.answer(enquete=enquete, tevreden=False, at=at(ASKED, 12))
    member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True)
    with django_assert_num_queries(3):
        assert len(list(reminders.open_items(ASKED, date(2026, 7, 1)))) == count


FEEDBACK = "/werk/terugkoppeling/"


@pytest.fixture
def task(enquete):
    terugkoppeling.answer(enquete=enquete, tevreden=False, tekst="Het duurde lang", at=at(ASKED, 12))
    return Terugkoppeling.objects.get()


def test_only_who_leads_the_team_and_a_beheerder_find_the_low_score(client, cast, task):
    people = {
        member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True): 200,
        cast.beheerder: 200,
        member(cast.ander_team, Rol.TEAMLEIDER, is_leider=True): 404,
        cast.wijkmanager: 404,
    }
    for person, status in people.items():
        client.force_login(person)
        assert client.get(f"{FEEDBACK}{task.pk}/").status_code == status, person
        listed = client.get(FEEDBACK)
        assert (listed.status_code == 200 and [row.pk for row in listed.context["rijen"]] == [task.pk]) == (
            status == 200
        )


def test_a_low_score_is_handled_with_words_and_moves_to_the_other_tab(client, cast, task):
    client.force_login(member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True))
    assert "Schrijf wat je deed." in client.post(f"{FEEDBACK}{task.pk}/", {"wat_gedaan": " "}).content.decode()
    assert client.post(f"{FEEDBACK}{task.pk}/", {"wat_gedaan": "Gebeld"}).url == FEEDBACK
    assert list(client.get(FEEDBACK).context["rijen"]) == []
    assert "Gebeld" in client.get(FEEDBACK, {"toon": "afgehandeld"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_low_scores_costs_the_same_however_long(client, solved, cast, count, django_assert_num_queries):
    for _ in range(count):
        solved()
    reminders.ask_how_it_went(at(ASKED))
    for enquete in Enquete.objects.all():
        terugkoppeling.answer(enquete=enquete, tevreden=False, at=at(ASKED, 12))
    client.force_login(cast.beheerder)
    with django_assert_num_queries(5):
        assert len(client.get(FEEDBACK).context["rijen"]) == count
