"""How a row gets into the outbox once, and how the worker hears of it."""

from __future__ import annotations

import time
from functools import cache

import structlog
from celery import current_app
from django.db import connection
from kombu import Connection, pools

from kern.verbinding import PATIENCE

from ..models import Bericht

log = structlog.get_logger(__name__)

TASK = "kern.berichten.tasks.deliver"
# After a failure a process leaves Redis alone for a while, so that many mails do not wait for it one by one.
REST_SECONDS = 5
_rest_until = 0.0


def insert_once(bericht: Bericht) -> bool:
    """Insert the row unless its key exists; whether it was inserted. Sets the primary key."""
    fields = [field for field in Bericht._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(bericht, add=True), connection) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    sql = (
        f"INSERT INTO {quote(Bericht._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))}) "  # noqa: S608
        "ON CONFLICT (sleutel) DO NOTHING RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    if row is None:
        return False
    bericht.pk, bericht._state.adding, bericht._state.db = row[0], False, connection.alias
    return True


def wake(pk: int) -> None:
    """Tell the workers of a mail. Never raises, and waits PATIENCE seconds at most; the message may get lost."""
    global _rest_until
    if time.monotonic() < _rest_until:
        return
    try:
        with pools.producers[_broker()].acquire(block=False) as producer:
            current_app.send_task(TASK, (pk,), producer=producer, retry=False, ignore_result=True)
    except Exception as error:
        _rest_until = time.monotonic() + REST_SECONDS
        log.warning("worker_not_woken", bericht=pk, error=type(error).__name__)


@cache
def _broker() -> Connection:
    # Connecting and asking each get half of what a form may wait; the workers' own connection is more patient.
    patience = {"socket_timeout": PATIENCE / 2, "socket_connect_timeout": PATIENCE / 2}
    broker: Connection = current_app.connection_for_write(transport_options=patience)
    return broker
