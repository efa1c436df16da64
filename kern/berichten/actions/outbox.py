"""How a row gets into the outbox once, and how the worker hears of it."""

from __future__ import annotations

from django.db import connection

from kern import wekker

from ..models import Bericht

TASK = "kern.berichten.tasks.deliver"


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
    """Tell the workers of a mail; never raises."""
    wekker.wake(TASK, pk)
