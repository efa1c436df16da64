"""Names that a thing keeps for ever in the calendars and feed readers of others."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings


def uid(soort: str, sleutel: object) -> str:
    """The UID of an event: `activiteit-12@genk.be`. Keep `soort` and `sleutel` what they are, whatever changes."""
    return f"{_part(soort)}-{_part(sleutel)}@{settings.ID_DOMAIN}"


def tag(soort: str, sleutel: object) -> str:
    """The tag: URI (RFC 4151) of an entry or a feed: `tag:genk.be,2026:activiteit/12`."""
    return f"tag:{settings.ID_DOMAIN},{settings.ID_YEAR}:{_part(soort)}/{_part(sleutel)}"


def _part(value: object) -> str:
    if not (text := str(value).strip()):
        raise ValueError("a thing without a key has no name")
    return quote(text, safe="-._~")
