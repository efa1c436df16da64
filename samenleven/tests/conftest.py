from datetime import timedelta

import pytest
from django.utils import timezone

from kern.gebruikers.models import Rol
from kern.verbinding import redis_client
from meldingen.tests import factories
from samenleven.models import Gesprek, Thema, Traject, Uitdager
from samenleven.states.uitdager import Status


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def coordinator(cast):
    return factories.member(None, Rol.SAMENLEVINGSCOORDINATOR, naam="Sam Samen", email="sam@genk.example")


@pytest.fixture
def traject(db):
    return Traject.objects.get(slug="100-genks")


@pytest.fixture
def thema(db):
    return Thema.objects.select_related("domein").get(naam="Buren")


@pytest.fixture
def uitdager(traject, cast):
    at = timezone.now()
    return Uitdager.objects.create(
        traject=traject,
        naam="Uma Uitdager",
        email="uma@voorbeeld.example",
        wijk=cast.wijk,
        status=Status.ACTIEF,
        aangemeld_op=at,
        bevestigd_op=at,
        begonnen_op=at,
    )


@pytest.fixture
def gesprek(traject, cast, uitdager):
    row = Gesprek.objects.create(
        traject=traject,
        titel="Buren worden",
        datum=timezone.localdate() - timedelta(days=1),
        wijk=cast.wijk,
        gemaakt_op=timezone.now(),
    )
    row.uitdagers.add(uitdager)
    return row


@pytest.fixture
def no_limits():
    """Start and end with empty counters: every test comes from the same address on the network."""
    _forget_counters()
    yield
    _forget_counters()


def _forget_counters():
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)
