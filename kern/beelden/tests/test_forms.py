import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from kern.beelden import actions
from kern.beelden.forms import BeeldenField
from kern.beelden.models import Beeld

from . import photos


class Form(forms.Form):
    fotos = BeeldenField(label="Foto's", required=False, max_aantal=3)


def filled(*uploads):
    return Form({}, MultiValueDict({"fotos": list(uploads)}))


def test_several_photos_come_at_once():
    form = filled(photos.upload(photos.jpeg()), photos.upload(photos.encoded(photos.picture(), "HEIF"), "b.heic"))
    assert form.is_valid(), form.errors
    assert [foto.bestand.name for foto in form.cleaned_data["fotos"]] == ["foto.jpg", "b.heic"]


def test_no_photo_is_fine_unless_it_is_asked():
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data["fotos"] == []
    form.fields["fotos"].required = True
    form.full_clean()
    assert form.errors["fotos"] == ["Kies minstens één foto."]


def test_each_refused_file_is_named():
    form = filled(photos.upload(photos.jpeg()), photos.upload(b"%PDF", "plan.pdf"), photos.upload(b"", "leeg.jpg"))
    assert [message.split(":")[0] for message in form.errors["fotos"]] == ["plan.pdf", "leeg.jpg"]


def test_too_many_photos_are_refused_before_any_is_opened():
    form = filled(*[photos.upload(b"x", f"{i}.jpg") for i in range(4)])
    assert form.errors["fotos"] == ["Kies hoogstens 3 foto's; je koos er 4."]


def test_the_field_offers_several_files_and_only_photos():
    html = str(Form()["fotos"])
    assert " multiple" in html
    assert "image/heic" in html


@pytest.mark.django_db
def test_a_checked_photo_is_stored_as_it_is():
    form = filled(photos.upload(photos.jpeg()))
    assert form.is_valid()
    actions.store(form.cleaned_data["fotos"][0])
    assert Beeld.objects.get().origineel.size == len(photos.jpeg())
