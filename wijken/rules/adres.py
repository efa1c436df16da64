"""How names of streets are compared, and what a typed address says."""

from __future__ import annotations

import re
from typing import NamedTuple

from kern.spelling import fold

_LETTERS = re.compile(r"[a-z0-9]+")
_HOUSE_NUMBER = re.compile(
    r"^(?P<straat>.*?\D)\s+(?P<nummer>\d{1,4}\s?[a-z]?(?:\s*(?:bus|/|-)\s*\w+)?)$", re.IGNORECASE
)
_TOWN = re.compile(r"[\s,]+(?:3600\s*)?(?:genk|3600)\s*$", re.IGNORECASE)


class Zoekvraag(NamedTuple):
    """A typed address in parts: the street as people wrote it, and the house number if any."""

    straat: str
    nummer: str


def zoeknaam(naam: str) -> str:
    """A name as it is searched: small letters, no accents, one space between words."""
    return " ".join(_LETTERS.findall(fold(naam)))


def read_address(text: str) -> Zoekvraag:
    """Take street and house number out of a typed address; the town and its postcode may follow."""
    line = _TOWN.sub("", " ".join(text.split())).strip(" ,")
    match = _HOUSE_NUMBER.match(line)
    return Zoekvraag(match["straat"].strip(" ,"), match["nummer"]) if match else Zoekvraag(line, "")
