"""What everybody reads: a zone in plain words, the figures of the city, and good examples with their photo."""

import csv
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from toegankelijkheid.actions import bevindingen
from toegankelijkheid.models import GoedVoorbeeld, Knelpunt, OpnameBeeld
from toegankelijkheid.queries import zonebeeld
from toegankelijkheid.queries.zonebeeld import NEXT, SHOWN, Plek
from toegankelijkheid.rules.woorden import Oordeel
from toegankelijkheid.states import Knelpuntstatus

from .factories import CENTRE, CriteriumFactory, KnelpuntFactory, ObjectFactory, OpnameFactory, ZoneFactory
from .test_cijfers import visited

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(f"toegankelijkheid:{name}", args=args), query).content.decode().replace("&nbsp;", " ")


def good_example(zone, *, openbaar=True, **more):
    opname = OpnameFactory(object=ObjectFactory(zone=zone), soort="goed")
    photo = beelden.store(upload(jpeg(320, 240)), alt_tekst="Een vlakke <afrit> & een noppentegel")
    beelden.process(beeld_id=photo.pk)
    row = OpnameBeeld.objects.create(opname=opname, beeld=photo)
    example = GoedVoorbeeld.objects.create(
        titel="Vlak & breed", onderwerp="oversteekplaats", zone=zone, opname=opname, plaats=CENTRE, adres="Dorpsstraat",
        omschrijving="De afrit is vlak en <breed>.", **more,
    )  # fmt: skip
    if openbaar:
        bevindingen.publish(bevinding=example, openbaar=True)
    return example, row


def test_a_zone_nobody_looked_at_is_not_said_to_be_good(cast, client):
    words = page(client, "zone", cast.zone.slug)
    assert "We weten dus nog niet wat in orde is." in words
    assert "Dat wil niet zeggen dat er geen zijn." in words
    ObjectFactory(zone=cast.zone)
    words = page(client, "zone", cast.zone.slug)
    assert "kent hier 1 plek om te meten, maar mat ze nog niet" in words
    assert "in orde is van" not in words


def test_a_zone_tells_what_was_screened_what_blocks_and_what_happens_with_it(cast, client):
    criterium = CriteriumFactory(groepen=["rolstoel"])
    stuck, good = ObjectFactory(zone=cast.zone), ObjectFactory(zone=cast.zone, onderwerp="halte")
    visited(stuck, [(criterium, Oordeel.VOLDOET_NIET, 4)])
    visited(good, [(criterium, Oordeel.VOLDOET, None)])
    ObjectFactory(zone=cast.zone)
    shown = KnelpuntFactory(
        zone=cast.zone, titel="Trede <20 cm>", ernst=4, openbaar=True, groepen=["rolstoel"], plaats=CENTRE
    )
    KnelpuntFactory(zone=cast.zone, titel="Alleen voor collega's", openbaar=False, plaats=CENTRE)
    words = page(client, "zone", cast.zone.slug)
    for text in (
        "66 procent van de plekken hier: 2 van de 3",
        "Over 1 plek weten we nog niets",
        "haalt 50 procent zijn niveau",
        "Op 1 plek kan iemand er niet door",
        "Alles wat we hier konden beoordelen, is in orde van: halte (1)",
        "Trede &lt;20 cm&gt;",
        "Lastig voor rolstoelgebruikers",
        str(NEXT[Knelpuntstatus.VASTGESTELD]),
    ):
        assert text in words
    assert "Alleen voor collega" not in words
    places = json.loads(client.get(reverse("toegankelijkheid:zone_places", args=[cast.zone.slug])).content)
    (place,) = places["features"]
    assert place["properties"]["naam"] == "Probleem: Trede <20 cm>"
    assert f'id="{place["properties"]["url"].partition("#")[2]}"' in words
    assert place["properties"]["url"].endswith(f"#knelpunt-{shown.pk}")


def test_what_was_solved_is_apart_and_what_lapsed_is_not_shown(cast, client):
    row = KnelpuntFactory(zone=cast.zone, titel="Steile helling", openbaar=True)
    for status in ("beoordeeld", "aanvaard", "gepland"):
        Knelpunt.objects.filter(pk=row.pk).update(status=status, planning="KT", planjaar=2027)
    assert "Dit staat op de planning. (korte termijn, 2027)" in page(client, "zone", cast.zone.slug)
    Knelpunt.objects.filter(pk=row.pk).update(status="uitgevoerd")
    words = page(client, "zone", cast.zone.slug)
    assert "Aangepakt" in words
    assert "toont de stad nog geen problemen" in words
    gone = KnelpuntFactory(zone=cast.zone, titel="Nooit geweest", openbaar=True)
    Knelpunt.objects.filter(pk=gone.pk).update(status="vervallen", statusreden="De norm veranderde.")
    assert "Nooit geweest" not in page(client, "zone", cast.zone.slug)


def test_each_status_that_is_shown_says_what_happens_in_every_language():
    assert set(NEXT) == set(SHOWN)
    for language in ("nl", "fr", "en"):
        with translation.override(language):
            words = {Plek(Knelpunt(status=status)).vervolg for status in SHOWN}
            assert len(words) == len(SHOWN)


def test_a_good_example_has_its_photo_with_words_for_who_cannot_see_it(cast, client):
    example, photo = good_example(cast.zone)
    words = page(client, "gallery")
    assert 'alt="Een vlakke &lt;afrit&gt; &amp; een noppentegel"' in words
    for text in ("Vlak &amp; breed", "De afrit is vlak en &lt;breed&gt;.", "Dorpsstraat", "1 voorbeeld"):
        assert text in words
    address = reverse("toegankelijkheid:example_photo", args=[photo.pk, "klein"])
    answer = client.get(address)
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content).startswith(b"RIFF")
    assert client.get(address.replace("klein", "origineel")).status_code == 404
    newer = GoedVoorbeeld.objects.create(
        titel="Zonder foto", onderwerp="halte", openbaar=True, vastgesteld_op=timezone.localdate()
    )
    assert list(zonebeeld.examples()) == [example, newer]
    newer.delete()
    bevindingen.publish(bevinding=example, openbaar=False)
    assert client.get(address).status_code == 404
    assert "Nog geen goede voorbeelden" in page(client, "gallery")


def test_a_photo_of_something_else_than_a_public_good_example_is_not_to_be_had(cast, client):
    _example, photo = good_example(cast.zone, openbaar=False)
    OpnameBeeld.objects.update(openbaar=True)
    assert client.get(reverse("toegankelijkheid:example_photo", args=[photo.pk, "klein"])).status_code == 404


def test_the_gallery_is_chosen_by_zone_and_subject(cast, client):
    good_example(cast.zone)
    other = ZoneFactory()
    assert "1 voorbeeld" in page(client, "gallery", zone=cast.zone.slug, onderwerp="oversteekplaats")
    for asked in ({"zone": other.slug}, {"onderwerp": "halte"}):
        assert "Geen voorbeeld gevonden" in page(client, "gallery", **asked)
    # What is not known counts as not asked.
    assert "1 voorbeeld" in page(client, "gallery", zone="onzin", onderwerp="onzin", page="onzin")


def test_everybody_reads_the_figures_of_the_city_and_takes_them_along(cast, client):
    assert "Nog geen cijfers" in page(client, "public_figures")
    criterium = CriteriumFactory(groepen=["blind"])
    visited(ObjectFactory(zone=cast.zone), [(criterium, Oordeel.VOLDOET_NIET, 4)])
    for _ in range(2):
        ObjectFactory()
    words = page(client, "public_figures")
    for text in ("mat 33 procent van de plekken die ze kent: 1 van de 3", "dat wil niet zeggen dat ze in orde zijn",
                 "Op 1 plek kan iemand er niet door", "nog niet geweten", "Buiten elke woonzorgzone"):  # fmt: skip
        assert text in words
    address = reverse("toegankelijkheid:public_figures_file")
    answer = client.get(address, {"per": "groep"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    (blind,) = [line for line in lines if line[0] == "blinde mensen"]
    assert blind[1:9] == ["3", "1", "33", "1", "0", "0", "1", "1"]
    assert client.get(address, {"per": "ronde"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("zone", 11), ("gallery", 4), ("public_figures", 6), ("overview", 5)])
def test_each_public_page_costs_the_same_for_one_row_and_for_three(
    cast, client, django_assert_num_queries, name, queries, count
):
    criterium = CriteriumFactory(groepen=["rolstoel"])
    for n in range(count):
        good_example(cast.zone)
        KnelpuntFactory(zone=cast.zone, openbaar=True)
        visited(ObjectFactory(zone=cast.zone), [(criterium, Oordeel.VOLDOET_NIET, 4)])
        if n:
            ZoneFactory(wijken=[cast.wijk])
    client.get(reverse("toegankelijkheid:norms"))
    url = reverse(f"toegankelijkheid:{name}", args=[cast.zone.slug] if name == "zone" else [])
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
