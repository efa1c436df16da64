"""Real servers and workers beside a test, to start, stop, freeze and kill.

    with Processes(tmp_path) as processes, mail_server() as bus:
        worker = processes.worker(mail_port=bus.port)
        processes.stop_redis()
        processes.start_redis()
        worker.kill()

Redis is one of its own, at an address that stays the same when it is started again. Workers and beat use the test's
database, so the test needs `@pytest.mark.django_db(transaction=True)`. Mark it `processes`.
"""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit, urlunsplit

import psutil
import pytest
from django.db import connection

from kern import wekker
from kern.embedded import folder, redis

BASE = Path(__file__).resolve().parents[1]


def wait_for(condition: Callable[[], object], seconds: float = 30, what: str = "") -> None:
    """Wait until the condition holds; fails the test when it takes too long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} s in vain {what}"
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Proces:
    """A worker, beat or web server that was started, with its children."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """Kill -9 the whole tree at one go: no handler runs, no child lives on."""
        tree = [self.process.pid, *(child.pid for child in psutil.Process(self.process.pid).children(recursive=True))]
        for pid in tree:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Ask it to stop, as the supervisor does."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


class Processes:
    """The servers and workers of one test; all are gone when it ends."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.redis: redis.Redis | None = None
        self.redis_url = folder.redis_url(base)
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Processes:
        with ExitStack() as stack:
            self.start_redis()
            stack.callback(self.stop_redis)
            self._point_this_process_at_redis(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def start_redis(self) -> None:
        """Start Redis (again), with the data it had."""
        self.redis = redis.start(folder.redis_data(self.base))

    def stop_redis(self) -> None:
        if self.redis is not None:
            self.redis.stop()
            self.redis = None

    def worker(self, *, mail_port: int, concurrency: int = 1, **extra: str) -> Proces:
        """Start a worker that mails to this port, and wait until it is ready for work."""
        started = self._start(
            f"worker --concurrency {concurrency} --loglevel INFO --without-mingle --without-gossip",
            EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
            **extra,
        )
        wait_for(lambda: "ready." in started.log.read_text(), 30, f"for a worker, see {started.log}")
        return started

    def beat(self) -> Proces:
        """Start the clock that sends the periodic tasks."""
        return self._start(f"beat --loglevel INFO --pidfile '' --schedule {shlex.quote(str(self.base / 'schema'))}")

    def web(self, port: int, **extra: str) -> Proces:
        """Start the web server, as the portal does, and wait until it listens."""
        server = f"-m granian --interface wsgi --workers 1 --blocking-threads 2 --no-ws --port {port}"
        started = self._run([*shlex.split(server), "genk_wijk.wsgi:application"], **extra)
        wait_for(lambda: _listens(port), 30, f"for the web server, see {started.log}")
        return started

    def call(self, task: str) -> None:
        """Ask the workers for a periodic task now, as the clock does when its time has come."""
        command = [sys.executable, "-m", "celery", "--app", "genk_wijk", "call", task]
        subprocess.run(command, cwd=BASE, env=self.environment(), check=True, capture_output=True, timeout=30)

    def environment(self, **extra: str) -> dict[str, str]:
        """For a process that must share this test's database and Redis, such as a web server."""
        address = urlsplit(os.environ["DATABASE_URL"])
        database = urlunsplit(address._replace(path="/" + quote(str(connection.settings_dict["NAME"]))))
        ours = {
            "PORTAL_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "genk_wijk.settings",
            "PYTHONWARNINGS": "ignore",
            "LOG_LEVEL": "INFO",
        }
        return {**os.environ, **ours, "DATABASE_URL": database, "REDIS_URL": self.redis_url, **extra}

    def _start(self, arguments: str, **extra: str) -> Proces:
        return self._run(["-m", "celery", "--app", "genk_wijk", *shlex.split(arguments)], **extra)

    def _run(self, arguments: list[str], **extra: str) -> Proces:
        self._count += 1
        log = self.base / f"proces-{self._count}.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=BASE,
                env=self.environment(**extra),
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        started = Proces(process, log)
        self._stack.callback(started.stop)
        return started

    def _point_this_process_at_redis(self, stack: ExitStack) -> None:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        connect = wekker.current_app.connection_for_write
        broker = self.redis_url.replace("unix://", "redis+socket://", 1)
        patch.setattr(wekker.current_app, "connection_for_write", lambda **extra: connect(broker, **extra))
        patch.setattr(wekker, "_rest_until", 0.0)
        wekker._broker.cache_clear()
        stack.callback(wekker._broker.cache_clear)
