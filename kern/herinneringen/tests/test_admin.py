import pytest
from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from kern.herinneringen.models import Ladderstap

pytestmark = pytest.mark.django_db

ADD = "admin:herinneringen_ladderstap_add"


@pytest.fixture
def beheer(client):
    client.force_login(Gebruiker.objects.create_superuser("beheer@genk.test", naam="Bea Beheer"))
    return client


def fill(**fields):
    return {"bron": "", "onderwerp": "", "werkdagen": 4, "aan": "teamleider", "is_actief": "on"} | fields


def test_an_administrator_adds_a_step_for_one_subject(things, beheer):
    form = beheer.get(reverse(ADD)).content.decode()
    assert "Dingen" in form
    assert "Afval" in form
    beheer.post(reverse(ADD), fill(bron="ding", onderwerp="afval"))
    step = Ladderstap.objects.get(bron="ding")
    assert (step.sleutel, str(step)) == ("+4 teamleider", "4 werkdagen te laat: teamleider")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"bron": "anders"}, "Dit bestaat niet"),
        ({"onderwerp": "afval"}, "Kies eerst waarvoor"),
        ({"bron": "ding", "onderwerp": "groen"}, "hoort niet bij"),
        ({"werkdagen": 400}, "hoogstens 250 werkdagen"),
        ({"werkdagen": 3}, "staat al in de ladder"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_in_dutch(things, beheer, fields, message):
    before = Ladderstap.objects.count()
    assert message in beheer.post(reverse(ADD), fill(**fields)).content.decode()
    assert Ladderstap.objects.count() == before


def test_a_step_reads_as_a_sentence():
    texts = [str(Ladderstap(werkdagen=days, aan="hoofd")) for days in (-2, -1, 0, 1, 10)]
    assert texts == [
        "2 werkdagen ervoor: hoofd",
        "1 werkdag ervoor: hoofd",
        "op de dag zelf: hoofd",
        "1 werkdag te laat: hoofd",
        "10 werkdagen te laat: hoofd",
    ]


@pytest.mark.parametrize("model", ["herinneringen_herinnering", "gezondheid_taakuitvoering", "beelden_beeld"])
def test_what_the_portal_wrote_down_can_only_be_read(beheer, model):
    assert beheer.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert beheer.get(reverse(f"admin:{model}_add")).status_code == 403
