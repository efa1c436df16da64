from datetime import UTC, datetime

import pytest

from kern import demo


@pytest.fixture(autouse=True)
def no_other_parts(monkeypatch):
    monkeypatch.setattr(demo, "_parts", {})


def test_parts_are_called_in_order_with_the_moment_it_is():
    called = []
    for naam, volgorde in (("later", 60), ("b", 50), ("a", 50)):
        demo.register(naam, lambda now, naam=naam: called.append((naam, now)), volgorde=volgorde)
    now = datetime(2026, 7, 23, tzinfo=UTC)
    demo.fill(now)
    assert called == [("a", now), ("b", now), ("later", now)]


def test_registering_a_name_again_replaces_it():
    called = []
    demo.register("a", lambda now: called.append(1))
    demo.register("a", lambda now: called.append(2))
    demo.fill(datetime(2026, 7, 23, tzinfo=UTC))
    assert called == [2]
