"""A promise that is moved, that breaks, and what the resident hears of it."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.termijnen import add_working_days
from meldingen import actions
from meldingen.models import Belofte, Gebeurtenis, Melding, beloften
from meldingen.reminders.belofte import renew_promises
from meldingen.rules import promise_outcome
from meldingen.states import Sluitreden, Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, TermijnFactory, VolgerFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = date(2026, 6, 8)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


@pytest.fixture
def late(cast):
    """Makes a report that was promised for the Friday before MONDAY, twenty working days after it came in."""

    def make(email="", **fields):
        received = add_working_days(MONDAY, -21)
        values = {
            "ontvangen_op": at(received),
            "team": cast.wijkteam,
            "wijk": cast.wijk,
            "gereageerd_op": at(received),
            "status": Status.IN_BEHANDELING,
            "oplossing_beloofd": date(2026, 6, 5),
            "volgende_termijn": date(2026, 6, 5),
        }
        melding = MeldingFactory(**values | fields)
        MelderFactory(melding=melding, email=email)
        return melding

    return make


def mails_about(melding, soort="melding_te_laat"):
    return Bericht.objects.about(melding).filter(soort=soort)


def test_a_broken_promise_gets_a_new_date_a_line_in_the_story_and_an_honest_mail(late):
    melding = late(email="an@voorbeeld.example")
    VolgerFactory(melding=melding, email="buur@voorbeeld.example", taal="fr")
    assert renew_promises(at(MONDAY)) == {"nieuwe data": 1}
    fresh = Melding.objects.get(pk=melding.pk)
    assert fresh.oplossing_uiterlijk == add_working_days(MONDAY, 10)  # half of the first term
    assert fresh.oplossing_beloofd == date(2026, 6, 5)
    assert (fresh.keren_gebroken, fresh.keren_verzet, fresh.versie) == (1, 0, melding.versie + 1)
    assert fresh.volgende_termijn == fresh.oplossing_uiterlijk
    line = fresh.gebeurtenissen.get()
    assert (line.soort, line.datum, line.voor_melder, line.door) == (
        Gebeurtenis.Soort.BELOFTE,
        fresh.oplossing_uiterlijk,
        True,
        None,
    )
    mails = {mail.aan: mail for mail in mails_about(melding)}
    assert set(mails) == {"an@voorbeeld.example", "buur@voorbeeld.example"}
    assert "vrijdag 5 juni 2026" in mails["an@voorbeeld.example"].tekst
    assert "maandag 22 juni 2026" in mails["an@voorbeeld.example"].onderwerp
    assert "Nous sommes en retard" in mails["buur@voorbeeld.example"].tekst


def test_a_second_run_mails_nobody_and_a_missed_morning_is_made_up_for(late):
    melding = late(email="an@voorbeeld.example")
    assert renew_promises(at(MONDAY, hour=7)) == {}
    assert renew_promises(at(MONDAY - timedelta(days=1))) == {}
    assert renew_promises(at(MONDAY + timedelta(days=2), hour=15)) == {"nieuwe data": 1}
    assert renew_promises(at(MONDAY + timedelta(days=2), hour=16)) == {"nieuwe data": 0}
    assert mails_about(melding).count() == 1


def test_a_promise_gets_a_new_date_twice_and_then_waits_for_the_team_leader(late):
    melding = late()
    day = MONDAY
    for expected in (1, 2, 2):
        renew_promises(at(day))
        melding.refresh_from_db()
        assert melding.keren_gebroken == expected
        day = add_working_days(melding.oplossing_uiterlijk, 1)
    assert melding.is_late(day)


def test_a_short_term_gets_five_working_days(late):
    melding = late(ontvangen_op=at(date(2026, 6, 1)))
    renew_promises(at(MONDAY))
    melding.refresh_from_db()
    assert melding.oplossing_uiterlijk == add_working_days(MONDAY, 5)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.WACHT_OP_MELDER, "volgende_termijn": None},
        {"status": Status.AFGESLOTEN},
        {"volgende_termijn": MONDAY, "oplossing_beloofd": MONDAY},
    ],
    ids=["waits for the resident", "closed", "due today"],
)
def test_what_did_not_break_keeps_its_date(late, fields):
    late(**fields)
    assert renew_promises(at(MONDAY)) == {"nieuwe data": 0}


def test_a_category_can_keep_the_portal_from_promising(late):
    melding = late(categorie=SubcategorieFactory(mailt_te_laat=False))
    assert renew_promises(at(MONDAY)) == {"nieuwe data": 0}
    assert Melding.objects.filter(beloften.open_late(MONDAY), pk=melding.pk).exists()


def test_of_a_sensitive_report_only_its_reporter_hears(late):
    melding = late(email="an@voorbeeld.example", categorie=SubcategorieFactory(is_gevoelig=True))
    VolgerFactory(melding=melding)
    renew_promises(at(MONDAY))
    assert [mail.aan for mail in mails_about(melding)] == ["an@voorbeeld.example"]


def test_a_late_first_reaction_alone_mails_nobody(late):
    late(gereageerd_op=None, volgende_termijn=MONDAY - timedelta(days=3), oplossing_beloofd=MONDAY)
    assert renew_promises(at(MONDAY)) == {"nieuwe data": 0}


def test_many_broken_promises_cost_few_queries_beside_their_mails(late):
    def cost(count):
        for _ in range(count):
            late()
        with CaptureQueriesContext(connection) as queries:
            renew_promises(at(MONDAY))
        return len(queries)

    assert cost(1) == cost(7)


@pytest.mark.parametrize(
    ("moved_on", "to", "expected"),
    [
        (date(2026, 6, 3), date(2026, 6, 12), (1, 0)),
        (date(2026, 6, 3), date(2026, 6, 4), (0, 0)),
        (MONDAY, date(2026, 6, 12), (0, 1)),
    ],
    ids=["in time", "earlier", "after its day"],
)
def test_a_promise_moved_by_hand_is_moved_or_broken(late, cast, moved_on, to, expected):
    melding = actions.move_promise(
        melding=late(), oplossing_uiterlijk=to, reden="Er is vorst.", door=cast.wijkmanager, at=at(moved_on)
    )
    assert (melding.keren_verzet, melding.keren_gebroken) == expected


def test_planning_past_the_promise_and_another_category_move_it_too(late, cast):
    TermijnFactory(categorie=None)
    slow = TermijnFactory(categorie=SubcategorieFactory(), oplossing_werkdagen=60).categorie
    early = at(date(2026, 6, 3))
    planned = actions.plan(
        melding=late(), gepland_op=date(2026, 6, 12), toelichting="Vorst", door=cast.wijkmanager, at=early
    )
    corrected = actions.correct(melding=late(), categorie=slow, door=cast.wijkmanager, at=early)
    assert planned.keren_verzet == corrected.keren_verzet == 1


def test_an_answer_that_comes_late_breaks_no_promise(late, cast):
    melding = late(email="an@voorbeeld.example")
    actions.ask(melding=melding, vraag="Waar?", door=cast.wijkmanager, at=at(date(2026, 6, 4)))
    melding = actions.plan(
        melding=melding,
        gepland_op=date(2026, 6, 26),
        toelichting="Na het verlof",
        door=cast.wijkmanager,
        at=at(date(2026, 6, 17)),
    )
    assert (melding.keren_verzet, melding.keren_gebroken) == (1, 0)


@pytest.mark.parametrize("verzet", [0, 1])
@pytest.mark.parametrize("gebroken", [0, 1])
@pytest.mark.parametrize("day", [date(2026, 6, 4), date(2026, 6, 5), date(2026, 6, 6), None])
def test_the_outcome_of_one_report_and_of_a_list_agree(late, verzet, gebroken, day):
    fields = {"status": Status.AFGESLOTEN, "afgesloten_op": at(day, 23)} if day else {}
    melding = late(keren_verzet=verzet, keren_gebroken=gebroken, **fields)
    said = promise_outcome(
        status=melding.status,
        closed_on=day,
        oplossing_uiterlijk=melding.oplossing_uiterlijk,
        keren_verzet=verzet,
        keren_gebroken=gebroken,
    )
    found = [name for name in Belofte if Melding.objects.filter(beloften.ENDED[name]).exists()]
    assert found == ([said] if said else [])


def test_a_reopened_report_counts_how_often(late, cast):
    melding = actions.close(
        melding=late(), sluitreden=Sluitreden.OPGELOST, toelichting="Klaar", door=cast.wijkmanager, at=at(MONDAY)
    )
    melding = actions.resident.reopen(melding=melding, reden="Het ligt er weer.", at=at(MONDAY, 12))
    assert melding.keren_heropend == 1
    actions.follow(melding=melding, sleutel=uuid4(), at=at(MONDAY, 13))


DETAIL_WORDS = "verzet ze met een reden of los het op"


@pytest.fixture
def today():
    return timezone.localdate()


def near(cast, day, **fields):
    melding = MeldingFactory(
        **{
            "wijk": cast.wijk,
            "team": cast.wijkteam,
            "behandelaar": cast.wijkmanager,
            "status": Status.IN_BEHANDELING,
            "gereageerd_op": timezone.now(),
            "oplossing_beloofd": day,
            "volgende_termijn": day,
            **fields,
        }
    )
    MelderFactory(melding=melding, email="")
    return melding


def test_two_working_days_before_it_breaks_the_page_asks_to_move_or_keep_the_promise(client, cast, today):
    client.force_login(cast.wijkmanager)
    soon, later = near(cast, add_working_days(today, 2)), near(cast, add_working_days(today, 3))
    page = client.get(f"/werk/meldingen/{soon.pk}/")
    assert DETAIL_WORDS in page.content.decode()
    assert page.context["stap"].code == "belofte"
    page = client.get(f"/werk/meldingen/{later.pk}/")
    assert DETAIL_WORDS not in page.content.decode()
    assert page.context["stap"].code == "plan"


def test_who_may_only_read_is_not_asked_to_move_a_promise(client, cast, today):
    client.force_login(cast.lezer)
    melding = near(cast, today)
    assert DETAIL_WORDS not in client.get(f"/werk/meldingen/{melding.pk}/").content.decode()


def test_what_breaks_this_week_is_a_list_without_what_stands_still_or_is_over(client, cast, today):
    sunday = today + timedelta(days=6 - today.weekday())
    hits = {near(cast, today).pk, near(cast, sunday).pk}
    near(cast, sunday + timedelta(days=1))
    near(cast, today - timedelta(days=1))
    near(cast, today, status=Status.WACHT_OP_MELDER, volgende_termijn=None)
    near(cast, today, status=Status.AFGESLOTEN, volgende_termijn=None)
    client.force_login(cast.wijkmanager)
    page = client.get("/werk/meldingen/", {"lijst": "mijn", "belofte": "breekt"})
    assert {row.pk for row in page.context["pagina"].rows} == hits


def test_the_page_of_a_report_says_how_its_promise_ended(client, cast, today):
    melding = near(cast, today, status=Status.AFGESLOTEN, volgende_termijn=None, keren_verzet=2, keren_gebroken=1)
    client.force_login(cast.wijkmanager)
    text = client.get(f"/werk/meldingen/{melding.pk}/").content.decode()
    assert "gebroken<span" in text
    assert "2 keer op tijd verzet" in text
    assert "1 keer gebroken" in text
