"""From words with {placeholders} to a mail: subject, text part and HTML part."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from . import opmaak
from .registry import SOURCE_LANGUAGE

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
BRACED = re.compile(r"\{[^{}\n]*\}")
DUTCH_BELOW = "De Nederlandse tekst is de geldige tekst:"
TRANSLATED = {
    "fr": "Ceci est une traduction : seul le texte néerlandais ci-dessous fait foi.",
    "en": "This is a translation: the Dutch text below is the valid one.",
}
SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Voorbeeld:
    """A mail as somebody gets it."""

    onderwerp: str
    tekst: str
    html: str


def placeholders(text: str) -> set[str]:
    """The names between braces in a text."""
    return set(PLACEHOLDER.findall(text))


def problems(text: str, known: Collection[str]) -> list[str]:
    """What is wrong with the placeholders of a text, in words for who writes it; empty when all is well."""
    names = ", ".join(f"{{{name}}}" for name in sorted(known))
    unknown = [found for found in dict.fromkeys(BRACED.findall(text)) if found[1:-1] not in known]
    wrong = [
        _("Het invulveld %(naam)s bestaat niet. Je kan gebruiken: %(namen)s.") % {"naam": found, "namen": names}
        for found in unknown
    ]
    if re.search(r"[{}]", BRACED.sub("", text)):
        wrong.append(_("Er staat een accolade alleen. Een invulveld staat tussen { en } op één regel."))
    return wrong


def fill(text: str, context: Mapping[str, str]) -> str:
    """Put the values in; a paragraph that only held empty values goes. Unknown names stay as they are."""
    filled = PLACEHOLDER.sub(lambda found: str(context.get(found[1], found[0])), text.replace("\r\n", "\n"))
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def with_dutch(text: str, dutch: str, language: str) -> str:
    """A translation, marked as one in its own language, with the Dutch text below it."""
    return "\n\n".join(part for part in (text, TRANSLATED.get(language, ""), DUTCH_BELOW, dutch) if part)


def subject(text: str, context: Mapping[str, str]) -> str:
    """One line, whatever is put in: a line break would make another header of the rest."""
    return " ".join(fill(text, context).split())[:SUBJECT_LENGTH]


def html(text: str, *, title: str, language: str, show_title: bool = False) -> str:
    """The HTML part, with its style on each element: several mail programs drop a style sheet.

    Paragraphs, bullets, and an address of the portal on a line of its own as a button.
    """
    foreign, below, dutch = text.partition(f"\n\n{DUTCH_BELOW}\n\n")
    parts = [_part(foreign, language), *([_part(dutch, SOURCE_LANGUAGE, below.strip())] if below else [])]
    context = {"title": title, "language": language, "show_title": show_title, "parts": parts}
    return render_to_string("berichten/mail.html", {**context, "portal": settings.PORTAL_URL})


def _part(text: str, language: str, above: str = "") -> dict[str, object]:
    return {"language": language, "above": above, "blocks": opmaak.blocks(text, portal=settings.PORTAL_URL)}
