import json

import pytest
from django.core.management import CommandError, call_command

from kern.geo import Punt
from kern.geo.lambert import Stelsel, from_wgs84
from wijken import actions, registry
from wijken.imports import ImportRefused, read_outlines, read_streets
from wijken.models import Straat, Wijk, WijkRing
from wijken.queries import wijk_at

from .conftest import OOST, WEST, make_street

HOLE = (Punt(5.485, 50.955), Punt(5.487, 50.955), Punt(5.487, 50.957), Punt(5.485, 50.957))
ISLAND = (Punt(5.53, 50.96), Punt(5.54, 50.96), Punt(5.54, 50.97))


def wijk(code, naam, *parts):
    """A feature; each part is a list of rings in WGS84, the first one the outside."""
    coordinates = [[[list(p) for p in (*ring, ring[0])] for ring in part] for part in parts]
    return {
        "type": "Feature",
        "properties": {"code": code, "naam": naam},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def city():
    return [wijk("W1", "West", [WEST, HOLE], [ISLAND]), wijk("W2", "Oost", [OOST])]


def written(features, stelsel=Stelsel.WGS84):
    for feature in features:
        for part in feature["geometry"]["coordinates"]:
            part[:] = [[list(p) for p in from_wgs84([Punt(*p) for p in ring], stelsel)] for ring in part]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def run(tmp_path, capsys):
    def run(command, text, *options):
        path = tmp_path / "bestand"
        path.write_text(text, encoding="utf-8")
        call_command(command, str(path), *options)
        return capsys.readouterr()

    return run


@pytest.mark.django_db
@pytest.mark.parametrize("stelsel", list(Stelsel))
def test_the_same_city_comes_in_from_each_coordinate_system(run, stelsel):
    out = run("importeer_wijken", written(city(), stelsel)).out
    assert "2 wijken gelezen" in out
    assert "2 nieuw" in out
    assert wijk_at(Punt(5.51, 50.96)).naam == "Oost"
    assert wijk_at(Punt(5.537, 50.963)).naam == "West"
    assert wijk_at(Punt(5.486, 50.956)) is None
    assert sorted(WijkRing.objects.values_list("wijk__code", "is_gat")) == [
        ("W1", False),
        ("W1", False),
        ("W1", True),
        ("W2", False),
    ]
    assert Wijk.objects.get(code="W2").oppervlakte_km2 == pytest.approx(3.11, abs=0.02)


@pytest.mark.django_db
def test_a_dry_run_checks_everything_and_keeps_nothing(run):
    assert "er is niets bewaard" in run("importeer_wijken", written(city()), "--proef").out
    assert not Wijk.objects.exists()


def test_an_import_keeps_teams_addresses_and_texts_and_makes_outlines_official(stad, run):
    Wijk.objects.update(omtrek_is_benaderend=True, inleiding="Welkom.")
    features = [wijk("W1", "Nieuwe naam", [OOST]), wijk("W2", "West", [WEST])]
    assert "0 nieuw, 2 bijgewerkt" in run("importeer_wijken", written(features)).out
    west = Wijk.objects.get(pk=stad.west.pk)
    assert (west.naam, west.slug, west.inleiding, west.omtrek_is_benaderend) == (
        "Nieuwe naam",
        "west",
        "Welkom.",
        False,
    )
    assert west.teams.get() == stad.management_west
    assert wijk_at(Punt(5.51, 50.96)) == west


def test_a_wijk_that_is_not_in_the_file_stays_and_is_named(stad, run):
    assert "Oost staat niet in het bestand" in run("importeer_wijken", written([wijk("W1", "West", [WEST])])).err
    assert stad.oost.ringen.count() == 1


def test_everything_with_a_place_looks_up_its_wijk_again(stad, run, monkeypatch):
    make_street("Kerkstraat", "kerkstraat", stad.west, Punt(5.49, 50.96))
    make_street("Kerkstraat", "kerkstraat", stad.oost, Punt(5.51, 50.96))
    make_street("Molenweg", "molenweg", stad.oost, Punt(5.51, 50.96))
    calls = []
    monkeypatch.setattr(registry, "_registry", registry.Registry(plaatsgebonden=list(registry.places())))
    registry.register_places(registry.Plaatsgebonden("meldingen", lambda: calls.append(1) or 7))
    out = run("importeer_wijken", written([wijk("W1", "West", [OOST]), wijk("W2", "Oost", [WEST])])).out
    assert "3 straten kregen een andere wijk" in out
    assert "7 meldingen kregen een andere wijk" in out
    assert Straat.objects.get(naam="Molenweg").wijk == stad.west
    assert {street.wijk_id: street.plaats.lon for street in Straat.objects.filter(naam="Kerkstraat")} == {
        stad.west.pk: 5.51,
        stad.oost.pk: 5.49,
    }


def test_overlap_is_told_and_stops_nothing(db, run):
    wide = (WEST[0], Punt(5.51, 50.95), Punt(5.51, 50.97), WEST[3])
    err = run("importeer_wijken", written([wijk("W1", "West", [wide]), wijk("W2", "Oost", [OOST])])).err
    assert "West en Oost overlappen elkaar over 1,56 km²." in err
    assert Wijk.objects.count() == 2


def broken_features():
    open_ring = wijk("W1", "Open", [WEST])
    open_ring["geometry"]["coordinates"][0][0].pop()
    short = wijk("W2", "Kort", [WEST[:2]])
    bow = wijk("W3", "Strik", [(WEST[0], WEST[2], WEST[1], WEST[3])])
    nameless = wijk("W4", "", [OOST])
    double = wijk("W1", "Dubbel", [OOST])
    point = {**wijk("W6", "Punt"), "geometry": {"type": "Point", "coordinates": [5.5, 50.9]}}
    far = wijk("W7", "Hasselt", [tuple(Punt(p.lon - 0.15, p.lat) for p in WEST)])
    france = wijk("W8", "Parijs", [tuple(Punt(p.lon - 3, p.lat - 2) for p in WEST)])
    outside_hole = wijk("W9", "Gat", [WEST, OOST[:3]])
    return [open_ring, short, bow, nameless, double, point, far, france, outside_hole]


def test_every_problem_is_one_line_with_the_number_of_the_wijk(db, tmp_path):
    path = tmp_path / "fout.geojson"
    path.write_text(json.dumps({"features": broken_features()}))
    with pytest.raises(CommandError) as refused:
        call_command("importeer_wijken", str(path))
    lines = str(refused.value).splitlines()
    assert lines == [
        "Wijk 1 (Open): deel 1 is niet gesloten: het laatste punt is niet het eerste.",
        "Wijk 2 (Kort): deel 1 heeft 3 punten, een omtrek heeft er minstens 4.",
        "Wijk 3 (Strik): deel 1 kruist of raakt zichzelf bij 5.5, 50.95.",
        "Wijk 4 (W4): de naam ontbreekt.",
        "Wijk 5 (Dubbel): de code W1 staat ook al bij wijk 1.",
        "Wijk 6 (Punt): dit is geen vlak (Polygon of MultiPolygon).",
        "Wijk 7 (Hasselt): de omtrek ligt niet helemaal in Genk, bijvoorbeeld bij 50.95000, 5.33000.",
        "Wijk 8 (Parijs): de coördinaten liggen niet in België, of niet allemaal in hetzelfde stelsel.",
        "Wijk 9 (Gat): gat 1 in deel 1 ligt niet in dat deel.",
        "Er is niets ingelezen.",
    ]
    assert not Wijk.objects.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": []}', '{"features": 3}', "geen json", "null", "[1]"])
def test_a_file_without_wijken_is_refused(text):
    assert len(read_outlines(text).problemen) == 1


@pytest.mark.parametrize("feature", [None, 3, {}, {"properties": None, "geometry": None}, {"properties": [], "id": 4}])
def test_a_feature_that_is_nonsense_is_a_problem_and_no_crash(feature):
    assert read_outlines(json.dumps({"features": [feature]})).problemen


def test_two_coordinate_systems_in_one_file_are_refused():
    lambert = json.loads(written([wijk("W2", "Oost", [OOST])], Stelsel.LAMBERT_72))["features"]
    problems = read_outlines(json.dumps({"features": [wijk("W1", "West", [WEST]), *lambert]})).problemen
    assert problems == ["Het bestand mengt coördinatenstelsels: WGS84 (vanaf wijk 1), LAMBERT_72 (vanaf wijk 2)."]


def test_a_name_of_a_wijk_outside_the_file_is_refused(stad):
    read = read_outlines(written([wijk("W9", "Oost", [WEST])]))
    with pytest.raises(ImportRefused, match="de naam hoort al bij W2"):
        actions.import_outlines(omtrekken=read.omtrekken)


def test_a_file_that_is_not_there_is_one_line(db, tmp_path):
    with pytest.raises(CommandError, match="is niet te lezen"):
        call_command("importeer_wijken", str(tmp_path / "weg"))
    (tmp_path / "latin").write_bytes(b"naam\xe9")
    with pytest.raises(CommandError, match="geen tekst in UTF-8"):
        call_command("importeer_straten", str(tmp_path / "latin"))


@pytest.mark.parametrize(
    "text",
    [
        "naam,lat,lon\nKerkstraat,50.96,5.49\nAndrélaan,50.96,5.51\n",
        "\ufeffNaam;Lat;Lon\nKerkstraat;50,96;5,49\n;;\nAndrélaan;50,96;5,51",
        "naam;x;y\nKerkstraat;228765;183903\nAndrélaan;230169;183919",
        'naam,lat,lon,gemeente\n"Kerkstraat",50.96,5.49,Genk\n"Andrélaan","50.96","5.51",Genk\n',
    ],
    ids=["commas", "semicolons, decimal commas and a mark at the start", "Lambert 72", "quotes and more columns"],
)
def test_streets_come_in_with_the_wijk_they_lie_in(stad, run, text):
    assert "2 straten gelezen: 2 nieuw" in run("importeer_straten", text).out
    assert list(Straat.objects.order_by("naam").values_list("naam", "zoeknaam", "wijk__naam")) == [
        ("Andrélaan", "andrelaan", "Oost"),
        ("Kerkstraat", "kerkstraat", "West"),
    ]


def test_streets_come_in_again_without_doubles_and_the_made_up_ones_make_way(stad, run):
    Straat.objects.create(naam="Bedacht", zoeknaam="bedacht", plaats=stad.west.centrum, is_fictief=True)
    run("importeer_straten", "naam,lat,lon\nKerkstraat,50.96,5.49\n")
    out = run("importeer_straten", "naam,lat,lon\nKerkstraat,50.961,5.49\nMolenweg,50.96,5.49\n").out
    assert "1 nieuw, 1 verplaatst" in out
    assert list(Straat.objects.values_list("naam", flat=True)) == ["Kerkstraat", "Molenweg"]


def test_a_dry_run_of_streets_keeps_nothing(stad, run):
    assert "er is niets bewaard" in run("importeer_straten", "naam,lat,lon\nA straat,50.96,5.49\n", "--proef").out
    assert not Straat.objects.exists()


def test_every_wrong_row_is_one_line_with_its_number():
    text = "naam;lat;lon\nGoed;50.96;5.49\n;50.96;5.49\nTekst;hier;daar\nParijs;48.85;2.35\nHasselt;50.93;5.33\nKort"
    with pytest.raises(ImportRefused) as refused:
        read_streets(text)
    assert refused.value.problemen == [
        "Rij 3: de naam ontbreekt.",
        "Rij 4: lon en lat moeten getallen zijn, er staat “daar” en “hier”.",
        "Rij 5: de plaats van Parijs ligt niet in Genk.",
        "Rij 6: de plaats van Hasselt ligt niet in Genk.",
        "Rij 7: lon en lat moeten getallen zijn, er staat “” en “”.",
    ]


@pytest.mark.parametrize("text", ["", "naam,straat\nA,B", "naam,lat,lon\n"])
def test_a_file_without_streets_is_refused(text):
    with pytest.raises(ImportRefused):
        read_streets(text)
