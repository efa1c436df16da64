"""Denktafels: members who decide on their own name, bundles, and drafts that become a recommendation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, InternalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.bewaring.queries import over
from samenleven.actions import denktafels as actions
from samenleven.actions import ontwerpen as drafting
from samenleven.bewaring.denktafels import SOORTEN
from samenleven.mails.denktafels import token_of
from samenleven.models import (
    Aanbeveling,
    Aanbevelingsvolger,
    Bundel,
    Denktafel,
    Denktafellid,
    Ontwerp,
    Ontwerpreactie,
    Ontwerpversie,
    Signaal,
)
from samenleven.queries import denktafels as queries
from samenleven.rules.ontwerp import Stukje, differences
from samenleven.states.ontwerp import STEPS, Status
from wijken.actions.versie import Gewijzigd
from wijken.models import Bijeenkomst, Team
from wijken.tests.conftest import make_team

pytestmark = pytest.mark.django_db
WORDS = "Zet in elke straat een bank."


@pytest.fixture
def tafel(traject, thema):
    return Denktafel.objects.create(traject=traject, naam="Denktafel buren", domein=thema.domein)


@pytest.fixture
def lid(tafel):
    fields = {"naam": "Lena Lid", "email": "lena@voorbeeld.example", "van": timezone.localdate(), "rol": "lid"}
    return actions.add_member(tafel=tafel, fields=fields, at=timezone.now())


@pytest.fixture
def signaal(gesprek, thema):
    return Signaal.objects.create(
        gesprek=gesprek, nummer=1, soort="struikelblok", tekst="Er is geen bank.", thema=thema, domein=thema.domein
    )


@pytest.fixture
def bundel(tafel, coordinator, signaal):
    fields = {"titel": "Zitten", "vraag": "Waar zitten buren samen?"}
    made = actions.save_bundle(bundel=Bundel(denktafel=tafel), fields=fields, door=coordinator, at=timezone.now())
    assert actions.put_in(bundel=made, signalen=[signaal]) == 1
    return made


@pytest.fixture
def ontwerp(tafel, bundel, coordinator):
    return drafting.begin(tafel=tafel, bundel=bundel, titel="Bankjes", tekst=WORDS, door=coordinator, at=timezone.now())


def move(ontwerp, naar, **more):
    ontwerp.refresh_from_db()
    tot = timezone.localdate() + timedelta(days=9)
    return drafting.move(ontwerp=ontwerp, naar=naar, at=timezone.now(), **{"tot": tot, "versie": ontwerp.versie} | more)


def own_page(lid):
    return reverse("samenleven:denktafel_mijn", args=[token_of(lid)])


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("een twee drie", "een twee drie", [Stukje("", "een twee drie")]),
        ("een twee drie", "een drie", [Stukje("", "een "), Stukje("weg", "twee "), Stukje("", "drie")]),
        ("een drie", "een twee drie", [Stukje("", "een "), Stukje("erbij", "twee "), Stukje("", "drie")]),
        ("oud", "nieuw", [Stukje("weg", "oud"), Stukje("erbij", "nieuw")]),
    ],
)
def test_versions_are_compared_word_by_word(old, new, pieces):
    assert differences(old, new) == pieces


# Members.


def test_a_member_gets_one_mail_and_hears_of_the_recommendations(tafel, lid):
    assert Bericht.objects.filter(soort="denktafel_welkom", aan=lid.email).count() == 1
    assert Aanbevelingsvolger.objects.filter(denktafel=tafel, email=lid.email, bevestigd_op__isnull=False).exists()
    fields = {"naam": "Nog eens", "email": "LENA@voorbeeld.example", "van": timezone.localdate()}
    with pytest.raises(actions.AlLid):
        actions.add_member(tafel=tafel, fields=fields, at=timezone.now())


def test_a_name_is_public_only_as_long_as_the_member_wants(tafel, lid):
    page, public = own_page(lid), reverse("samenleven:denktafel", args=[tafel.pk])
    assert lid.naam not in Client().get(public).content.decode()
    Client().get(page)
    assert not queries.is_named(lid)
    Client().post(page, {"naam": "ja"})
    Client().post(page, {"naam": "ja"})
    assert lid.naam in Client().get(public).content.decode()
    Client().post(page, {"naam": "nee"})
    assert lid.naam not in Client().get(public).content.decode()


def test_who_stops_sits_there_no_longer_and_gets_no_draft(tafel, lid, ontwerp):
    Client().post(own_page(lid), {"naam": "ja"})
    Client().post(own_page(lid), {"stop": "ja"})
    Denktafellid.objects.filter(pk=lid.pk).update(
        van=timezone.localdate() - timedelta(days=2), tot=timezone.localdate() - timedelta(days=1)
    )
    lid.refresh_from_db()
    assert "Dank je wel dat je meedacht" in Client().get(own_page(lid)).content.decode()
    assert not queries.is_named(lid)
    move(ontwerp, Status.BESPROKEN)
    assert not Bericht.objects.filter(soort="denktafel_bespreek").exists()


def test_a_member_who_is_forgotten_leaves_no_name_anywhere(tafel, lid, ontwerp):
    move(ontwerp, Status.BESPROKEN)
    drafting.comment(ontwerp=ontwerp, lid=lid, tekst="Goed", at=timezone.now())
    assert actions.forget_members(pks=[lid.pk], at=timezone.now())["leden"] == 1
    assert not Aanbevelingsvolger.objects.filter(email=lid.email).exists()
    assert not Bericht.objects.filter(aan=lid.email).exists()
    assert Ontwerpreactie.objects.get().lid is None


def test_a_wrong_link_opens_nothing(lid):
    assert Client().get(reverse("samenleven:denktafel_mijn", args=["niets"])).status_code == 404


# Bundles and meetings.


def test_a_bundle_is_filled_on_its_page_and_keeps_each_thing_once(coordinator, tafel, bundel, signaal, gesprek, thema):
    more = Signaal.objects.create(gesprek=gesprek, nummer=2, soort="sleutel", tekst="Koffie helpt", domein=thema.domein)
    client, fill = client_of(coordinator), reverse("samenleven:bundel_kies", args=[bundel.pk])
    assert "Koffie helpt" in client.get(bundel.get_absolute_url()).content.decode()
    client.post(fill, {"signaal": [more.pk, signaal.pk]})
    assert bundel.signalen.count() == 2
    client.post(fill, {"eruit": more.pk})
    assert list(bundel.signalen.all()) == [signaal]


def test_a_meeting_of_the_table_is_one_of_wijken(coordinator, tafel):
    team = make_team("Samenleven", Team.Soort.DIENST, [])
    data = {"titel": "Eerste keer", "begin_0": "2027-03-01", "begin_1": "19:00", "locatie": "Zaal 2", "team": team.pk}
    data |= {"begin": "2027-03-01T19:00"}
    client_of(coordinator).post(reverse("samenleven:denktafel_vergader", args=[tafel.pk]), data)
    made = Bijeenkomst.objects.get()
    assert (made.hoort_bij, made.soort, made.is_openbaar) == (tafel, "denktafel", False)
    assert "Eerste keer" in client_of(coordinator).get(tafel.get_absolute_url()).content.decode()


# Drafts.


def test_members_are_asked_once_and_say_what_they_think(lid, ontwerp, coordinator):
    move(ontwerp, Status.BESPROKEN)
    assert Bericht.objects.filter(soort="denktafel_bespreek", aan=lid.email).count() == 1
    page = own_page(lid)
    assert WORDS in Client().get(page).content.decode()
    empty = Client().post(page, {"ontwerp": ontwerp.pk, "tekst": ""})
    assert empty.status_code == 200
    for _twice in range(2):
        Client().post(page, {"ontwerp": ontwerp.pk, "tekst": "Vraag het eerst."})
    reactie = Ontwerpreactie.objects.get()
    drafting.settle(reactie=reactie, antwoord="Verwerkt", at=timezone.now())
    assert "Verwerkt" in Client().get(page).content.decode()
    assert "Lena Lid" in client_of(coordinator).get(ontwerp.get_absolute_url()).content.decode()
    actions.forget_members(pks=[lid.pk], at=timezone.now())
    assert "een vroeger lid" in client_of(coordinator).get(ontwerp.get_absolute_url()).content.decode()


def test_after_the_last_day_nothing_can_be_said(lid, ontwerp):
    move(ontwerp, Status.BESPROKEN)
    Ontwerp.objects.filter(pk=ontwerp.pk).update(bespreken_tot=timezone.localdate() - timedelta(days=1))
    with pytest.raises(drafting.StapKanNiet, match="voorbij"):
        drafting.comment(ontwerp=ontwerp, lid=lid, tekst="Te laat", at=timezone.now())
    assert WORDS not in Client().get(own_page(lid)).content.decode()


def test_a_text_that_changes_is_a_new_version_and_the_old_one_stays(ontwerp, coordinator):
    def write(text, versie):
        return drafting.write(
            ontwerp=ontwerp, titel="Bankjes", tekst=text, waarom="", door=coordinator, at=timezone.now(), versie=versie
        )

    assert write(WORDS, 1).nummer == 1
    assert write("Zet in elke wijk een bank.", 2).nummer == 2
    with pytest.raises(Gewijzigd):
        write("Anders", 2)
    assert [ronde.versie.nummer for ronde in queries.rounds(ontwerp)] == [2, 1]
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Ontwerpversie.objects.filter(nummer=1).update(tekst="Anders")


def test_an_accepted_draft_becomes_the_next_recommendation_with_what_was_said(ontwerp, coordinator, signaal, tafel):
    Aanbeveling.objects.create(
        traject=tafel.traject, nummer=28, titel="x", tekst="x", domein=tafel.domein, horizon="lang",
        gericht_aan="x", voorgesteld_op=timezone.localdate(), gewijzigd_op=timezone.now(),
    )  # fmt: skip
    move(ontwerp, Status.BESPROKEN)
    move(ontwerp, Status.AANGENOMEN)
    client, step = client_of(coordinator), reverse("samenleven:ontwerp_stap", args=[ontwerp.pk, "voorgesteld"])
    ontwerp.refresh_from_db()
    data = {"versie": ontwerp.versie, "horizon": "lang", "gericht_aan": "College", "op": timezone.localdate()}
    client.post(step, data)
    made = Aanbeveling.objects.get(nummer=29)
    assert (made.titel, made.tekst, made.denktafel, list(made.signalen.all())) == ("Bankjes", WORDS, tafel, [signaal])
    assert not made.is_openbaar
    page = client.get(reverse("samenleven:aanbeveling_werk", args=[made.pk])).content.decode()
    assert ontwerp.get_absolute_url() in page
    assert ontwerp.bundel.get_absolute_url() in page
    ontwerp.refresh_from_db()
    assert (ontwerp.status, ontwerp.aanbeveling) == (Status.VOORGESTELD, made)
    assert client.post(step, data).status_code == 404
    assert Aanbeveling.objects.count() == 2


@pytest.mark.parametrize("van", Status)
@pytest.mark.parametrize("naar", Status)
def test_the_database_lets_a_draft_take_only_the_steps_of_the_table(ontwerp, van, naar):
    made = Aanbeveling.objects.create(
        traject=ontwerp.denktafel.traject, nummer=1, titel="x", tekst="x", domein=ontwerp.denktafel.domein,
        horizon="lang", gericht_aan="x", voorgesteld_op=timezone.localdate(), gewijzigd_op=timezone.now(),
    )  # fmt: skip
    until = timezone.localdate()

    def write(status):
        fields = {"status": status, "bespreken_tot": until, "aanbeveling": made if status == "voorgesteld" else None}
        Ontwerp.objects.filter(pk=ontwerp.pk).update(**fields)

    for status in list(Status)[1 : list(Status).index(van) + 1]:
        write(status)
    if naar in STEPS[van] or naar == van:
        write(naar)
    else:
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            write(naar)


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_of_denktafels_asks_the_same_number_of_queries(
    coordinator, tafel, bundel, ontwerp, lid, django_assert_num_queries, count
):
    for number in range(1, count):
        fields = {"naam": f"Lid {number}", "email": f"lid{number}@voorbeeld.example", "van": timezone.localdate()}
        actions.add_member(tafel=tafel, fields=fields, at=timezone.now())
        drafting.begin(tafel=tafel, bundel=bundel, titel=f"{number}", tekst="x", door=coordinator, at=timezone.now())
        Denktafel.objects.create(traject=tafel.traject, naam=f"Tafel {number}", domein=tafel.domein)
    client = client_of(coordinator)
    for url, expected in (
        (reverse("samenleven:denktafels_werk"), 4),
        (tafel.get_absolute_url(), 9),
        (bundel.get_absolute_url(), 9),
        (ontwerp.get_absolute_url(), 9),
    ):
        client.get(url)
        with django_assert_num_queries(expected):
            client.get(url)
    with django_assert_num_queries(5):
        Client().get(reverse("samenleven:denktafel", args=[tafel.pk]))


def test_members_are_wiped_a_year_after_their_mandate(lid):
    actions.end_mandate(lid=lid, tot=timezone.localdate())
    (soort,) = SOORTEN
    rule = Bewaarregel.objects.get(soort=soort.code)
    assert not over(rule, timezone.now() + timedelta(days=364)).exists()
    late = timezone.now() + timedelta(days=366)
    keys = list(over(rule, late).values_list("pk", flat=True))
    assert soort.omschrijf(keys) == {lid.pk: f"lid {lid.pk}"}
    soort.uitvoering[rule.wat](keys, late)
    assert not Denktafellid.objects.exists()
