"""How the portal stands, within a few seconds whatever is broken."""

import logging
from datetime import datetime
from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from kern.verbinding import redis_client

from .registry import Check, Controle, Stand, checks

logger = logging.getLogger(__name__)

PATIENCE = 2  # seconds to reach the database


def report(*, at: datetime) -> list[Controle]:
    """Every check, one by one; those that need the database only when it answers."""
    found = [database(), queue()]
    if found[0].stand == Stand.GOED:
        found += [line for code, check in {"migraties": migrations, **checks}.items() for line in _ask(code, check, at)]
    return found


def database() -> Controle:
    """Whether the database lets somebody in: over a connection of its own, because an open one can hang for minutes."""
    name = _("Databank")
    fresh = connection.copy()
    fresh.settings_dict["OPTIONS"] = {
        **fresh.settings_dict["OPTIONS"],
        "connect_timeout": PATIENCE,
        "options": f"-c statement_timeout={PATIENCE * 1000}",
    }
    try:
        with fresh.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        logger.exception("the database does not answer")
        return Controle("databank", name, Stand.FOUT, _("De databank antwoordt niet."))
    finally:
        fresh.close()
    return Controle("databank", name, Stand.GOED, _("De databank antwoordt."))


def queue() -> Controle:
    """Whether Redis answers: without it the worker hears of nothing."""
    name = _("Wachtrij (Redis)")
    try:
        redis_client().ping()
    except RedisError:
        logger.exception("Redis does not answer")
        return Controle("redis", name, Stand.FOUT, _("Redis antwoordt niet. Niets gaat verloren, maar alles wacht."))
    return Controle("redis", name, Stand.GOED, _("Redis antwoordt."))


def migrations(at: datetime) -> list[Controle]:
    """Whether the tables are those of this version of the code."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    waiting = [key for key, replaced in _migrations_on_disk().items() if not {key, *replaced} & applied]
    if not waiting:
        return [Controle("migraties", _("Migraties"), Stand.GOED, _("De tabellen zijn bij."))]
    text = ngettext(
        "%(n)d migratie wacht: voer migrate uit.", "%(n)d migraties wachten: voer migrate uit.", len(waiting)
    )
    return [Controle("migraties", _("Migraties"), Stand.FOUT, text % {"n": len(waiting)})]


def standing_since() -> datetime | None:
    """When this portal was set up: its first migration."""
    return MigrationRecorder(connection).migration_qs.order_by("applied").values_list("applied", flat=True).first()


@cache
def _migrations_on_disk() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Every migration of the code, with those it replaces; read once, for a running process keeps its code."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key: list(migration.replaces) for key, migration in loader.disk_migrations.items()}


def _ask(code: str, check: Check, at: datetime) -> list[Controle]:
    for attempt in (1, 2):
        try:
            return list(check(at))
        except (DatabaseError, InterfaceError):
            logger.exception("the health check %s failed", code)
            if attempt == 1 and not connection.in_atomic_block:
                connection.close()  # it can be a connection from before the database was restarted
                continue
        except Exception:
            logger.exception("the health check %s failed", code)
        break
    return [Controle(code, code.capitalize(), Stand.FOUT, _("Dit kon niet worden nagegaan; zie de logboeken."))]
