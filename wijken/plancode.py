"""The codes of the multi-year plan: BD-02, AP-02.04, A-02.04.03. Each says where it belongs."""

from __future__ import annotations

import re
from typing import NamedTuple

BD = r"^BD-\d{2}$"
AP = r"^AP-\d{2}\.\d{2}$"
A = r"^A-\d{2}\.\d{2}\.\d{2,3}$"

_READ = re.compile(r"^(BD|AP|A)[-\s]?(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,3}))?$")
_PARTS = {"BD": 1, "AP": 2, "A": 3}
NAMES = {"BD": "beleidsdoelstelling", "AP": "actieplan", "A": "actie"}


class Plancode(NamedTuple):
    """A code: its level (BD, AP or A), as it is written, and the code above it; empty at the top."""

    niveau: str
    code: str
    boven: str


def read(text: str) -> Plancode:
    """A code as people type it ("ap 2.4"). ValueError in words when it is none."""
    found = _READ.match(text.strip().upper())
    parts = [part for part in found.groups()[1:] if part] if found else []
    if not found or len(parts) != _PARTS[found[1]]:
        raise ValueError("dit is geen code van het plan: schrijf BD-02, AP-02.04 of A-02.04.03")
    numbers = [part.zfill(2) for part in parts]
    level = found[1]
    above = {"BD": "", "AP": f"BD-{numbers[0]}", "A": f"AP-{'.'.join(numbers[:2])}"}[level]
    return Plancode(level, f"{level}-{'.'.join(numbers)}", above)
