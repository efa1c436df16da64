"""What the parameters of a request ask for. An unknown name or a bad value is refused, never ignored."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.db import models
from django.http import QueryDict

from .fouten import fout
from .registry import Collectie, Eigenschap
from .stelsels import CRS84, STELSELS, Gebied, GeenKader, Stelsel, area
from .vormen import Soort

LIMIT, MAX_LIMIT = 100, 10_000
MAX_BIGINT = 2**63 - 1
ITEMS = ("limit", "offset", "na", "bbox", "bbox-crs", "crs", "datetime")

_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+\- ]\d\d:\d\d)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Periode:
    """From and until, both included; None is open. One moment is both at once."""

    van: datetime | None
    tot: datetime | None


@dataclass(frozen=True, slots=True)
class Vraag:
    """Which things of a collection, and how they are told."""

    limit: int = LIMIT
    offset: int = 0
    na: Any = None
    gebied: Gebied | None = None
    periode: Periode | None = None
    filters: tuple[tuple[Eigenschap, Any], ...] = ()
    stelsel: Stelsel = STELSELS[CRS84]

    def verder(self, na: Any, limit: int, offset: int = 0) -> Vraag:
        """What comes after this key."""
        return replace(self, na=na, offset=offset, limit=limit)


def known(query: QueryDict, allowed: Iterable[str]) -> dict[str, str]:
    """The parameters by name, the last value of each; refuses names that are not `allowed` (besides f)."""
    names = {"f", *allowed}
    for name in query:
        if name not in names:
            raise fout(name, "deze parameter kennen we hier niet.")
    values = {name: query.getlist(name)[-1] for name in query}
    for name, value in values.items():
        if "\x00" in value:
            raise fout(name, "dit teken kan hier niet.")
    return values


def read_items(query: QueryDict, collectie: Collectie, *, extra: Iterable[str] = ()) -> Vraag:
    """What is asked of the things of a collection."""
    filters = {row.naam: row for row in collectie.filters}
    values = known(query, [*ITEMS, *filters, *extra])
    stelsel = read_crs(values, "crs")
    bbox_stelsel = read_crs(values, "bbox-crs")
    return Vraag(
        limit=min(_integer(values, "limit", LIMIT, 1), MAX_LIMIT),
        offset=min(_integer(values, "offset", 0, 0), MAX_BIGINT),
        na=read_key("na", values["na"], collectie) if "na" in values else None,
        gebied=_bbox(values["bbox"], bbox_stelsel) if "bbox" in values else None,
        periode=_periode(values["datetime"]) if "datetime" in values else None,
        filters=tuple((row, read_value(row, values[name])) for name, row in filters.items() if name in values),
        stelsel=stelsel,
    )


def read_crs(values: Mapping[str, str], name: str) -> Stelsel:
    """The reference system that is asked for; WGS84 when none is."""
    uri = values.get(name, CRS84)
    if uri not in STELSELS:
        raise fout(name, "dit stelsel kennen we niet. Kies een van de URI's onder crs van de collectie.")
    return STELSELS[uri]


def read_key(naam: str, text: str, collectie: Collectie) -> Any:
    """The key of a thing; refuses what cannot be one."""
    value = as_key(text, collectie)
    if value is None:
        raise fout(naam, "dit is geen sleutel van deze collectie.")
    return value


def as_key(text: str, collectie: Collectie) -> Any:
    """The key of a thing; None when it cannot be one."""
    if "\x00" in text:
        return None
    if not has_number_keys(collectie):
        return text
    if not re.fullmatch(r"-?[0-9]{1,19}", text):
        return None
    number = int(text)
    return number if -MAX_BIGINT <= number <= MAX_BIGINT else None


def has_number_keys(collectie: Collectie) -> bool:
    """Whether the things have numbers for names."""
    meta = collectie.model._meta
    field: Any = meta.pk if collectie.sleutel == "pk" else meta.get_field(collectie.sleutel)
    return isinstance(field, models.IntegerField)


def _integer(values: Mapping[str, str], name: str, default: int, minimum: int) -> int:
    if name not in values:
        return default
    text = values[name]
    if not _INTEGER.fullmatch(text) or int(text) < minimum:
        raise fout(name, f"geef een geheel getal van minstens {minimum}.")
    return int(text)


def _bbox(text: str, stelsel: Stelsel) -> Gebied:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) not in (4, 6) or not all(_NUMBER.fullmatch(part) for part in parts):
        raise fout("bbox", "geef vier getallen met komma's ertussen (of zes, met hoogten).")
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise fout("bbox", "deze getallen zijn te groot.")
    if len(numbers) == 6:
        if numbers[2] > numbers[5]:
            raise fout("bbox", "de laagste hoogte ligt boven de hoogste.")
        numbers = [*numbers[0:2], *numbers[3:5]]
    try:
        return area(numbers, stelsel)
    except GeenKader:
        raise fout(
            "bbox", "dit is geen kader: het zuiden ligt boven het noorden, of het westen voorbij het oosten."
        ) from None


def _periode(text: str) -> Periode:
    begin, slash, end = text.partition("/")
    if not slash:
        moment = read_moment(begin)
        return Periode(moment, moment)
    if begin in ("", "..") and end in ("", ".."):
        raise fout("datetime", "een interval heeft minstens één kant.")
    van = None if begin in ("", "..") else read_moment(begin)
    tot = None if end in ("", "..") else read_moment(end)
    if van and tot and van > tot:
        raise fout("datetime", "het begin ligt na het einde.")
    return Periode(van, tot)


def read_moment(text: str, naam: str = "datetime") -> datetime:
    """A date-time of RFC 3339. Its offset may have lost its plus on the way: an address turns that into a space."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise fout(naam, "geef een moment (2026-07-23T14:00:00Z) of een interval (van/tot, ../tot, van/..).")
    *numbers, fraction, offset = match.groups()
    year, month, day, hour, minute, second = map(int, numbers)
    try:
        zone: Any = UTC
        if offset not in "Zz":
            hours, minutes = int(offset[1:3]), int(offset[4:6])
            if hours > 23 or minutes > 59:
                raise fout(naam, "dit tijdsverschil bestaat niet.")
            shift = timedelta(hours=hours, minutes=minutes)
            zone = timezone(-shift if offset[0] == "-" else shift)
        leap = second == 60
        moment = datetime(year, month, day, hour, minute, 59 if leap else second, tzinfo=zone)
        moment += timedelta(seconds=leap, microseconds=int((fraction or ".0")[1:7].ljust(6, "0")))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise fout(naam, "dit moment bestaat niet.") from None


def read_value(row: Eigenschap, text: str) -> Any:
    """The value that a filter asks for, as the database has it."""
    if row.keuzes:
        if text not in {code for code, _words in row.keuzes}:
            raise fout(row.naam, f"kies uit: {', '.join(code for code, _words in row.keuzes)}.")
        return int(text) if row.soort is Soort.GEHEEL else text
    return _READERS[row.soort](row, text)


def _read_integer(row: Eigenschap, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise fout(row.naam, "geef een geheel getal.")
    # What is larger than any number in the database is equal to none of them.
    return max(-MAX_BIGINT, min(int(text), MAX_BIGINT))


def _read_number(row: Eigenschap, text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise fout(row.naam, "geef een getal.")
    return float(text)


def _read_boolean(row: Eigenschap, text: str) -> bool:
    if text not in ("true", "false"):
        raise fout(row.naam, "geef true of false.")
    return text == "true"


def _read_day(row: Eigenschap, text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise fout(row.naam, "geef een dag, zoals 2026-07-23.")


_READERS: dict[Soort, Callable[[Eigenschap, str], Any]] = {
    Soort.TEKST: lambda row, text: text,
    Soort.GEHEEL: _read_integer,
    Soort.GETAL: _read_number,
    Soort.JANEE: _read_boolean,
    Soort.DAG: _read_day,
    Soort.MOMENT: lambda row, text: read_moment(text, row.naam),
}
