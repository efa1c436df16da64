from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from kern.gebruikers.models import Gebruiker
from kern.herinneringen import registry
from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item


def moment(day: date, clock: str = "07:30") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Brussels"))


@dataclass
class Things:
    """What an app would have open; the tests put items in and take them out."""

    items: list[Item] = field(default_factory=list)
    horizon: date | None = None

    def open_items(self, today: date, horizon: date) -> list[Item]:
        self.horizon = horizon
        return [item for item in self.items if item.due_on <= horizon]

    def add(self, due_on: date, key: str = "", onderwerp: str = "", **by_role: Gebruiker | list[Gebruiker]) -> Item:
        key = key or str(len(self.items) + 1)
        people = {
            Aan(role): [person.pk for person in (found if isinstance(found, list) else [found])]
            for role, found in by_role.items()
        }
        item = Item(key, f"Put in straat {key}", f"/dingen/{key}/", due_on, people, onderwerp)
        self.items.append(item)
        return item


@pytest.fixture
def things(monkeypatch):
    """One kind of thing with a deadline, and no other."""
    made = Things()
    bron = Bron("ding", "Dingen", made.open_items, "/dingen/", lambda: [("afval", "Afval")])
    monkeypatch.setattr(registry, "bronnen", {"ding": bron})
    monkeypatch.setattr(registry, "rubrieken", {})
    monkeypatch.setattr(registry, "lichte_taken", {})
    return made


@pytest.fixture
def person(db):
    def make(naam: str, **fields: object) -> Gebruiker:
        return Gebruiker.objects.create_user(f"{naam.lower()}@genk.test", naam=naam, **fields)

    return make


@pytest.fixture
def other_session(db):
    """Holds a lock as another worker would, over a connection of its own."""

    @contextmanager
    def hold(name: str):
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
                yield cursor.fetchone()[0]
                # Not left to the closing: the server notices that a moment later.
                cursor.execute("SELECT pg_advisory_unlock_all()")
        finally:
            other.close()

    return hold
