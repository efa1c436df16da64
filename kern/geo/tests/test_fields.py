import pytest
from django.db import connection

from kern.geo import Kader, Punt, haversine
from kern.geo.fields import LijnField, within
from wijken.models import Straat, Wijk, WijkRing

CENTRE = Punt(5.5, 50.96)
SQUARE = (Punt(5.49, 50.95), Punt(5.51, 50.95), Punt(5.51, 50.97), Punt(5.49, 50.97))
HOLE = (Punt(5.499, 50.959), Punt(5.501, 50.959), Punt(5.501, 50.961), Punt(5.499, 50.961))


@pytest.fixture
def wijk(db):
    wijk = Wijk.objects.create(code="W1", naam="Vierkant", slug="vierkant", centrum=CENTRE)
    WijkRing.objects.create(wijk=wijk, ring=SQUARE)
    return wijk


def test_a_point_and_a_ring_come_back_as_they_went_in(wijk):
    wijk.refresh_from_db()
    assert wijk.centrum == CENTRE
    assert wijk.ringen.get().ring == SQUARE


def test_a_place_in_a_hole_is_not_in_the_wijk(wijk):
    assert list(Wijk.objects.containing(CENTRE)) == [wijk]
    WijkRing.objects.create(wijk=wijk, ring=HOLE, is_gat=True)
    assert list(Wijk.objects.containing(CENTRE)) == []
    assert list(Wijk.objects.containing(Punt(5.495, 50.955))) == [wijk]
    assert list(Wijk.objects.containing(Punt(5.6, 50.955))) == []


def test_the_nearest_come_first_and_the_far_ones_not_at_all(db):
    for naam, lon in [("ver", 5.52), ("dichtst", 5.5001), ("dicht", 5.501)]:
        Straat.objects.create(naam=naam, zoeknaam=naam, plaats=Punt(lon, 50.96))
    near = list(within(Straat.objects.all(), CENTRE, 100))
    assert [straat.naam for straat in near] == ["dichtst", "dicht"]
    assert near[1].afstand == pytest.approx(haversine(CENTRE, near[1].plaats), rel=0.001)


def test_many_points_are_stored_at_once_and_found_in_a_box(db):
    Straat.objects.bulk_create(
        Straat(naam=f"s{i}", zoeknaam=f"s{i}", plaats=Punt(5.5 + i / 100, 50.9)) for i in range(5)
    )
    assert Straat.objects.filter(plaats__binnen_kader=Kader(5.505, 50.8, 5.525, 51)).count() == 2
    assert Straat.objects.filter(plaats__binnen_ring=SQUARE).count() == 0


def test_a_line_comes_back_open_and_in_order(db):
    line = (CENTRE, Punt(5.51, 50.97), CENTRE, Punt(5.5, -0.000001))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::path, isopen(%s::path)", [LijnField().get_prep_value(line)] * 2)
        text, is_open = cursor.fetchone()
    assert LijnField().from_db_value(text, None, connection) == line
    assert is_open
    assert LijnField().to_python("") is None
