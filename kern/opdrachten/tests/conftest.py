import pytest
from django.test import Client

from kern.gebruikers.models import Rol
from kern.opdrachten import registry
from meldingen.tests import factories


@pytest.fixture
def soort():
    """A registered kind of job whose work the test gives: `soort(run, hervatbaar=…)`."""
    made = []

    def make(run, **options):
        kind = registry.Soort("proef", "Proefopdracht", run, **options)
        registry._soorten["proef"] = kind
        made.append(kind)
        return kind

    yield make
    registry._soorten.pop("proef", None)


@pytest.fixture
def eigenaar(db):
    return factories.member(None, Rol.WIJKMANAGER)


@pytest.fixture
def client_of():
    def log_in(user):
        client = Client()
        client.force_login(user)
        return client

    return log_in
