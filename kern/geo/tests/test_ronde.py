import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.geo import Punt, haversine
from kern.geo.ronde import DETOUR, MAX_STOPS, _table, length, measure, nearest_neighbour, plan, two_opt

START = Punt(5.5, 50.96)
places = st.builds(
    Punt,
    st.floats(5.40, 5.58, allow_nan=False).map(lambda x: round(x, 5)),
    st.floats(50.92, 51.01, allow_nan=False).map(lambda x: round(x, 5)),
)
stops = st.lists(places, max_size=14)


@given(START=places, rows=stops, back=st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_stop_is_in_the_round_once_and_it_is_never_longer_than_nearest_neighbour(START, rows, back):
    route = plan(START, rows, back=back)
    assert sorted(route.volgorde) == list(range(len(rows)))
    table = _table(START, rows)
    order = [place + 1 for place in route.volgorde]
    assert length(order, table, back=back) <= length(nearest_neighbour(table), table, back=back) + 1e-6
    assert abs(route.totaal - length(order, table, back=back)) <= len(rows) + 1  # each stretch is rounded to a metre


@given(rows=stops, back=st.booleans())
@settings(max_examples=50, deadline=None)
def test_no_stretch_turned_round_would_still_be_shorter(rows, back):
    table = _table(START, rows)
    order = two_opt(nearest_neighbour(table), table, back=back)
    best = length(order, table, back=back)
    for i in range(len(order)):
        for j in range(i + 1, len(order)):
            turned = order[:i] + order[i : j + 1][::-1] + order[j + 1 :]
            assert length(turned, table, back=back) >= best - 1e-3


@given(rows=stops)
@settings(max_examples=30, deadline=None)
def test_the_same_places_give_the_same_round(rows):
    assert plan(START, rows) == plan(START, rows)


def test_places_that_lie_in_a_row_are_walked_in_that_row():
    row = [Punt(5.5 + n / 1000, 50.96) for n in (3, 1, 4, 2)]
    assert plan(START, row, back=False).volgorde == (1, 3, 0, 2)


def test_a_walk_that_crosses_itself_is_untangled():
    corners = [Punt(5.51, 50.97), Punt(5.51, 50.96), Punt(5.50, 50.97)]
    crossed = measure(START, corners)
    assert plan(START, corners).totaal < crossed.totaal


def test_metres_are_the_straight_line_times_the_detour():
    there = Punt(5.51, 50.96)
    route = measure(START, [there])
    assert route.meters[0] == route.terug == round(haversine(START, there) * DETOUR)
    assert measure(START, [there], back=False).terug == 0
    assert plan(START, []).totaal == 0


def test_forty_stops_take_less_than_a_tenth_of_a_second():
    import random

    dice = random.Random(3600)
    rows = [Punt(dice.uniform(5.47, 5.53), dice.uniform(50.94, 50.98)) for _ in range(MAX_STOPS)]
    spent = []
    for _ in range(3):
        begin = time.process_time()
        plan(START, rows)
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.1


def test_more_than_forty_stops_are_refused():
    with pytest.raises(ValueError, match="hoogstens 40"):
        plan(START, [START] * (MAX_STOPS + 1))
