"""The content security policy can stay strict because our templates hold no script, style or handler."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
# Mail programs read no stylesheet: the frame of our mails is the one place for inline style.
MAILS = {"berichten/mail.html", "berichten/mail_regel.html"}
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", re.IGNORECASE)
_INLINE_STYLE = re.compile(r"<style\b|\sstyle=", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
_OTHER_HOST = re.compile(r"(?:src|<link[^>]*href)=[\"']https?://", re.IGNORECASE)


@pytest.mark.parametrize("pattern", [_INLINE_SCRIPT, _INLINE_STYLE, _HANDLER, _OTHER_HOST])
def test_no_template_holds_what_the_policy_refuses(pattern):
    root = Path(settings.BASE_DIR) / "templates"
    pages = [path for path in TEMPLATES if str(path.relative_to(root)) not in MAILS]
    assert [str(path.relative_to(root)) for path in pages if pattern.search(path.read_text())] == []


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(client):
    policy = client.get(reverse("home"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_every_icon_that_a_template_asks_for_exists():
    sprite = (Path(settings.BASE_DIR) / "static" / "img" / "iconen.svg").read_text()
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icoon "([^"]+)"|icoon_(?:voor|na|naam)="([^"]+)"', path.read_text())
        for name in name
        if name
    }
    assert asked - known == set()
