from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.herinneringen.rules import Ladders, People, Stap, last_morning
from kern.termijnen import Calendar, add_working_days

from .conftest import moment

PLAIN = Calendar()


def test_the_steps_of_a_subject_go_before_those_of_its_kind_and_those_before_the_general_ones():
    general, kind, subject = Stap("a", 0, "hoofd"), Stap("b", 0, "hoofd"), Stap("c", 0, "hoofd")
    rows = [("", "", True, general), ("ding", "", True, kind), ("ding", "afval", True, subject)]
    ladders = Ladders(rows)
    assert ladders.steps("ding", "afval") == [subject]
    assert ladders.steps("ding", "groen") == [kind]
    assert ladders.steps("ander", "afval") == [general]


def test_a_subject_whose_steps_are_all_switched_off_is_silent():
    step = Stap("a", 0, "hoofd")
    ladders = Ladders([("", "", True, step), ("ding", "afval", False, step)])
    assert ladders.steps("ding", "afval") == []
    assert ladders.steps("ding", "groen") == [step]


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 10), st.integers(-20, 40))
def test_the_horizon_holds_every_deadline_for_which_a_step_is_due(today, before, offset):
    ladders = Ladders([("", "", True, Stap("a", -before, "hoofd"))])
    horizon = ladders.horizon(today, PLAIN)
    deadline = date.fromordinal(today.toordinal() + offset)
    if add_working_days(deadline, -before, PLAIN) <= today:
        assert deadline <= horizon


def people(active, stand_ins=None, beheerders=()):
    return People(frozenset(active), stand_ins or {}, frozenset(beheerders))


ROLES = {"verantwoordelijke": [1], "teamleider": [2], "wijkmanager": [3], "hoofd": [4]}


@pytest.mark.parametrize(
    ("role", "active", "expected"),
    [
        ("verantwoordelijke", {1, 2, 3, 4}, {1: None}),
        ("verantwoordelijke", {2, 3, 4}, {2: None}),
        ("verantwoordelijke", {3, 4}, {4: None}),
        ("teamleider", {1, 3, 4}, {4: None}),
        ("wijkmanager", {1, 2, 4}, {4: None}),
        ("hoofd", {1, 2, 3, 9}, {9: None}),
        ("hoofd", {1, 2, 3}, {}),
    ],
)
def test_a_reminder_whose_reader_left_goes_up(role, active, expected):
    assert people(active, beheerders=[9]).recipients(ROLES, role) == expected


def test_a_deputy_gets_what_the_absent_colleague_would_get():
    assert people({1, 2}, {1: [2]}).recipients({"verantwoordelijke": [1]}, "verantwoordelijke") == {2: 1}


def test_a_deputy_who_is_absent_too_passes_it_on():
    assert people({1, 2, 3}, {1: [2], 2: [3]}).reachable([1]) == {3: 1}


def test_two_deputies_both_get_it():
    assert people({1, 2, 3}, {1: [2, 3]}).reachable([1]) == {2: 1, 3: 1}


def test_two_absent_people_who_stand_in_for_each_other_do_not_lose_it():
    assert set(people({1, 2}, {1: [2], 2: [1]}).reachable([1])) <= {1, 2}
    assert people({1, 2}, {1: [2], 2: [1]}).reachable([1])


def test_a_deputy_who_is_responsible_too_gets_it_as_their_own():
    for ids in ([1, 2], [2, 1]):
        assert people({1, 2}, {1: [2]}).reachable(ids) == {2: None}


def test_an_inactive_deputy_leaves_it_with_the_absent_colleague():
    assert people({1}, {1: [2]}).reachable([1]) == {1: None}


def test_the_last_morning_skips_free_days_and_waits_for_half_past_seven():
    assert last_morning(moment(date(2026, 7, 20), "07:29"), PLAIN) == moment(date(2026, 7, 17))
    assert last_morning(moment(date(2026, 7, 20), "07:30"), PLAIN) == moment(date(2026, 7, 20))
    assert last_morning(moment(date(2026, 7, 21), "12:00"), PLAIN) == moment(date(2026, 7, 20))
