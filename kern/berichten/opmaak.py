"""From plain text to the parts of a mail with mark-up: paragraphs, bullets, and buttons to the portal."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of a line; a link when it has an address."""

    tekst: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Blok:
    """A paragraph or list (lines of pieces), or a button (one line of one piece)."""

    vorm: Literal["alinea", "lijst", "knop"]
    regels: tuple[tuple[Stuk, ...], ...]


def blocks(text: str, *, portal: str) -> list[Blok]:
    """The blocks of a text. Only addresses of `portal` become links: what a resident typed gets none elsewhere."""
    found: list[Blok] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        found += _paragraph(paragraph.split("\n"), portal)
    return found


def _paragraph(lines: list[str], portal: str) -> list[Blok]:
    found: list[Blok] = []
    plain: list[str] = []
    items: list[list[str]] = []

    def close() -> None:
        if items:
            found.append(Blok("lijst", tuple(_item(item, portal) for item in items)))
            items.clear()
        if plain:
            found.append(Blok("alinea", tuple(_pieces(line, portal) for line in plain)))
            plain.clear()

    for line in lines:
        if line.startswith("- "):
            if plain:
                close()
            items.append([line[2:].strip()])
        elif items and line.startswith("  "):
            items[-1].append(line.strip())
        elif _is_ours(line.strip(), portal):
            label = plain.pop().strip().removesuffix(":").rstrip() if plain else line.strip()
            close()
            found.append(Blok("knop", ((Stuk(label, line.strip()),),)))
        else:
            if items:
                close()
            plain.append(line.strip())
    close()
    return found


def _item(lines: list[str], portal: str) -> tuple[Stuk, ...]:
    """A bullet; an address alone on its second line makes its first line the link."""
    if len(lines) == 2 and _is_ours(lines[1], portal):
        return (Stuk(lines[0], lines[1]),)
    return _pieces(" ".join(lines), portal)


def _pieces(line: str, portal: str) -> tuple[Stuk, ...]:
    pieces: list[Stuk] = []
    end = 0
    for match in ADDRESS.finditer(line):
        url = match[0].rstrip(".,;:!?)")
        if not _is_ours(url, portal):
            continue
        pieces += [Stuk(line[end : match.start()]), Stuk(url, url)]
        end = match.start() + len(url)
    return tuple(piece for piece in [*pieces, Stuk(line[end:])] if piece.tekst)


def _is_ours(text: str, portal: str) -> bool:
    """Whether this is one address, on the portal's own host (not one that merely begins like it)."""
    if not ADDRESS.fullmatch(text):
        return False
    ours, theirs = urlsplit(portal), urlsplit(text)
    return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)
