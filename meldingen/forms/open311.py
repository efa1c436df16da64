"""A request as a program sends it (GeoReport v2, POST Service Request), checked, and made ready for a report."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ..models import Stoppagina, Vraag
from ..queries.open311 import MOST, SPAN, Vraagstelling, keys, request_id
from .questions import VragenForm, choices, field_name

LONGEST = 4000
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,3})?", re.ASCII)
# What neither Postgres nor XML 1.0 can hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
YES_NO = {"ja": "ja", "nee": "nee"}
SECOND = timedelta(seconds=1)


class Fout(Exception):
    """A request that is refused: the HTTP status and why, each reason a line."""

    def __init__(self, status: int, *redenen: str) -> None:
        self.status, self.redenen = status, redenen
        super().__init__("; ".join(redenen))


def clean(text: str) -> str:
    """A text that can be stored and written in XML; line ends as one sign."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def options(vraag: Vraag) -> dict[str, str]:
    """The keys of a question with choices -> what is stored; empty for the other kinds."""
    if vraag.soort == Vraag.Soort.JA_NEE:
        return YES_NO
    return keys(choices(vraag)) if vraag.soort == Vraag.Soort.KEUZE else {}


def read(post: QueryDict, questions: list[Vraag]) -> dict[str, Any]:
    """The request as plain values that can be kept as JSON.

    Raises Fout (400) with every reason at once: place, texts and answers.
    """
    wrong: list[str] = []
    punt = _place(post, wrong)
    address, address_id = (clean(post.get(name, "")).strip() for name in ("address_string", "address_id"))
    if punt is None and not address and not address_id and not wrong:
        wrong.append("lat en long, address_string of address_id is verplicht")
    text = clean(post.get("description", ""))
    if len(text) > LONGEST:
        wrong.append(f"description is langer dan {LONGEST} tekens")
    email = post.get("email", "").strip()
    if email and not _is_mail(email):
        wrong.append("email is geen e-mailadres")
    answers, stop = _answers(post, questions, wrong)
    if wrong:
        raise Fout(400, *wrong)
    name = " ".join(clean(post.get(part, "")).replace("\n", " ").strip() for part in ("first_name", "last_name"))
    return {
        "omschrijving": text if text.strip() else "",
        "punt": list(punt) if punt else None,
        "adres": address.replace("\n", ", ")[:200],
        "adres_id": address_id[:100],
        "naam": name.strip()[:120],
        "email": email,
        "telefoon": clean(post.get("phone", "")).replace("\n", " ").strip()[:30],
        "foto": clean(post.get("media_url", "")).strip()[:500],
        "antwoorden": answers,
        # The site stops at such an answer. A program cannot show that page, so the report counts, with its words.
        "let_op": " ".join(part for part in (stop.titel, stop.telefoon) if part) if stop else "",
        "nood": stop is not None and stop.soort == Stoppagina.Soort.NOOD,
    }


def _place(post: QueryDict, wrong: list[str]) -> tuple[float, float] | None:
    """Longitude and latitude; None without them."""
    lat, long = post.get("lat", "").strip(), post.get("long", "").strip()
    if not lat and not long:
        return None
    if not lat or not long:
        wrong.append("lat en long horen samen")
        return None
    numbers = []
    for name, text, limit in (("lat", lat, 90), ("long", long, 180)):
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not -limit <= value <= limit:
            wrong.append(f"{name} is geen getal tussen -{limit} en {limit}, met een punt")
        numbers.append(round(value, 7))
    return (numbers[1], numbers[0])


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _answers(post: QueryDict, questions: list[Vraag], wrong: list[str]) -> tuple[dict[str, str], Stoppagina | None]:
    """The answers in words, by the number of the question, and the stop page that one leads to.

    The rules are those of the form on the site, but for a question that only some answers lead to: the definition of
    a service cannot say when it is required, so a program that followed it must not be refused.
    """
    typed, before = {}, len(wrong)
    for vraag in questions:
        given = post.getlist(f"attribute[{vraag.code}]") + post.getlist(f"attribute[{vraag.code}][]")
        values = list(dict.fromkeys(clean(value).strip() for value in given if value.strip()))
        if len(values) > 1:
            wrong.append(f"attribute[{vraag.code}] heeft hoogstens één waarde")
        elif values:
            typed[field_name(vraag)] = _value(vraag, values[0], wrong)
    for vraag in questions:
        vraag.is_verplicht = vraag.is_verplicht and vraag.alleen_als_id is None
    form = VragenForm(typed, questions=questions)
    if len(wrong) > before:
        return {}, None
    if not form.is_valid():
        codes = {field_name(vraag): vraag.code for vraag in questions}
        for name, errors in form.errors.items():
            wrong += [f"attribute[{codes.get(name, name)}]: {error}" for error in errors]
        return {}, None
    return form.result()["antwoorden"], form.stop()


def _value(vraag: Vraag, value: str, wrong: list[str]) -> str:
    """The value as the form of the site knows it."""
    if known := options(vraag):
        if value not in known and value not in known.values():
            wrong.append(f"attribute[{vraag.code}]: {value[:80]} is geen van de waarden")
        return known.get(value, value)
    if vraag.soort == Vraag.Soort.GETAL and not _PLAIN_NUMBER.fullmatch(value):
        wrong.append(f"attribute[{vraag.code}]: geen getal, met een punt")
    if vraag.soort == Vraag.Soort.DATUM:
        day = _day(value)
        if day is None:
            wrong.append(f"attribute[{vraag.code}]: geen datum zoals 2026-01-31T10:00:00Z")
        return day or ""
    return value


def _day(text: str) -> str | None:
    try:
        moment = parse_datetime(text)
        if moment is not None and "T" in text:
            return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date().isoformat()
        day = parse_date(text)
    except (ValueError, OverflowError):
        return None
    return day.isoformat() if day else None


def moment(text: str) -> datetime | None:
    """A date and time with its zone (W3C); None for anything else. A + that became a space in the URL is forgiven."""
    text = re.sub(r" (?=\d\d:?\d\d$)", "+", text.strip())
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)", text, re.ASCII):
        return None
    try:
        found = parse_datetime(text.upper())
        return found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        return None


def asked(query: Mapping[str, str], now: datetime) -> Vraagstelling:
    """Which requests a URL asks for; an empty value is as good as none, unknown names are ignored.

    Raises Fout (400) for a status, a moment or a page that is none, and for a range of more than 90 days.
    """
    given = {name: str(query.get(name, "")).replace("\0", "").strip() for name in _NAMES}
    wrong: list[str] = []
    if given["service_request_id"]:
        numbers = (request_id(part) for part in given["service_request_id"].split(","))
        return Vraagstelling(now, now, ids=frozenset([number for number in numbers if number][:MOST]))
    statuses = {part.strip() for part in given["status"].split(",") if part.strip()} or {"open", "closed"}
    if statuses - {"open", "closed"}:
        wrong.append("status is open, closed of open,closed")
    begin, end = _range(given, now, wrong)
    page, size = (_count(given, name, default, wrong) for name, default in (("page", 1), ("page_size", MOST)))
    if wrong:
        raise Fout(400, *wrong)
    codes = frozenset(part.strip() for part in given["service_code"].split(",") if part.strip())
    size = min(size, MOST)
    return Vraagstelling(
        begin,
        end,
        codes=codes or None,
        open="open" in statuses,
        gesloten="closed" in statuses,
        vanaf=(page - 1) * size,
        hoeveel=size,
    )


_NAMES = ("service_request_id", "service_code", "status", "start_date", "end_date", "page", "page_size")


def _range(given: Mapping[str, str], now: datetime, wrong: list[str]) -> tuple[datetime, datetime]:
    found: dict[str, datetime | None] = {}
    for name in ("start_date", "end_date"):
        found[name] = moment(given[name]) if given[name] else None
        if given[name] and found[name] is None:
            wrong.append(f"{name} is een moment met zijn zone, zoals 2026-01-31T10:00:00Z")
    begin, end = found["start_date"], found["end_date"]
    if end and not end.microsecond:
        end += SECOND - timedelta.resolution  # we write whole seconds, so what we wrote finds what it was written of
    try:
        if begin is None:
            end = end or now
            return end - SPAN, end
        if end is None:
            return begin, begin + SPAN
    except OverflowError:
        wrong.append("start_date of end_date ligt te ver weg")
        return now, now
    if end - begin > SPAN + SECOND:
        wrong.append("tussen start_date en end_date liggen hoogstens 90 dagen")
    return begin, end


def _count(given: Mapping[str, str], name: str, default: int, wrong: list[str]) -> int:
    text = given[name]
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) < 7):
        wrong.append(f"{name} is een getal vanaf 1")
        return default
    return int(text)
