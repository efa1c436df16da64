"""What is too small to show, and that what a predicate says of one row a list says of all."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from django.utils import timezone

from samenleven import rules
from samenleven.models import Gesprek, Uitdager
from wijken.queries import reach


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_no_group_from_one_to_four_people_is_shown(groups):
    for numbers in product(range(8), repeat=groups):
        _nothing_small_shows(numbers)


def _nothing_small_shows(numbers):
    for count, seen in zip(numbers, rules.hide_small(numbers), strict=True):
        assert seen is None or seen == count
        assert seen is None or seen == 0 or seen >= rules.SMALLEST_CELL


@pytest.mark.parametrize(("groups", "most"), [(2, 30), (3, 24), (4, 17)])
def test_no_hidden_group_can_be_computed_from_what_is_shown(groups, most):
    """All tables of so many people: what a reader sees of one fits at least two numbers for each hidden group."""
    fits = defaultdict(list)
    for table in product(range(most + 1), repeat=groups):
        if sum(table) <= most:
            total = sum(table) if rules.total_may_show(table) else None
            fits[tuple(rules.hide_small(table)), total].append(table)
    computed = [
        (shown, total, place)
        for (shown, total), tables in fits.items()
        for place, seen in enumerate(shown)
        if seen is None and len({table[place] for table in tables}) < 2
    ]
    assert computed == []


def test_the_total_is_left_out_when_one_group_is_hidden_and_nothing_else_can_be():
    assert rules.hide_small([3, 0]) == [None, 0]
    assert not rules.total_may_show([3, 0])
    assert rules.hide_small([3, 9, 20]) == [None, None, 20]
    assert rules.total_may_show([3, 9, 20])


def test_a_group_is_missing_below_three_quarters_of_its_share():
    assert rules.is_missing(0.12, 0.169)
    assert not rules.is_missing(0.13, 0.169)


def test_who_may_see_a_conversation_and_an_uitdager_is_the_same_for_one_and_for_a_list(
    cast, coordinator, gesprek, uitdager, traject
):
    other = Gesprek.objects.create(
        traject=traject, titel="Elders", datum=timezone.localdate(), wijk=cast.andere_wijk, gemaakt_op=timezone.now()
    )
    helped = Gesprek.objects.create(
        traject=traject,
        titel="Overal",
        datum=timezone.localdate(),
        begeleider=cast.buurttoezichter,
        gemaakt_op=timezone.now(),
    )
    seen = {}
    for user in (cast.wijkmanager, cast.collega, cast.buurttoezichter, cast.lezer, cast.beheerder, coordinator):
        scope = reach(user, timezone.localdate())
        rows = set(Gesprek.objects.visible_to(user, scope))
        assert rows == {row for row in (gesprek, other, helped) if rules.may_see_gesprek(user, scope, row)}
        people = set(Uitdager.objects.visible_to(user, scope))
        assert people == {row for row in (uitdager,) if rules.may_see_uitdager(user, scope, row)}
        seen[user.naam] = (rows, people)
    assert seen[cast.wijkmanager.naam] == ({gesprek}, {uitdager})
    assert seen[cast.collega.naam] == ({other}, set())
    assert seen[cast.buurttoezichter.naam] == ({helped}, set())
    assert seen[coordinator.naam] == ({gesprek, other, helped}, {uitdager})
