"""The periods of figures: a year, a school year, a quarter. They sort as text."""

from __future__ import annotations

import re

SHAPES = {
    "jaar": r"^(?:19|20)\d{2}$",
    "schooljaar": r"^(?:19|20)\d{2}-(?:19|20)\d{2}$",
    "kwartaal": r"^(?:19|20)\d{2}-K[1-4]$",
}
_YEAR = r"(?:19|20)\d{2}"
_SCHOOL_YEAR = re.compile(rf"^(?:schooljaar\s*)?({_YEAR})\s*[-/–]\s*({_YEAR}|\d{{2}})$", re.IGNORECASE)
_QUARTER = re.compile(rf"^({_YEAR})\s*[-/ ]?\s*[kq]\s*([1-4])$", re.IGNORECASE)
_QUARTER_FIRST = re.compile(rf"^(?:[kq]\s*)?([1-4])(?:e|ste|de)?\s*(?:kwartaal)?\s*[-/ ]?\s*({_YEAR})$", re.IGNORECASE)
_ANY = rf"(?:schooljaar\s*)?{_YEAR}\s*[-/–]\s*(?:{_YEAR}|\d{{2}})|{_YEAR}\s*[-/ ]?\s*[kq]\s*[1-4]|{_YEAR}"
_HEADING = re.compile(rf"(?:^|[\s|:;,(–-])({_ANY})\)?$", re.IGNORECASE)


def read(text: str, soort: str = "") -> str:
    """A period as it is kept. ValueError in words when it is none, or not one of this kind."""
    period = _read(" ".join(text.split()))
    if soort and not re.match(SHAPES[soort], period):
        words = {"jaar": "een jaar, zoals 2024", "schooljaar": "een schooljaar, zoals 2023-2024"}
        raise ValueError(f"deze indicator heeft {words.get(soort, 'een kwartaal, zoals 2024-K1')}")
    return period


def in_heading(text: str) -> str | None:
    """The period at the end of a heading, such as "Kansarmoede-index | 2022"; None when there is none."""
    found = _HEADING.search(" ".join(text.split()))
    if not found:
        return None
    try:
        return _read(found[1])
    except ValueError:
        return None


def _read(text: str) -> str:
    if re.fullmatch(_YEAR, text):
        return text
    if found := _QUARTER.match(text):
        return f"{found[1]}-K{found[2]}"
    if found := _QUARTER_FIRST.match(text):
        return f"{found[2]}-K{found[1]}"
    if found := _SCHOOL_YEAR.match(text):
        first, second = int(found[1]), found[2]
        last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
        if last == first + 1 or (len(second) == 2 and int(second) == (first + 1) % 100):
            return f"{first}-{first + 1}"
        raise ValueError("een schooljaar loopt van een jaar tot het volgende, zoals 2023-2024")
    raise ValueError("dit is geen periode: schrijf 2024, 2023-2024 of 2024-K1")
