"""The wijk of a place is the same from memory as from the database, at once after every change."""

import random

import pytest

from kern.geheugen import vers
from kern.geo import Punt
from kern.geo.vormen import Kader
from wijken.models import Wijk, WijkRing
from wijken.queries import wijk_at

from .conftest import OOST, WEST

pytestmark = pytest.mark.django_db
HOLE = (Punt(5.485, 50.955), Punt(5.487, 50.955), Punt(5.487, 50.957), Punt(5.485, 50.957))
ISLAND = (Punt(5.53, 50.96), Punt(5.54, 50.96), Punt(5.54, 50.97))


@pytest.fixture
def city():
    west, oost = (
        Wijk.objects.create(code=code, naam=naam, slug=naam.lower(), centrum=ring[0])
        for code, naam, ring in (("W1", "West", WEST), ("W2", "Oost", OOST))
    )
    for wijk, ring, is_gat in ((west, WEST, False), (west, HOLE, True), (west, ISLAND, False), (oost, OOST, False)):
        WijkRing.objects.create(wijk=wijk, ring=ring, is_gat=is_gat)
    return west, oost


def from_memory(punt):
    with vers():
        return wijk_at(punt)


def test_memory_and_database_name_the_same_wijk(city):
    dice, box = random.Random(4), Kader.of([*WEST, *OOST, *ISLAND])
    places = [Punt(dice.uniform(box.west, box.oost), dice.uniform(box.zuid, box.noord)) for _ in range(300)]
    places += [Punt(5.486, 50.956), Punt(0.0, 0.0)]
    found = [from_memory(punt) for punt in places]
    assert found == [wijk_at(punt) for punt in places]
    assert {None, *city} == set(found)


def test_from_memory_it_costs_no_query(city, django_assert_num_queries):
    with vers():
        wijk_at(OOST[0])
        with django_assert_num_queries(0):
            assert wijk_at(Punt(5.537, 50.963)) == city[0]


@pytest.mark.parametrize("change", ["ring", "wijk"])
def test_a_change_of_an_outline_is_seen_at_once(city, change):
    inside = Punt(5.537, 50.963)
    assert from_memory(inside) == city[0]
    if change == "ring":
        WijkRing.objects.filter(wijk=city[0], is_gat=False).update(wijk=city[1])
        assert from_memory(inside) == city[1]
    else:
        Wijk.objects.filter(pk=city[0].pk).update(naam="Anders")
        assert from_memory(inside).naam == "Anders"
