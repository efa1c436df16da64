"""The portal as the README starts it, as real processes in a folder of its own, for tests."""

import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

BASE = Path(__file__).resolve().parents[3]
# What the test run itself was given must not reach a portal that a newcomer would start.
OURS = {
    "DATABASE_URL",
    "REDIS_URL",
    "PORTAL_MODE",
    "DATA_DIR",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "PORTAL_URL",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "DATA_DIR": str(data), **extra}


def manage(data: Path, *arguments: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    """Run `manage.py` to its end."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=BASE, env=environment(data, **extra), capture_output=True, text=True, timeout=60, check=False
    )


@dataclass
class RunningPortal:
    """A `manage.py start` that was begun."""

    process: "subprocess.Popen[str]"
    port: int
    output: Path
    data: Path
    seen: dict[int, psutil.Process] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def text(self) -> str:
        return self.output.read_text()

    @property
    def password(self) -> str:
        found = re.search(r"met wachtwoord (\S+)", self.text())
        assert found, self.text()
        return found[1]

    @property
    def log_ins(self) -> dict[str, str]:
        """The roles of each demo account, by mail address, as the welcome lists them."""
        lines = self.text().partition("met wachtwoord")[2].splitlines()
        rows = [re.split(r"\s{2,}", line.strip()) for line in lines if re.match(r"    \S+@", line)]
        return {row[0]: row[-1] for row in rows}

    def log_in_of(self, role: str) -> str:
        """The mail address of the first demo account with this role."""
        return next(email for email, roles in self.log_ins.items() if role in roles.split(", "))

    def wait_until_up(self, seconds: float = 240) -> None:
        until = time.monotonic() + seconds
        while "Het portaal draait." not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < until, self.text()
            time.sleep(0.05)
        self.look()

    def look(self) -> None:
        """Remember every process below the supervisor, to see later that it is gone."""
        me = psutil.Process(self.process.pid)
        self.seen |= {process.pid: process for process in me.children(recursive=True)}

    def alive(self) -> list[str]:
        """The processes seen before, or marked as of this folder, that still run."""
        return [
            str(process)
            for process in self.seen.values()
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]

    def wait_until_gone(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.alive() and time.monotonic() < until:
            time.sleep(0.05)
        assert self.alive() == []

    def stop(self, signum: int, seconds: float = 10) -> int:
        self.look()
        self.process.send_signal(signum)
        return self.process.wait(seconds)


def start(data: Path, *arguments: str, port: int | None = None, **extra: str) -> RunningPortal:
    """Begin `manage.py start`; its output goes to a file beside the data folder."""
    port = port or free_port()
    output = data.parent / f"{data.name}-{port}.log"
    with output.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--poort", str(port), *arguments],
            cwd=BASE,
            env=environment(data, **extra),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    return RunningPortal(process, port, output, data)
