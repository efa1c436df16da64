"""What is kept on a mail address is found in every room, handed over whole, and forgotten when its owner asks."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import EmailField
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen.tests import factories
from samenleven.actions import bruggenbouwers
from samenleven.models import (
    Aanbevelingsvolger,
    Activiteitvoorstel,
    Bruggenbouwer,
    Denktafel,
    Denktafellid,
    Domein,
    Steun,
    Traject,
    Uitdager,
)
from wijken import actions
from wijken.models import Inschrijving, Partner, Partnerpersoon, Wijkvolger

EMAIL = "an@voorbeeld.example"
OTHER = "bob@voorbeeld.example"
# Who a mail was for is wiped with it; jurors and organisations are asked by the city itself, under Beheer.
KNOWN = {
    "wijken.Inschrijving", "wijken.Wijkvolger", "wijken.Partnerpersoon", "wijken.Opdehoogte", "samenleven.Uitdager",
    "samenleven.Activiteitvoorstel", "samenleven.Bruggenbouwer", "samenleven.Steun", "samenleven.Aanbevelingsvolger",
    "samenleven.Denktafellid",
}  # fmt: skip
NOT_OF_RESIDENTS = {"wijken.Partner", "wijken.Team", "wijken.Contactvraag", "samenleven.Jurylid"}


@pytest.fixture
def cast(db):
    return factories.cast()


def everywhere(cast, email):
    """This address in every room."""
    now = timezone.now()
    traject = Traject.objects.first()
    meeting = actions.plan_meeting(
        door=cast.wijkmanager,
        at=now,
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel=f"Het plein van {email}",
        begin=now + timedelta(days=9),
        einde=now + timedelta(days=9, hours=2),
        locatie="Buurthuis",
        team=cast.wijkteam,
        capaciteit=1,
    )
    meeting = actions.announce_meeting(bijeenkomst=meeting, versie=meeting.versie, at=now)
    for address in (email, f"wacht.{email}"):
        actions.register(bijeenkomst=meeting, inzending=uuid.uuid4(), naam="An Janssens", email=address, at=now)
    actions.ask_to_follow(wijk=cast.wijk, email=email, taal="nl", at=now)
    partner, _made = Partner.objects.get_or_create(naam="De Brug", soort=Partner.Soort.WELZIJN)
    Partnerpersoon.objects.create(partner=partner, naam="An Janssens", email=email, gemaakt_op=now)
    for status in ("aangemeld", "actief"):
        Uitdager.objects.create(
            traject=traject, naam="An Janssens", email=email, status=status, aangemeld_op=now,
            bevestigd_op=None if status == "aangemeld" else now,
        )  # fmt: skip
    for status in ("aangemeld", "nieuw"):
        Activiteitvoorstel.objects.create(
            titel="Soep op straat", beschrijving="Soep.", wanneer="in mei", naam="An Janssens", email=email,
            status=status, gedaan_op=now, bevestigd_op=None if status == "aangemeld" else now,
        )  # fmt: skip
    words = {"wijk": cast.wijk, "waarom": "Een lange tafel.", "werelden": "", "taal": "nl", "at": now}
    bruggenbouwers.nominate(
        inzending=uuid.uuid4(), naam="An Janssens", email=email, door_naam="Cis", door_email=f"cis.{email}", **words
    )
    row = bruggenbouwers.nominate(
        inzending=uuid.uuid4(), naam="Dina", email=f"dina.{email}", door_naam="An Janssens", door_email=email, **words
    )
    Steun.objects.create(bruggenbouwer=row, naam="An Janssens", email=email, waarom="Ja.", gegeven_op=now)
    table, _made = Denktafel.objects.get_or_create(traject=traject, naam="Tafel", domein=Domein.objects.first())
    Aanbevelingsvolger.objects.create(email=email, denktafel=table, gevraagd_op=now)
    Denktafellid.objects.create(denktafel=table, naam="An Janssens", email=email, van=now.date())


HELD = (
    Inschrijving,
    Wijkvolger,
    Partnerpersoon,
    Uitdager,
    Activiteitvoorstel,
    Bruggenbouwer,
    Steun,
    Aanbevelingsvolger,
    Denktafellid,
)


def holding(email):
    """In which of the tables the address stands."""
    found = {model.__name__ for model in HELD if model.objects.filter(email__iexact=email).exists()}
    nominated = Bruggenbouwer.objects.filter(door_email__iexact=email).exists()
    return found | ({"voordrager"} if nominated else set())


def test_every_table_with_a_mail_address_of_a_resident_is_looked_in():
    models = [model for model in apps.get_models() if model._meta.app_label in ("wijken", "samenleven")]
    here = {
        model._meta.label
        for model in models
        if not model.__name__.endswith("Historiek") and any(isinstance(f, EmailField) for f in model._meta.fields)
    }
    assert here == KNOWN | NOT_OF_RESIDENTS


def test_all_of_it_is_told_and_handed_over(client, cast):
    everywhere(cast, EMAIL)
    everywhere(cast, OTHER)
    client.force_login(cast.beheerder)
    page = client.post(reverse("meldingen:staff_address"), {"email": EMAIL.upper()}).content.decode()
    for words in (f"Ingeschreven voor Het plein van {EMAIL}", f"Volgt de wijk {cast.wijk.naam}", "Soep op straat"):
        assert words in page
    answer = client.post(reverse("meldingen:staff_address"), {"email": EMAIL, "doe": "zip"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    told = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(told) == {
        "lees-mij.txt", "inschrijving.json", "wijkvolger.json", "partnerpersoon.json", "uitdager.json",
        "activiteitvoorstel.json", "bruggenbouwer.json", "steun.json", "aanbevelingsvolger.json",
        "denktafellid.json",
    }  # fmt: skip
    everything = "".join(told.values())
    assert OTHER not in everything
    assert "Dina" not in everything  # whom they nominated is somebody else
    assert json.loads(told["inschrijving.json"])[0]["naam"] == "An Janssens"


def test_wiping_takes_it_from_every_room_and_leaves_others_alone(client, cast):
    everywhere(cast, EMAIL)
    everywhere(cast, OTHER)
    all_of_it = {model.__name__ for model in HELD} | {"voordrager"}
    assert holding(EMAIL) == holding(OTHER) == all_of_it
    client.force_login(cast.beheerder)
    client.post(reverse("meldingen:staff_address"), {"email": EMAIL, "doe": "wis"})
    assert holding(EMAIL) == set()
    assert not Bericht.objects.filter(aan__iexact=EMAIL).exists()
    assert holding(OTHER) == all_of_it
    # Somebody else's nomination stays, and the place at the meeting went to who was waiting.
    assert Bruggenbouwer.objects.filter(naam="Dina", email=f"dina.{EMAIL}").exists()
    assert Inschrijving.objects.get(email=f"wacht.{EMAIL}").status == "bevestigd"
