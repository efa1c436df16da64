"""What a step weighs on a phone's connection, compressed as the web server does."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from meldingen import startgegevens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]

MAP = ("leaflet/", "js/kaart.js", "css/kaart.css")


def weight(answer, *, with_map):
    """Bytes of the page with its styles, scripts and the drawing of its icons."""
    html = answer.content.decode()
    files = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html))
    assert any(name.startswith("leaflet/") for name in files) is ("data-kaart" in html)
    files = {name for name in files if with_map or not name.startswith(MAP)}
    parts = [answer.content, *(Path(finders.find(name)).read_bytes() for name in files)]
    return sum(len(gzip.compress(part)) for part in parts)


def test_the_first_page_is_light_with_and_without_the_map(visitor):
    page = visitor.get("waar")
    assert weight(page, with_map=False) < 100_000
    outlines = gzip.compress(visitor.client.get("/wijken/omtrekken.json").content)
    assert weight(page, with_map=True) + len(outlines) < 250_000


def test_the_page_with_every_category_is_light(visitor):
    startgegevens.load()
    visitor.waar()
    assert weight(visitor.get("wat"), with_map=False) < 100_000
