"""Negation and contrast."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.themes.counting import negated, set_aside_spans, subject_terms


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("they have no army", "army"),
        ("the state is not a threat", "threat"),
        ("growth without any trade", "trade"),
        ("it lacks a navy", "navy"),
        ("neither trade nor aid came", "aid"),
        ("they did n't sign a pact", "pact"),
    ],
)
def test_a_negator_before_a_word_of_its_clause_negates_it(sentence, word):
    words = sentence.split()
    assert negated(words, words.index(word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("not only trade but war", "trade"),
        ("not only trade but war", "war"),
        ("there is no doubt that trade matters", "trade"),
        ("it is not a club , trade is free", "trade"),
        ("they have an army", "army"),
        ("not without trade", "trade"),
        ("not one of the many reports that they wrote names trade", "trade"),
    ],
)
def test_what_a_negator_does_not_reach_is_not_negated(sentence, word):
    words = sentence.split()
    assert not negated(words, words.index(word))


@pytest.mark.parametrize(("between", "reached"), [(0, True), (4, True), (5, True), (6, False)])
def test_a_negator_reaches_the_six_words_after_it(between, reached):
    assert negated(["not", *["very"] * between, "army"], between + 1) is reached


@pytest.mark.parametrize(
    ("sentence", "aside", "kept"),
    [
        ("They want trade rather than war.", "war", "trade"),
        ("Instead of tanks, they bought grain.", "tanks", "they"),
        ("They should focus less on weapons and more on schools.", "weapons", "schools"),
        ("They should put less emphasis on arms, tanks and drills and instead look at trade.", "drills", "trade"),
        ("A shift away from defence towards trade is due.", "defence", "trade"),
        ("They spend more on bread than on guns.", "guns", "bread"),
    ],
)
def test_what_is_set_aside_is_told_from_what_is_preferred(sentence, aside, kept):
    spans = set_aside_spans(sentence)
    assert any(low <= sentence.index(aside) < high for low, high in spans)
    assert not any(low <= sentence.index(kept) < high for low, high in spans)


def test_more_than_a_number_or_a_comparison_of_size_sets_nothing_aside():
    assert set_aside_spans("More than half of the army left.") == []
    assert set_aside_spans("The fleet is larger than the army.") == []


CUES = "rather than instead of in place as opposed to away from at the expense not so much less more on about trade"


@given(st.lists(st.sampled_from(CUES.split()), max_size=8).map(" ".join))
def test_what_is_set_aside_has_a_sign_without_which_a_sentence_is_not_looked_at_closely(text):
    # "Thanks" has such a sign and sets nothing aside.
    spans = set_aside_spans(f"{text}. Thanks.")
    assert spans == set_aside_spans(f"{text}. Others.")


def test_subject_terms_are_those_of_more_than_the_share_of_headings_or_of_blocks():
    blocks = {"trade": {1, 2, 3}, "war": {1, 2, 3, 4}, "peace": {1}, "drill": {2}}
    assert subject_terms([{"peace", "drill"}, {"peace"}, set(), set()], blocks, 10, 0.3) == {"peace", "war"}
    assert subject_terms([], {}, 0, 0.3) == set()


def test_a_large_share_of_a_short_document_is_no_subject():
    assert subject_terms([{"trade"}, set()], {"war": {1, 2}, "peace": {1, 2, 3}}, 4, 0.3) == {"peace"}
