"""The trace that a step leaves, to be able to take it back: what the report was, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from kern.gebruikers.models import Gebruiker

from ..models import Bulk, Gebeurtenis, Handeling, Melding
from ..rules import UNDO

# Set by every change, counted by others, or worked out by the database.
FOLLOWS = frozenset({"id", "versie", "gewijzigd_op", "aantal_volgers", "zoek"})
# How long a bulk change in which no mail went out can be taken back.
BULK_UNDO = timedelta(hours=24)

_bulk: ContextVar[Bulk | None] = ContextVar("bulk", default=None)


@contextmanager
def in_bulk(bulk: Bulk) -> Iterator[None]:
    """What is written inside belongs to this bulk change: its lines say so, and it can be taken back longer."""
    token = _bulk.set(bulk)
    try:
        yield
    finally:
        _bulk.reset(token)


def current_bulk() -> Bulk | None:
    """The bulk change that is being done, if any."""
    return _bulk.get()


def values_of(melding: Melding) -> dict[str, str | None]:
    """Every field of the report that a step can change, as text."""
    return {
        row.attname: None if getattr(melding, row.attname) is None else row.value_to_string(melding)
        for row in _fields()
    }


def put_back(melding: Melding, values: dict[str, str | None]) -> None:
    """Give fields of the report the values that `values_of` told."""
    for row in _fields():
        if row.attname in values:
            value = values[row.attname]
            setattr(melding, row.attname, None if value is None else row.to_python(value))


def _fields() -> list[models.Field[Any, Any]]:
    return [row for row in Melding._meta.concrete_fields if row.name not in FOLLOWS]


@dataclass
class Spoor:
    """What a report was before a step, and what the step did beside its fields (`bijwerk`)."""

    versie: int
    voor: dict[str, str | None]
    bijwerk: dict[str, Any] = field(default_factory=dict)
    handeling: Handeling | None = None

    @classmethod
    def of(cls, melding: Melding) -> Spoor:
        return cls(melding.versie, values_of(melding))

    def keep(self, melding: Melding, line: Gebeurtenis, *, door: Gebruiker, at: datetime) -> Handeling:
        """Write the trace after the report was saved; a step that writes twice leaves one (one query each)."""
        after = values_of(melding)
        changed = {name: [self.voor[name], after[name]] for name in after if self.voor[name] != after[name]}
        if self.handeling is None:
            self.handeling = Handeling(
                melding=melding,
                door=door,
                wat=line.get_naar_status_display() or line.get_soort_display(),
                op=at,
                tot=at + (BULK_UNDO if current_bulk() else UNDO),
                versie_voor=self.versie,
            )
        row = self.handeling
        row.versie_na, row.velden, row.bijwerk = melding.versie, changed, self.bijwerk
        row.lijnen = [*row.lijnen, line.pk]
        row.save()
        return row
