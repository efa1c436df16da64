import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.spelling import fold, one_slip_apart, words


@pytest.mark.parametrize(("text", "folded"), [("Kaçak ÇÖP", "kacak cop"), ("Dépôt", "depot"), ("IŞIK", "isik")])
def test_capitals_and_accents_do_not_count(text, folded):
    assert fold(text) == folded


def test_signs_part_the_words():
    assert words("Vuilbak, prullenbak/afvalbak") == ["vuilbak", "prullenbak", "afvalbak"]


@given(st.text("abcde", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("abcde"))
def test_every_single_slip_is_recognised(word, place, letter):
    at = place % (len(word) - 1)
    slips = [
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    assert all(slip == word or (one_slip_apart(word, slip) and one_slip_apart(slip, word)) for slip in slips)


@pytest.mark.parametrize(("a", "b"), [("tegel", "tegel"), ("tegel", "zegen"), ("boom", "bomen"), ("", "ab")])
def test_the_same_word_and_another_word_are_no_slip(a, b):
    assert not one_slip_apart(a, b)
