"""The two embedded servers together, for a stretch of work: `manage.py start`, or any other command."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from . import folder, postgres, redis

# Commands that ask nothing of the database, and those that start servers themselves.
WITHOUT_SERVERS = frozenset(
    {
        *("start", "meet", "help", "version", "check", "diffsettings"),
        *("collectstatic", "findstatic", "makemessages", "compilemessages"),
    }
)
ATTACH_SECONDS = 30


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Run the servers that DATABASE_URL and REDIS_URL do not name, with their data in the folder `data`.

    The caller holds the folder (`folder.lock`). Raises postgres.PostgresFailed or redis.RedisFailed.
    """
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ:
            database = postgres.start(folder.postgres_data(data))
            stack.callback(database.stop)
            postgres.ensure_database(database)
        if "REDIS_URL" not in os.environ:
            stack.callback(redis.start(folder.redis_data(data)).stop)
        yield


@contextmanager
def for_command(arguments: Sequence[str]) -> Iterator[None]:
    """For a `manage.py` command on the demo: use the servers of a running portal, or run them meanwhile."""
    named = {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys()
    command = arguments[1] if len(arguments) > 1 else "help"
    asks_help = not {"-h", "--help", "--version"}.isdisjoint(arguments)
    if os.environ.get("PORTAL_MODE") != "demo" or named or asks_help or command in WITHOUT_SERVERS:
        yield
        return
    from django.conf import settings

    data: Path = settings.DATA_DIR
    try:
        folder.make_usable(data)
        with folder.lock(data), running(data):
            yield
    except folder.FolderInUse:
        _await_servers(data)
        yield
    except (folder.FolderUnusable, postgres.PostgresFailed, redis.RedisFailed) as error:
        raise SystemExit(str(error)) from error


def _await_servers(data: Path) -> None:
    """Wait until the process that holds the folder has its servers up."""
    sockets = []
    if "DATABASE_URL" not in os.environ:
        sockets.append(folder.socket_folder(folder.postgres_data(data)) / ".s.PGSQL.5432")
    if "REDIS_URL" not in os.environ:
        sockets.append(folder.socket_folder(folder.redis_data(data)) / "redis.sock")
    until = time.monotonic() + ATTACH_SECONDS
    while not all(socket.exists() for socket in sockets):
        if time.monotonic() > until:
            raise SystemExit(f"Een ander proces houdt {data} bezet, maar zijn databank antwoordt niet.")
        time.sleep(0.1)
