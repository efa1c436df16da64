"""How two versions of a text differ, word by word. Fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Stukje:
    """A piece of text: it stayed (""), came in ("erbij") or went out ("weg")."""

    soort: str
    tekst: str


def differences(old: str, new: str) -> list[Stukje]:
    """The new text with what went and what came, in reading order; words and the blanks between them are kept."""
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    pieces: list[Stukje] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Stukje("", "".join(after[c:d])))
            continue
        if a < b:
            pieces.append(Stukje("weg", "".join(before[a:b])))
        if c < d:
            pieces.append(Stukje("erbij", "".join(after[c:d])))
    return pieces
