"""Run the whole portal under one supervisor: servers, web, worker and clock; and leave nothing behind.

Processes, from the outside in: this supervisor; PostgreSQL and Redis; and, under honcho, the web server
(granian), the Celery worker ("werker") and Celery beat ("klok"). Whatever the way out (Ctrl-C, SIGTERM, a child
that dies, an error), everything below this process is gone before it ends. Killed with -9, its children get
a signal from the kernel (see `lifeline`), and the next start ends whatever ignored that.
"""

import os
import shlex
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil
from honcho.manager import Manager
from honcho.printer import Message, Printer

from . import folder, lifeline, postgres, prepare, redis, servers

# Children get this long to finish after SIGTERM, then the rest of the ten seconds is for killing and the servers.
STOP_SECONDS = 4
# Marks the processes of a portal in this folder, so that a next start can tell leftovers from strangers.
MARK = "GENK_WIJK_PORTAAL"


class CannotStart(Exception):
    """The portal cannot start; the text is one line for the person who tries."""


class _Hung(Exception):
    """A child survives SIGKILL's patience: leave honcho's loop, the final sweep deals with it."""


@dataclass(frozen=True)
class Portal:
    """What to run and where."""

    data: Path
    host: str
    port: int
    fill: bool

    @property
    def url(self) -> str:
        host = "localhost" if self.host in ("0.0.0.0", "::", "127.0.0.1") else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def commands(self) -> dict[str, list[str]]:
        """The processes beside the servers, by the name that stands before their lines of output."""
        schedule = self.data / "klok" / "schema"
        schedule.parent.mkdir(exist_ok=True)
        celery = "celery --app genk_wijk --quiet"
        commands = {
            "web": f"-m granian --interface wsgi --workers 1 --blocking-threads 2 --no-ws --workers-kill-timeout 3"
            f" --log-level warning --host {self.host} --port {self.port} genk_wijk.wsgi:application",
            # Started by root, Celery warns at length; a demo in a container is root's.
            "werker": f'-W "ignore:You\'re running the worker" -m {celery} worker --concurrency 2 --loglevel WARNING',
            "klok": f"-m {celery} beat --loglevel WARNING --pidfile '' --schedule {shlex.quote(str(schedule))}",
        }
        return {name: [sys.executable, *shlex.split(line)] for name, line in commands.items()}


def run(portal: Portal, base: Path) -> None:
    """Run the portal until it is asked to stop. `base` is the folder of manage.py.

    Raises CannotStart when it does not come up or when one of its processes ends by itself.
    """
    try:
        folder.make_usable(portal.data)
        held = folder.lock(portal.data)
    except folder.FolderUnusable as error:
        raise CannotStart(str(error)) from error
    except folder.FolderInUse as error:
        raise CannotStart(f"Het portaal draait al met de datamap {portal.data}. Stop het eerst.") from error
    with held, _stoppable():
        _check_address(portal)
        _end_leftovers(portal)
        lifeline.adopt_orphans()
        os.register_at_fork(after_in_child=lifeline.tied(signal.SIGKILL))
        try:
            with _undisturbed_end(), servers.running(portal.data):
                prepare.check_connections()
                prepare.refuse_demo_accounts()
                prepare.migrate()
                prepare.collect_static()
                prepare.fill(wanted=portal.fill)
                prepare.close_connections()
                _serve(portal, base)
        except KeyboardInterrupt:
            return
        except (folder.FolderUnusable, postgres.PostgresFailed, redis.RedisFailed, prepare.NotReady) as error:
            raise CannotStart(str(error)) from error
        finally:
            _end_descendants()


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM and a closed terminal do what Ctrl-C does."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.default_int_handler)
    yield


@contextmanager
def _undisturbed_end() -> Iterator[None]:
    """Once the way out has begun, a second Ctrl-C must not break it off half-way."""
    with ExitStack() as stack:
        stack.callback(_ignore_signals)
        yield


def _ignore_signals() -> None:
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)


def _check_address(portal: Portal) -> None:
    family = socket.AF_INET6 if ":" in portal.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((portal.host, portal.port))
            probe.listen()
        except PermissionError as error:
            raise CannotStart(f"Poort {portal.port} mag niet gebruikt worden; kies een andere met --poort.") from error
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == 98:
                text = f"Poort {portal.port} is al in gebruik; kies een andere met --poort."
            else:
                text = f"Luisteren op {portal.host} poort {portal.port} lukt niet: {error}."
            raise CannotStart(text) from error


def _serve(portal: Portal, base: Path) -> None:
    manager = _Manager(_Output(portal))
    environment = {**os.environ, MARK: str(portal.data), "PYTHONUNBUFFERED": "1"}
    for name, command in portal.commands().items():
        tied = [sys.executable, "-m", "kern.embedded.lifeline", *command]
        manager.add_process(name, f"exec {shlex.join(tied)}", env=environment, cwd=str(base))
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    with suppress(_Hung):
        manager.loop()
    signal.alarm(0)
    if not manager.asked:
        raise CannotStart("Een onderdeel van het portaal is uit zichzelf gestopt; daarom is alles gestopt.")


class _Manager(Manager):
    """Honcho's manager, with a limit on the time that all children together may take to stop."""

    def __init__(self, printer: "_Output") -> None:
        super().__init__(printer)
        self.asked = False
        self._killed = False

    def terminate(self) -> None:
        if not self._terminating:
            self.asked = self.returncode in (130, 143)
            signal.signal(signal.SIGALRM, self._out_of_patience)
            signal.alarm(STOP_SECONDS)
        try:
            super().terminate()
        except KeyError as error:
            # Asked to stop while a process was being started: honcho does not know its number yet.
            raise KeyboardInterrupt from error

    def _out_of_patience(self, signum: int, frame: FrameType | None) -> None:
        if self._killed:
            raise _Hung
        self._killed = True
        signal.alarm(1)
        self.kill()


class _Output(Printer):
    """Lines of the children, prefixed; honcho's own lines only when a child stops; and the welcome, once."""

    def __init__(self, portal: Portal) -> None:
        super().__init__(sys.stdout)
        self.portal = portal
        self.watching = False

    def write(self, message: Message) -> None:
        if message.name == "system":
            # Honcho's first line comes after its last fork: from here on a thread is safe.
            if not self.watching:
                self.watching = True
                threading.Thread(target=_welcome_when_up, args=[self.portal], daemon=True).start()
            if "started (" in message.data or "sending " in message.data or "received" in message.data:
                return
            message = message._replace(data=message.data.replace("stopped (rc=", "is gestopt (code "), name="portaal")
        super().write(message)


def _welcome_when_up(portal: Portal) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urlopen(f"http://{_reachable(portal)}/", timeout=5).close()
        except HTTPError:
            break
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            break
    else:
        sys.stderr.write("De webserver antwoordt nog niet na 60 seconden; kijk naar de regels hierboven.\n")
        return
    sys.stdout.write(prepare.welcome(portal.url))
    sys.stdout.flush()


def _reachable(portal: Portal) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(portal.host, portal.host)  # noqa: S104
    return f"{f'[{host}]' if ':' in host else host}:{portal.port}"


def _end_leftovers(portal: Portal) -> None:
    """End processes of an earlier portal in this folder whose supervisor was killed."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(MARK) == str(portal.data):
                process.kill()
                found.append(process)
    psutil.wait_procs(found, timeout=5)


def _end_descendants() -> None:
    """Kill every process below this one that is still there, orphans included."""
    me = psutil.Process()
    until = time.monotonic() + 3
    while (left := me.children(recursive=True)) and time.monotonic() < until:
        for process in left:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=1)
