"""Finds what looks like personal data in the text of a report, so that the writer can take it out before sending.

Plain text in, findings out. It warns; it never changes or refuses a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Soort(TextChoices):
    """What was found."""

    RIJKSREGISTER = "rijksregister", _("een rijksregisternummer")
    IBAN = "iban", _("een rekeningnummer")
    MAIL = "mail", _("een e-mailadres")
    TELEFOON = "telefoon", _("een telefoonnummer")
    NUMMERPLAAT = "nummerplaat", _("een nummerplaat")


@dataclass(frozen=True)
class Vondst:
    """One piece of text that looks like personal data."""

    soort: Soort
    tekst: str


# National number: yymmdd, serial, control number; "85.07.30-033.28" on the identity card.
_NATIONAL = re.compile(r"(?<!\d)\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]{0,3}\d{3}[ ./-]?\d{2}(?!\d)")
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9])+")
_MAIL = re.compile(r"[\w.+-]+@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_DATE = r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)"
_PHONE = re.compile(
    rf"(?<![\d+])(?<!\d[./-])(?!{_DATE})"
    r"(?:(?:\+|00)32[ ./-]?(?:\(0\))?[ ./-]?[1-9](?:[ ./-]{0,2}\d){7,8}"
    r"|0[1-9](?:[ ./-]{0,2}\d){7,8}"
    r"|\+(?!32)\d{2}(?:[ ./()-]{0,2}\d){7,11})"
    r"(?!\d)"
)
# Belgian: 1-ABC-123, and the older ABC-123 and 123-ABC; Dutch: three groups with hyphens, as XX-123-X.
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    r"[1-9][-. ]?[A-Z]{3}[-. ]?\d{3}|[1-9]-?[a-z]{3}-?\d{3}|[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3}"
    r"|(?=[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}(?![\w-]))(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)"
    r"(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,3}|\d{1,3})"
    r")(?![\w-])"
)

IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MA": 28,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
}  # fmt: skip


def find(text: str) -> list[Vondst]:
    """What looks like personal data, in the order of the text; each piece is one kind only, and named once."""
    taken: list[tuple[int, int, Vondst]] = []
    for soort, search in _SEARCHES:
        for start, end in search(text):
            if all(end <= a or start >= b for a, b, _vondst in taken):
                taken.append((start, end, Vondst(soort, text[start:end])))
    return list(dict.fromkeys(vondst for _start, _end, vondst in sorted(taken, key=lambda row: row[:2])))


def is_national_number(text: str) -> bool:
    """Whether eleven digits have a birth date and the control number of a national number.

    Control: 97 minus the first nine digits modulo 97; whoever was born since 2000 has a 2 before those nine.
    Months above 12 (+20 and +40) belong to bis numbers. Source: royal decree of 3 April 1984, article 2.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) != 11 or int(digits[2:4]) % 20 > 12 or int(digits[2:4]) > 52 or int(digits[4:6]) > 31:
        return False
    head, control = digits[:9], int(digits[9:])
    return control in (97 - int(head) % 97, 97 - int(f"2{head}") % 97)


def is_iban(text: str) -> bool:
    """Whether the text is an account number with the length of its country and the right control number (ISO 13616)."""
    compact = re.sub(r"[ .-]", "", text).upper()
    if len(compact) != IBAN_LENGTHS.get(compact[:2]):
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def _national(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _NATIONAL.finditer(text) if is_national_number(match.group()))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """An account number is cut off at the length of its country: words may follow it."""
    for match in _IBAN.finditer(text):
        wanted = IBAN_LENGTHS.get(match.group()[:2].upper(), 0)
        signs = [i for i, sign in enumerate(match.group()) if sign.isalnum()]
        if wanted and len(signs) >= wanted:
            end = signs[wanted - 1] + 1
            if is_iban(match.group()[:end]):
                yield match.start(), match.start() + end


def _plain(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


_SEARCHES: list[tuple[Soort, Callable[[str], Iterator[tuple[int, int]]]]] = [
    (Soort.IBAN, _ibans),
    (Soort.MAIL, _plain(_MAIL)),
    (Soort.RIJKSREGISTER, _national),
    (Soort.TELEFOON, _plain(_PHONE)),
    (Soort.NUMMERPLAAT, _plain(_PLATE)),
]
