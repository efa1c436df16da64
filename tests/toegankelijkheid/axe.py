"""What every browser test uses to look at a page: axe, sideways scroll, console, other hosts, screenshots."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


def axe_violations(page: Page, *, exclude: list[str] | None = None) -> list[str]:
    """What axe finds on the page against WCAG 2.2 AA: one line per element, "rule: selector: what to do"."""
    context = {"exclude": [[selector] for selector in exclude]} if exclude else None
    options = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    # Its half a megabyte of script is read once per page, however often the page is looked at.
    axe = Axe("null") if page.evaluate("'axe' in window") else Axe()
    found = axe.run(page, context=context, options=options).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def watch(page: Page, base_url: str) -> list[str]:
    """A list that fills with what a page must not do: console errors and requests to another host."""
    wrong: list[str] = []
    host = urlsplit(base_url).netloc
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            wrong.append(request.url)
            if urlsplit(request.url).scheme.startswith("http") and urlsplit(request.url).netloc != host
            else None
        ),
    )
    return wrong


def screenshots(browser: Browser, url: str, folder: Path, name: str, cookies: list | None = None) -> list[Path]:
    """Pictures of a page on a phone and a desk, light and dark."""
    made = []
    for size, viewport in {"telefoon": PHONE, "bureau": DESK}.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="nl-BE")
            context.add_cookies(cookies or [])
            page = context.new_page()
            page.goto(url)
            made.append(folder / f"{name}-{size}-{scheme}.png")
            page.screenshot(path=made[-1], full_page=True)
            context.close()
    return made
