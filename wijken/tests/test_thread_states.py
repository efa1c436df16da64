"""All pairs of each table of steps: what the table lets through goes through the database, and nothing else does."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from wijken.models import Actie, Actievoorstel, Behoefte, Mijlpaal
from wijken.states import draad as states

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def what_goes_with(model, status):
    """The fields that a status asks for."""
    now = timezone.now()
    return {
        Behoefte: {"besloten_op": None if status == "concept" else now, "reden": "Daarom"},
        Actievoorstel: {
            "beslist_op": now if status in states.DECIDED else None,
            "reden": "Daarom",
            "advies_tegen": DAY,
        },
        Actie: {"beeindigd_op": now if status in states.ENDED else None, "uitkomst": "Het is er."},
        Mijlpaal: {"gehaald_op": DAY if status == "gehaald" else None, "reden": "Daarom"},
    }[model]


def make(model, wijk, status):
    fields = {"titel": "Iets", **what_goes_with(model, status)}
    if model is Mijlpaal:
        fields |= {"actie": make(Actie, wijk, "gaand"), "uiterlijk": DAY}
    else:
        fields |= {"wijk": wijk, "gemaakt_op": timezone.now()}
    if model is Actie:
        fields |= {"tekst": "Iets", "start": DAY, "einde": DAY + timedelta(days=30)}
    return model.objects.create(status=status, **fields)


@pytest.mark.parametrize("model", [Behoefte, Actievoorstel, Actie, Mijlpaal])
def test_the_database_lets_through_the_steps_of_the_table_and_no_other(model, stad):
    steps = states.TABLES[model._meta.model_name]
    for van in steps:
        for naar in steps:
            if van == naar:
                continue
            row = make(model, stad.west, van)
            change = model.objects.filter(pk=row.pk)
            if states.allowed(steps, van, naar):
                assert change.update(status=naar, **what_goes_with(model, naar)) == 1
            else:
                with pytest.raises(InternalError), transaction.atomic():
                    change.update(status=naar, **what_goes_with(model, naar))
                row.refresh_from_db()
                assert row.status == van


def test_every_status_has_its_line_and_staying_is_no_step():
    for steps in states.TABLES.values():
        statuses = type(next(iter(steps)))
        assert set(steps) == set(statuses)
        assert not any(states.allowed(steps, status, status) for status in statuses)


def test_an_action_with_an_open_milestone_is_not_finished_whoever_asks(stad):
    point = make(Mijlpaal, stad.west, "open")
    actie = Actie.objects.filter(pk=point.actie_id)
    with pytest.raises(Exception, match="milestone"), transaction.atomic():
        actie.update(status="afgerond", beeindigd_op=timezone.now(), uitkomst="Klaar")
    Mijlpaal.objects.filter(pk=point.pk).update(status="gehaald", gehaald_op=DAY)
    assert actie.update(status="afgerond", beeindigd_op=timezone.now(), uitkomst="Klaar") == 1
