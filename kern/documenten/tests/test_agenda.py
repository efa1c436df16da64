from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.documenten import kenmerk
from kern.documenten.agenda import Afspraak, Organisator, calendar_bytes, event_bytes, ics_response
from kern.documenten.tests.agendas import GelezenAgenda, tekst
from kern.geo import Punt

BRUSSELS = ZoneInfo("Europe/Brussels")
CHANGED = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
BABBEL = Afspraak(
    uid="activiteit-12@genk.example",
    titel="Buurtbabbel; koffie, taart",
    begin=datetime(2026, 7, 23, 14, 0, tzinfo=BRUSSELS),
    einde=datetime(2026, 7, 23, 16, 30, tzinfo=BRUSSELS),
    plaats="Ontmoetingscentrum, Winterslag",
    punt=Punt(5.49501, 50.98302),
    omschrijving="Welkom!\nEr is een tolk \\ kinderopvang.",
    url="https://wijk.genk.example/activiteiten/12/",
    volgnummer=3,
    gewijzigd_op=CHANGED,
)


def one(afspraak: Afspraak):
    book = GelezenAgenda(event_bytes(afspraak))
    (event,) = book.afspraken
    return book, event


def test_an_event_says_what_where_and_when():
    book, event = one(BABBEL)
    assert book.methode == "PUBLISH"
    assert book.moment(event["DTSTART"]) == datetime(2026, 7, 23, 12, 0, tzinfo=UTC)
    assert book.duur(event) == timedelta(hours=2.5)
    assert event["UID"].waarde == BABBEL.uid
    assert (tekst(event["SUMMARY"]), tekst(event["LOCATION"])) == (BABBEL.titel, BABBEL.plaats)
    assert tekst(event["DESCRIPTION"]) == BABBEL.omschrijving
    assert event["GEO"].waarde == "50.98302;5.49501"
    assert event["URL"].waarde == BABBEL.url
    assert (event["SEQUENCE"].waarde, event["STATUS"].waarde) == ("3", "CONFIRMED")
    assert event["DTSTAMP"].waarde == event["LAST-MODIFIED"].waarde == "20260701T100000Z"


def test_who_invites_is_the_sender_of_the_mails_unless_it_is_said(settings):
    settings.DEFAULT_FROM_EMAIL = "Genk Wijk <wijk@genk.example>"
    line = one(BABBEL)[1]["ORGANIZER"]
    assert (line.parameters["CN"], line.waarde) == ("Genk Wijk", "mailto:wijk@genk.example")
    team = Organisator('Team "Noord": Winterslag, Waterschei', "noord@genk.example")
    line = one(replace(BABBEL, organisator=team))[1]["ORGANIZER"]
    assert (line.parameters["CN"], line.waarde) == (
        "Team 'Noord': Winterslag, Waterschei",
        "mailto:noord@genk.example",
    )


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        ((2026, 3, 28, 23, 0), 1),  # the evening before the clock goes forward
        ((2026, 3, 29, 1, 30), 1),
        ((2026, 3, 29, 3, 0), 2),  # the first moment of summer time
        ((2026, 3, 29, 3, 30), 2),
        ((2026, 3, 29, 14, 0), 2),
        ((2026, 10, 24, 14, 0), 2),
        ((2026, 10, 25, 1, 59), 2),
        ((2026, 10, 25, 3, 0), 1),
        ((2026, 10, 25, 14, 0), 1),
        ((2031, 3, 30, 3, 0), 2),
        ((2031, 10, 26, 14, 0), 1),
    ],
)
def test_the_hour_is_right_on_both_sides_of_the_clock_changes(local, hours):
    begin = datetime(*local, tzinfo=BRUSSELS)
    book, event = one(replace(BABBEL, begin=begin, einde=begin.astimezone(UTC) + timedelta(hours=1)))
    assert event["DTSTART"].parameters["TZID"] == "Europe/Brussels"
    assert event["DTSTART"].waarde == f"{begin:%Y%m%dT%H%M%S}"
    assert book.moment(event["DTSTART"]) == datetime(*local, tzinfo=UTC) - timedelta(hours=hours)
    assert book.duur(event) == timedelta(hours=1)


def test_both_hours_of_the_night_in_october_that_have_one_name_are_told_apart():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS)
    second = first.replace(fold=1)
    for begin, utc in ((first, 0), (second, 1)):
        end = begin.astimezone(UTC) + timedelta(minutes=20)
        book, event = one(replace(BABBEL, begin=begin, einde=end))
        assert book.moment(event["DTSTART"]) == datetime(2026, 10, 25, utc, 30, tzinfo=UTC)
        assert book.duur(event) == timedelta(minutes=20)
    book, event = one(replace(BABBEL, begin=first, einde=second))
    assert book.duur(event) == timedelta(hours=1)


def test_an_event_through_the_night_of_the_change_takes_as_long_as_it_takes():
    for night, hours in (((2026, 3, 28), 7), ((2026, 10, 24), 9)):
        begin = datetime(*night, 22, 0, tzinfo=BRUSSELS)
        end = (begin + timedelta(days=1)).replace(hour=6)
        book, event = one(replace(BABBEL, begin=begin, einde=end))
        assert book.duur(event) == timedelta(hours=hours)


@settings(max_examples=200, deadline=None)
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2050, 1, 1), timezones=st.just(UTC)))
def test_every_moment_of_half_a_century_comes_back_as_it_went(moment):
    moment = moment.replace(microsecond=0)
    book, event = one(replace(BABBEL, begin=moment, einde=None))
    assert book.moment(event["DTSTART"]) == moment
    assert "DTEND" not in event


def test_whole_days_end_on_the_day_after_the_last_and_need_no_zone():
    book, event = one(replace(BABBEL, begin=date(2026, 10, 24), einde=date(2026, 10, 25)))
    assert (event["DTSTART"].waarde, event["DTEND"].waarde) == ("20261024", "20261026")
    assert book.zone is None
    _, event = one(replace(BABBEL, begin=date(2026, 12, 31), einde=None))
    assert (event["DTSTART"].waarde, event["DTEND"].waarde) == ("20261231", "20270101")


def test_what_moved_keeps_its_uid_and_has_a_higher_number():
    later = replace(
        BABBEL, begin=BABBEL.begin + timedelta(days=7), einde=BABBEL.einde + timedelta(days=7), volgnummer=4
    )
    before, after = one(BABBEL)[1], one(later)[1]
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"].waarde, after["SEQUENCE"].waarde) == ("3", "4")
    assert before["DTSTART"] != after["DTSTART"]


def test_what_is_called_off_takes_itself_out_of_a_calendar():
    book, event = one(replace(BABBEL, is_afgelast=True, volgnummer=4))
    assert book.methode == "CANCEL"
    assert (event["STATUS"].waarde, event["TRANSP"].waarde, event["SEQUENCE"].waarde) == (
        "CANCELLED",
        "TRANSPARENT",
        "4",
    )


def test_a_calendar_to_subscribe_to_has_a_name_and_says_when_to_come_back():
    off = replace(BABBEL, uid="activiteit-13@genk.example", is_afgelast=True)
    book = GelezenAgenda(
        calendar_bytes(
            [BABBEL, off],
            naam="Winterslag, activiteiten",
            omschrijving="Alles; in één",
            adres="https://x.example/a.ics",
        )
    )
    assert book.methode == "PUBLISH"
    assert [event["STATUS"].waarde for event in book.afspraken] == ["CONFIRMED", "CANCELLED"]
    assert tekst(book.kop["NAME"]) == tekst(book.kop["X-WR-CALNAME"]) == "Winterslag, activiteiten"
    assert book.kop["REFRESH-INTERVAL"].waarde == book.kop["X-PUBLISHED-TTL"].waarde == "PT6H"
    assert book.kop["REFRESH-INTERVAL"].parameters == {"VALUE": "DURATION"}
    assert book.kop["SOURCE"].waarde == "https://x.example/a.ics"
    with pytest.raises(ValueError, match="the same uid"):
        calendar_bytes([BABBEL, BABBEL], naam="Dubbel")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(str.strip), st.text(max_size=400))
def test_any_text_comes_through_a_strict_reader(title, words):
    who = Organisator(title, "a@b.example")
    one(replace(BABBEL, titel=title, plaats=title, omschrijving=words, organisator=who))


def test_long_lines_are_folded_between_characters():
    words = "Çiğdem 😀 " * 60
    content = event_bytes(replace(BABBEL, omschrijving=words))
    assert b"\r\n " in content
    assert tekst(GelezenAgenda(content).afspraken[0]["DESCRIPTION"]) == words.strip()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"begin": datetime(2026, 7, 23, 14)}, "needs a time zone"),
        ({"gewijzigd_op": datetime(2026, 7, 23, 14)}, "needs a time zone"),
        ({"einde": BABBEL.begin}, "ends after it begins"),
        ({"einde": date(2026, 7, 24)}, "with a moment, or with a date"),
        ({"begin": date(2026, 7, 24), "einde": date(2026, 7, 23)}, "ends after it begins"),
        ({"uid": " "}, "a uid and a title"),
        ({"titel": ""}, "a uid and a title"),
        ({"volgnummer": -1}, "0 or more"),
    ],
)
def test_an_event_that_cannot_be_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        replace(BABBEL, **change)


def test_who_has_the_calendar_already_gets_304():
    get = RequestFactory().get
    content = calendar_bytes([BABBEL], naam="Agenda")
    first = ics_response(get("/"), content, "Agenda Winterslag", gewijzigd_op=CHANGED, publiek=True)
    assert first["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert first["Content-Disposition"] == 'attachment; filename="agenda-winterslag.ics"'
    assert first["Cache-Control"] == "public, max-age=900"
    assert first["Last-Modified"] == "Wed, 01 Jul 2026 10:00:00 GMT"
    again = ics_response(get("/", headers={"If-None-Match": first["ETag"]}), content, "x", publiek=True)
    assert (again.status_code, again.content) == (304, b"")
    moved = calendar_bytes([replace(BABBEL, volgnummer=4)], naam="Agenda")
    assert ics_response(get("/", headers={"If-None-Match": first["ETag"]}), moved, "x").status_code == 200
    assert ics_response(get("/"), event_bytes(BABBEL), "x")["Cache-Control"] == "private, no-cache"
    off = event_bytes(replace(BABBEL, is_afgelast=True))
    assert ics_response(get("/"), off, "x")["Content-Type"].endswith("method=CANCEL")


def test_names_are_the_same_every_time_and_nothing_of_them_breaks_a_line():
    assert kenmerk.uid("activiteit", 12) == "activiteit-12@genk.example"
    assert kenmerk.tag("activiteit", 12) == "tag:genk.example,2026:activiteit/12"
    assert kenmerk.tag("wijk", "Nieuw Sledderlo/é") == "tag:genk.example,2026:wijk/Nieuw%20Sledderlo%2F%C3%A9"
    with pytest.raises(ValueError, match="without a key"):
        kenmerk.uid("activiteit", "")


def test_the_zone_in_the_file_changes_at_one_o_clock_utc_as_the_law_says():
    lines = [(line.naam, line.waarde) for line in GelezenAgenda(event_bytes(BABBEL)).regels]
    zone = lines[lines.index(("BEGIN", "VTIMEZONE")) : lines.index(("END", "VTIMEZONE"))]
    for part, month, offset in (("DAYLIGHT", 3, 1), ("STANDARD", 10, 2)):
        rule = dict(zone[zone.index(("BEGIN", part)) + 1 : zone.index(("END", part))])
        assert rule["TZOFFSETFROM"] == f"+0{offset}00"
        # The onset is on the clock as it is before the change (RFC 5545, 3.6.5).
        begin = datetime.strptime(rule["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) - timedelta(hours=offset)
        assert (begin.hour, begin.month, begin.weekday()) == (1, month, 6)
        assert dict(pair.split("=") for pair in rule["RRULE"].split(";")) == {
            "FREQ": "YEARLY",
            "BYMONTH": str(month),
            "BYDAY": "-1SU",
        }
