import pytest
from django import forms
from django.http import QueryDict

from kern.geo import Punt
from kern.geo.forms import LijnField, OmtrekField, PlaatsField
from wijken.models import Straat, Wijk

pytestmark = pytest.mark.django_db
PLACE = Punt(5.49695, 50.9635)


class PlaceForm(forms.Form):
    plaats = PlaatsField()
    ook = PlaatsField(required=False)


class ShapeForm(forms.Form):
    lijn = LijnField(required=False)
    omtrek = OmtrekField(required=False)


@pytest.fixture
def streets():
    here, there = (
        Wijk.objects.create(code=code, naam=code, slug=code.lower(), centrum=PLACE) for code in ("Hier", "Daar")
    )
    Straat.objects.create(naam="Kerkstraat", zoeknaam="kerkstraat", plaats=PLACE, wijk=here)
    Straat.objects.create(naam="Molenweg", zoeknaam="molenweg", plaats=PLACE, wijk=here)
    Straat.objects.create(naam="Molenweg", zoeknaam="molenweg", plaats=Punt(5.51, 50.97), wijk=there)


def filled(**data):
    post = QueryDict(mutable=True)
    post.update(data)
    return PlaceForm(post)


@pytest.mark.parametrize("text", ["50.96350, 5.49695", "229254, 184295"])
def test_typed_coordinates_are_enough(text):
    form = filled(plaats=text)
    assert form.is_valid()
    assert form.cleaned_data["plaats"] == pytest.approx(PLACE, abs=1e-4)
    assert form.cleaned_data["ook"] is None


def test_an_address_that_names_one_place_is_enough_without_any_script(streets):
    form = filled(plaats_adres="kerkstraat 12", plaats="")
    assert form.is_valid()
    assert form.cleaned_data["plaats"] == PLACE


def test_an_address_that_names_several_places_comes_back_as_a_choice(streets):
    form = filled(plaats_adres="molenweg")
    assert not form.is_valid()
    assert "meer dan één" in form.errors["plaats"][0]
    html = str(form["plaats"])
    assert 'name="plaats_keuze" value="50.97000, 5.51000"' in html
    assert "Molenweg (Daar)" in html
    chosen = filled(plaats_adres="molenweg", plaats_keuze="50.97000, 5.51000")
    assert chosen.is_valid()
    assert chosen.cleaned_data["plaats"] == Punt(5.51, 50.97)


def test_a_new_address_wins_from_the_coordinates_of_the_old_one(streets):
    fields = {"plaats": "50.97000, 5.51000", "plaats_gevonden": "Molenweg (Daar)"}
    form = filled(**fields, plaats_adres="Molenweg (Daar)")
    assert form.is_valid()
    assert form.cleaned_data["plaats"] == Punt(5.51, 50.97)
    form = filled(**fields, plaats_adres="Kerkstraat")
    assert form.is_valid()
    assert form.cleaned_data["plaats"] == PLACE


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Zeg waar het is"),
        ({"plaats": "hier om de hoek"}, "Deze coördinaten kennen we niet"),
        ({"plaats": "48.85, 2.35"}, "Deze coördinaten kennen we niet"),
        ({"plaats_adres": "Nergensstraat"}, "We vinden dit adres niet"),
    ],
)
def test_what_is_no_place_is_told_in_plain_words_and_stays_in_the_field(data, words):
    form = filled(**data)
    assert not form.is_valid()
    assert words in form.errors["plaats"][0]
    assert all(f'value="{value}"' in str(form["plaats"]) for value in data.values())


def test_the_field_draws_a_labelled_input_for_each_way_and_no_script_of_its_own():
    html = str(PlaceForm(initial={"plaats": PLACE})["plaats"])
    assert 'for="id_plaats"' in html
    assert 'for="id_plaats_punt"' in html
    assert 'value="50.96350, 5.49695"' in html
    assert "<script" not in html
    assert "style=" not in html


def test_the_files_of_the_map_come_with_the_field_and_wait_for_the_page():
    assert [str(script).count("defer") for script in PlaceForm().media._js] == [1, 1]
    assert "draw" not in str(PlaceForm().media)
    assert "leaflet.draw.js" in str(ShapeForm().media)


def test_a_line_is_typed_as_one_pair_of_coordinates_a_line():
    form = ShapeForm({"lijn": "50.96, 5.49\n\n229254, 184295\n"})
    assert form.is_valid()
    assert form.cleaned_data["lijn"][0] == Punt(5.49, 50.96)
    assert len(form.cleaned_data["lijn"]) == 2
    assert "50.96000, 5.49000" in str(ShapeForm(initial=form.cleaned_data)["lijn"])


def test_an_area_may_come_as_geojson_and_loses_its_closing_point():
    text = '{"type": "Polygon", "coordinates": [[[5.4, 50.9], [5.5, 50.9], [5.5, 51.0], [5.4, 50.9]]]}'
    form = ShapeForm({"omtrek": text})
    assert form.is_valid()
    assert form.cleaned_data["omtrek"] == (Punt(5.4, 50.9), Punt(5.5, 50.9), Punt(5.5, 51.0))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("lijn", "50.96, 5.49", "te weinig punten"),
        ("lijn", "50.96, 5.49\nlinksaf", "Regel 2"),
        ("lijn", '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}', "kunnen we niet lezen"),
        ("lijn", "{", "kunnen we niet lezen"),
        ("omtrek", "50.90, 5.40\n51.00, 5.50\n50.90, 5.50\n51.00, 5.40", "kruist zichzelf"),
        ("omtrek", '{"type": "Point", "coordinates": [5.4, 50.9]}', "kunnen we niet lezen"),
    ],
)
def test_a_wrong_shape_is_told_in_plain_words(field, text, words):
    form = ShapeForm({field: text})
    assert not form.is_valid()
    assert words in form.errors[field][0]


def test_a_place_has_changed_only_when_it_moved(streets):
    field = PlaatsField()
    read = field.widget.value_from_datadict
    assert not field.has_changed(PLACE, read({"plaats": "50.96350, 5.49695"}, {}, "plaats"))
    assert field.has_changed(PLACE, read({"plaats": "50.96360, 5.49695"}, {}, "plaats"))
    assert field.has_changed(PLACE, read({"plaats": ""}, {}, "plaats"))
