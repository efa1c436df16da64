"""What `manage.py start` does between the servers and the web: tables, static files, first contents, welcome."""

import hashlib
import os
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection, connections
from django.urls import reverse
from redis.exceptions import RedisError

from kern.gebruikers.checks import DemoAccounts, refuse_demo_accounts_in_production
from kern.verbinding import redis_client


class NotReady(Exception):
    """The portal cannot run like this; the text is one line for the person who starts it."""


def check_connections() -> None:
    """Raise NotReady when the database or Redis cannot be reached."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise NotReady(f"De databank is niet bereikbaar (DATABASE_URL): {reason}") from error
    try:
        redis_client().ping()
    except RedisError as error:
        raise NotReady(f"Redis is niet bereikbaar (REDIS_URL): {error}") from error


def migrate() -> None:
    _tell("Databank bijwerken …")
    call_command("migrate", interactive=False, verbosity=0)


def refuse_demo_accounts() -> None:
    """Raise NotReady when this is production and somebody can log in with a password from the manual."""
    try:
        refuse_demo_accounts_in_production()
    except DemoAccounts as error:
        raise NotReady(str(error)) from error


def fill(*, wanted: bool) -> None:
    """Fill an untouched portal with the demo; one that was once started empty, or has accounts, stays as it is."""
    kept_empty = settings.DATA_DIR / "leeg"
    if not wanted:
        kept_empty.touch()
    if kept_empty.exists() or get_user_model().objects.exists() or "demo" not in get_commands():
        return
    _tell("Eerste start: het portaal vullen met voorbeelden …")
    call_command("demo", verbosity=0)


def collect_static() -> None:
    """Gather and compress the static files, unless none has changed since the last time."""
    stamp = settings.STATIC_ROOT / ".stempel"
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            # Several finders may hold the same path; the first wins, and the order here keeps that visible.
            state = os.stat(storage.path(path))  # noqa: PTH116
            digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    _tell("Stijl en scripts klaarzetten …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def close_connections() -> None:
    """Before processes are forked: none of them may share this one's connection."""
    connections.close_all()
    redis_client().connection_pool.disconnect()


def welcome(url: str) -> str:
    """The addresses and, in a demo, who can log in."""
    lines = ["", "  Het portaal draait. Stoppen: Ctrl-C.", "", f"    Portaal  {url}/"]
    if settings.DEMO:
        lines += [f"    Postvak  {url}/postvak/   (alle mails die het portaal stuurt)"]
        lines += [f"    Beheer   {url}/beheer/"]
        lines += _log_ins(url)
    return "\n".join([*lines, "", ""])


def _log_ins(url: str) -> list[str]:
    people = get_user_model().objects.filter(is_demo=True, is_active=True).prefetch_related("groups")
    rows = [
        (person.email, person.naam, ", ".join(group.name for group in person.groups.all()) or "geen rol")
        for person in people.order_by("pk")
    ]
    connections.close_all()
    if not rows:
        return ["", "  Er zijn geen demo-accounts."]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = ["", f"  Aanmelden op {url}{reverse('account_login')} met wachtwoord {settings.DEMO_PASSWORD}", ""]
    return lines + [f"    {email:<{widths[0]}}  {naam:<{widths[1]}}  {roles}" for email, naam, roles in rows]


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
