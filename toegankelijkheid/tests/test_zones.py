"""Which level holds where, drawn by hand or derived from a facility, and what follows when that changes."""

import json
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kern.geo import Punt, haversine
from kern.geo.lambert import Stelsel, from_wgs84
from kern.geo.rings import contains
from toegankelijkheid.actions import zones
from toegankelijkheid.forms.beheer import read_rings
from toegankelijkheid.models import Voorziening, Voorzieningsoort, Woonzorgzone, Zonedeel
from toegankelijkheid.queries.zones import place_of
from toegankelijkheid.rules.plek import Deel, circle, deciding_part, middle

from .factories import CENTRE, SQUARE, ObjectFactory, ZoneFactory, level
from .test_opnemen import measure

pytestmark = pytest.mark.django_db
NOW = timezone.now()
METRE = 1 / 111_195


def north(metres):
    return Punt(CENTRE.lon, CENTRE.lat + metres * METRE)


def care_home(cast=None, **fields):
    soort = Voorzieningsoort.objects.get(code="woonzorgcentrum")
    return Voorziening.objects.create(naam="De Oase", soort=soort, plaats=CENTRE, **fields)


@given(st.floats(5.4, 5.6), st.floats(50.9, 51.0), st.integers(1, 1000), st.floats(0, 360), st.floats(0, 0.99))
def test_a_circle_holds_what_is_nearer_and_not_what_is_much_further(lon, lat, metres, angle, share):
    centre = Punt(lon, lat)
    ring = circle(centre, metres)
    assert all(haversine(centre, corner) >= metres * 0.995 - 0.02 for corner in ring)
    assert all(haversine(centre, corner) <= metres * 1.02 + 0.02 for corner in ring)
    assert contains(ring, centre) or metres < 1
    assert all(a != b for a, b in pairwise(ring))


def test_the_part_drawn_by_hand_decides_then_the_highest_level():
    derived = [Deel(1, 2, "afgeleid"), Deel(2, 3, "afgeleid")]
    assert deciding_part([]) is None
    assert deciding_part(derived).pk == 2
    assert deciding_part([*derived, Deel(3, 1, "handmatig")]).pk == 3


def test_the_middle_of_a_line_lies_half_way_along_it():
    a, b, c = Punt(5.0, 50.0), Punt(5.0, 50.1), Punt(5.0, 50.4)
    assert middle((a, b, c)) == pytest.approx(Punt(5.0, 50.2))
    assert middle((a, a)) == a


@pytest.mark.parametrize(
    ("metres", "code", "herkomst"), [(0, "plus", "afgeleid"), (49, "plus", "afgeleid"), (52, "basis", "zone")]
)
def test_within_50_metres_of_a_facility_its_level_holds_and_it_says_why(cast, metres, code, herkomst):
    care_home()
    zones.derive(zone=cast.zone, at=NOW)
    found = place_of(north(metres))
    assert (found.niveau.code, found.herkomst, found.zone, found.wijk) == (code, herkomst, cast.zone, cast.wijk)
    assert ("De Oase" in found.uitleg and "50 meter" in found.uitleg) == (code == "plus")


def test_outside_every_zone_the_lowest_level_holds(cast):
    found = place_of(Punt(5.40, 50.93))
    assert (found.zone, found.niveau.code, found.herkomst) == (None, "basis", "stad")
    assert place_of(None).niveau.code == "basis"


def test_deriving_again_changes_nothing_and_follows_what_changed(cast):
    home = care_home()
    assert zones.derive(zone=cast.zone, at=NOW).nieuw == 1
    assert zones.derive(zone=cast.zone, at=NOW) == zones.Afleiding(0, 0, 0, 0)
    Voorzieningsoort.objects.filter(code="woonzorgcentrum").update(afstand_m=100)
    assert zones.derive(zone=cast.zone, at=NOW).gewijzigd == 1
    assert Zonedeel.objects.get().afstand_m == 100
    Voorziening.objects.filter(pk=home.pk).update(is_actief=False)
    assert zones.derive(zone=cast.zone, at=NOW).weg == 1


def test_an_object_is_judged_again_when_its_surroundings_ask_more(cast):
    obj = ObjectFactory(zone=cast.zone, plaats=north(20))
    measure(obj, values={"ov-helling": "11", "ov-hoogte": "8"})
    care_home()
    assert zones.derive(zone=cast.zone, at=NOW).objecten == 1
    obj.refresh_from_db()
    assert (obj.niveau.code, obj.oordeel, obj.niveau_herkomst) == ("plus", "voldoet_niet", "afgeleid")
    by_hand = ObjectFactory(zone=cast.zone, plaats=north(10), niveau_herkomst="handmatig")
    zones.replace_objects(zone=cast.zone, at=NOW)
    by_hand.refresh_from_db()
    assert by_hand.niveau.code == "basis"


def test_the_database_asks_where_a_derived_part_comes_from(cast):
    with pytest.raises(IntegrityError, match="zonedeel_derived_from"), transaction.atomic():
        Zonedeel.objects.create(zone=cast.zone, naam="x", niveau=level(), ring=SQUARE, herkomst="afgeleid")
    care_home()
    zones.derive(zone=cast.zone, at=NOW)
    with pytest.raises(ValueError, match="facility"):
        zones.remove_part(deel=Zonedeel.objects.get(), at=NOW)


def geojson(ring, kind="Feature"):
    geometry = {"type": "Polygon", "coordinates": [[list(p) for p in (*ring, ring[0])]]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps(
        {"Feature": feature, "FeatureCollection": {"type": kind, "features": [feature]}, "bare": geometry}[kind]
    )


@pytest.mark.parametrize("kind", ["Feature", "FeatureCollection", "bare"])
def test_an_outline_is_read_from_geojson_in_any_of_the_systems(kind):
    assert read_rings(geojson(SQUARE, kind)) == [(SQUARE, False)]
    lambert = from_wgs84(SQUARE, Stelsel.LAMBERT_72)
    ((ring, is_hole),) = read_rings(geojson(lambert, kind))
    assert not is_hole
    assert ring[0] == pytest.approx(SQUARE[0], abs=1e-5)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type": "Point", "coordinates": [5, 50]}', '{"type":"FeatureCollection","features":[]}']
)
def test_a_file_without_an_outline_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"vlak|GeoJSON"):
        read_rings(text)


def test_the_coordinator_draws_reads_and_changes_a_zone(cast):
    client = Client()
    client.force_login(cast.coordinator)
    data = {"naam": "Zuid", "niveau": level().pk, "wijken": [cast.wijk.pk], "kern": "", "kern_adres": ""}
    bare = client.post(reverse("toegankelijkheid:zone_new"), data)
    assert "Teken de omtrek" in bare.content.decode()
    file = SimpleUploadedFile("zone.geojson", geojson(SQUARE).encode())
    assert client.post(reverse("toegankelijkheid:zone_new"), data | {"bestand": file}).status_code == 302
    zone = Woonzorgzone.objects.get(naam="Zuid")
    assert (zone.slug, zone.ringen.count(), list(zone.wijken.all())) == ("zuid", 1, [cast.wijk])
    lines = "\n".join(f"{p.lat}, {p.lon}" for p in SQUARE[:3])
    part = {"naam": "Plein", "niveau": level("plus").pk, "ring": lines, "reden": "Markt"}
    assert client.post(reverse("toegankelijkheid:part_new", args=[zone.pk]), part).status_code == 302
    deel = Zonedeel.objects.get()
    assert (deel.herkomst, deel.niveau.code) == ("handmatig", "plus")
    page = client.get(reverse("toegankelijkheid:staff_zone", args=[zone.pk])).content.decode()
    assert "Markt" in page
    assert client.post(reverse("toegankelijkheid:part", args=[zone.pk, deel.pk]), {"weg": "ja"}).status_code == 302
    assert not Zonedeel.objects.exists()


def test_everybody_sees_the_zones_with_the_levels_and_where_they_come_from(cast, client):
    care_home()
    zones.derive(zone=cast.zone, at=NOW)
    assert cast.zone.naam in client.get(reverse("toegankelijkheid:overview")).content.decode()
    page = client.get(cast.zone.get_absolute_url()).content.decode()
    assert "Binnen 50 meter van De Oase" in page
    drawn = client.get(reverse("toegankelijkheid:zone_outline", args=[cast.zone.slug])).json()
    assert [f["properties"]["naam"] for f in drawn["features"]] == [cast.zone.naam, "Plus: De Oase"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_zones_costs_the_same_for_one_and_for_three(cast, client, django_assert_num_queries, count):
    for _ in range(count - 1):
        ZoneFactory(wijken=[cast.wijk])
    with django_assert_num_queries(5):
        client.get(reverse("toegankelijkheid:overview"))
