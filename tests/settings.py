"""The portal's settings for a test run.

Without DATABASE_URL or REDIS_URL in the environment this starts an embedded server for the run, in a
temporary folder, and stops it at the end. Worker processes of the run inherit the addresses.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from kern.embedded import postgres, redis

os.environ["PORTAL_MODE"] = "test"
# One key for the whole run: worker processes read what this one signs.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))


# Set while REDIS_URL names the server that this run started for itself.
OURS = "REDIS_OF_THIS_RUN"


def _start_servers() -> None:
    # Tests empty Redis: two at a time, each has its own.
    if "PYTEST_XDIST_WORKER" in os.environ and os.environ.pop(OURS, ""):
        del os.environ["REDIS_URL"]
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="genk-wijk-test-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.setdefault("DATA_DIR", str(folder / "data"))
    if "DATABASE_URL" not in os.environ:
        database = postgres.start(folder / "postgres", {"fsync": "off", "full_page_writes": "off"})  # nothing to keep
        atexit.register(database.stop)
        os.environ["DATABASE_URL"] = postgres.ensure_database(database)
    if "REDIS_URL" not in os.environ:
        server = redis.start(folder / "redis")
        atexit.register(server.stop)
        os.environ["REDIS_URL"] = server.url
        if "PYTEST_XDIST_WORKER" not in os.environ:
            os.environ[OURS] = "yes"


_start_servers()

from genk_wijk.settings import *  # noqa: E402, F403

WHITENOISE_AUTOREFRESH = True  # static files straight from their sources; no folder of collected ones
