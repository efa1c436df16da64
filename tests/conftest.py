"""Fixtures for the whole house: the portal as the README starts it, and a browser to look at it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kern.embedded.tests import portal as portals
from kern.embedded.tests.portal import RunningPortal

CHROMIUM = Path("/usr/bin/chromium")
# Chromium may not be root and sandboxed at once; the rest keeps it from calling home.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _asks_for_portal(item: pytest.Item) -> bool:
    return "portal" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What asks for the demo portal comes first, and in one process: of all tests its start takes longest."""
    for item in filter(_asks_for_portal, items):
        item.add_marker(pytest.mark.xdist_group("portal"))  # before xdist looks
    yield
    items.sort(key=lambda item: not _asks_for_portal(item))  # after pytest-django put them in order


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A running demo portal: `portal.url`, `portal.password`, `portal.log_in_of("wijkmanager")`."""
    running = portals.start(tmp_path_factory.mktemp("demo") / "data")
    try:
        running.wait_until_up(360)
        yield running
    finally:
        if running.process.poll() is None:
            running.stop(signal.SIGTERM, 15)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Missing, it fails the run on CI and skips elsewhere, with the reason in the summary."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Playwright keeps an event loop in this thread, where Django would then refuse its own tests the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()
