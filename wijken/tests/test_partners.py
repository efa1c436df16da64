"""The yearly question to partners whether their contact data still hold."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.prive import link_token
from meldingen.tests.factories import GebruikerFactory
from wijken import actions, mails, reminders
from wijken.models import Contactvraag, Partner

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
DATA = {"email": "nieuw@delijn.example", "telefoon": "089 12 34 56", "website": "", "opmerking": "Andere dienst"}


@pytest.fixture
def clock(db):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def partner(clock):
    return make()


@pytest.fixture
def beheerder(db):
    return GebruikerFactory(rollen=[Rol.BEHEERDER])


def make(naam="De Lijn", **fields):
    return Partner.objects.create(
        **{"naam": naam, "soort": Partner.Soort.VERVOER, "email": "meldingen@delijn.example", **fields}
    )


def url(vraag):
    return reverse("wijken:partner_contact", args=[link_token(vraag.sleutel, mails.LINK_SALT)])


def test_a_partner_is_asked_once_a_year(partner):
    make("Net bevestigd", bevestigd_op=TODAY - timedelta(days=100))
    make("Gestopt", is_actief=False)
    make("Zonder adres", email="")
    assert reminders.partners.ask_contacts(NOW) == {"gevraagd": 1}
    assert reminders.partners.ask_contacts(NOW) == {"gevraagd": 0}
    vraag = Contactvraag.objects.get()
    assert (vraag.partner, vraag.uiterlijk) == (partner, date(2026, 6, 29))
    mail = Bericht.objects.get()
    assert url(vraag) in mail.tekst
    actions.confirm_contact(vraag=vraag, at=NOW)
    ask = reminders.partners.ask_contacts
    assert ask(NOW + timedelta(days=364)) == {"gevraagd": 1}  # of the one that was confirmed before
    assert ask(NOW + timedelta(days=366)) == {"gevraagd": 1}


def test_one_click_confirms_and_a_get_does_not(partner, client):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    page = client.get(url(vraag))
    assert "Kloppen de gegevens van De Lijn nog?" in page.content.decode()
    assert Contactvraag.objects.get().antwoord is None
    for _ in range(2):
        assert client.post(url(vraag), {"klopt": "ja"}).status_code == 302
    assert Partner.objects.get().bevestigd_op == TODAY
    assert "Dank je, we weten genoeg" in client.get(url(vraag)).content.decode()


def test_what_changed_is_a_proposal_that_an_administrator_takes_over(partner, client, beheerder):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    assert client.post(url(vraag), DATA).status_code == 302
    assert Partner.objects.get().email == "meldingen@delijn.example"
    client.post(url(vraag), {"klopt": "ja"})  # too late: the first answer counts
    client.force_login(beheerder)
    path = reverse("wijken:partner", args=[partner.pk])
    assert "nieuw@delijn.example" in client.get(path).content.decode()
    settle = reverse("wijken:partner_settle", args=[partner.pk])
    assert client.post(settle, {"overnemen": "ja"}).status_code == 302
    row = Partner.objects.get()
    assert (row.email, row.telefoon, row.bevestigd_op) == ("nieuw@delijn.example", "089 12 34 56", TODAY)
    assert client.post(settle, {"overnemen": "ja"}).status_code == 404


def test_a_proposal_can_be_put_aside(partner, beheerder):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    actions.correct_contact(vraag=vraag, at=NOW, **DATA)
    actions.settle_contact(vraag=vraag, overnemen=False, door=beheerder, at=NOW)
    assert Partner.objects.get().email == "meldingen@delijn.example"
    with pytest.raises(ValueError, match="geen voorstel"):
        actions.settle_contact(vraag=vraag, overnemen=True, door=beheerder, at=NOW)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"email": "x"}, "Dit e-mailadres klopt niet."),
        ({"telefoon": "bel maar"}, "Dit telefoonnummer klopt niet."),
        ({"website": "http://delijn.example"}, "Een website begint met https://."),
    ],
)
def test_wrong_contact_data_are_said_at_their_field(partner, client, fields, complaint):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    assert complaint in client.post(url(vraag), {**DATA, **fields}).content.decode()
    client.post(url(vraag), {**DATA, "thuis": "robot"})
    assert Contactvraag.objects.get().antwoord is None


def test_who_does_not_answer_in_twenty_working_days_is_flagged_for_the_beheerder(partner, client, beheerder, clock):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    assert list(reminders.partners.open_items(date(2026, 6, 29), date(2026, 7, 9))) == []
    day = date(2026, 6, 30)
    (item,) = reminders.partners.open_items(day, day)
    assert (item.titel, item.ontvangers) == ("De Lijn: contact niet bevestigd", {})
    clock.move_to(NOW + timedelta(days=29))
    client.force_login(beheerder)
    assert "niet bevestigd" in client.get(reverse("wijken:partners")).content.decode()
    assert Partner.objects.unconfirmed(day).get() == partner
    actions.confirm_contact(vraag=vraag, at=timezone.now())
    assert not Partner.objects.unconfirmed(day).exists()
    assert list(reminders.partners.open_items(day, day)) == []


def test_a_proposal_that_waits_is_told_to_the_beheerder(partner):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    actions.correct_contact(vraag=vraag, at=NOW, **DATA)
    day = date(2026, 6, 30)
    assert [item.titel for item in reminders.partners.open_items(day, day)] == ["De Lijn: een voorstel wacht"]


def test_asking_again_replaces_the_question_and_its_link(partner, client, beheerder):
    old = actions.ask_contact(partner=partner, at=NOW)
    client.force_login(beheerder)
    client.post(reverse("wijken:partner_settle", args=[partner.pk]), {"vraag": "ja"})
    assert Contactvraag.objects.filter(is_vervallen=False).count() == 1
    assert client.get(url(old)).status_code == 410
    assert client.get(url(Contactvraag.objects.get(is_vervallen=False))).status_code == 200


def test_a_link_that_is_too_old_or_wrong_says_so(partner, client, clock):
    vraag = actions.ask_contact(partner=partner, at=NOW)
    wrong = reverse("wijken:partner_contact", args=[link_token(uuid.uuid4(), mails.LINK_SALT)])
    assert client.get(wrong).status_code == 404
    clock.move_to(NOW + timedelta(days=91))
    response = client.post(url(vraag), {"klopt": "ja"})
    assert (response.status_code, Contactvraag.objects.get().antwoord) == (410, None)


@pytest.mark.parametrize(("taal", "words"), [("fr", "toujours exactes"), ("en", "still right")])
def test_the_question_is_in_the_language_of_the_partner(clock, client, taal, words):
    vraag = actions.ask_contact(partner=make(taal=taal), at=NOW)
    assert words in client.get(url(vraag)).content.decode()
    assert Bericht.objects.get().taal == taal


def test_only_an_administrator_settles(partner, client):
    client.force_login(GebruikerFactory(rollen=[Rol.WIJKMANAGER]))
    settle = reverse("wijken:partner_settle", args=[partner.pk])
    assert client.post(settle, {"vraag": "ja"}).status_code == 404
    page = client.get(reverse("wijken:partner", args=[partner.pk])).content.decode()
    assert "Vraag het nu" not in page
