from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.geo import Punt
from meldingen import publiek
from meldingen.models import Categorie, Gebeurtenis, Melding
from meldingen.models.melding import CODE_ALPHABET, CODE_LENGTH
from meldingen.states import Sluitreden, Status
from wijken.models import Team, Wijk

TODAY = date(2026, 7, 20)
MORNING = datetime(2026, 7, 20, 7, 0, tzinfo=UTC)
Soort = Gebeurtenis.Soort


def report(status=Status.NIEUW, **fields):
    fields.setdefault("team", Team(naam="Buurtwerkplaats Waterschei"))
    return Melding(
        status=status,
        ontvangen_op=MORNING,
        **{
            "reactie_uiterlijk": date(2026, 7, 28),
            "oplossing_beloofd": date(2026, 9, 1),
            "oplossing_uiterlijk": date(2026, 9, 1),
            **fields,
        },
    )


def line(soort=Soort.STAP, naar="", **fields):
    return Gebeurtenis(soort=soort, naar_status=naar, op=MORNING, voor_melder=True, **fields)


def test_only_what_is_solved_is_called_solved():
    words = {
        reason: publiek.public_status(report(Status.AFGESLOTEN, sluitreden=reason), on=TODAY).woord
        for reason in Sluitreden
    }
    assert [reason for reason, word in words.items() if "opgelost" in word] == [Sluitreden.OPGELOST]
    assert len(set(words.values())) == len(Sluitreden)
    assert "goed" not in {
        publiek.public_status(report(Status.AFGESLOTEN, sluitreden=reason), on=TODAY).toon
        for reason in Sluitreden
        if reason != Sluitreden.OPGELOST
    }


@pytest.mark.parametrize("eigen", [True, False])
@pytest.mark.parametrize("status", sorted(set(Status) - {Status.AFGESLOTEN}))
def test_each_open_status_has_words_and_never_says_solved(status, eigen):
    words = publiek.public_status(report(status, gepland_op=date(2026, 7, 23)), on=TODAY, eigen=eigen)
    assert words.woord
    assert words.zin.endswith(".")
    assert "opgelost" not in f"{words.woord} {words.zin}"


def test_a_planned_report_says_the_day():
    words = publiek.public_status(report(Status.INGEPLAND, gepland_op=date(2026, 7, 23)), on=TODAY)
    assert words.woord == "ingepland op donderdag 23 juli" + ("" if date.today().year == 2026 else " 2026")


@pytest.mark.parametrize(("day", "word"), [(20, "ingepland op"), (19, "was gepland op")])
def test_a_planned_day_that_has_passed_is_called_past(day, word):
    words = publiek.public_status(report(Status.INGEPLAND, gepland_op=date(2026, 7, day)), on=TODAY)
    assert words.woord.startswith(word)
    assert ("voorbij" in words.zin) is (day < TODAY.day)


def test_the_reporter_is_asked_for_an_answer_and_others_are_told_that_we_wait():
    waiting = report(Status.WACHT_OP_MELDER)
    assert publiek.public_status(waiting, on=TODAY, eigen=True).woord == "wacht op je antwoord"
    assert publiek.public_status(waiting, on=TODAY).woord == "wacht op een antwoord"


def test_the_story_of_an_open_report_ends_with_now_and_what_is_promised():
    steps = publiek.story(report(), [line(Soort.ONTVANGEN, Status.NIEUW)], on=TODAY, eigen=True)
    assert [step.moment for step in steps] == ["geweest", "nu", "beloofd", "beloofd"]
    assert steps[1].titel == "Buurtwerkplaats Waterschei bekijkt de melding"
    assert [step.wanneer for step in steps[2:]] == [date(2026, 7, 28), date(2026, 9, 1)]


def test_a_moved_promise_still_tells_the_first_one():
    steps = publiek.story(report(oplossing_uiterlijk=date(2026, 9, 15)), [], on=TODAY)
    assert steps[-1].wanneer == date(2026, 9, 15)
    assert "1 september" in steps[-1].tekst


def test_a_promise_that_was_missed_is_not_hidden():
    steps = publiek.story(report(gereageerd_op=MORNING), [], on=date(2026, 9, 2))
    assert steps[-1].titel == "De beloofde datum is voorbij"
    assert "niet gelukt" in steps[-1].tekst


def test_a_closed_report_promises_nothing_more():
    lines = [
        line(Soort.ONTVANGEN, Status.NIEUW),
        line(naar=Status.AFGESLOTEN, sluitreden=Sluitreden.NIET_UITGEVOERD, tekst="Te duur."),
    ]
    closed = report(Status.AFGESLOTEN, sluitreden=Sluitreden.NIET_UITGEVOERD)
    steps = publiek.story(closed, lines, on=TODAY, eigen=True)
    assert [(step.moment, step.titel) for step in steps] == [
        ("geweest", "We kregen je melding"),
        ("nu", "We doen dit niet"),
    ]
    assert steps[-1].tekst == "Te duur."


@pytest.mark.parametrize("soort", Soort)
def test_others_never_read_the_words_of_a_line(soort):
    steps = publiek.story(report(), [line(soort, Status.IN_BEHANDELING, tekst="GEHEIM", datum=TODAY)], on=TODAY)
    assert "GEHEIM" not in repr(steps)


def test_others_do_not_see_that_the_reporter_added_something():
    lines = [line(Soort.AANVULLING, tekst="Mijn gsm")]
    assert publiek.story(report(), lines, on=TODAY)[0].moment == "nu"
    assert publiek.story(report(), lines, on=TODAY, eigen=True)[0].titel == "Je vulde je melding aan"


@pytest.mark.parametrize(
    ("adres", "straat"),
    [
        ("Stalenstraat 12", "Stalenstraat"),
        ("Stalenstraat 12 bus 3, 3600 Genk", "Stalenstraat"),
        ("Stalenstraat12", "Stalenstraat"),
        ("Weg naar As 136A, Genk", "Weg naar As"),
        ("André Dumontlaan nr. 7", "André Dumontlaan"),
        ("11-Novemberstraat 5", "Novemberstraat"),
        ("12 Stalenstraat", "Stalenstraat"),
        ("3600 Genk", "Genk"),
        ("E314 afrit 31", "E314 afrit"),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_public_address_is_a_street_without_its_door(adres, straat):
    assert publiek.street_of(adres) == straat


@given(st.text(max_size=60))
def test_no_public_street_holds_a_digit_but_that_of_a_road(adres):
    street = publiek.street_of(adres)
    words = [word for word in street.split() if any(sign.isdigit() and sign.isdecimal() for sign in word)]
    assert all(publiek._ROAD.fullmatch(word) for word in words)


def test_a_public_place_is_rough():
    assert publiek.rough_place(Punt(5.496951, 50.963512)) == Punt(5.497, 50.9635)


def test_i_do_not_know_is_no_subject():
    assert publiek.subject(report(categorie=Categorie(naam="Ik weet het niet", is_onbekend=True))) == "Andere melding"
    assert publiek.subject(report(categorie=Categorie(naam="Zwerfvuil"))) == "Zwerfvuil"


def test_where_falls_back_on_the_wijk_and_never_says_what_the_reporter_wrote():
    melding = report(adres="", plaats_in_woorden="Achter bij Maria Peeters", wijk=Wijk(naam="Waterschei"))
    assert publiek.where(melding) == "Waterschei"


@given(
    st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH),
    st.lists(st.tuples(st.integers(0, CODE_LENGTH), st.sampled_from(" -–./\t")), max_size=6),
    st.booleans(),
)
def test_a_code_is_known_however_it_is_typed(code, breaks, lower):
    typed = code.lower() if lower else code
    for place, sign in breaks:
        typed = typed[:place] + sign + typed[place:]
    assert publiek.normal_code(typed) == code


@given(st.text(max_size=40))
def test_normalising_a_code_twice_changes_nothing(text):
    once = publiek.normal_code(text)
    assert publiek.normal_code(once) == once


def test_an_l_read_as_one_or_i_is_still_the_code():
    assert publiek.normal_code("l2-3i 41bcdf") == "L23L4LBCDF"
