import pytest

from kern.verbinding import redis_client
from meldingen.tests import factories


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def no_limits():
    """Start and end with empty counters: every test comes from the same address on the network."""
    _forget_counters()
    yield
    _forget_counters()


def _forget_counters():
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)
