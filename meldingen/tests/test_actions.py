from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kern.berichten.models import Bericht
from kern.geo import Punt
from meldingen import actions
from meldingen.models import Gebeurtenis, Melder, Melding, Pauze, Volger
from meldingen.states import Sluitreden, Status
from meldingen.tests.factories import (
    CENTRE,
    GebruikerFactory,
    SubcategorieFactory,
    TeamFactory,
    TermijnFactory,
    wijk_square,
)
from wijken.models import Team, TeamWijk

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = datetime(2026, 6, 1, 9, 30, tzinfo=BRUSSELS)
Soort = Gebeurtenis.Soort


def at(day, hour=10):
    return datetime(2026, 6, day, hour, tzinfo=BRUSSELS)


@pytest.fixture
def wijk(db):
    return wijk_square()


@pytest.fixture
def categorie(db):
    categorie = SubcategorieFactory(teamsoort=Team.Soort.BUURTWERKPLAATS)
    TermijnFactory(categorie=categorie, reactie_werkdagen=2, oplossing_werkdagen=10, antwoord_werkdagen=4)
    return categorie


@pytest.fixture
def behandelaar(db):
    return GebruikerFactory()


@pytest.fixture
def send(categorie, wijk):
    def send(**changes):
        given = {"categorie": categorie, "omschrijving": "Blikjes", "plaats": CENTRE, "wijk": wijk, "at": MONDAY}
        fields = {**given, **changes}
        import uuid

        return actions.submit(inzending=fields.pop("inzending", uuid.uuid4()), **fields)[0]

    return send


def test_a_report_goes_to_the_team_of_its_kind_in_its_wijk_with_both_dates(send, wijk):
    TeamFactory(soort=Team.Soort.MELDPUNT)
    elsewhere = TeamFactory(soort=Team.Soort.BUURTWERKPLAATS)
    here = TeamFactory(soort=Team.Soort.BUURTWERKPLAATS)
    TeamWijk.objects.create(team=here, wijk=wijk, van=date(2026, 1, 1))
    TeamWijk.objects.create(team=elsewhere, wijk=wijk, van=date(2025, 1, 1), tot=date(2026, 5, 31))
    melding = send()
    assert melding.team == here
    assert (melding.reactie_beloofd, melding.oplossing_beloofd) == (date(2026, 6, 3), date(2026, 6, 15))
    assert melding.volgende_termijn == date(2026, 6, 3)


def test_the_own_team_of_a_category_goes_first_until_it_stops(send, categorie):
    meldpunt = TeamFactory(soort=Team.Soort.MELDPUNT)
    categorie.team = TeamFactory(soort=Team.Soort.DIENST)
    assert send().team == categorie.team
    categorie.team.is_actief = False
    assert send().team == meldpunt


def test_a_report_that_no_team_takes_goes_to_the_meldpunt(send):
    meldpunt = TeamFactory(soort=Team.Soort.MELDPUNT)
    TeamFactory(soort=Team.Soort.BUURTWERKPLAATS)
    assert send().team == meldpunt
    assert send(wijk=None).team == meldpunt


def test_the_same_form_sent_twice_is_one_report(send, categorie):
    first = send()
    again, made = actions.submit(inzending=first.inzending, categorie=categorie, omschrijving="x", adres="y", at=MONDAY)
    assert again == first
    assert not made
    assert Melding.objects.count() == Melder.objects.count() == Gebeurtenis.objects.count() == 1


def test_the_first_reaction_stops_its_clock_and_the_solution_runs_on(send, behandelaar):
    melding = actions.start(melding=send(), door=behandelaar, at=at(2))
    assert melding.status == Status.IN_BEHANDELING
    assert melding.behandelaar == behandelaar
    assert melding.gereageerd_op == at(2)
    assert melding.volgende_termijn == date(2026, 6, 15)


def test_the_clock_stands_still_while_the_resident_is_asked(send, behandelaar):
    melding = send()
    Melder.objects.filter(melding=melding).update(email="an@voorbeeld.example", wil_bericht=False)
    melding = actions.ask(melding=melding, vraag="Waar juist?", door=behandelaar, at=at(3))
    assert melding.volgende_termijn is None
    pauze = Pauze.objects.get()
    assert (pauze.herinner_op, pauze.terug_op) == (date(2026, 6, 5), date(2026, 6, 9))
    melding = actions.resident.answer(melding=melding, tekst="Aan de bushalte", at=at(8))
    assert melding.status == Status.IN_BEHANDELING
    assert melding.oplossing_uiterlijk == date(2026, 6, 18)  # three working days later: 3 to 8 June
    assert melding.oplossing_beloofd == date(2026, 6, 15)


def test_without_an_answer_the_report_goes_back_to_its_handler_and_is_not_closed(send, behandelaar):
    melding = send()
    Melder.objects.filter(melding=melding).update(email="an@voorbeeld.example", wil_bericht=False)
    melding = actions.ask(melding=melding, vraag="Waar juist?", door=behandelaar, at=at(3))
    melding = actions.resident.end_waiting(melding=melding, at=at(9))
    assert melding.status == Status.IN_BEHANDELING
    assert actions.resident.end_waiting(melding=melding, at=at(9)).versie == melding.versie


def test_a_question_needs_somebody_to_ask(send, behandelaar):
    with pytest.raises(ValueError, match="e-mailadres"):
        actions.ask(melding=send(), vraag="Waar juist?", door=behandelaar, at=at(3))


def test_planning_after_the_promise_needs_a_reason_and_moves_it(send, behandelaar):
    melding = send()
    with pytest.raises(ValueError, match="reden"):
        actions.plan(melding=melding, gepland_op=date(2026, 6, 20), door=behandelaar, at=at(2))
    melding = actions.plan(
        melding=melding, gepland_op=date(2026, 6, 20), door=behandelaar, at=at(2), toelichting="Wacht op tegels"
    )
    assert (melding.oplossing_beloofd, melding.oplossing_uiterlijk) == (date(2026, 6, 15), date(2026, 6, 20))
    melding = actions.plan(melding=melding, gepland_op=date(2026, 6, 18), door=behandelaar, at=at(3))
    assert melding.gepland_op == date(2026, 6, 18)
    with pytest.raises(ValueError, match="verleden"):
        actions.plan(melding=melding, gepland_op=date(2026, 6, 2), door=behandelaar, at=at(3))


def test_closing_needs_a_reason_and_words_and_reopening_starts_the_solution_anew(send, behandelaar):
    melding = send()
    with pytest.raises(ValueError, match="reden"):
        actions.close(melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting=" ", door=behandelaar, at=at(4))
    melding = actions.close(
        melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Opgeruimd", door=behandelaar, at=at(4)
    )
    assert melding.volgende_termijn is None
    melding = actions.resident.reopen(melding=melding, reden="Het ligt er nog", at=at(8))
    assert (melding.status, melding.sluitreden, melding.afgesloten_op) == (Status.HEROPEND, "", None)
    assert melding.oplossing_uiterlijk == date(2026, 6, 22)
    assert melding.oplossing_beloofd == date(2026, 6, 15)


def test_a_resident_reopens_within_thirty_days_and_not_after(send, behandelaar):
    melding = actions.resident.withdraw(melding=send(), at=at(4))
    assert melding.sluitreden == Sluitreden.INGETROKKEN
    too_late = datetime(2026, 7, 5, 10, tzinfo=BRUSSELS)
    with pytest.raises(actions.StapNietMogelijk):
        actions.resident.reopen(melding=melding, reden="Toch", at=too_late)


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(send, behandelaar):
    melding = send()
    actions.start(melding=melding, door=behandelaar, at=at(2), versie=melding.versie)
    with pytest.raises(actions.Gewijzigd) as told:
        actions.plan(
            melding=melding, gepland_op=date(2026, 6, 5), door=GebruikerFactory(), at=at(2), versie=melding.versie
        )
    assert told.value.laatste.door == behandelaar
    assert Melding.objects.get().status == Status.IN_BEHANDELING


def test_not_for_us_goes_back_to_the_meldpunt_and_keeps_its_clocks(send, behandelaar):
    meldpunt = TeamFactory(soort=Team.Soort.MELDPUNT)
    melding = send()
    dates = melding.reactie_uiterlijk, melding.oplossing_uiterlijk
    melding = actions.assign(melding=melding, team=TeamFactory(), behandelaar=behandelaar, door=None, at=at(2))
    assert melding.status == Status.TOEGEWEZEN
    melding = actions.return_to_triage(melding=melding, reden="Privéterrein", door=behandelaar, at=at(2, 11))
    assert (melding.status, melding.team, melding.behandelaar) == (Status.NIEUW, meldpunt, None)
    assert melding.keren_doorgestuurd == 1
    assert (melding.reactie_uiterlijk, melding.oplossing_uiterlijk) == dates


def test_another_category_counts_both_dates_again_and_tells_the_resident(send, behandelaar):
    melding = send()
    slow = SubcategorieFactory()
    TermijnFactory(categorie=slow.hoofdcategorie, reactie_werkdagen=5, oplossing_werkdagen=20)
    melding = actions.correct(melding=melding, categorie=slow, door=behandelaar, at=at(2), reden="Het is een boom")
    assert melding.oplossing_uiterlijk == date(2026, 6, 29)
    assert melding.oplossing_beloofd == date(2026, 6, 15)
    line = melding.gebeurtenissen.get(soort=Soort.BELOFTE)
    assert line.voor_melder
    assert line.datum == date(2026, 6, 29)


def test_following_with_one_form_or_one_address_counts_once(send):
    import uuid

    melding, form = send(), uuid.uuid4()
    actions.follow(melding=melding, sleutel=form, at=at(2))
    actions.follow(melding=melding, sleutel=form, at=at(2))
    assert Volger.objects.count() == 1
    assert Melding.objects.get().aantal_volgers == 1


def test_a_place_that_is_corrected_takes_its_wijk_along(send, behandelaar, wijk):
    melding = send(plaats=None, wijk=None, plaats_in_woorden="bij de school")
    melding = actions.correct(
        melding=melding, plaats=Punt(5.5, 50.96), adres="Schoolstraat", wijk=wijk, door=behandelaar, at=at(2)
    )
    melding.refresh_from_db()
    assert (melding.plaats, melding.adres, melding.wijk) == (Punt(5.5, 50.96), "Schoolstraat", wijk)


def test_forgetting_wipes_who_reported_and_keeps_the_report(send):
    melding = send(naam="An", telefoon="0470 00 00 00")
    actions.resident.forget(melding=melding, at=at(2))
    melder = Melder.objects.get()
    assert (melder.naam, melder.email, melder.telefoon) == ("", "", "")
    assert Melding.objects.count() == 1
    assert Bericht.objects.filter(aan__gt="").count() == 0
