from hypothesis import given
from hypothesis import strategies as st

from meldingen.forms.questions import asked, field_name
from meldingen.models import Vraag


def question(pk, after=None, answer=""):
    return Vraag(pk=pk, soort="tekst", tekst=f"Vraag {pk}", alleen_als_id=after, alleen_als_antwoord=answer)


def numbers(questions, **answers):
    given = {field_name(question(int(pk.removeprefix("v")))): text for pk, text in answers.items()}
    return [row.pk for row in asked(questions, given)]


def test_a_question_waits_for_the_answer_it_depends_on():
    rows = [question(1), question(2, after=1, answer="Ja"), question(3, after=2, answer="één")]
    assert numbers(rows) == [1]
    assert numbers(rows, v1="ja") == [1, 2]
    assert numbers(rows, v1="JA ", v2="Een") == [1, 2, 3]


def test_an_answer_to_a_question_that_is_not_asked_does_not_count():
    rows = [question(1), question(2, after=1, answer="ja"), question(3, after=2, answer="ja")]
    assert numbers(rows, v1="nee", v2="ja") == [1]


def test_questions_that_wait_for_each_other_are_never_asked():
    rows = [question(1, after=2, answer="ja"), question(2, after=1, answer="ja")]
    assert numbers(rows, v1="ja", v2="ja") == []


def test_a_question_after_one_of_another_category_is_never_asked():
    assert numbers([question(2, after=99, answer="ja")], v99="ja") == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), max_size=8), st.dictionaries(st.integers(0, 7), st.just("ja")))
def test_every_question_that_is_asked_has_its_reason_asked_too(parents, answers):
    rows = [question(pk, after=parent, answer="ja") for pk, parent in enumerate(parents)]
    shown = {row.pk for row in asked(rows, {f"vraag_{pk}": text for pk, text in answers.items()})}
    for row in rows:
        if row.pk in shown and row.alleen_als_id is not None:
            assert row.alleen_als_id in shown
            assert answers[row.alleen_als_id] == "ja"
