from collections import deque
from itertools import product

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from meldingen.models import Categorie, Melding
from meldingen.states import STEPS, Sluitreden, Status, allowed

NOW = timezone.now()


@pytest.fixture
def melding(db):
    categorie = Categorie.objects.create(code="zwerfvuil", naam="Zwerfvuil")
    day = NOW.date()
    return Melding.objects.create(
        categorie=categorie,
        omschrijving="Blikjes",
        adres="Dorpsstraat",
        ontvangen_op=NOW,
        reactie_beloofd=day,
        reactie_uiterlijk=day,
        oplossing_beloofd=day,
        oplossing_uiterlijk=day,
    )


def force(melding, status):
    """Put the report in a status by the shortest allowed way, writing as a script would."""
    ways = {Status(melding.status): []}
    todo = deque(ways)
    while todo:
        at = todo.popleft()
        for target in STEPS[at] - set(ways):
            ways[target] = [*ways[at], target]
            todo.append(target)
    for step in ways[Status(status)]:
        write(melding, step)


def write(melding, status):
    closed = status == Status.AFGESLOTEN
    Melding.objects.filter(pk=melding.pk).update(
        status=status,
        sluitreden=Sluitreden.OPGELOST if closed else "",
        afgesloten_op=NOW if closed else None,
        gepland_op=NOW.date() if status == Status.INGEPLAND else None,
    )


def test_every_status_can_be_reached_from_new_and_can_be_left():
    reached, todo = {Status.NIEUW}, deque([Status.NIEUW])
    while todo:
        for target in STEPS[todo.popleft()] - reached:
            reached.add(target)
            todo.append(target)
    assert reached == set(Status)
    assert all(STEPS[status] for status in Status)


@pytest.mark.parametrize(("van", "naar"), list(product(Status, Status)))
def test_the_database_takes_exactly_the_steps_of_the_table(melding, van, naar):
    force(melding, van)
    if van == naar or allowed(van, naar):
        write(melding, naar)
        assert Melding.objects.get().status == naar
    else:
        with pytest.raises(InternalError, match="transition"), transaction.atomic():
            write(melding, naar)
        assert Melding.objects.get().status == van
