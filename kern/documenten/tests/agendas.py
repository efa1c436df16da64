"""Read a calendar as a strict program does. For the tests of every app that makes one."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from dateutil.tz import tzical
from icalendar import Calendar

NAME = re.compile(rb"[A-Z][A-Z0-9-]*")
ONCE = ("UID", "DTSTAMP", "DTSTART")
AT_MOST_ONCE = (
    *("DTEND", "SUMMARY", "LOCATION", "GEO", "STATUS", "SEQUENCE"),
    *("ORGANIZER", "URL", "DESCRIPTION", "TRANSP", "LAST-MODIFIED"),
)


class Regel(NamedTuple):
    """A content line: its name, its parameters, its value."""

    naam: str
    parameters: dict[str, str]
    waarde: str


class GelezenAgenda:
    """A calendar that was read line by line, after all that RFC 5545 and 5546 ask of it was checked."""

    def __init__(self, content: bytes) -> None:
        self.regels = _lines(content)
        parsed = Calendar.from_ical(content)
        assert isinstance(parsed, Calendar)
        assert [error for part in parsed.walk() for error in part.errors] == []
        book, *rest = _blocks(self.regels, "VCALENDAR")
        assert rest == []
        # What stands before the first part is about the calendar itself.
        self.kop = {line.naam: line for line in takewhile(lambda line: line.naam != "BEGIN", book)}
        assert self.kop["VERSION"].waarde == "2.0"
        assert self.kop["PRODID"].waarde
        self.methode = self.kop["METHOD"].waarde
        self.zone = tzical(io.StringIO(_zone_text(content))).get() if b"BEGIN:VTIMEZONE" in content else None
        self.afspraken = [self._event(block) for block in _blocks(self.regels, "VEVENT")]
        assert self.afspraken, "a calendar object holds at least one component"
        used = {line.parameters["TZID"] for line in self.regels if "TZID" in line.parameters}
        defined = {block[0].waarde for block in _blocks(self.regels, "VTIMEZONE")}
        assert used == defined, f"zones used {used}, defined {defined}"

    def _event(self, block: list[Regel]) -> dict[str, Regel]:
        names = [line.naam for line in block]
        for name in ONCE:
            assert names.count(name) == 1, f"{name} in {names}"
        for name in AT_MOST_ONCE:
            assert names.count(name) <= 1, f"{name} in {names}"
        event = {line.naam: line for line in block}
        # RFC 5546: what is published has an organizer and no attendees; what is cancelled says so, with its number.
        assert "ORGANIZER" in event
        assert event["ORGANIZER"].waarde.startswith("mailto:")
        assert "ATTENDEE" not in event
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"].waarde)
        if self.methode == "CANCEL":
            assert event["STATUS"].waarde == "CANCELLED"
            assert "SEQUENCE" in event
        if "DTEND" in event:
            begin, end = self.moment(event["DTSTART"]), self.moment(event["DTEND"])
            assert type(begin) is type(end)
            assert end > begin
        if "GEO" in event:
            assert re.fullmatch(r"-?\d+(\.\d+)?;-?\d+(\.\d+)?", event["GEO"].waarde)
        return event

    def moment(self, line: Regel) -> datetime | date:
        """The moment of a line in UTC, through the zone that the file itself describes; or its date."""
        if line.parameters.get("VALUE") == "DATE":
            return datetime.strptime(line.waarde, "%Y%m%d").date()
        if line.waarde.endswith("Z"):
            return datetime.strptime(line.waarde, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert self.zone is not None, "a local time without its zone"
        return datetime.strptime(line.waarde, "%Y%m%dT%H%M%S").replace(tzinfo=self.zone).astimezone(UTC)

    def duur(self, event: dict[str, Regel]) -> timedelta:
        """How long an event takes."""
        return self.moment(event["DTEND"]) - self.moment(event["DTSTART"])


def tekst(line: Regel) -> str:
    """A text value as a person reads it."""
    plain = re.sub(r"\\([nN,;\\])", lambda match: "\n" if match[1] in "nN" else match[1], line.waarde)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", line.waarde), f"not escaped: {line.waarde}"
    return plain


def _lines(content: bytes) -> list[Regel]:
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw), "a line end that is not CRLF"
    assert not any(re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line) for line in raw)
    for line in raw:
        assert 0 < len(line) <= 75, f"a line of {len(line)} octets"
        line.decode("utf-8")  # no character is split over two lines
    unfolded: list[bytes] = []
    for line in raw:
        if line[:1] == b" ":
            unfolded[-1] += line[1:]
        else:
            assert NAME.match(line), line
            unfolded.append(line)
    return [_line(line.decode()) for line in unfolded]


def _line(text: str) -> Regel:
    match = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', text)
    assert match, f"no content line: {text}"
    pairs = re.findall(r';([A-Z0-9-]+)=("[^"]*"|[^;]*)', match[2])
    return Regel(match[1], {name: value.strip('"') for name, value in pairs}, match[3])


def _blocks(lines: list[Regel], kind: str) -> list[list[Regel]]:
    found: list[list[Regel]] = []
    inside = False
    for line in lines:
        if line == Regel("BEGIN", {}, kind):
            assert not inside
            inside = True
            found.append([])
        elif line == Regel("END", {}, kind):
            assert inside
            inside = False
        elif inside:
            found[-1].append(line)
    assert not inside
    return found


def _zone_text(content: bytes) -> str:
    return content[content.index(b"BEGIN:VTIMEZONE") : content.index(b"END:VTIMEZONE") + 15].decode()
