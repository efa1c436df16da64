"""The docs name real files, real addresses and real commands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
FILE = re.compile(r"`((?:kern|wijken|meldingen|genk_wijk|templates|static|tests|docs|locale)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#]+)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_link_in_a_page_exists(page):
    text = page.read_text(encoding="utf-8")
    missing = [name for name in FILE.findall(text) if not (ROOT / name).exists()]
    missing += [name for name in LINK.findall(text) if not (page.parent / name).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_a_page_exists(page):
    from django.core.management import get_commands

    named = set(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert named - set(get_commands()) == set()


def test_the_readme_links_to_every_page_of_the_docs_that_people_need():
    linked = set(LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"docs/settings.md", "docs/operations.md", "docs/architecture.md"} <= linked
