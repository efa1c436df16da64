from collections import deque
from itertools import product

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from toegankelijkheid.models import Campagne, Knelpunt
from toegankelijkheid.states import CAMPAGNE_STEPS, STEPS, Campagnestatus, Knelpuntstatus

from .factories import CampagneFactory, KnelpuntFactory

TABLES = [(STEPS, Knelpuntstatus), (CAMPAGNE_STEPS, Campagnestatus)]


def ways(table, start):
    """The shortest allowed way to each status."""
    found, todo = {start: []}, deque([start])
    while todo:
        at = todo.popleft()
        for target in sorted(table[at] - set(found)):
            found[target] = [*found[at], target]
            todo.append(target)
    return found


@pytest.mark.parametrize(("table", "statuses"), TABLES)
def test_every_status_can_be_reached_from_the_first(table, statuses):
    assert set(ways(table, next(iter(statuses)))) == set(statuses) == set(table)


def write_bottleneck(pk, status):
    Knelpunt.objects.filter(pk=pk).update(status=status, statusreden="omdat", niet_goedgekeurd_op=timezone.localdate())


def write_campaign(pk, status):
    Campagne.objects.filter(pk=pk).update(status=status, reden="omdat")


@pytest.mark.parametrize(
    ("factory", "write", "table", "statuses"),
    [
        (KnelpuntFactory, write_bottleneck, STEPS, Knelpuntstatus),
        (CampagneFactory, write_campaign, CAMPAGNE_STEPS, Campagnestatus),
    ],
)
@pytest.mark.django_db
def test_the_database_takes_exactly_the_steps_of_the_table(factory, write, table, statuses):
    routes = ways(table, next(iter(statuses)))
    for van, naar in product(statuses, statuses):
        thing = factory()
        for step in routes[van]:
            write(thing.pk, step)
        if van == naar or naar in table[van]:
            write(thing.pk, naar)
        else:
            with pytest.raises(InternalError, match="transition"), transaction.atomic():
                write(thing.pk, naar)
        thing.refresh_from_db()
        assert thing.status == (naar if van == naar or naar in table[van] else van)
