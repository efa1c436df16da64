import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kern.grafiek.tekenen import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Lijnen,
    Reeks,
    Staaf,
    Staven,
    bars,
    lines,
    nice_top,
)


def chart(*rows, labels=("jan", "feb", "mrt"), **fields):
    return Lijnen("c", "Titel", "Wat het toont.", labels, [Reeks(name, values) for name, values in rows], **fields)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (41, 80), (81, 200), (900, 2000)]
)
def test_the_axis_ends_at_a_round_number_in_four_even_steps(value, top):
    assert nice_top(value) == top


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=2, max_size=24))
def test_every_point_lies_inside_the_drawing_and_higher_is_more(values):
    (line,), _grid, _below = lines(chart(("a", values), labels=["x"] * len(values)))
    assert [point.waarde for point in line.punten] == [value for value in values if value is not None]
    for point in line.punten:
        assert LEFT <= point.x <= WIDTH - RIGHT
        assert TOP <= point.y <= HEIGHT - BOTTOM
    for one, other in pairwise(sorted(line.punten, key=lambda point: point.waarde)):
        assert one.y >= other.y


def test_a_line_breaks_where_there_is_no_value():
    (line,), _grid, _below = lines(chart(("a", [1, None, 3])))
    assert re.sub(r"[\d. ]", "", line.pad) == "MM"


def test_the_names_of_lines_that_end_together_do_not_cover_each_other():
    drawn, _grid, _below = lines(chart(("a", [1, 1, 1]), ("b", [1, 1, 1])))
    assert abs(drawn[0].naam_y - drawn[1].naam_y) >= 15


def test_the_longest_bar_is_the_highest_value_and_nothing_is_no_bar():
    drawn, _height = bars(Staven("c", "Titel", "Uitleg.", [Staaf("a", 4), Staaf("b", 0), Staaf("c", 2)]))
    assert [round(bar.breedte / drawn[0].breedte, 2) for bar in drawn] == [1, 0, 0.5]


def test_a_chart_has_a_title_a_description_and_its_table_without_style_or_script():
    page = Template("{% load grafiek %}{% lijnen lijn %}{% staven staaf %}").render(
        Context(
            {
                "lijn": chart(("binnen", [1, None, 1500]), eenheid="%"),
                "staaf": Staven("s", "Hoe lang", "Uitleg.", [Staaf("een week", 3, "/werk/")]),
            }
        )
    )
    assert page.count("<title") == page.count("<desc") == page.count("<table") == 2
    assert "<td>1500%</td>" in page
    assert "<td>–</td>" in page
    assert '<a href="/werk/">3</a>' in page
    assert "style" not in page
    assert "<script" not in page
