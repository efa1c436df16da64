"""Writing down what the portal does by itself."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from .models import Taakuitvoering

MAX_ERROR = 2000
ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")


@contextmanager
def recorded(taak: str, *, at: datetime | None = None) -> Iterator[Taakuitvoering]:
    """Run the block as one run of `taak`; put its counts in `aantallen` of the row it gives.

    The row stands from the start, so a run that is killed is seen too: call it outside a transaction. An error is
    written down and raised on. A block that goes on after an error reports it with `note_error`, and the run counts
    as failed. `at` is when it starts: now, unless the caller works for another moment.
    """
    clock = time.monotonic()
    run = Taakuitvoering.objects.create(taak=taak, gestart_op=at or timezone.now())
    try:
        yield run
    except BaseException as error:
        note_error(run, error)
        raise
    finally:
        run.geeindigd_op = run.gestart_op + timedelta(seconds=time.monotonic() - clock)
        if run.status == Taakuitvoering.Status.BEZIG:
            run.status = Taakuitvoering.Status.GELUKT
        run.save()


def note_error(run: Taakuitvoering, error: BaseException, *, during: str = "") -> None:
    """Mark the run as failed by this error, without mail addresses; several errors come one under the other."""
    line = ADDRESS.sub("<adres>", f"{during}: {type(error).__name__}: {error}".removeprefix(": "))
    run.status = Taakuitvoering.Status.MISLUKT
    run.fout = f"{run.fout}\n{line}".strip()[:MAX_ERROR]


def forget_old_runs(*, at: datetime) -> dict[str, int]:
    """Close the runs that were killed, and drop what is older than 90 days (of what went well: 14)."""
    day = timedelta(days=1)
    killed = Taakuitvoering.objects.abandoned(before=at - day).update(
        status=Taakuitvoering.Status.MISLUKT, fout="Gestopt voor het einde."
    )
    old = Taakuitvoering.objects.filter(gestart_op__lt=at - 90 * day).delete()[0]
    good = Taakuitvoering.Status.GELUKT
    old += Taakuitvoering.objects.filter(status=good, gestart_op__lt=at - 14 * day).delete()[0]
    return {"afgebroken": killed, "verwijderd": old}


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether this process is the only one, of all machines, inside the block of this name.

    Gives False at once when another holds it. The database keeps the lock and frees it when the process dies.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine and connection.connection is not None:
            _unlock(name)


def _unlock(name: str) -> None:
    if connection.needs_rollback or not connection.is_usable():
        return  # the transaction failed for good: closing the connection frees the lock
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
