from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from kern.design import SampleForm
from kern.templatetags.kern import bladzijden, datum, datum_kort, datum_tijd, foutlijst


@time_machine.travel("2026-07-01")
def test_a_day_is_told_in_words():
    assert datum(date(2026, 7, 23)) == "donderdag 23 juli"
    assert datum(date(2027, 7, 23)) == "vrijdag 23 juli 2027"
    assert datum_kort(date(2026, 7, 23)) == "do 23 jul"
    assert datum(None) == ""


@time_machine.travel("2026-07-01")
def test_a_moment_is_told_on_the_clock_of_brussels():
    moment = datetime(2026, 7, 22, 22, 30, tzinfo=UTC)
    assert datum(moment) == "donderdag 23 juli"
    assert datum_tijd(moment) == "donderdag 23 juli om 0.30 uur"


def test_the_error_summary_points_at_the_first_choice_of_a_group():
    rows = dict(foutlijst(SampleForm({})))
    assert "id_onderwerp" in rows
    assert rows["id_plaats_0"].startswith("Waar is het?")


def test_a_field_tells_its_hint_and_its_error_to_a_screen_reader():
    html = str(SampleForm({})["onderwerp"].as_field_group())
    assert 'aria-describedby="id_onderwerp_helptext id_onderwerp_error"' in html
    assert 'id="id_onderwerp_helptext"' in html
    assert 'id="id_onderwerp_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_with_its_question_as_legend():
    html = str(SampleForm()["plaats"].as_field_group())
    assert "<fieldset" in html
    assert "Waar is het?</legend>" in " ".join(html.split())


def test_an_optional_field_says_so():
    assert "(niet verplicht)" in str(SampleForm()["uitleg"].as_field_group())


@pytest.mark.parametrize(
    ("page", "shown"),
    [(1, [1, 2, None, 9]), (5, [1, None, 4, 5, 6, None, 9]), (3, [1, 2, 3, 4, None, 9]), (9, [1, None, 8, 9])],
)
def test_pages_far_away_are_left_out(page, shown):
    assert bladzijden(Paginator(range(90), 10).page(page)) == shown


def test_the_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/", {"wijk": "waterschei", "page": "2"})
    html = render_to_string("onderdelen/paginering.html", {"pagina": Paginator(range(90), 10).page(2)}, request)
    assert "?wijk=waterschei&amp;page=3" in html
