import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.geo import Punt, haversine
from kern.geo.lambert import GENK, Stelsel, format_coordinates, from_wgs84, parse_coordinates, recognise, to_wgs84

# The same ten places in both systems, from the published table of the wijken of Genk (Provincies in Cijfers).
PUBLISHED = [
    (Punt(5.427845, 50.958868), (224407, 183709)),
    (Punt(5.450588, 50.971076), (225985, 185090)),
    (Punt(5.518752, 50.977852), (230760, 185915)),
    (Punt(5.490003, 50.999768), (228705, 188322)),
    (Punt(5.54274, 50.968329), (232462, 184883)),
    (Punt(5.496948, 50.963498), (229254, 184295)),
    (Punt(5.496454, 50.930749), (229274, 180652)),
    (Punt(5.531321, 50.930047), (231726, 180612)),
    (Punt(5.55444, 50.981204), (233260, 186328)),
    (Punt(5.515002, 51.013311), (230436, 189856)),
]
IN_GENK = st.builds(Punt, st.floats(GENK.west, GENK.oost), st.floats(GENK.zuid, GENK.noord))


@pytest.mark.parametrize(("punt", "lambert"), PUBLISHED)
def test_lambert_72_agrees_with_published_points_within_a_metre_and_a_half(punt, lambert):
    # The table gives whole metres, so half a metre each way is its own rounding.
    assert math.dist(from_wgs84([punt], Stelsel.LAMBERT_72)[0], lambert) < 1.5
    assert haversine(to_wgs84([lambert], Stelsel.LAMBERT_72)[0], punt) < 1.5


@given(IN_GENK)
def test_a_place_survives_the_way_to_either_lambert_and_back(punt):
    for stelsel in (Stelsel.LAMBERT_72, Stelsel.LAMBERT_2008):
        pairs = from_wgs84([punt], stelsel)
        assert recognise(*pairs[0]) == stelsel
        assert haversine(to_wgs84(pairs, stelsel)[0], punt) < 0.02


@given(IN_GENK)
def test_a_place_survives_being_written_for_people(punt):
    assert haversine(parse_coordinates(format_coordinates(punt)), punt) < 1


def test_many_places_are_converted_in_one_call():
    assert len(to_wgs84([pair for _punt, pair in PUBLISHED], Stelsel.LAMBERT_72)) == len(PUBLISHED)
    assert to_wgs84([], Stelsel.LAMBERT_72) == []


@pytest.mark.parametrize(
    "text",
    [
        "50.963498, 5.496948",
        "50.963498 5.496948",
        "50,963498; 5,496948",
        "50,963498 5,496948",
        "5.496948 50.963498",
        " 50.963498° N, 5.496948° O ",
        "229254, 184295",
        "229254.3;184295.2",
        "x: 229254 y: 184295",
        "729252 684295",
    ],
)
def test_coordinates_are_read_in_the_ways_people_write_them(text):
    assert haversine(parse_coordinates(text), Punt(5.496948, 50.963498)) < 12


@pytest.mark.parametrize(
    "text", ["", "Kerkstraat 5", "50.96", "48.85, 2.35", "1, 2, 3", "0 0", "999999999 1", "nan nan"]
)
def test_what_is_no_place_in_belgium_is_refused(text):
    with pytest.raises(ValueError, match=r"not two numbers|outside Belgium"):
        parse_coordinates(text)
