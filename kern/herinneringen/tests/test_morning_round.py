from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol, Vervanging
from kern.gezondheid.actions import alone
from kern.gezondheid.models import Taak, Taakuitvoering
from kern.herinneringen import actions, registry
from kern.herinneringen.models import Herinnering, Ladderstap
from kern.herinneringen.registry import Bron
from kern.termijnen import Calendar, add_working_days, is_working_day

from .conftest import moment
from .outbox import mails

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 7, 23)
PLAIN = Calendar()


def sweep(day, clock="07:30"):
    return actions.morning_round(at=moment(day, clock))


def steps():
    return list(Herinnering.objects.order_by("pk").values_list("object", "stap", "ontvanger__naam"))


def test_the_default_ladder_climbs(things, person):
    wim, tine, wout, hilde = person("Wim"), person("Tine"), person("Wout"), person("Hilde")
    things.add(THURSDAY, verantwoordelijke=wim, teamleider=tine, wijkmanager=wout, hoofd=hilde)
    for i in range(-5, 25):
        sweep(THURSDAY + timedelta(i))
    assert steps() == [
        ("1", "-2 verantwoordelijke", "Wim"),
        ("1", "+0 verantwoordelijke", "Wim"),
        ("1", "+1 verantwoordelijke", "Wim"),
        ("1", "+3 teamleider", "Tine"),
        ("1", "+5 wijkmanager", "Wout"),
        ("1", "+10 hoofd", "Hilde"),
    ]
    assert [len(found) for found in mails().values()] == [3, 1, 1, 1]


def test_two_working_days_before_counts_over_the_national_holiday(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    sweep(date(2026, 7, 17))
    assert steps() == []
    sweep(date(2026, 7, 20))
    assert steps() == [("1", "-2 verantwoordelijke", "Wim")]


def test_one_person_gets_one_mail_with_three_groups(things, person, settings):
    wim = person("Wim")
    things.add(THURSDAY - timedelta(days=2), "laat", verantwoordelijke=wim)
    things.add(THURSDAY, "nu", verantwoordelijke=wim)
    things.add(THURSDAY + timedelta(days=1), "straks", verantwoordelijke=wim)
    sweep(THURSDAY)
    [text] = mails()["wim@genk.test"]
    positions = [text.index(word) for word in ("Te laat (1)", "straat laat", "Vandaag (1)", "Binnenkort (1)")]
    assert positions == sorted(positions)
    for key in ("laat", "nu", "straks"):
        assert f"{settings.PORTAL_URL}/dingen/{key}/" in text
    assert "donderdag 23 juli" in text
    assert f"Naar je lijst: Dingen\n{settings.PORTAL_URL}/dingen/" in text
    bericht = Bericht.objects.get()
    assert bericht.onderwerp == "Je termijnen op donderdag 23 juli (3)"
    assert f'<a href="{settings.PORTAL_URL}/dingen/laat/"' in bericht.html


def test_something_late_for_long_is_one_line_for_each_reader(things, person):
    wim, hilde = person("Wim"), person("Hilde")
    things.add(THURSDAY - timedelta(days=60), verantwoordelijke=wim, teamleider=hilde, hoofd=hilde)
    sweep(THURSDAY)
    for address in ("wim@genk.test", "hilde@genk.test"):
        [text] = mails()[address]
        assert text.count("Put in straat 1") == 1


def test_a_second_sweep_sends_nothing_new(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    sweep(THURSDAY)
    assert sweep(THURSDAY, "07:31").aantallen == {"herinneringen": 0, "mails": 0, "objecten": 0}
    assert len(mails()["wim@genk.test"]) == 1


def test_a_new_deadline_starts_the_ladder_again(things, person):
    wim = person("Wim")
    things.add(THURSDAY, verantwoordelijke=wim)
    sweep(THURSDAY)
    things.items.clear()
    things.add(THURSDAY + timedelta(days=7), "1", verantwoordelijke=wim)
    sweep(THURSDAY + timedelta(days=7))
    assert [step for _object, step, _naam in steps()].count("+0 verantwoordelijke") == 2


def test_what_is_closed_is_left_alone(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    things.items.clear()
    sweep(THURSDAY)
    assert steps() == []


def test_a_step_already_sent_does_not_come_back_for_a_new_owner(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    sweep(THURSDAY)
    things.items.clear()
    things.add(THURSDAY, "1", verantwoordelijke=person("Nele"))
    sweep(THURSDAY, "09:00")
    assert {naam for _object, _step, naam in steps()} == {"Wim"}


@pytest.mark.parametrize("day", [date(2026, 7, 18), date(2026, 7, 19), date(2026, 7, 21)])
def test_on_a_free_day_nobody_is_disturbed(things, person, day):
    things.add(day, verantwoordelijke=person("Wim"))
    assert sweep(day) is None
    assert not Taakuitvoering.objects.exists()


def test_a_deputy_reads_whose_work_it_is(things, person):
    wim, nele = person("Wim"), person("Nele")
    Vervanging.objects.create(afwezige=wim, vervanger=nele, van=THURSDAY, tot=THURSDAY)
    things.add(THURSDAY, verantwoordelijke=wim)
    sweep(THURSDAY)
    assert list(mails()) == ["nele@genk.test"]
    assert "voor Wim" in mails()["nele@genk.test"][0]
    assert set(Herinnering.objects.values_list("namens__naam", flat=True)) == {"Wim"}


def test_after_the_absence_the_colleague_hears_of_it_again(things, person):
    wim, nele = person("Wim"), person("Nele")
    Vervanging.objects.create(afwezige=wim, vervanger=nele, van=THURSDAY, tot=THURSDAY)
    things.add(THURSDAY, verantwoordelijke=wim)
    sweep(THURSDAY)
    sweep(THURSDAY + timedelta(days=1))
    assert list(mails()) == ["nele@genk.test", "wim@genk.test"]


def test_somebody_who_left_gets_nothing_and_the_team_leader_does(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim", is_active=False), teamleider=person("Tine"))
    sweep(THURSDAY)
    assert list(mails()) == ["tine@genk.test"]


def test_what_nobody_owns_goes_to_the_administrators(things, person, django_user_model):
    from django.contrib.auth.models import Group

    bea = person("Bea")
    bea.groups.add(Group.objects.get_or_create(name=Rol.BEHEERDER)[0])
    things.add(THURSDAY)
    sweep(THURSDAY)
    assert list(mails()) == ["bea@genk.test"]


def test_what_nobody_can_receive_waits_for_somebody_who_can(things, person):
    things.add(THURSDAY)
    sweep(THURSDAY)
    assert steps() == []
    things.items.clear()
    things.add(THURSDAY, "1", verantwoordelijke=person("Wim"))
    sweep(THURSDAY, "08:00")
    assert len(mails()["wim@genk.test"]) == 1


def test_while_another_worker_sweeps_this_one_steps_aside(things, person, other_session):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    with other_session(Taak.OCHTENDRONDE):
        assert sweep(THURSDAY) is None
    assert sweep(THURSDAY).aantallen["mails"] == 1


def test_one_kind_of_thing_that_fails_leaves_the_others_alone(things, person, monkeypatch):
    def broken(today: date, horizon: date):
        raise LookupError("de lijst van wim@genk.test is stuk")

    monkeypatch.setitem(registry.bronnen, "stuk", Bron("stuk", "Stuk", broken, "/stuk/"))
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    run = sweep(THURSDAY)
    assert (run.status, run.aantallen["mails"]) == (Taakuitvoering.Status.MISLUKT, 1)
    assert run.fout == "stuk: LookupError: de lijst van <adres> is stuk"


def test_a_long_list_is_cut_with_a_count(things, person):
    wim = person("Wim")
    for _ in range(60):
        things.add(THURSDAY, verantwoordelijke=wim)
    sweep(THURSDAY)
    [text] = mails()["wim@genk.test"]
    assert text.count("Put in straat") == 50
    assert "en nog 10 andere" in text


def test_the_steps_of_a_subject_replace_the_general_ones(things, person):
    Ladderstap.objects.create(bron="ding", onderwerp="afval", werkdagen=-5, aan="teamleider")
    things.add(THURSDAY, onderwerp="afval", verantwoordelijke=person("Wim"), teamleider=person("Tine"))
    sweep(date(2026, 7, 15))
    sweep(THURSDAY)
    assert steps() == [("1", "-5 teamleider", "Tine")]


QUERIES = 19


@pytest.mark.parametrize("count", [1, 3])
def test_a_sweep_costs_the_same_for_one_thing_and_for_three(things, person, count, django_assert_num_queries):
    wim = person("Wim")
    for _ in range(count):
        things.add(THURSDAY, verantwoordelijke=wim)
    with django_assert_num_queries(QUERIES):
        sweep(THURSDAY)


offsets = st.lists(st.integers(-40, 40), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offsets, st.sets(st.integers(0, 59), max_size=30))
def test_in_two_months_every_step_goes_out_once_even_when_mornings_are_missed(
    things, django_user_model, offsets, missed
):
    Herinnering.objects.all().delete()
    Taakuitvoering.objects.all().delete()
    things.items.clear()
    wim, _ = django_user_model.objects.get_or_create(email="wim@genk.test", defaults={"naam": "Wim"})
    first = date(2026, 4, 1)
    for offset in offsets:
        things.add(first + timedelta(offset), verantwoordelijke=wim, teamleider=wim, wijkmanager=wim, hoofd=wim)
    last = first + timedelta(60)
    for i in range(60):
        if i not in missed:
            sweep(first + timedelta(i))
    sweep(add_working_days(last, 1, PLAIN))
    on = add_working_days(last, 1, PLAIN)
    fired = list(Herinnering.objects.values_list("object", "stap", "due_on"))
    expected = {
        (item.sleutel, step.sleutel, item.due_on)
        for item in things.items
        for step in Ladderstap.objects.filter(bron="")
        if add_working_days(item.due_on, step.werkdagen, PLAIN) <= on
    }
    assert len(fired) == len(set(fired))
    assert set(fired) == expected
    assert all(
        is_working_day(day.astimezone(moment(first).tzinfo).date(), PLAIN)
        for day in Herinnering.objects.values_list("gemaakt_op", flat=True)
    )


def test_the_lock_is_free_after_a_sweep(things, other_session):
    sweep(THURSDAY)
    with other_session(Taak.OCHTENDRONDE) as mine:
        assert mine
    with alone(Taak.OCHTENDRONDE) as mine:
        assert mine
