"""From words with {placeholders} to a mail: subject, text part and HTML part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
DUTCH_BELOW = "De Nederlandse tekst is de geldige tekst:"
SUBJECT_LENGTH = 250
STYLE = Path(__file__).parent / "mail.css"


@dataclass(frozen=True)
class Voorbeeld:
    """A mail as somebody gets it."""

    onderwerp: str
    tekst: str
    html: str


def placeholders(text: str) -> set[str]:
    """The names between braces in a text."""
    return set(PLACEHOLDER.findall(text))


def fill(text: str, context: Mapping[str, str]) -> str:
    """Put the values in; a paragraph that only held empty values goes. Unknown names stay as they are."""
    filled = PLACEHOLDER.sub(lambda found: str(context.get(found[1], found[0])), text.replace("\r\n", "\n"))
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def subject(text: str, context: Mapping[str, str]) -> str:
    """One line, whatever is put in: a line break would make another header of the rest."""
    return " ".join(fill(text, context).split())[:SUBJECT_LENGTH]


def html(text: str, *, title: str, language: str) -> str:
    """The HTML part: paragraphs, addresses as links, and an address on a line of its own as the button."""
    foreign, _, dutch = text.partition(f"\n\n{DUTCH_BELOW}\n\n")
    return render_to_string(
        "berichten/mail.html",
        {
            "title": title,
            "language": language,
            "style": mark_safe(f"<style>{_style()}</style>"),  # noqa: S308 (our own file)
            "paragraphs": _paragraphs(foreign),
            "dutch_below": DUTCH_BELOW if dutch else "",
            "dutch_paragraphs": _paragraphs(dutch) if dutch else [],
        },
    )


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _paragraphs(text: str) -> list[SafeString]:
    return [_paragraph(part) for part in text.split("\n\n") if part.strip()]


def _paragraph(part: str) -> SafeString:
    lines = part.strip().splitlines()
    if URL.fullmatch(lines[-1].strip()):
        label = " ".join(lines[:-1]).strip().rstrip(":") or lines[-1]
        return format_html('<p class="knop"><a href="{}">{}</a></p>', lines[-1].strip(), label)
    linked = URL.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape("\n".join(lines)))
    return mark_safe("<p>" + linked.replace("\n", "<br>") + "</p>")  # noqa: S308 (escaped above)
