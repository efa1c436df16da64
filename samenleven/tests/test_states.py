"""Every pair of every table of steps, in the database itself: what the table allows passes, the rest is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from samenleven.models import Editie, Gesprek, Traject, Uitdager
from samenleven.states import editie, gesprek, uitdager

pytestmark = pytest.mark.django_db


@pytest.fixture
def traject():
    return Traject.objects.get(slug="de-genks")


def try_step(row, fields):
    """Whether the database lets this row get these fields, by an update that asks no model or action."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**fields)
    except InternalError:
        return False
    return True


@pytest.mark.parametrize("van", uitdager.Status)
@pytest.mark.parametrize("naar", uitdager.Status)
def test_an_uitdager_goes_only_where_the_table_says(traject, van, naar):
    def with_moments(status):
        over = timezone.now() if status in uitdager.VOORBIJ else None
        return {"status": status, "voorbij_op": over, "bevestigd_op": timezone.now()}

    row = Uitdager.objects.create(traject=traject, aangemeld_op=timezone.now(), **with_moments(van))
    assert try_step(row, with_moments(naar)) == (van == naar or uitdager.allowed(van, naar))


@pytest.mark.parametrize("van", gesprek.Status)
@pytest.mark.parametrize("naar", gesprek.Status)
def test_a_conversation_goes_only_where_the_table_says(traject, van, naar):
    def with_moments(status):
        at = timezone.now()
        checked = at if status == gesprek.Status.NAGEKEKEN else None
        return {"status": status, "ingevoerd_op": at, "aanwezigen": 8, "nagekeken_op": checked, "reden": "ziek"}

    row = Gesprek.objects.create(
        traject=traject, titel="Buren", datum=date(2010, 1, 4), gemaakt_op=timezone.now(), **with_moments(van)
    )
    assert try_step(row, with_moments(naar)) == (van == naar or gesprek.allowed(van, naar))


@pytest.mark.parametrize("van", editie.Status)
@pytest.mark.parametrize("naar", editie.Status)
def test_an_edition_goes_only_where_the_table_says(traject, van, naar):
    at = timezone.now()
    row = Editie.objects.create(
        traject=traject, nummer=1, titel="Samen", gemaakt_op=at, gewijzigd_op=at, gepubliceerd_op=at, status=van
    )
    assert try_step(row, {"status": naar}) == (van == naar or editie.allowed(van, naar))
