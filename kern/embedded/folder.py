"""The data folder of a portal that runs without installed servers: what lies where in it.

Everything here can be worked out from the folder's path alone, so that settings know the addresses of
servers that somebody else has started, or will start.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

DATABASE = "genk_wijk"
# The longest path of a Unix socket is 107 bytes on Linux and 103 on macOS; this is room for its file name.
LONGEST_SOCKET_FOLDER = 80


class FolderUnusable(Exception):
    """The data folder cannot be used; the text says why, for the person who starts the portal."""


class FolderInUse(Exception):
    """Another process holds the data folder."""


def postgres_data(folder: Path) -> Path:
    return folder / "postgres"


def redis_data(folder: Path) -> Path:
    return folder / "redis"


def socket_folder(data: Path) -> Path:
    """Where the server with this data folder has its Unix socket: there, or in /tmp when that path is too long."""
    data = data.resolve()
    if len(os.fsencode(data)) <= LONGEST_SOCKET_FOLDER:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / f"genk-wijk-{os.geteuid()}-{digest}"  # noqa: S108 (made private, see make_private)


def database_url(folder: Path, name: str = DATABASE) -> str:
    """The embedded PostgreSQL's address as DATABASE_URL takes it: the host is the percent-encoded socket folder."""
    return f"postgres://postgres@{quote(str(socket_folder(postgres_data(folder))), safe='')}/{name}"


def redis_url(folder: Path) -> str:
    """The embedded Redis' address as REDIS_URL takes it."""
    return f"unix://{socket_folder(redis_data(folder)) / 'redis.sock'}"


def make_private(path: Path) -> None:
    """Make the folder, for its owner alone; FolderUnusable when somebody else already made it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:
        raise FolderUnusable(f"De map {path} is van een andere gebruiker.")
    path.chmod(0o700)


def clear_sockets(data: Path) -> None:
    """After its server has stopped: remove the socket folder, when it is not the data folder itself."""
    if (sockets := socket_folder(data)) != data.resolve():
        shutil.rmtree(sockets, ignore_errors=True)


def make_usable(folder: Path) -> None:
    """Make the data folder and see that files can be made in it; FolderUnusable says in Dutch what is wrong."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise FolderUnusable(f"In de datamap {folder} kan niet geschreven worden ({error.strerror}).") from error


def lock(folder: Path) -> IO[str]:
    """Hold the folder until the returned file is closed or this process ends; FolderInUse when another holds it."""
    file = (folder / "vergrendeling").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise FolderInUse from error
    return file


def secret_key(folder: Path) -> str:
    """The demo's own secret key: made once, kept in the folder, readable by its owner alone.

    In a folder that cannot be written the key lasts as long as this process.
    """
    path = folder / "geheime-sleutel"
    with suppress(FileNotFoundError, PermissionError):
        return path.read_text()
    key = secrets.token_urlsafe(50)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".sleutel-") as file:
            file.write(key)
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
        return path.read_text()
    except OSError:
        return key
