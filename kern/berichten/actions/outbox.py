"""How a row gets into the outbox once, and how the worker hears of it."""

from __future__ import annotations

from kern import wekker
from kern.toevoegen import add

from ..models import Bericht

TASK = "kern.berichten.tasks.deliver"


def insert_once(bericht: Bericht) -> bool:
    """Insert the row unless its key exists; whether it was inserted. Sets the primary key."""
    return add(bericht, unless="sleutel")


def wake(pk: int) -> None:
    """Tell the workers of a mail; never raises."""
    wekker.wake(TASK, pk)
