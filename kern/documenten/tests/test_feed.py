import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.documenten import kenmerk
from kern.documenten.feed import Item, feed, feed_response
from kern.geo import Punt

ATOM = "{http://www.w3.org/2005/Atom}"
BEGUN = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
ITEM = Item(
    id=kenmerk.tag("actie", 7),
    titel="Bank & boom <b>",
    adres="https://wijk.genk.example/acties/7/?a=1&b=2",
    gepubliceerd_op=BEGUN + timedelta(days=1),
    gewijzigd_op=BEGUN + timedelta(days=5),
    samenvatting="Eén <script>\nregel & twee",
    onderwerpen=("groen",),
    punt=Punt(5.495, 50.983),
)
ABOUT = {
    "id": kenmerk.tag("wijk", "winterslag"),
    "titel": "Winterslag",
    "adres": "https://wijk.genk.example/wijken/winterslag/feed/",
    "pagina": "https://wijk.genk.example/wijken/winterslag/",
    "begonnen_op": BEGUN,
}


def read(items) -> ET.Element:
    """The feed, after what RFC 4287 asks of it was checked."""
    tree = ET.fromstring(feed(items, **ABOUT).content)  # noqa: S314 (our own words)
    assert tree.tag == f"{ATOM}feed"
    for node in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(node.findtext(f"{ATOM}updated")).tzinfo
        assert node.findtext(f"{ATOM}id").startswith("tag:")
        links = [(link.get("rel"), link.get("type")) for link in node.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert tree.find(f"{ATOM}author/{ATOM}name").text
    return tree


def link(node: ET.Element, rel: str) -> str | None:
    return next(found.get("href") for found in node.findall(f"{ATOM}link") if found.get("rel") == rel)


def test_a_feed_says_where_it_is_and_what_is_new():
    tree = read([ITEM])
    assert (link(tree, "self"), link(tree, "alternate")) == (ABOUT["adres"], ABOUT["pagina"])
    assert tree.findtext(f"{ATOM}id") == "tag:genk.example,2026:wijk/winterslag"
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    entry = tree.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "tag:genk.example,2026:actie/7"
    assert entry.findtext(f"{ATOM}title") == ITEM.titel
    assert link(entry, "alternate") == ITEM.adres
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == ITEM.gepubliceerd_op
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == ITEM.gewijzigd_op
    assert entry.findtext("{http://www.georss.org/georss}point") == "50.983000 5.495000"
    assert entry.find(f"{ATOM}category").get("term") == "groen"


def test_what_people_wrote_stays_text_in_a_reader():
    summary = read([ITEM]).find(f"{ATOM}entry/{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text == "Eén &lt;script&gt;<br>regel &amp; twee"


def test_a_feed_was_updated_when_its_newest_entry_was_and_an_empty_one_when_it_began():
    older = replace(ITEM, id=kenmerk.tag("actie", 8), gewijzigd_op=BEGUN + timedelta(days=2))
    for rows, moment in (([older, ITEM], ITEM.gewijzigd_op), ([], BEGUN)):
        assert datetime.fromisoformat(read(rows).findtext(f"{ATOM}updated")) == moment
        assert feed(rows, **ABOUT).gewijzigd_op == moment


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_a_feed_that_can_be_read(words):
    read([replace(ITEM, titel=words, samenvatting=words, onderwerpen=(words,))])


def test_entries_that_cannot_be_told_apart_and_times_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="the same id"):
        feed([ITEM, ITEM], **ABOUT)
    with pytest.raises(ValueError, match="a time zone"):
        feed([replace(ITEM, gewijzigd_op=datetime(2026, 1, 1))], **ABOUT)


def test_who_has_the_feed_already_gets_304():
    get = RequestFactory().get
    first = feed_response(get("/"), feed([ITEM], **ABOUT))
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert first["Last-Modified"] == "Tue, 06 Jan 2026 12:00:00 GMT"
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = feed_response(get("/", headers=headers), feed([ITEM], **ABOUT))
        assert (again.status_code, again.content) == (304, b"")
    newer = feed([replace(ITEM, gewijzigd_op=BEGUN + timedelta(days=9))], **ABOUT)
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert feed_response(get("/", headers=headers), newer).status_code == 200
    assert feed_response(get("/"), newer, publiek=False)["Cache-Control"] == "private, no-cache"
