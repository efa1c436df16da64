"""Tell a worker that something waits: a row in the database, so that a message that gets lost loses nothing."""

from __future__ import annotations

import time
from functools import cache

import structlog
from celery import current_app
from kombu import Connection, pools

from .verbinding import PATIENCE

log = structlog.get_logger(__name__)

# After a failure a process leaves Redis alone for a while, so that many rows do not wait for it one by one.
REST_SECONDS = 5
_rest_until = 0.0


def wake(task: str, pk: int, *, expires: int | None = None) -> None:
    """Tell the workers of a row. Never raises, and waits PATIENCE seconds at most; the message may get lost.

    `expires` is after how many seconds a message that nobody took is dropped.
    """
    global _rest_until
    if time.monotonic() < _rest_until:
        return
    try:
        with pools.producers[_broker()].acquire(block=False) as producer:
            current_app.send_task(task, (pk,), producer=producer, retry=False, ignore_result=True, expires=expires)
    except Exception as error:
        _rest_until = time.monotonic() + REST_SECONDS
        log.warning("worker_not_woken", task=task, row=pk, error=type(error).__name__)


@cache
def _broker() -> Connection:
    # Connecting and asking each get half of what a form may wait; the workers' own connection is more patient.
    patience = {"socket_timeout": PATIENCE / 2, "socket_connect_timeout": PATIENCE / 2}
    broker: Connection = current_app.connection_for_write(transport_options=patience)
    return broker
