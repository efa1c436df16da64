"""What is kept longer than its rule says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kern.bewaring.models import Bewaarregel

from ..models import Gesprek, Uitdager
from ..states.uitdager import VOORBIJ, Status

Rules = Sequence[Bewaarregel]


def done_longer(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[Uitdager]:
    """Uitdagers who stopped so long ago and of whom we still know who they are."""
    rows = Uitdager.objects.filter(status__in=sorted(VOORBIJ), gewist_op__isnull=True)
    return rows.filter(voorbij_op__lte=moment - timedelta(days=regel.na_dagen))


def never_confirmed(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[Uitdager]:
    """Sign-ups of so long ago whose address nobody confirmed."""
    return Uitdager.objects.filter(status=Status.AANGEMELD, aangemeld_op__lte=moment - timedelta(days=regel.na_dagen))


def old_sheets(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[Gesprek]:
    """Conversations of so long ago that still have their free answers."""
    written = ~Q(vandaag="") | ~Q(ikzelf="") | ~Q(samen="") | ~Q(bestuur="") | ~Q(concept={})
    return Gesprek.objects.filter(written, ingevoerd_op__lte=moment - timedelta(days=regel.na_dagen))


def name_uitdagers(pks: Collection[int]) -> Mapping[int, str]:
    """An uitdager by number and traject, not by name."""
    rows = Uitdager.objects.filter(pk__in=pks).select_related("traject")
    return {row.pk: f"uitdager {row.pk} van {row.traject.naam}" for row in rows}


def name_sheets(pks: Collection[int]) -> Mapping[int, str]:
    """A conversation by the number of its sheet."""
    return {row.pk: f"blad {row.nummer} van {row.datum:%d-%m-%Y}" for row in Gesprek.objects.filter(pk__in=pks)}
