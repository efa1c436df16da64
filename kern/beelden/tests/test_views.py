from pathlib import Path

import pytest
from django.test import RequestFactory

from kern.beelden import actions, views
from kern.beelden.models import Beeld, Maat

from . import photos

pytestmark = pytest.mark.django_db


def body(response):
    try:
        return b"".join(response.streaming_content)
    finally:
        response.close()


@pytest.fixture
def beeld():
    return actions.process(beeld_id=actions.store(photos.upload(photos.jpeg(800, 600))).pk)


@pytest.mark.parametrize("maat", Maat.values)
def test_a_photo_is_for_this_browser_only(beeld, maat):
    response = views.respond(beeld, maat)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline;")
    assert body(response)[8:12] == b"WEBP"


def test_a_browser_that_has_the_photo_gets_no_second_copy(beeld):
    first = views.respond(beeld, Maat.GROOT)
    body(first)
    again = RequestFactory().get("/", headers={"if-none-match": first["ETag"]})
    unchanged = views.respond(beeld, Maat.GROOT, again)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    other = views.respond(beeld, Maat.KLEIN, again)
    assert other.status_code == 200
    body(other)


def test_while_the_photo_waits_a_drawing_says_so():
    response = views.respond(actions.store(photos.upload(photos.jpeg())), Maat.KLEIN)
    assert (response.status_code, response["Content-Type"]) == (202, "image/svg+xml")
    assert response["Cache-Control"] == "no-store"
    assert "wordt klaargemaakt" in response.content.decode()


def test_a_photo_that_failed_or_is_gone_is_no_error_of_the_reader(beeld):
    Path(beeld.groot.path).unlink()
    gone = views.respond(beeld, Maat.GROOT)
    assert (gone.status_code, gone["Content-Type"]) == (200, "image/svg+xml")
    beeld.status = Beeld.Status.MISLUKT
    assert "kon niet worden gelezen" in views.respond(beeld, Maat.GROOT).content.decode()
