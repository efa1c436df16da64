"""How a row gets into the outbox once, and how the worker hears of it."""

from __future__ import annotations

import structlog
from django.db import connection

from ..models import Bericht

log = structlog.get_logger(__name__)


def insert_once(bericht: Bericht) -> bool:
    """Insert the row unless its key exists; whether it was inserted. Sets the primary key."""
    fields = [field for field in Bericht._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(bericht, add=True), connection) for field in fields]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
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
    from ..tasks import deliver

    try:
        deliver.apply_async((pk,), retry=False)
    except Exception as error:
        log.warning("worker_not_woken", bericht=pk, error=type(error).__name__)
