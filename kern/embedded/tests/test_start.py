"""`manage.py start` with real processes."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from kern.embedded import folder

from . import portal as portals
from .portal import RunningPortal, free_port, manage

# One portal serves several of these tests, so they stay in one process.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("start")]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Deep enough that the servers' sockets do not fit beside their data.
    folder = tmp_path_factory.mktemp("portaal") / ("een-map-met-een-lange-naam-" * 3)
    folder.mkdir()
    return folder / "data"


@pytest.fixture(scope="module")
def filled(data: Path) -> Path:
    """A data folder with a database that is up to date, made once, to copy: the tests are about processes."""
    folder = data.parent / "voorbeeld"
    assert manage(folder, "migrate", "-v0").returncode == 0
    return folder


def copied(filled: Path, name: str) -> Path:
    # cp keeps the owner, which is not us when we are root.
    subprocess.run(["cp", "--archive", filled, filled.parent / name], check=True)
    return filled.parent / name


@pytest.fixture(scope="module")
def running(data: Path, filled: Path) -> Iterator[RunningPortal]:
    """One empty portal for the tests of this file that leave it running."""
    portal = portals.start(copied(filled, data.name), "--leeg")
    portal.wait_until_up()
    yield portal
    portal.stop(signal.SIGTERM)


@pytest.fixture
def begin(data: Path) -> Iterator[Callable[..., RunningPortal]]:
    """Start portals with a data folder of this name; whatever a failing test leaves is ended."""
    begun: list[RunningPortal] = []

    def _begin(name: str, *arguments: str) -> RunningPortal:
        begun.append(portals.start(data.parent / name, *arguments, STATIC_ROOT=str(data / "static")))
        return begun[-1]

    yield _begin
    for portal in begun:
        portal.process.kill()
        portal.process.wait()


def refusal(result: "subprocess.CompletedProcess[str]") -> str:
    """The one line on stderr of a start that was refused."""
    assert result.returncode == 1
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, result.stderr
    return lines[0]


def processes_of(data: Path) -> list[psutil.Process]:
    """Every process whose command line or environment names this folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if str(data) in f"{process.cmdline()} {process.environ().get('DATA_DIR')}":
                found.append(process)
    return found


def test_a_second_start_in_the_same_folder_is_refused(running, data):
    assert "draait al" in refusal(manage(data, "start", "--poort", str(free_port())))


def test_another_command_uses_the_servers_of_the_running_portal(running, data):
    result = manage(
        data, "shell", "-v0", "-c", "from kern.verbinding import redis_client; print(redis_client().ping())"
    )
    assert result.stdout.strip() == "True"
    assert result.returncode == 0
    assert running.process.poll() is None


def test_the_secret_key_is_the_folders_own_and_private(running, data):
    key = data / "geheime-sleutel"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_static_files_lie_in_the_data_folder_under_hashed_names(running, data):
    assert (data / "static" / "staticfiles.json").exists()


def test_sigterm_leaves_no_process_and_keeps_the_data(running, begin, filled):
    data = copied(filled, "bewaard")
    code = "from django.core.mail import send_mail; send_mail('Bewaard', 'tekst', None, ['an@genk.example'])"
    assert manage(data, "shell", "-v0", "-c", code).returncode == 0
    first = begin("bewaard", "--leeg")
    first.wait_until_up()
    began = time.monotonic()
    assert first.stop(signal.SIGTERM) == 0
    assert time.monotonic() - began < 10
    assert first.alive() == []
    assert "Het portaal is gestopt." in first.text()

    began = time.monotonic()
    second = begin("bewaard")
    second.wait_until_up()
    assert time.monotonic() - began < 30  # a first start fills the database and takes minutes
    with urlopen(f"{second.url}/postvak/?aan=an@") as answer:
        assert "Bewaard" in answer.read().decode()
    sockets = [folder.socket_folder(data / name) for name in ("postgres", "redis")]
    assert all(path.exists() and not path.is_relative_to(data.parent) for path in sockets)
    assert second.stop(signal.SIGINT) == 0
    assert second.alive() == []
    assert not any(path.exists() for path in sockets)


def test_stops_in_time_though_a_worker_process_hangs(running, begin, filled):
    copied(filled, "hangt")
    portal = begin("hangt", "--leeg")
    portal.wait_until_up()
    worker = [process for process in portal.seen.values() if "worker" in " ".join(process.cmdline())]
    assert worker
    for process in worker:
        process.suspend()
    began = time.monotonic()
    assert portal.stop(signal.SIGTERM) == 0
    assert time.monotonic() - began < 10
    assert portal.alive() == []


def test_killed_hard_its_processes_go_too_and_the_next_start_works(running, begin, filled):
    copied(filled, "gedood")
    portal = begin("gedood", "--leeg")
    portal.wait_until_up()
    portal.process.kill()
    portal.process.wait()
    portal.wait_until_gone(8)
    again = begin("gedood", "--leeg")
    again.wait_until_up(45)
    assert again.stop(signal.SIGTERM) == 0


def test_asked_to_stop_while_it_starts_it_leaves_nothing(running, begin):
    portal = begin("vroeg", "--leeg")
    until = time.monotonic() + 30
    while "bijwerken" not in portal.text() and time.monotonic() < until:
        time.sleep(0.05)
    assert portal.stop(signal.SIGTERM) == 0
    portal.wait_until_gone(0)


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(manage(tmp_path / "data", "start", "--poort", str(port))) == (
            f"Poort {port} is al in gebruik; kies een andere met --poort."
        )


def test_a_folder_that_cannot_be_written_is_one_clear_line():
    # /proc refuses everyone, root included.
    assert "kan niet geschreven worden" in refusal(manage(Path("/proc/portaal"), "start"))


def test_a_database_that_cannot_be_reached_is_one_clear_line(tmp_path):
    url = f"postgres://iemand:geheim@127.0.0.1:{free_port()}/x"
    line = refusal(manage(tmp_path / "data", "start", "--poort", str(free_port()), DATABASE_URL=url))
    assert line.startswith("De databank is niet bereikbaar (DATABASE_URL):")
    assert "geheim" not in line
    assert processes_of(tmp_path) == []


def test_a_redis_that_cannot_be_reached_is_one_clear_line(tmp_path):
    url = f"redis://127.0.0.1:{free_port()}/0"
    database = os.environ["DATABASE_URL"]
    arguments = ["start", "--poort", str(free_port())]
    line = refusal(manage(tmp_path / "data", *arguments, REDIS_URL=url, DATABASE_URL=database))
    assert line.startswith("Redis is niet bereikbaar (REDIS_URL):")
    assert processes_of(tmp_path) == []
