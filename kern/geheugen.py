"""Reference data that a process keeps in memory for as long as nobody changed any of it.

Triggers on the tables of what is kept (`bewaakt`) give the one row of `Stand` another random value, in the transaction
of the change itself, whoever or whatever makes it. Who wants to read from memory asks for that value once (`vers`):
what was kept under another value counts no longer. It is random and no number, so that what somebody read inside a
transaction that was rolled back can never pass for what another one committed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import pgtrigger
from django.db import connection, models

MAX_KEPT = 2000

Model = TypeVar("Model", bound=type[models.Model])
Waarde = TypeVar("Waarde")

_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("geheugen", default=None)
_newest: tuple[object, dict[Hashable, Any]] = (None, {})


def bewaakt(model: Model) -> Model:
    """Decorate a model of which rows are kept in memory, and make a migration that depends on `kern.0003_stand`."""
    pgtrigger.register(
        pgtrigger.Trigger(
            name="stand",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            func="INSERT INTO kern_stand (id, versie) VALUES (1, gen_random_uuid()) "
            "ON CONFLICT (id) DO UPDATE SET versie = EXCLUDED.versie; RETURN NULL;",
        )
    )(model)
    return model


@contextmanager
def vers() -> Iterator[None]:
    """Inside, `onthoud` answers from memory: as things stood when this began, or later (one query, of one row)."""
    global _newest
    if _held.get() is not None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT versie FROM kern_stand")
        row = cursor.fetchone()
    if row is None or row != _newest[0] or len(_newest[1]) > MAX_KEPT:
        # A new store, not the old one emptied: another thread that still fills the old one fills nothing of this.
        _newest = (row, {})
    # The local name: another thread may have put a newer one in place since.
    newest = _newest
    token = _held.set(newest[1] if newest[0] == row and row is not None else {})
    try:
        yield
    finally:
        _held.reset(token)


def is_vers() -> bool:
    """Whether memory may be read here: for who has a cheaper question than all that would be kept."""
    return _held.get() is not None


def onthoud(sleutel: Hashable, load: Callable[[], Waarde]) -> Waarde:
    """What `load` gives: from memory inside `vers`, fetched anew elsewhere. Nobody may change what comes out.

    `load` reads models that are `bewaakt`, and nothing else.
    """
    kept = _held.get()
    if kept is None:
        return load()
    if sleutel not in kept:
        kept[sleutel] = load()
    value: Waarde = kept[sleutel]
    return value
