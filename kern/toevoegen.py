"""Add a row with a statement that is written once for each model.

The ORM writes an INSERT anew for every row; for a table of forty columns that takes it longer than the database needs
to carry it out. For rows that are added all day, and that no inheritance or signal hangs on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def add(row: Model, *, unless: str = "") -> bool:
    """Insert this new object, whether it was inserted; sets its primary key (one query).

    `unless` is a unique field: nothing is added when another row has its value. Raises IntegrityError for whatever
    else the database refuses.
    """
    sql, fields = _statement(type(row), unless, row.pk is not None)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk, row._state.adding, row._state.db = found[0], False, connection.alias
    return True


@cache
def _statement(model: type[Model], unless: str, has_key: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    meta, quote = model._meta, connection.ops.quote_name
    # A key that refers to another row is there before this one is.
    fields = tuple(
        field for field in meta.concrete_fields if not field.generated and (has_key or not field.primary_key)
    )
    columns = ", ".join(quote(str(field.column)) for field in fields)
    refusal = f"ON CONFLICT ({quote(str(meta.get_field(unless).column))}) DO NOTHING " if unless else ""
    return (
        f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))}) "  # noqa: S608
        f"{refusal}RETURNING {quote(str(meta.pk.column))}",
        fields,
    )
