"""Twenty thousand invented reports, written once for the tests of this folder and taken away after them."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from meldingen.meten import vullen

COUNT = 20_000


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """A transaction around the module holds the reports; nothing of them is left for other tests."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            vullen.fill(COUNT, now=timezone.now())
            yield COUNT
            transaction.set_rollback(True)
        vullen.analyse()


@pytest.fixture
def filled_db(filled, db):
    """Let one test look at the reports; what it changes is undone."""
    return filled


@pytest.fixture
def visit(filled_db):
    """A client logged in as the demo's `login`, or as nobody."""

    def log_in(login: str = "") -> Client:
        client = Client()
        if login:
            client.force_login(Gebruiker.objects.get(email__startswith=f"{login}@"))
        return client

    return log_in
