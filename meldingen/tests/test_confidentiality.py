"""What people who are not the reporter get to know of a report: followers, and colleagues of another team."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen import actions, mails
from meldingen.models import Categorie, Melding
from meldingen.states import Sluitreden
from meldingen.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
NEIGHBOUR = "buur@voorbeeld.example"


@pytest.fixture
def melding(cast):
    melding, _made = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(naam="Zwerfvuil"),
        omschrijving="Blikjes",
        plaats=factories.CENTRE,
        adres="Hennepstraat 17 bus 3",
        plaats_in_woorden="bij mij thuis, bel bij Janssens",
        wijk=cast.wijk,
        naam="An Janssens",
        email=cast.bewoner,
        at=timezone.now(),
    )
    return melding


@pytest.fixture
def follower(melding):
    return actions.follow(melding=melding, sleutel=uuid.uuid4(), email=NEIGHBOUR, at=timezone.now())


def make_sensitive(melding):
    Categorie.objects.filter(pk=melding.categorie_id).update(is_gevoelig=True)
    return Melding.objects.get(pk=melding.pk)


def mailed(address):
    return list(Bericht.objects.filter(aan=address).order_by("pk"))


def test_a_follower_reads_the_street_and_never_the_door_or_the_words_about_the_place(melding, follower, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    for mail in mailed(NEIGHBOUR):
        assert "Hennepstraat" in mail.tekst
        assert "17 bus 3" not in mail.tekst + mail.html + mail.onderwerp
        assert "Janssens" not in mail.tekst + mail.html + mail.onderwerp
    assert "Hennepstraat 17 bus 3" in mailed(cast.bewoner)[-1].tekst


def test_words_of_the_reporter_are_not_mailed_to_a_follower(melding, follower, cast):
    actions.resident.withdraw(melding=melding, reden="Mijn man deed het zelf", at=timezone.now())
    actions.resident.reopen(melding=melding, reden="Mijn man is ziek", at=timezone.now())
    assert len(mailed(NEIGHBOUR)) == 3
    assert not any("Mijn man" in mail.tekst + mail.html for mail in mailed(NEIGHBOUR))
    assert all("Mijn man" in mail.tekst for mail in mailed(cast.bewoner)[1:])


def test_words_of_a_colleague_are_mailed_to_a_follower_too(melding, follower, cast):
    actions.close(
        melding=melding,
        sluitreden=Sluitreden.NIET_BEVOEGD,
        toelichting="Bel Fluvius",
        door=cast.wijkmanager,
        at=timezone.now(),
    )
    assert "Bel Fluvius" in mailed(NEIGHBOUR)[-1].tekst


def test_followers_hear_nothing_more_of_what_became_sensitive(client, melding, follower, cast):
    before = len(mailed(NEIGHBOUR))
    melding = make_sensitive(melding)
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    assert len(mailed(NEIGHBOUR)) == before
    assert client.get(reverse("meldingen:following", args=[follower.sleutel])).status_code == 404
    stop = reverse("meldingen:unfollow", args=[follower.sleutel])
    assert "Zwerfvuil" not in client.get(stop).content.decode()
    assert client.post(stop).url == reverse("home")
    follower.refresh_from_db()
    assert follower.email == ""


def test_a_follower_does_not_read_a_public_text_that_was_hidden_again(client, melding, follower):
    page = reverse("meldingen:following", args=[follower.sleutel])
    Melding.objects.filter(pk=melding.pk).update(openbaar=False, openbare_tekst="Te vroeg vrijgegeven")
    assert "Te vroeg" not in client.get(page).content.decode()


def test_a_colleague_who_may_not_see_a_report_cannot_be_mentioned_with_it(client, melding, cast):
    client.force_login(cast.wijkmanager)
    step = reverse("meldingen:step", args=[melding.pk, "notitie"])
    note = {"versie": melding.versie, "tekst": "Kijk jij mee?", "genoemd": [cast.collega.pk]}
    assert "mogen de melding niet zien" in client.post(step, note).content.decode()
    assert not Bericht.objects.filter(soort="staf_genoemd").exists()
    with pytest.raises(ValueError, match="mag deze melding niet zien"):
        actions.note(melding=melding, tekst="x", door=cast.wijkmanager, at=timezone.now(), genoemd=[cast.collega])
    assert client.post(step, {**note, "genoemd": [cast.beheerder.pk]}).status_code == 302
    assert Bericht.objects.get(soort="staf_genoemd").aan == cast.beheerder.email


def test_forgetting_the_reporter_also_ends_their_following_and_wipes_the_link_to_all_reports(melding, cast):
    actions.follow(melding=melding, sleutel=uuid.uuid4(), email=cast.bewoner.upper(), at=timezone.now())
    mails.my_reports(cast.bewoner, "nl", "nu")
    actions.resident.forget(melding=melding, at=timezone.now())
    assert not melding.volgers.exclude(email="").exists()
    assert not Bericht.objects.filter(aan__iexact=cast.bewoner).exists()
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    assert not Bericht.objects.exclude(aan="").exists()


def test_forgetting_says_what_stays(client, melding):
    text = client.get(reverse("meldingen:status_forget", args=[melding.code])).content.decode()
    for words in ("je foto’s", "Ook de code blijft werken", "andere meldingen"):
        assert words in text
