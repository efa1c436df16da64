"""Which few repairs open a route: a hand-made net with known answers, and the page."""

from datetime import date

import pytest
from django.urls import reverse

from kern.geo import Punt
from toegankelijkheid.models import Voorziening, Voorzieningsoort
from toegankelijkheid.queries import route as ways
from toegankelijkheid.rules import route
from toegankelijkheid.rules.route import Stuk
from wijken.queries import reach

from .factories import KnelpuntFactory, ObjectFactory
from .test_monitoring import client_of

STEP = 0.001  # some 70 metres to the east
NORTH = 0.0005


def at(x: float, y: float = 0) -> Punt:
    return Punt(5.5 + x * STEP, 50.96 + y * NORTH)


def line(pk, begin, end, *stops, screened=True):
    return Stuk(pk, (at(*begin), at(*end)), screened, frozenset(stops))


# Two ways from the west (0, 0) to the east (2, 0): straight on by 1 and 2, and around by 3 and 4.
STRAIGHT = [line(1, (0, 0), (1, 0)), line(2, (1, 0), (2, 0))]
AROUND = [line(3, (0, 0), (1, 1)), line(4, (1, 1), (2, 0))]


def find(pieces, **how):
    net = route.build(pieces)
    return route.find(net, route.near(net, at(-0.3)), route.near(net, at(2.3)), **how)


@pytest.mark.parametrize(
    ("pieces", "order", "stops"),
    [
        pytest.param([*STRAIGHT, *AROUND], (1, 2), set(), id="the shortest when all is open"),
        pytest.param([line(1, (0, 0), (1, 0), 7), STRAIGHT[1], *AROUND], (3, 4), set(), id="around a bottleneck"),
        pytest.param(
            [line(1, (0, 0), (1, 0), 7, 8), STRAIGHT[1], line(3, (0, 0), (1, 1), 9), AROUND[1]],
            (3, 4),
            {9},
            id="the way with the fewest",
        ),
        pytest.param(
            [line(1, (0, 0), (1, 0), 7), line(2, (1, 0), (2, 0), 8)], (1, 2), {7, 8}, id="all of the only way"
        ),
        pytest.param(
            [line(1, (0, 0), (1, 0), screened=False), STRAIGHT[1], *AROUND], (3, 4), set(), id="rather what is known"
        ),
        pytest.param(
            [line(1, (0, 0), (1, 0), screened=False), STRAIGHT[1], line(3, (0, 0), (1, 1), 9), AROUND[1]],
            (1, 2),
            set(),
            id="what nobody screened is no bottleneck, and is told",
        ),
        pytest.param(
            [Stuk(1, (at(0), at(1), at(1, 2))), line(2, (1, 1), (2, 0))], (1, 2), set(), id="a side street half-way"
        ),
        pytest.param(
            [Stuk(1, (at(-3), at(1))), Stuk(2, (at(1), at(5)))], (1, 2), set(), id="long stretches past both places"
        ),
        pytest.param(
            [line(1, (0, 0), (1, 0)), line(2, (1, 0.1), (2, 0))], (1, 2), set(), id="ends almost 6 metres apart"
        ),
        pytest.param([line(1, (0, 0), (1, 0)), line(2, (1, 0.12), (2, 0))], None, None, id="ends over 6 metres apart"),
        pytest.param(
            [line(1, (0, 0), (1, 0)), Stuk(5, (at(1, 0.25),)), line(2, (1, 0.5), (2, 0))],
            (1, 5, 2),
            set(),
            id="a crossing reaches almost 15 metres",
        ),
        pytest.param(
            [line(1, (0, 0), (1, 0)), Stuk(5, (at(1, 0.3),)), line(2, (1, 0.6), (2, 0))],
            None,
            None,
            id="a crossing reaches no further",
        ),
        pytest.param([STRAIGHT[0], line(4, (1, 1), (2, 0))], None, None, id="ends that do not meet"),
        pytest.param(
            [STRAIGHT[0], Stuk(5, (at(1.1),)), line(2, (1.2, 0), (2, 0))], (1, 5, 2), set(), id="a crossing joins"
        ),
    ],
)
def test_the_way_is_the_one_with_the_fewest_bottlenecks(pieces, order, stops):
    found = find(pieces)
    assert (found and found.stukken, found and set(found.knelpunten)) == (order, stops)
    if found:
        assert found.ongescreend == tuple(pk for pk in order if not {p.pk: p for p in pieces}[pk].gescreend)


@pytest.mark.parametrize(
    ("pieces", "order", "stops"),
    [
        pytest.param([line(1, (0, 0), (1, 0), screened=False), STRAIGHT[1], *AROUND], (3, 4), set(), id="around it"),
        pytest.param(
            [line(1, (0, 0), (1, 0), screened=False), STRAIGHT[1], line(3, (0, 0), (1, 1), 8, 9), AROUND[1]],
            (3, 4),
            {8, 9},
            id="rather two bottlenecks than the unknown",
        ),
        pytest.param([line(1, (0, 0), (1, 0), screened=False), STRAIGHT[1]], None, None, id="never over the unknown"),
    ],
)
def test_a_way_that_was_screened_whole_leaves_out_the_rest(pieces, order, stops):
    found = find(pieces, alleen_gescreend=True)
    assert (found and found.stukken, found and set(found.knelpunten)) == (order, stops)


def test_only_what_was_screened_and_has_no_bottleneck_is_open():
    assert find(STRAIGHT).is_open
    assert not find([STRAIGHT[0], line(2, (1, 0), (2, 0), 7)]).is_open
    assert not find([STRAIGHT[0], line(2, (1, 0), (2, 0), screened=False)]).is_open


@pytest.fixture
def street(cast):
    """Two stretches between a school and a shop; the second has a step for who is in a wheelchair."""
    kind = Voorzieningsoort.objects.get(code="school")
    ends = [
        Voorziening.objects.create(naam=naam, soort=kind, plaats=at(x)) for naam, x in (("School", 0), ("Winkel", 2))
    ]
    parts = [
        ObjectFactory(
            onderwerp="looproute", naam=f"Deel {x}", lijn=(at(x), at(x + 1)), plaats=at(x + 0.5), wijk=cast.wijk
        )
        for x in (0, 1)
    ]
    stop = KnelpuntFactory(object=parts[1], ernst=4, groepen=["rolstoel"], wijk=cast.wijk, titel="Boordsteen van 12 cm")
    return ends, parts, stop


def test_only_what_is_bad_enough_for_the_group_stops_it(cast, street):
    (school, shop), _parts, stop = street
    here = reach(cast.coordinator, stop.gewijzigd_op.date())

    def stops(groep, ernst=3):
        ends = (ways.Einde(place.naam, place.plaats) for place in (school, shop))
        return [row.pk for row in ways.way(*ends, groep, ernst, cast.coordinator, here).knelpunten]

    assert stops("rolstoel") == [stop.pk]
    assert stops("doof") == []
    stop.ernst = 2
    stop.save()
    assert stops("rolstoel") == []
    assert stops("rolstoel", 2) == [stop.pk]


def test_the_page_names_the_weakest_link_and_what_to_solve(cast, street, django_assert_num_queries):
    (school, shop), parts, stop = street
    client, url = client_of(cast.coordinator), reverse("toegankelijkheid:route")
    asked = {"van": f"v{school.pk}", "naar": f"v{shop.pk}", "groep": "rolstoel", "ernst": 3}
    client.get(url, asked)
    with django_assert_num_queries(6):
        page = client.get(url, asked).content.decode()
    assert "1 knelpunt houdt tegen" in page
    assert page.index("Deel 0") < page.index("Deel 1") < page.index("zwakste schakel")
    assert f'name="rij" value="{stop.pk}"' in page
    assert "2 daarvan zijn niet gemeten" in page
    places = client.get(reverse("toegankelijkheid:route_places"), asked).json()
    assert [row["id"] for row in places["features"]] == [part.pk for part in parts]


def test_wrong_choices_say_what_to_do(cast, street):
    (school, shop), parts, _stop = street
    client, url = client_of(cast.coordinator), reverse("toegankelijkheid:route")
    asked = {"van": f"v{school.pk}", "naar": f"v{shop.pk}", "groep": "rolstoel", "ernst": 3}
    same = client.get(url, asked | {"naar": asked["van"]}).content.decode()
    assert "Kies een andere plaats" in same
    parts[0].is_actief = False
    parts[0].save()
    gone = client.get(url, asked).content.decode()
    assert "Bij School kennen we nog geen voetpad" in gone


def test_a_way_that_nobody_screened_whole_is_never_called_open(cast, street):
    (school, shop), parts, _stop = street
    client, url = client_of(cast.coordinator), reverse("toegankelijkheid:route")
    asked = {"van": f"v{school.pk}", "naar": f"v{shop.pk}", "groep": "doof", "ernst": 3}
    page = client.get(url, asked).content.decode()
    assert "We weten niet of de weg open is" in page
    assert "De weg is open" not in page
    for part in parts:
        part.oordeel, part.gescreend_op = "voldoet", date(2030, 1, 1)
        part.save()
    assert "De weg is open" in client.get(url, asked).content.decode()
    around = ObjectFactory(
        onderwerp="looproute", naam="Achterom", lijn=(at(0), at(1, 1), at(2)), plaats=at(1, 1), wijk=cast.wijk
    )
    page = client.get(url, asked | {"groep": "rolstoel"}).content.decode()
    assert "1 knelpunt houdt tegen" in page
    assert page.index("Misschien gaat het met minder") < page.index(around.naam)
    assert "geen bekend knelpunt" in page


def test_a_pavement_is_found_by_its_street_and_can_be_an_end(cast, street):
    (_school, shop), parts, stop = street
    client, url = client_of(cast.coordinator), reverse("toegankelijkheid:route")
    found = client.get(url, {"van": "", "naar": "", "zoek": "deel"}).content.decode()
    assert "2 voetpaden en oversteken gevonden" in found
    assert found.count(f'<option value="o{parts[1].pk}">') == 2
    assert "Kies een andere plaats" not in found
    start = client.get(url, {"van": f"o{parts[1].pk}"}).content.decode()
    assert f'<option value="o{parts[1].pk}" selected>' in start
    asked = {"van": f"o{parts[1].pk}", "naar": f"v{shop.pk}", "groep": "rolstoel", "ernst": 3}
    page = client.get(url, asked).content.decode()
    assert "1 schakel, " in page
    assert stop.titel in page
    elsewhere = client.get(url, asked | {"van": "o999999"})
    assert elsewhere.status_code == 200
    assert elsewhere.context["form"].errors["van"]
