"""How a cell of a file is read. Each function gives None for an empty cell, and ValueError in words for a wrong one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kern.documenten.werkblad import CONTROL, unguarded
from kern.spelling import fold

JA = frozenset({"ja", "j", "yes", "y", "waar", "true", "1", "x"})
NEE = frozenset({"nee", "neen", "n", "no", "onwaar", "false", "0"})
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_BELGIAN = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:[.]\d{3})+$")


def als_tekst(cel: Any) -> str:
    """A cell as text, as it was before it was written for a spreadsheet; lines end with a single sign."""
    match cel:
        case None:
            return ""
        case bool():
            return "ja" if cel else "nee"
        case float() if cel.is_integer() and abs(cel) < 1e15:
            return str(int(cel))
        case datetime() if (cel.hour, cel.minute, cel.second) == (0, 0, 0):
            return cel.date().isoformat()
        case str():
            return unguarded(cel).replace("\r\n", "\n").replace("\r", "\n")
    return str(cel)


def schoon(waarde: str) -> str:
    """A stored text as a file that was written from it gives it back: what to compare with what was read."""
    return CONTROL.sub("", waarde).replace("\r\n", "\n").replace("\r", "\n").strip()


def tekst(cel: Any) -> str | None:
    """Any text; a number or a day is text too."""
    return schoon(als_tekst(cel)) or None


def tekst_tot(lengte: int) -> Callable[[Any], str | None]:
    """Text of at most so many characters."""

    def read(cel: Any) -> str | None:
        found = tekst(cel)
        if found and len(found) > lengte:
            raise ValueError(f"dit is te lang: {len(found)} tekens, hoogstens {lengte}")
        return found

    return read


def decimaal(decimalen: int = 2, *, minstens: Decimal | None = None) -> Callable[[Any], Decimal | None]:
    """A number as 1.234,56 or 1234.56, rounded to nothing: more decimals than these is an error.

    A single point before three digits is ambiguous where so many decimals are possible, and is asked about.
    """

    def read(cel: Any) -> Decimal | None:
        number = _number(cel, decimalen)
        if number is None:
            return None
        if minstens is not None and number < minstens:
            raise ValueError(f"dit moet minstens {minstens} zijn")
        # A spreadsheet calculates in binary: 0.1 + 0.2 is meant to be 0.3.
        rounded = number.quantize(Decimal(1).scaleb(-decimalen))
        if abs(rounded - number) > Decimal("1e-9") * max(1, abs(number)):
            raise ValueError(f"dit heeft te veel cijfers na de komma: hoogstens {decimalen}")
        if len(rounded.as_tuple().digits) > 14:
            raise ValueError("dit getal is te groot")
        return rounded

    return read


def geheel(*, minstens: int = 0, hoogstens: int = 2_000_000_000) -> Callable[[Any], int | None]:
    """A whole number between two others."""

    def read(cel: Any) -> int | None:
        number = _number(cel, 0)
        if number is None:
            return None
        if number != int(number):
            raise ValueError("dit moet een geheel getal zijn")
        if not minstens <= number <= hoogstens:
            raise ValueError(f"dit moet tussen {minstens} en {hoogstens} liggen")
        return int(number)

    return read


def datum(cel: Any) -> date | None:
    """A day: as a spreadsheet has it, as 23/07/2026, or as 2026-07-23."""
    if isinstance(cel, datetime):
        return cel.date()
    if isinstance(cel, date):
        return cel
    text = als_tekst(cel).strip()
    if not text:
        return None
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _BELGIAN.match(text):
        day, month, year = found.groups()
    else:
        raise ValueError("dit is geen datum: schrijf dag/maand/jaar, zoals 23/07/2026")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("deze datum bestaat niet") from None


def ja_nee(cel: Any) -> bool | None:
    """Yes or no."""
    if isinstance(cel, bool):
        return cel
    text = als_tekst(cel).strip().lower()
    if not text:
        return None
    if text in JA:
        return True
    if text in NEE:
        return False
    raise ValueError("schrijf ja of nee")


def keuze(keuzes: Mapping[str, str]) -> Callable[[Any], str | None]:
    """One of these, by its code or by its words; capitals and accents make no difference."""
    known = {fold(code): code for code in keuzes} | {fold(words): code for code, words in keuzes.items()}

    def read(cel: Any) -> str | None:
        text = als_tekst(cel).strip()
        if not text:
            return None
        if (found := known.get(fold(text))) is None:
            raise ValueError(f"dit kennen we niet: kies {_one_of(list(keuzes.values()))}")
        return found

    return read


def _one_of(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} of {words[-1]}"


def _number(cel: Any, decimalen: int) -> Decimal | None:
    if isinstance(cel, bool):
        raise ValueError("dit is geen getal")  # noqa: TRY004 (what is wrong with a cell is always a ValueError)
    if isinstance(cel, int | float | Decimal):
        return Decimal(str(cel))
    if isinstance(cel, date):
        raise ValueError("dit is een datum, geen getal")  # noqa: TRY004
    text = _SPACES.sub("", als_tekst(cel)).removeprefix("€").removesuffix("€").removesuffix("%")
    if not text:
        return None
    plain = _plain(text, decimalen)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError("dit is geen getal: schrijf bijvoorbeeld 1234,56") from None
    if not number.is_finite():
        raise ValueError("dit is geen getal: schrijf bijvoorbeeld 1234,56")
    return number


def _plain(text: str, decimalen: int) -> str:
    """The number with a point before the decimals and nothing between the thousands."""
    if not re.fullmatch(r"[+-]?[\d.,]*\d", text):
        raise ValueError("dit is geen getal: schrijf bijvoorbeeld 1234,56")
    if "," in text and "." in text:
        decimal = max(",", ".", key=text.rfind)
        other = "." if decimal == "," else ","
        whole, _, rest = text.rpartition(decimal)
        groups = re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", whole)
        if not groups:
            raise ValueError("de punten en komma's in dit getal kloppen niet: schrijf bijvoorbeeld 1234,56")
        return f"{whole.replace(other, '')}.{rest}"
    if "," in text:
        if text.count(",") > 1:
            raise ValueError("er staat meer dan een komma in dit getal: schrijf bijvoorbeeld 1234,56")
        return text.replace(",", ".")
    if _THOUSANDS.match(text):
        if text.count(".") == 1 and decimalen > 2 and not text.lstrip("+-").startswith("0"):
            whole, _, rest = text.partition(".")
            raise ValueError(f"dit kan {whole}{rest} of {whole},{rest} zijn: schrijf het zonder punt")
        if text.lstrip("+-").startswith("0"):
            return text
        return text.replace(".", "")
    if text.count(".") > 1:
        raise ValueError("de punten in dit getal kloppen niet: schrijf bijvoorbeeld 1234,56")
    return text
