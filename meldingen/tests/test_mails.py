"""What the mails about a report say, and to whom."""

import uuid

import pytest
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen import actions
from meldingen.actions import resident
from meldingen.tests import factories

pytestmark = pytest.mark.django_db

FOLLOWER = "buur@example.org"


@pytest.fixture
def melding(cast):
    made, _new = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(naam="Zwerfvuil", naam_fr="Déchets sauvages"),
        omschrijving="Blikjes in het gras",
        plaats=factories.CENTRE,
        adres="Hennepstraat 1",
        plaats_in_woorden="achter mijn garage",
        wijk=cast.wijk,
        email=cast.bewoner,
        at=timezone.now(),
    )
    actions.follow(melding=made, sleutel=uuid.uuid4(), at=timezone.now(), email=FOLLOWER, taal="fr")
    return made


def last_to(address: str) -> Bericht:
    return Bericht.objects.filter(aan=address).latest("pk")


def test_a_follower_reads_the_street_but_not_the_door(melding, cast):
    actions.start(melding=melding, toelichting="We komen kijken.", door=cast.wijkmanager, at=timezone.now())
    mine, theirs = last_to(cast.bewoner), last_to(FOLLOWER)
    assert "Hennepstraat 1" in mine.tekst
    assert "Hennepstraat" in theirs.tekst
    assert "Hennepstraat 1" not in theirs.tekst
    assert "garage" not in theirs.tekst
    assert "We komen kijken." in theirs.tekst


def test_a_follower_does_not_read_why_the_reporter_withdrew(melding, cast):
    resident.withdraw(melding=melding, reden="Mijn zoon deed het", at=timezone.now())
    assert "Mijn zoon deed het" in last_to(cast.bewoner).tekst
    assert "Mijn zoon deed het" not in last_to(FOLLOWER).tekst


def test_a_translated_mail_names_everything_in_its_language_and_once_more_in_dutch(melding):
    mail = last_to(FOLLOWER)
    french, dutch = mail.tekst.split("De Nederlandse tekst is de geldige tekst:")
    assert mail.onderwerp.startswith("Vous suivez le signalement")
    assert "Déchets sauvages" in french
    assert "Zwerfvuil" not in french
    assert "Zwerfvuil" in dutch
    assert ">Suivez le signalement</a>" in mail.html


def test_what_the_portal_writes_itself_is_translated_too(cast):
    mine, _new = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(),
        omschrijving="Des canettes dans l’herbe",
        plaats=factories.CENTRE,
        wijk=cast.wijk,
        email=cast.bewoner,
        taal="fr",
        at=timezone.now(),
    )
    resident.withdraw(melding=mine, at=timezone.now())
    french, dutch = last_to(cast.bewoner).tekst.split("De Nederlandse tekst is de geldige tekst:")
    assert "Retiré par la personne" in french
    assert "Ingetrokken door de melder." in dutch
