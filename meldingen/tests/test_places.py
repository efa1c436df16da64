import pytest

from kern.geo import Punt
from meldingen.actions.places import reassign_wijken
from meldingen.tests.factories import CENTRE, MeldingFactory, WijkFactory, wijk_square
from wijken import registry
from wijken.models import WijkRing


@pytest.fixture
def square(db):
    return wijk_square()


def test_reports_follow_the_new_outlines_and_those_without_a_place_keep_their_wijk(square):
    other = WijkFactory()
    wrong = MeldingFactory(plaats=CENTRE, wijk=other)
    none_yet = MeldingFactory(plaats=CENTRE, wijk=None)
    right = MeldingFactory(plaats=CENTRE, wijk=square)
    outside = MeldingFactory(plaats=Punt(5.40, 50.93), wijk=square)
    in_words = MeldingFactory(plaats=None, wijk=other)
    assert reassign_wijken() == 3
    for report, wijk in [(wrong, square), (none_yet, square), (right, square), (outside, None), (in_words, other)]:
        report.refresh_from_db()
        assert report.wijk == wijk
    assert reassign_wijken() == 0


def test_a_report_in_a_new_hole_leaves_the_wijk(square):
    report = MeldingFactory(plaats=CENTRE, wijk=square)
    hole = tuple(Punt(CENTRE.lon + x, CENTRE.lat + y) for x, y in [(-1e-4, -1e-4), (1e-4, -1e-4), (0, 1e-4)])
    WijkRing.objects.create(wijk=square, ring=hole, is_gat=True)
    assert reassign_wijken() == 1
    report.refresh_from_db()
    assert report.wijk is None


def test_an_import_of_outlines_takes_the_reports_along():
    assert [places.naam for places in registry.places()] == ["straten", "behoeften", "meldingen", "screeningsobjecten"]


def test_many_reports_cost_no_more_than_a_few(square, django_assert_num_queries):
    for _ in range(3):
        MeldingFactory(plaats=CENTRE, wijk=None)
    with django_assert_num_queries(6):  # savepoint, the lock, which moved, the reason, one update, release
        reassign_wijken()
