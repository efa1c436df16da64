from hypothesis import given, settings
from hypothesis import strategies as st

from kern.grafiek.netwerk import HEIGHT, MOST, WIDTH, Knoop, Verband, draw, order, wrapped

MIDDEN = Knoop("wijk", "Wijkmanagement", is_huis=True)
names = st.lists(st.text("abcdefgh ", min_size=1, max_size=40).filter(str.strip), min_size=1, max_size=30, unique=True)


def knots(found):
    return [Knoop(str(number), naam) for number, naam in enumerate(found)]


@given(names, st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_everybody_that_fits_is_drawn_once_inside_the_picture_and_always_the_same(found, pairs):
    rows = knots(found)
    ties = [Verband(str(a), str(b)) for a, b in pairs if a != b and max(a, b) < len(rows)]
    net = draw(MIDDEN, rows, ties)
    assert net == draw(MIDDEN, rows, ties)
    keys = [spot.knoop.sleutel for spot in net.plekken]
    assert len(keys) == len(set(keys)) == 1 + min(len(rows), MOST)
    assert net.weggelaten == max(0, len(rows) - MOST)
    assert all(0 < spot.x < WIDTH and 0 < spot.y < HEIGHT for spot in net.plekken)
    assert all(0 < y < HEIGHT for spot in net.plekken for _x, y, _line in spot.regels)


def test_who_is_tied_lies_side_by_side():
    rows = knots(["a", "b", "c", "d"])
    assert [row.naam for row in order(rows, [Verband("0", "3"), Verband("1", "2")])] == ["a", "d", "b", "c"]


def test_who_has_the_most_ties_is_drawn_when_there_are_too_many():
    rows = knots([f"p{number:02}" for number in range(MOST + 5)])
    net = draw(MIDDEN, rows, [Verband("wijk", rows[-1].sleutel, 3)])
    assert rows[-1] in [spot.knoop for spot in net.plekken]
    assert len(net.strengen) == 1


def test_a_long_name_is_three_lines_at_most():
    assert wrapped("Buurthuis De Singel") == ["Buurthuis De Singel"]
    lines = wrapped("Een heel lange naam van een vereniging die nooit ophoudt en doorgaat")
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(len(line) <= 23 for line in lines)
