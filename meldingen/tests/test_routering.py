"""The matcher of the routing rules, compared with a second one that is written down plainly."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldingen import routering
from meldingen.routering import Doel, Feiten, Regel, Uitkomst, explain, first, shadowed_by, within_hours

TODAY = date(2026, 6, 1)
BRUSSELS = ZoneInfo("Europe/Brussels")
# Two main categories, 10 and 20, with two below each.
BELOW = {10: frozenset({11, 12}), 20: frozenset({21, 22})}
MAIN = {sub: main for main, subs in BELOW.items() for sub in subs}
HOURS = [time(0), time(6), time(12), time(22)]

maybe = st.none()


@st.composite
def regels(draw):
    van, tot = draw(
        st.one_of(st.just((None, None)), st.lists(st.sampled_from(HOURS), min_size=2, max_size=2, unique=True))
    )
    vraag = draw(st.one_of(maybe, st.sampled_from([1, 2])))
    begin = draw(st.one_of(maybe, st.integers(-3, 3)))
    length = draw(st.one_of(maybe, st.integers(0, 4)))
    start = None if begin is None else TODAY + timedelta(days=begin)
    end = None if length is None else (start or TODAY - timedelta(days=2)) + timedelta(days=length)
    return Regel(
        pk=draw(st.integers(1, 10**6)),
        doel=Doel(1, None, draw(st.sampled_from([True, True, True, False]))),
        categorie=draw(st.one_of(maybe, st.sampled_from([10, 11, 12, 20, 21]))),
        wijken=draw(st.one_of(maybe, st.frozensets(st.sampled_from([1, 2, 3]), min_size=1))),
        bron=draw(st.sampled_from(["", "", "telefoon", "balie"])),
        prioriteit=draw(st.sampled_from(["", "", "hoog"])),
        weekdagen=draw(st.one_of(st.just(frozenset()), st.frozensets(st.integers(1, 7), min_size=1))),
        van_uur=van,
        tot_uur=tot,
        vraag=vraag,
        antwoord="" if vraag is None else draw(st.sampled_from(["ja", "nee"])),
        is_actief=draw(st.sampled_from([True, True, True, False])),
        geldig_van=start,
        geldig_tot=end,
    )


@st.composite
def feiten(draw):
    categorie = draw(st.sampled_from([11, 12, 21, 22]))
    moment = datetime.combine(TODAY + timedelta(days=draw(st.integers(0, 7))), time(), BRUSSELS)
    return Feiten(
        categorie=categorie,
        hoofdcategorie=MAIN[categorie],
        wijk=draw(st.sampled_from([None, 1, 2, 3])),
        bron=draw(st.sampled_from(["formulier", "telefoon", "balie"])),
        prioriteit=draw(st.sampled_from(["normaal", "hoog"])),
        moment=moment + timedelta(minutes=draw(st.integers(0, 24 * 60 - 1))),
        antwoorden=draw(
            st.dictionaries(st.sampled_from([1, 2]), st.sampled_from(["ja", " JA ", "nee", "iets anders"]))
        ),
    )


def plainly_takes(regel, f, on):
    """The rule in one breath, as a colleague would say it; no help from the module."""
    minute = f.moment.hour * 60 + f.moment.minute
    in_hours = True
    if regel.van_uur is not None:
        van, tot = (hour.hour * 60 + hour.minute for hour in (regel.van_uur, regel.tot_uur))
        in_hours = minute in range(van, tot) if van < tot else minute not in range(tot, van)
    return (
        regel.is_actief
        and regel.doel.is_bruikbaar
        and not (regel.geldig_van and on < regel.geldig_van)
        and not (regel.geldig_tot and on > regel.geldig_tot)
        and (regel.categorie is None or regel.categorie == f.categorie or f.categorie in BELOW.get(regel.categorie, ()))
        and (regel.wijken is None or f.wijk in regel.wijken)
        and regel.bron in ("", f.bron)
        and regel.prioriteit in ("", f.prioriteit)
        and (not regel.weekdagen or f.moment.weekday() + 1 in regel.weekdagen)
        and in_hours
        and (regel.vraag is None or f.antwoorden.get(regel.vraag, "").strip().lower() == regel.antwoord)
    )


@given(st.lists(regels(), max_size=6, unique_by=lambda row: row.pk), feiten())
@settings(max_examples=300, deadline=None)
def test_the_first_rule_that_fits_takes_the_report(rows, f):
    expected = next((row for row in rows if plainly_takes(row, f, TODAY)), None)
    assert first(rows, f, TODAY) is expected


@given(st.lists(regels(), max_size=6, unique_by=lambda row: row.pk), feiten())
@settings(max_examples=300, deadline=None)
def test_the_reasons_agree_with_what_happens(rows, f):
    results = explain(rows, f, TODAY)
    taker = first(rows, f, TODAY)
    assert [row.regel for row in results if row.uitkomst == Uitkomst.NEEMT] == ([taker] if taker else [])
    for result in results:
        alone = first([result.regel], f, TODAY) is not None
        fits = all(ok for _code, ok in result.voorwaarden)
        match result.uitkomst:
            case Uitkomst.NEEMT:
                assert alone
            case Uitkomst.TE_LAAT:
                assert alone
                assert rows.index(taker) < rows.index(result.regel)
            case Uitkomst.PAST_NIET:
                assert not fits
            case Uitkomst.DOEL_KAN_NIET:
                assert fits
                assert not result.regel.doel.is_bruikbaar
            case _off:
                assert not result.regel.in_force(TODAY)
        assert alone or result.uitkomst not in (Uitkomst.NEEMT, Uitkomst.TE_LAAT)


@given(st.lists(regels(), max_size=6, unique_by=lambda row: row.pk), feiten())
@settings(max_examples=300, deadline=None)
def test_mending_what_a_reason_names_lets_the_rule_fit(rows, f):
    """Each condition that is said to fail is one: without it, and only without all of them, the rule fits."""
    empty = {
        "categorie": {"categorie": None},
        "plaats": {"wijken": None},
        "bron": {"bron": ""},
        "prioriteit": {"prioriteit": ""},
        "weekdag": {"weekdagen": frozenset()},
        "uur": {"van_uur": None, "tot_uur": None},
        "antwoord": {"vraag": None, "antwoord": ""},
    }
    for result in explain(rows, f, TODAY):
        failing = [code for code, ok in result.voorwaarden if not ok]
        mended = {name: value for code in failing for name, value in empty[code].items()}
        assert Regel(**{**vars(result.regel), **mended}).fits(f)
        for keep in failing:
            some = {name: v for code in failing if code != keep for name, v in empty[code].items()}
            assert not Regel(**{**vars(result.regel), **some}).fits(f)


@given(
    st.lists(regels(), min_size=1, max_size=6, unique_by=lambda row: row.pk),
    st.lists(feiten(), min_size=5, max_size=30),
    st.integers(0, 8),
)
@settings(max_examples=300, deadline=None)
def test_a_rule_that_is_said_never_to_fire_never_does(rows, many, days):
    *earlier, last = rows
    if shadowed_by(last, earlier, BELOW, TODAY):
        for f in many:
            assert first(rows, f, TODAY + timedelta(days=days)) is not last


def regel(pk=1, **conditions):
    return Regel(pk=pk, doel=Doel(1, None), **conditions)


def shadow(last, *earlier):
    return [row.pk for row in shadowed_by(last, earlier, BELOW, TODAY)]


def test_a_broader_rule_before_it_takes_everything():
    assert shadow(regel(categorie=11, bron="balie"), regel(5, categorie=10)) == [5]
    assert shadow(regel(categorie=10), regel(5, categorie=11)) == []
    assert shadow(regel(), regel(5, bron="balie")) == []


def test_rules_that_share_the_week_take_everything_together():
    week, weekend = frozenset({1, 2, 3, 4, 5}), frozenset({6, 7})
    assert shadow(regel(bron="balie"), regel(5, weekdagen=week), regel(6, weekdagen=weekend)) == [5, 6]
    assert shadow(regel(bron="balie"), regel(5, weekdagen=week), regel(6, weekdagen=frozenset({7}))) == []


def test_day_and_night_make_a_whole_day():
    day, night = {"van_uur": time(6), "tot_uur": time(22)}, {"van_uur": time(22), "tot_uur": time(6)}
    assert shadow(regel(), regel(5, **day), regel(6, **night)) == [5, 6]
    assert shadow(regel(**night), regel(5, **day)) == []


def test_all_of_a_main_category_is_more_than_what_is_below_it_now():
    both = [regel(5, categorie=11), regel(6, categorie=12)]
    assert shadow(regel(categorie=10), *both) == []
    assert shadow(regel(categorie=12), *both) == [6]


@pytest.mark.parametrize(
    "gone",
    [{"is_actief": False}, {"geldig_tot": TODAY - timedelta(days=1)}, {"geldig_van": TODAY + timedelta(days=5)}],
)
def test_a_rule_that_does_not_hold_takes_nothing(gone):
    assert shadow(regel(bron="balie"), regel(5, **gone)) == []


def test_a_rule_that_leads_to_nobody_takes_nothing():
    assert shadowed_by(regel(), [Regel(5, Doel(1, None, is_bruikbaar=False))], BELOW, TODAY) == []


def test_a_rule_that_ends_leaves_the_days_after():
    ends = regel(5, geldig_tot=TODAY + timedelta(days=5))
    assert shadow(regel(geldig_tot=TODAY + timedelta(days=5)), ends) == [5]
    assert shadow(regel(), ends) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (time(22), True),
        (time(23, 59), True),
        (time(0), True),
        (time(5, 59, 59), True),
        (time(6), False),
        (time(12), False),
    ],
)
def test_a_window_past_midnight_holds_until_its_end(moment, expected):
    assert within_hours(moment, time(22), time(6)) is expected


def test_when_the_proof_becomes_too_long_nothing_is_flagged(monkeypatch):
    monkeypatch.setattr(routering, "MOST_PIECES", 0)
    week, weekend = frozenset({1, 2, 3, 4, 5}), frozenset({6, 7})
    assert shadow(regel(), regel(5, weekdagen=week), regel(6, weekdagen=weekend)) == []
