"""How long a morning takes with ten thousand late things; not part of the suite, run it by its path with -s."""

import time
from datetime import date, timedelta

import pytest

from kern.gebruikers.models import Gebruiker
from kern.herinneringen import actions

from .conftest import moment

pytestmark = pytest.mark.django_db

THINGS, PEOPLE = 10_000, 200


def test_a_morning_with_ten_thousand_late_things(things):
    staff = Gebruiker.objects.bulk_create(
        Gebruiker(email=f"m{i}@genk.test", naam=f"Medewerker {i}", password="!") for i in range(PEOPLE)
    )
    today = date(2026, 7, 23)
    for i in range(THINGS):
        someone, leader, manager = (staff[(i * step) % PEOPLE] for step in (1, 7, 13))
        late = today - timedelta(days=i % 60)
        things.add(late, verantwoordelijke=someone, teamleider=leader, wijkmanager=manager, hoofd=staff[0])
    for name in ("first morning", "second morning, nothing new"):
        started = time.perf_counter()
        run = actions.morning_round(at=moment(today))
        print(f"{name}: {time.perf_counter() - started:.1f} s, {run.aantallen}")  # noqa: T201
