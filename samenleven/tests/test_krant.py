"""De Genksenaar: composed, in order, published; and without a quote the moment its consent is gone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.documenten.tests.pdfs import Gelezen
from samenleven.actions import edities as actions
from samenleven.actions.toestemming import withdraw_consent
from samenleven.actions.uitdagers import Gewijzigd
from samenleven.models import Citaat, Editie, Editieblok, Signaal, Toestemming, Waarvoor
from samenleven.states.editie import Status

from .test_gesprekken import checked, entered, judge  # noqa: F401 (fixtures)

QUOTE = "Dat bankje deed meer dan tien vergaderingen."
pytestmark = pytest.mark.usefixtures("no_limits")


@pytest.fixture
def editie(checked, traject, coordinator):  # noqa: F811
    at = timezone.now()
    row = actions.start_edition(traject=traject, titel="Zo leven we samen", inleiding="Lees mee.", at=at)
    actions.add_text(
        editie=row, soort="verhaal", titel="De poort", tekst="Ze stond open.", van_iemand=False, door=coordinator, at=at
    )
    actions.add_signal(editie=row, signaal=Signaal.objects.get(), at=at)
    actions.add_quote(editie=row, citaat=Citaat.objects.get(), at=at)
    return actions.publish(editie=row, door=coordinator, at=at, versie=row.versie)


def everywhere(client, editie):
    """What every public way to the edition says: page, search, feed, and both PDFs."""
    addresses = {
        "page": reverse("samenleven:editie", args=[editie.nummer]),
        "search": reverse("samenleven:stemmen") + "?q=bankje",
        "feed": reverse("samenleven:editie_feed"),
    }
    said = {name: client.get(address).content.decode() for name, address in addresses.items()}
    for name in ("editie_pdf", "editie_a3"):
        book = Gelezen(client.get(reverse(f"samenleven:{name}", args=[editie.nummer])).content)
        book.keur()
        said[name] = " ".join(book.tekst.split())
    return said


def test_a_quote_is_everywhere_and_gone_everywhere_when_its_consent_is_withdrawn(client, editie):
    before = everywhere(client, editie)
    assert {name: QUOTE in text for name, text in before.items()} == dict.fromkeys(before, True)
    withdraw_consent(toestemming=Toestemming.objects.get(), at=timezone.now())
    after = everywhere(client, editie)
    assert {
        name: "bankje" in text.replace("q=bankje", "").replace('value="bankje"', "") for name, text in after.items()
    } == (dict.fromkeys(after, False))
    assert "Ze stond open." in after["editie_pdf"], "the rest is still there"


def test_nobody_keeps_an_older_copy_than_that(client, editie):
    for name in ("editie", "editie_pdf", "editie_a3"):
        answer = client.get(reverse(f"samenleven:{name}", args=[editie.nummer]))
        assert "no-cache" in answer["Cache-Control"]
    feed = client.get(reverse("samenleven:editie_feed"))
    withdraw_consent(toestemming=Toestemming.objects.get(), at=timezone.now())
    again = client.get(reverse("samenleven:editie_feed"), HTTP_IF_NONE_MATCH=feed["ETag"])
    assert again.status_code == 200


def test_the_story_of_somebody_is_read_with_their_consent_only(client, editie, coordinator):
    blok = actions.add_text(
        editie=editie,
        soort="verhaal",
        titel="Ik",
        tekst="Mijn verhaal.",
        van_iemand=True,
        door=coordinator,
        at=timezone.now(),
    )
    address = reverse("samenleven:editie", args=[editie.nummer])
    assert "Mijn verhaal." in client.get(address).content.decode()
    withdraw_consent(toestemming=Toestemming.objects.about(blok).get(), at=timezone.now())
    assert "Mijn verhaal." not in client.get(address).content.decode()
    assert not Editieblok.objects.filter(pk=blok.pk).exists()


def test_a_consent_is_one_per_thing_and_a_new_one_may_follow(editie):
    citaat = Citaat.objects.get()
    first = Toestemming.objects.get()
    from samenleven.actions.toestemming import give_consent

    again = give_consent(over=citaat, waarvoor=Waarvoor.WOORDEN, via="papier", at=timezone.now())
    assert again == first
    withdraw_consent(toestemming=first, at=timezone.now())
    later = give_consent(over=citaat, waarvoor=Waarvoor.WOORDEN, via="papier", at=timezone.now())
    assert later != first
    assert Toestemming.objects.about(citaat).count() == 2


def test_blocks_move_by_button_and_by_dragging_and_go(client, editie, coordinator):
    client.force_login(coordinator)
    address = reverse("samenleven:editie_volgorde", args=[editie.nummer])

    def order():
        return list(editie.blokken.order_by("volgorde").values_list("pk", flat=True))

    a, b, c = order()
    client.post(address, {"omlaag": a})
    assert order() == [b, a, c]
    client.post(address, {"omhoog": b})
    assert order() == [b, a, c], "at the edge it stays"
    assert client.post(address, {"volgorde": f"{c},{b},999999"}).status_code == 204
    assert order() == [c, b, a]
    client.post(address, {"weg": b})
    assert order() == [c, a]


def test_what_not_everybody_may_read_cannot_be_chosen_and_nothing_is_chosen_twice(client, editie, coordinator, entered):  # noqa: F811
    client.force_login(coordinator)
    address = reverse("samenleven:editie_kies", args=[editie.nummer])
    hidden = Signaal.objects.create(gesprek=entered, nummer=9, soort="sleutel", tekst="Geheim")
    client.post(address, {"signaal": hidden.pk})
    client.post(address, {"citaat": Citaat.objects.get().pk})
    assert editie.blokken.count() == 3


def test_an_empty_edition_does_not_appear_and_one_that_is_taken_back_is_gone(client, editie, traject, coordinator):
    empty = actions.start_edition(traject=traject, titel="Leeg", inleiding="", at=timezone.now())
    with pytest.raises(actions.Leeg):
        actions.publish(editie=empty, door=coordinator, at=timezone.now(), versie=empty.versie)
    with pytest.raises(Gewijzigd):
        actions.take_back(editie=editie, at=timezone.now(), versie=editie.versie - 1)
    actions.take_back(editie=editie, at=timezone.now(), versie=editie.versie)
    for name in ("editie", "editie_pdf", "editie_a3"):
        assert client.get(reverse(f"samenleven:{name}", args=[editie.nummer])).status_code == 404
    assert Editie.objects.get(pk=editie.pk).status == Status.CONCEPT


def test_an_edition_too_long_for_a_folded_sheet_says_so_and_offers_a4(client, editie, coordinator):
    for n in range(60):
        actions.add_text(
            editie=editie,
            soort="verhaal",
            titel=f"Deel {n}",
            tekst="Een lang verhaal over de straat. " * 40,
            van_iemand=False,
            door=coordinator,
            at=timezone.now(),
        )
    answer = client.get(reverse("samenleven:editie_a3", args=[editie.nummer]))
    assert answer.status_code == 409
    assert "A4" in answer.content.decode()
    assert client.get(reverse("samenleven:editie_pdf", args=[editie.nummer])).status_code == 200


def test_the_archive_costs_the_same_with_one_and_with_three(
    client, editie, traject, coordinator, django_assert_num_queries
):
    address = reverse("samenleven:edities")
    with django_assert_num_queries(2):
        client.get(address)
    for titel in "ab":
        row = actions.start_edition(traject=traject, titel=titel, inleiding="", at=timezone.now())
        actions.add_text(
            editie=row, soort="verhaal", titel="t", tekst="t", van_iemand=False, door=coordinator, at=timezone.now()
        )
        actions.publish(editie=row, door=coordinator, at=timezone.now(), versie=row.versie)
    with django_assert_num_queries(2):
        client.get(address)


def test_two_colleagues_change_the_front_page_and_the_second_keeps_what_was_typed(client, editie, coordinator):
    client.force_login(coordinator)
    address = reverse("samenleven:editie_voorpagina", args=[editie.nummer])
    stale = editie.versie
    client.post(address, {"titel": "Eerst", "inleiding": "", "versie": stale})
    answer = client.post(address, {"titel": "Daarna", "inleiding": "", "versie": stale}).content.decode()
    assert "Iemand anders was je voor" in answer
    assert "Daarna" in answer
    editie.refresh_from_db()
    assert editie.titel == "Eerst"
