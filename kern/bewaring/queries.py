"""Reads for the nightly round and for the list of what goes soon."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from . import registry
from .models import Bewaarregel
from .rules import more_exact

COUNT_LIMIT = 10_000


def over(regel: Bewaarregel, at: datetime) -> QuerySet[Any]:
    """The rows whose time under this rule has passed at that moment. Raises KeyError for a kind that is gone."""
    others = list(Bewaarregel.objects.active().filter(soort=regel.soort, wat=regel.wat))
    return registry.soorten[regel.soort].over(regel, more_exact(regel, others), at)


def effect(regel: Bewaarregel, at: datetime) -> int:
    """How many rows the rule would announce now, counting no further than 10,001."""
    return over(regel, at).order_by()[: COUNT_LIMIT + 1].count()
