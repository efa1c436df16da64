"""Write many invented reports at once: as SQL, in parts, with every constraint and trigger of the database at work.

For a scratch database and for tests; never for a portal that people use.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from psycopg2 import sql

from kern.beelden.models import Beeld
from kern.berichten.models import Bericht
from kern.historiek.tracking import event_model
from kern.termijnen import local_date
from wijken import demo as wijken

from .. import startgegevens
from ..actions import cijfers
from ..models import (
    Antwoord,
    Gebeurtenis,
    Kaartvak,
    Melder,
    Melding,
    MeldingBeeld,
    Pauze,
    Volger,
    kaartvak,
)
from . import rijen, stad

SEED = 3600
CHUNK = 25_000
LATE, OPEN = 10_000, 20_000
INDEXES_LATER_FROM = 50_000

# What is written after the reports, in this order: the table that `rijen` makes, and the model it goes to.
PARTS: tuple[tuple[str, str, type[models.Model]], ...] = (
    (rijen.MELDINGEN, "meet_melding", Melding),
    (rijen.MELDERS, "meet_melder", Melder),
    (rijen.GEBEURTENISSEN, "meet_gebeurtenis", Gebeurtenis),
    (rijen.ANTWOORDEN, "meet_antwoord", Antwoord),
    (rijen.PAUZES, "meet_pauze", Pauze),
    (rijen.VOLGERS, "meet_volger", Volger),
    (rijen.BERICHTEN, "meet_bericht", Bericht),
    (rijen.BEELDEN, "meet_beeld", Beeld),
    (rijen.MELDINGBEELDEN, "meet_meldingbeeld", MeldingBeeld),
)

# What is done for every row and would take most of the time: figures are counted at the end, webhooks are none.
ROW_BY_ROW = ("meldingen.Melding:cijfers_insert", "meldingen.Gebeurtenis:tell_webhooks")


def fill(count: int, *, now: datetime, progress: Callable[[int], object] = lambda done: None) -> None:
    """Add `count` reports of the last six years with all that belongs to them, to a database without reports.

    At most 10,000 of them are late and at least 20,000 are open (a tenth and a fifth of fewer than 100,000).
    The same count gives the same reports. `progress` hears how many are there.
    """
    if Melding.objects.exists():
        raise ValueError("this database has reports already")
    today = local_date(now)
    wijken.fill(today)
    startgegevens.load()
    sizes = {
        "totaal": count,
        "open": max(min(OPEN, count // 5), count * 3 // 100),
        "laat": min(LATE, count // 10),
        "nu": now,
        "vandaag": today,
    }
    dice = random.Random(SEED)  # noqa: S311 (nothing secret)
    drawn = stad.prepare(dice, now)
    drawn["aantal_details"] = len(drawn["details"])
    pgtrigger.disable(*ROW_BY_ROW)
    with _indexes_later(wanted=count >= INDEXES_LATER_FROM), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.36)")
        for first in range(1, count + 1, CHUNK):
            last = min(first + CHUNK - 1, count)
            with transaction.atomic():
                for statement, name, model in PARTS:
                    cursor.execute(statement, {**sizes, **drawn, "van": first, "tot": last})
                    cursor.execute(_insert(model, name))
                for _statement, name, _model in PARTS:
                    cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
            progress(last)
    if connection.in_atomic_block:  # a table with references still to be checked cannot be altered
        connection.check_constraints()
    pgtrigger.enable(*ROW_BY_ROW)
    while kaartvak.fold(1_000):
        continue
    cijfers.recount()
    analyse()


def analyse() -> None:
    """Let the database know what is in its tables now."""
    with connection.cursor() as cursor:
        for model in (*big_models(), *apps.get_app_config("wijken").get_models()):
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))
        # What a word index still has to take in makes it look dear; elsewhere VACUUM sees to that.
        cursor.execute(
            "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
            "WHERE a.amname = 'gin' AND c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace"
        )


def big_models() -> list[type[models.Model]]:
    """The models whose tables grow with every report: no page may read one of them from end to end."""
    return [*(model for _statement, _name, model in PARTS), Kaartvak, event_model(Melding)]


def _insert(model: type[models.Model], source: str) -> sql.Composed:
    """Copy the columns of the source that the model has; every other field gets its default."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(source)))
        given = {column.name for column in cursor.description}
    names, values = [], []
    for field in model._meta.local_concrete_fields:
        if field.generated or (field.primary_key and field.column not in given):
            continue
        names.append(sql.Identifier(field.column))
        values.append(sql.Identifier(field.column) if field.column in given else _default(field))
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(values),
        sql.Identifier(source),
    )


def _default(field: models.Field[Any, Any]) -> sql.Composable:
    if isinstance(field, models.UUIDField) and field.has_default():
        return sql.SQL("gen_random_uuid()")
    if not field.has_default() and not field.null and not field.empty_strings_allowed:
        raise ValueError(f"{field} has no default: say in `rijen` what it is for an invented report")
    value = field.get_db_prep_save(field.get_default(), connection)
    return sql.SQL("{}::{}").format(sql.Literal(value), sql.SQL(field.db_type(connection).split("(")[0]))


@contextmanager
def _indexes_later(*, wanted: bool) -> Iterator[None]:
    """Leave out the indexes that guard nothing meanwhile, and make them at the end: four times faster."""
    if not wanted:
        yield
        return
    tables = [model._meta.db_table for model in big_models()]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE NOT indisunique AND indrelid = ANY(%s::text[]::regclass[])",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _name, definition in found:
            cursor.execute(definition)
