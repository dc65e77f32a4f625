"""What a term means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.themes.terms import TermError, WordPattern, parse_phrase, parse_term


def globs(text):
    return [pattern.glob for pattern in parse_phrase(text)]


def test_hyphens_and_possessives_of_a_term_are_split_as_those_of_a_text():
    assert globs("demand-side") == globs("Demand side") == ["demand", "side"]
    assert globs("Russia's navy") == ["russia", "navy"]
    assert globs("9/11") == ["9", "11"]
    assert globs("U.S. arm*") == ["u.s.", "arm*"]


def test_lemmas_and_parts_of_speech_belong_to_one_word():
    assert parse_phrase("lemma:take march/NOUN") == (WordPattern("take", lemma=True), WordPattern("march", part="NOUN"))


def test_a_rule_names_its_direction_distance_and_alternatives():
    term = parse_term("deal* NOT NEAR/5 arms OR weapon* system")
    (condition,) = term.conditions
    assert (condition.direction, condition.distance, condition.negative) == ("NEAR", 5, True)
    assert [[pattern.glob for pattern in phrase] for phrase in condition.phrases] == [["arms"], ["weapon*", "system"]]


def test_a_rule_without_a_number_reaches_over_the_sentence():
    assert parse_term("talks AFTER peace").conditions[0].distance is None


def test_not_at_the_beginning_makes_an_exclusion():
    term = parse_term("NOT market town*")
    assert term.exclusion
    assert [pattern.glob for pattern in term.phrase] == ["market", "town*"]


@pytest.mark.parametrize("text", ["", "...", "* *", "?", "march/NOUNS"])
def test_terms_without_meaning_are_refused(text):
    with pytest.raises(TermError):
        parse_term(text)


@pytest.mark.parametrize("text", ["war[s", "(army", "army)", "troop+", "^war$", "tank|gun", "war\\w", "a {2}", "a; b"])
def test_a_sign_that_means_nothing_is_refused_and_not_dropped(text):
    with pytest.raises(TermError, match="means nothing in a term; expected words"):
        parse_term(text)


@pytest.mark.parametrize(
    "text",
    [
        "army OR navy",
        "army NOT navy",
        "NEAR/5 arms",
        "deal NEAR/5",
        "deal near/5 arms",
        "deal Near/5 arms",
        "NOT NOT a",
    ],
)
def test_an_operator_out_of_place_is_refused_and_not_read_as_a_word(text):
    with pytest.raises(TermError, match="is out of place; expected capitals with a term on either side"):
        parse_term(text)


def test_small_letters_make_words_of_operators():
    assert globs("not in my name, or near it") == ["not", "in", "my", "name", "or", "near", "it"]


def test_a_distance_beyond_any_sentence_is_refused():
    with pytest.raises(TermError, match="at most 1000 words, found 9999999999"):
        parse_term(f"deal NEAR/{'9' * 5000} arms")


@given(st.text(max_size=40))
def test_any_text_is_a_term_or_a_term_error(text):
    try:
        term = parse_term(text)
    except TermError:
        return
    assert term.phrase
    assert all(pattern.glob == pattern.glob.lower() for pattern in term.phrase)
