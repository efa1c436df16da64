import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from meldingen.tests.form.conftest import picture, text, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


@pytest.fixture
def at_photos(visitor, zwerfvuil):
    visitor.waar()
    visitor.wat(zwerfvuil)
    return visitor


def names(visitor):
    return [row["naam"] for row in visitor.draft["fotos"]]


def test_photos_are_optional(at_photos):
    assert where(at_photos.fotos()) == "contact"


def test_a_photo_can_be_added_and_another_one_after_it(at_photos):
    assert where(at_photos.fotos(picture("een.jpg"), voeg_toe="ja")) == "foto"
    assert "1 foto klaar" in text(at_photos.get("foto"))
    assert where(at_photos.fotos(picture("twee.jpg"))) == "contact"
    assert names(at_photos) == ["een.jpg", "twee.jpg"]


def test_a_bad_file_is_named_and_the_good_ones_are_kept(at_photos):
    answer = at_photos.fotos(picture("goed.jpg"), SimpleUploadedFile("brief.pdf", b"%PDF-1.7 geen foto"))
    page = text(answer)
    assert "brief.pdf: Dit bestand is geen foto" in page
    assert "<title>Fout:" in page
    assert "1 foto klaar" in page
    assert names(at_photos) == ["goed.jpg"]
    assert where(at_photos.get("contact")) == "foto"


def test_of_too_many_photos_the_first_five_are_kept(at_photos):
    page = text(at_photos.fotos(*(picture(f"{n}.jpg") for n in range(1, 8))))
    assert "Je kan hoogstens 5 foto&#x27;s meesturen. Deze zijn niet toegevoegd: 6.jpg, 7.jpg." in page
    assert names(at_photos) == ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"]
    assert 'type="file"' not in page


def test_a_photo_can_be_taken_away(at_photos):
    at_photos.fotos(picture("weg.jpg"), picture("blijft.jpg"))
    pk = at_photos.draft["fotos"][0]["id"]
    assert where(at_photos.post("foto", {"verwijder": pk})) == "foto"
    assert names(at_photos) == ["blijft.jpg"]


def test_only_the_maker_sees_a_photo_that_was_not_sent_yet(at_photos, settings):
    at_photos.fotos(picture())
    beeld = Beeld.objects.get()
    url = f"/meldingen/nieuw/foto/{beeld.pk}/"
    assert at_photos.client.get(url).status_code == 202
    beelden.process(beeld_id=beeld.pk)
    answer = at_photos.client.get(url)
    assert answer["Content-Type"] == "image/webp"
    answer.close()
    assert Client().get(url).status_code == 404


def test_photos_that_waited_too_long_are_said_to_be_gone(at_photos):
    at_photos.fotos(picture())
    at_photos.contact()
    session = at_photos.client.session
    rows = [{**row, "op": int(time.time()) - 3 * 24 * 3600} for row in session["melding"]["fotos"]]
    session["melding"] = {**session["melding"], "fotos": rows}
    session.save()
    assert "Je foto&#x27;s waren te oud" in text(at_photos.get("foto")) or "Je foto's waren te oud" in text(
        at_photos.get("foto")
    )
    assert where(at_photos.sends()).startswith("bedankt")
