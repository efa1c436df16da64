"""What the rules of keeping can be about, for the people of partners."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kern.bewaring.models import Bewaarregel, Wat
from kern.bewaring.registry import Soort, register
from kern.termijnen import local_date

from ..actions import forget_persons
from ..models import Partnerpersoon


def stopped(regel: Bewaarregel, uitzonderingen: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Partnerpersoon]:
    """Who stopped longer ago than the rule says, and whose data are still there."""
    since = local_date(moment) - timedelta(days=regel.na_dagen)
    return Partnerpersoon.objects.filter(gestopt_op__lte=since, anoniem_op__isnull=True).order_by("pk")


def in_words(numbers: Collection[int]) -> Mapping[int, str]:
    """Each in a line without personal data."""
    rows = Partnerpersoon.objects.filter(pk__in=numbers).select_related("partner")
    return {row.pk: f"contactpersoon {row.pk} van {row.partner}, gestopt op {row.gestopt_op:%d-%m-%Y}" for row in rows}


def register_all() -> None:
    """Make it known to the nightly round; called once, when the app is ready."""
    register(
        Soort(
            "contactpersoon",
            "contactpersonen van partners die stopten",
            stopped,
            in_words,
            {Wat.ANONIMISEER: forget_persons},
        )
    )
