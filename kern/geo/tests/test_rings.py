import pytest

from kern.geo import Punt
from kern.geo.geojson import Deel, outline, read_parts
from kern.geo.rings import area_km2, centroid, contains, crossing, inner_point, oriented, overlap_km2, signed_area


def square(west, south, side):
    return (
        Punt(west, south),
        Punt(west + side, south),
        Punt(west + side, south + side),
        Punt(west, south + side),
    )


BIG, HOLE, OTHER = square(5.40, 50.90, 0.1), square(5.44, 50.94, 0.02), square(5.60, 50.90, 0.1)


def test_a_square_of_a_hundredth_of_a_degree_has_its_known_area():
    assert area_km2(square(5.5, 51.0, 0.01)) == pytest.approx(0.7781, abs=0.001)


def test_turning_a_ring_keeps_its_points():
    assert signed_area(BIG) > 0 > signed_area(oriented(BIG, counter_clockwise=False))
    assert set(oriented(BIG, counter_clockwise=False)) == set(BIG)


def test_the_centre_of_a_square_is_its_middle():
    assert centroid(BIG) == pytest.approx((5.45, 50.95))
    assert contains(BIG, centroid(BIG))


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        (BIG, False),
        ((Punt(0, 0), Punt(2, 2), Punt(2, 0), Punt(0, 2)), True),
        ((Punt(0, 0), Punt(2, 0), Punt(1, 0), Punt(1, 2)), True),
        ((Punt(0, 0), Punt(2, 0), Punt(2, 2), Punt(1, 0), Punt(0, 2)), True),
        ((Punt(0, 0), Punt(2, 0), Punt(2, 0), Punt(1, 2)), True),
        ((Punt(0, 0), Punt(4, 0), Punt(4, 4), Punt(2, 1), Punt(0, 4)), False),
    ],
    ids=["square", "bow tie", "spike", "touches a side", "double point", "arrow"],
)
def test_a_ring_that_crosses_or_touches_itself_is_seen(ring, crosses):
    assert (crossing(ring) is not None) == crosses


def test_the_inner_point_of_a_hollow_shape_lies_inside_it():
    hook = (Punt(0, 0), Punt(4, 0), Punt(4, 4), Punt(3, 4), Punt(3, 1), Punt(0, 1))
    assert not contains(hook, Punt(1.5, 2.5))
    assert contains(hook, inner_point([hook]))
    assert inner_point([BIG]) == pytest.approx((5.45, 50.95), abs=0.03)


def test_overlap_counts_what_two_outlines_share_and_not_their_holes():
    assert overlap_km2([BIG], [BIG]) == pytest.approx(area_km2(BIG), rel=0.01)
    assert overlap_km2([BIG], [OTHER]) == 0
    assert overlap_km2([BIG, HOLE], [HOLE]) == pytest.approx(0, abs=0.001)


def test_a_hole_goes_with_the_part_it_lies_in_and_rings_follow_the_right_hand():
    geometry = outline([(oriented(OTHER, counter_clockwise=False), False), (BIG, False), (HOLE, True)])
    assert geometry["type"] == "MultiPolygon"
    first, second = geometry["coordinates"]
    assert (len(first), len(second)) == (1, 2)
    rings = [[Punt(*pair) for pair in ring] for part in geometry["coordinates"] for ring in part]
    assert all(ring[0] == ring[-1] for ring in rings)
    assert [signed_area(ring) > 0 for ring in rings] == [True, True, False]


def test_an_outline_comes_back_as_it_was_written():
    (part,) = read_parts(outline([(BIG, False), (HOLE, True)]))
    assert (set(part.ring), set(part.gaten[0])) == (set(BIG), set(HOLE))
    assert isinstance(part, Deel)
    assert outline([]) is None


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Point", "coordinates": [5, 51]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [["x"]]},
        {"type": "Polygon", "coordinates": [[[5]]]},
    ],
)
def test_a_geometry_that_is_no_area_is_refused_in_plain_words(geometry):
    with pytest.raises(ValueError, match=r"vlak|coördinaten|getallen"):
        read_parts(geometry)
