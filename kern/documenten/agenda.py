"""Calendars (iCalendar, RFC 5545): one event as a file, and a calendar to subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration, vText

from kern.geo import Punt

from .antwoord import conditional
from .werkblad import CONTROL

ZONE = ZoneInfo("Europe/Brussels")
PRODUCT = "-//Stad Genk//Genk Wijk//NL"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Organisator:
    """Who invites: a name and a mail address, of a team rather than of a person."""

    naam: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraak:
    """One event.

    `begin` and `einde` are moments with a zone, or two dates for whole days of which `einde` is the last; without
    `einde` an event takes one day, or no time. `uid` comes from `kenmerk.uid` and never changes. `volgnummer`
    (SEQUENCE) goes up by one when the time, the place or `is_afgelast` changes, so that calendars take the change;
    `gewijzigd_op` is when anything last did. `organisator` is the sender of the portal's mails unless it is said.

    Raises ValueError for a time without a zone, an end before the beginning, a date beside a moment, and an empty
    `uid` or `titel`.
    """

    uid: str
    titel: str
    begin: datetime | date
    einde: datetime | date | None = None
    gewijzigd_op: datetime
    plaats: str = ""
    punt: Punt | None = None
    omschrijving: str = ""
    url: str = ""
    volgnummer: int = 0
    is_afgelast: bool = False
    organisator: Organisator | None = None

    def __post_init__(self) -> None:
        if not self.uid.strip() or not self.titel.strip():
            raise ValueError("an event needs a uid and a title")
        if self.volgnummer < 0:
            raise ValueError("the number of an event is 0 or more")
        moments = [self.gewijzigd_op, *(m for m in (self.begin, self.einde) if isinstance(m, datetime))]
        if any(moment.tzinfo is None for moment in moments):
            raise ValueError("a moment needs a time zone")
        if self.einde is not None:
            if isinstance(self.begin, datetime) is not isinstance(self.einde, datetime):
                raise ValueError("an event begins and ends with a moment, or with a date")
            if isinstance(self.begin, datetime) and isinstance(self.einde, datetime):
                # In UTC: Python compares two moments of one zone by what their clocks show.
                wrong = self.einde.astimezone(UTC) <= self.begin.astimezone(UTC)
            else:
                wrong = self.einde < self.begin
            if wrong:
                raise ValueError("an event ends after it begins")

    @property
    def heel_de_dag(self) -> bool:
        """Whether it takes whole days."""
        return not isinstance(self.begin, datetime)


def event_bytes(afspraak: Afspraak) -> bytes:
    """One event as a file to open or to send: METHOD:PUBLISH, or METHOD:CANCEL when it is called off."""
    book = _calendar("CANCEL" if afspraak.is_afgelast else "PUBLISH")
    return _written(book, [afspraak])


def calendar_bytes(
    afspraken: Iterable[Afspraak], *, naam: str, omschrijving: str = "", adres: str = "", verversen: timedelta = REFRESH
) -> bytes:
    """A calendar to subscribe to, that asks to be fetched again every `verversen`; `adres` is where it is fetched.

    Keep what is called off in it for as long as it would have been there: a calendar that only forgets an event
    leaves people before a closed door. Two with one uid raise ValueError.
    """
    book = _calendar("PUBLISH")
    for name in ("NAME", "X-WR-CALNAME"):
        book.add(name, vText(_text(naam)))
    if omschrijving:
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            book.add(name, vText(_text(omschrijving)))
    if adres:
        book.add("SOURCE", adres, parameters={"VALUE": "URI"})
    book.add("X-WR-TIMEZONE", ZONE.key)
    book.add("REFRESH-INTERVAL", vDuration(verversen), parameters={"VALUE": "DURATION"})
    book.add("X-PUBLISHED-TTL", vDuration(verversen))
    rows = list(afspraken)
    if len({row.uid for row in rows}) < len(rows):
        raise ValueError("two events have the same uid")
    return _written(book, rows)


def ics_response(
    request: HttpRequest, content: bytes, name: str, *, gewijzigd_op: datetime | None = None, publiek: bool = False
) -> HttpResponse:
    """A calendar as an answer, 304 for who has it already, with a file name made of `name`."""
    (method,) = re.findall(rb"^METHOD:([A-Z]+)\r$", content, re.MULTILINE)
    kind = f"text/calendar; charset=utf-8; method={method.decode()}"
    response = conditional(request, content, kind, gewijzigd_op=gewijzigd_op, publiek=publiek)
    if response.status_code == 200:
        file_name = f"{slugify(name.removesuffix('.ics')) or 'agenda'}.ics"
        response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    return response


def _calendar(method: str) -> Calendar:
    book = Calendar()
    book.add("PRODID", PRODUCT)
    book.add("VERSION", "2.0")
    book.add("CALSCALE", "GREGORIAN")
    book.add("METHOD", method)
    return book


def _written(book: Calendar, rows: list[Afspraak]) -> bytes:
    events = [_event(row) for row in rows]
    if any("TZID" in event[name].params for event in events for name in ("DTSTART", "DTEND") if name in event):
        book.add_component(_brussels())
    for event in events:
        book.add_component(event)
    return bytes(book.to_ical())


def _event(row: Afspraak) -> Event:
    event = Event()
    event.add("UID", row.uid)
    event.add("DTSTAMP", row.gewijzigd_op.astimezone(UTC))
    event.add("LAST-MODIFIED", row.gewijzigd_op.astimezone(UTC))
    event.add("SEQUENCE", row.volgnummer)
    event.add("SUMMARY", _text(row.titel))
    for name, moment in zip(("DTSTART", "DTEND"), _span(row), strict=False):
        event.add(name, moment)
    event.add("STATUS", "CANCELLED" if row.is_afgelast else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if row.is_afgelast else "OPAQUE")
    if row.plaats:
        event.add("LOCATION", _text(row.plaats))
    if row.punt is not None:
        event.add("GEO", (round(row.punt.lat, 6), round(row.punt.lon, 6)))
    if row.omschrijving:
        event.add("DESCRIPTION", _text(row.omschrijving))
    if row.url:
        event.add("URL", row.url)
    event.add("ORGANIZER", _organizer(row.organisator))
    return event


def _organizer(who: Organisator | None) -> vCalAddress:
    if who is None:
        naam, mail = parseaddr(settings.DEFAULT_FROM_EMAIL)
        who = Organisator(naam, mail)
    address = vCalAddress(f"mailto:{who.mail}")
    if who.naam:
        # A parameter cannot hold a double quote, in any form.
        address.params["CN"] = _text(who.naam).replace('"', "'").replace("\n", " ")
    return address


def _span(row: Afspraak) -> list[datetime] | list[date]:
    """Begin and end as they are written: on the clock of Brussels, and the day after the last for whole days.

    An event in the hour of October that comes twice goes in UTC when the second is meant: iCalendar takes such a
    local time for the first (RFC 5545, 3.3.5).
    """
    if not isinstance(row.begin, datetime):
        return [row.begin, (row.einde or row.begin) + timedelta(days=1)]
    local = [moment.astimezone(ZONE) for moment in (row.begin, row.einde) if isinstance(moment, datetime)]
    return [moment.astimezone(UTC) for moment in local] if any(moment.fold for moment in local) else local


def _brussels() -> Timezone:
    """Europe/Brussels as the European Union sets it since 1996, in rules that hold for years to come."""
    zone = Timezone()
    zone.add("TZID", ZONE.key)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, begin, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("TZNAME", name)
        part.add("DTSTART", begin)  # on the clock as it is before the change
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        zone.add_component(part)
    return zone


def _text(words: str) -> str:
    return CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\x7f", "")).strip()
