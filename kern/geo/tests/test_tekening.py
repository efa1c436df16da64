from kern.geo import Punt
from kern.geo.tekening import draw

SQUARE = tuple(Punt(*p) for p in [(5.40, 50.92), (5.50, 50.92), (5.50, 51.00), (5.40, 51.00)])


def test_an_outline_becomes_one_path_with_north_up():
    drawing = draw({"W01": [SQUARE]}, width=104)
    assert drawing.breedte == 104
    assert drawing.paden["W01"].startswith(f"M2 {drawing.hoogte - 2}l100 0")


def test_a_degree_north_is_longer_than_a_degree_east():
    drawing = draw({"W01": [SQUARE]}, width=104)
    assert 120 < drawing.hoogte < 140


def test_without_points_there_is_no_drawing():
    assert draw({}) is None
    assert draw({"W01": []}) is None
