"""A scratch database with its own servers, and the portal that runs on it. Nothing of the portal's own is touched.

The processes of a measurement get an environment of their own: of the portal's they see no address, key or mail server.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

from kern.embedded import folder, lifeline, postgres, redis, supervisor

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_RUNTIME_DIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONWARNINGS")
INSIDE = "GENK_WIJK_METEN"
HOST = "127.0.0.1"
SAMPLE_SECONDS = 0.05


@contextmanager
def servers(data: Path) -> Iterator[dict[str, str]]:
    """Run a PostgreSQL and a Redis in this folder; gives the environment of who works with them.

    Raises folder.FolderInUse when another measurement has the folder.
    """
    folder.make_usable(data)
    with folder.lock(data), ExitStack() as stack:
        database = postgres.start(folder.postgres_data(data))
        stack.callback(database.stop)
        postgres.ensure_database(database)
        stack.callback(redis.start(folder.redis_data(data)).stop)
        yield {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "genk_wijk.meten.settings",
            "PORTAL_MODE": "demo",
            "DATA_DIR": str(data),
            "DATABASE_URL": folder.database_url(data),
            "REDIS_URL": folder.redis_url(data),
            INSIDE: str(data),
        }


def is_inside(data: Path) -> bool:
    """Whether this process works on the scratch database of that folder, and on nothing else."""
    return os.environ.get(INSIDE) == str(data) and os.environ.get("DATABASE_URL") == folder.database_url(data)


class Portaal:
    """The web server and the worker, as `manage.py start` runs them."""

    def __init__(self, data: Path, base: Path) -> None:
        self.port = _free_port()
        commands = supervisor.Portal(data, HOST, self.port, fill=False).commands()
        self.processes = [_start(commands[name], base, dict(os.environ)) for name in ("web", "werker")]
        self.peak = 0
        self._watching = True
        try:
            self._await()
        except BaseException:
            self.stop()
            raise
        self.web, self.worker = (_tree(process) for process in self.processes)
        threading.Thread(target=self._watch, daemon=True).start()

    def _await(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urlopen(f"http://{HOST}:{self.port}/meten/leeg/", timeout=5).close()
            except HTTPError:
                return
            except (URLError, OSError):
                if self.processes[0].poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        raise SystemExit("De webserver van de meting start niet.")

    def _watch(self) -> None:
        while self._watching:
            self.peak = max(self.peak, self.memory())
            time.sleep(SAMPLE_SECONDS)

    def memory(self, processes: Sequence[psutil.Process] = ()) -> int:
        """What the largest of these processes (those of the web) holds now, in bytes."""
        sizes = [0]
        for process in processes or self.web:
            with suppress(psutil.Error):
                sizes.append(process.memory_info().rss)
        return max(sizes)

    def peak_since_last(self) -> int:
        """The most that the web process held since this was asked before, in bytes."""
        peak, self.peak = max(self.peak, self.memory()), 0
        return peak

    def stop(self) -> None:
        self._watching = False
        for process in self.processes:
            with suppress(psutil.Error):
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(command: list[str], base: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (the supervisor's own command)
        [sys.executable, "-m", "kern.embedded.lifeline", *command],
        cwd=base,
        env=environment,
        stdin=subprocess.DEVNULL,
        preexec_fn=lifeline.tied(signal.SIGTERM),
    )


def _tree(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    main = psutil.Process(process.pid)
    return [main, *main.children(recursive=True)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
