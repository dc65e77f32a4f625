"""What a text's matches depend on: the terms that can match in it, and no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher
from framescope.themes.terms import parse_term

WORDS = st.sampled_from(["arms", "army", "trade", "deal", "market", "town", "peace"])
WRITTEN = st.one_of(
    WORDS,
    st.builds("{} {}".format, WORDS, WORDS),
    st.builds("{}*".format, st.sampled_from(["ar", "mar", "t"])),
    st.builds("{} NEAR/2 {}".format, WORDS, WORDS),
    st.builds("{} NOT BEFORE/1 {}".format, WORDS, WORDS),
    st.builds("NOT {} {}".format, WORDS, WORDS),
)
TERMS = st.lists(st.tuples(st.sampled_from(["a", "a.b", "c"]), WRITTEN), min_size=1, max_size=6, unique=True)


def matcher(terms: list[tuple[str, str]]) -> Matcher:
    # The themes are the same in all lexicons, because a digest contains them.
    themes = [(theme, None) for theme in ("a", "a.b", "c")]
    return Matcher(Lexicon.build([*themes, *((theme, parse_term(text)) for theme, text in terms)]))


def found(terms: list[tuple[str, str]], words: list[str]) -> list[tuple[int, int, str, str]]:
    there = matcher(terms)
    entries = [(match, there.entries[match.entry]) for match in there.match_words(words)]
    return [(match.start, match.end, entry.theme, entry.term.text) for match, entry in entries]


def digest(terms: list[tuple[str, str]], words: list[str]) -> str:
    return matcher(terms).digest([(word,) for word in words])


@given(TERMS, TERMS, st.lists(WORDS, max_size=8))
def test_lexicons_with_the_same_digest_for_a_text_match_the_same_in_it(first, second, words) -> None:
    if digest(first, words) == digest(second, words):
        assert found(first, words) == found(second, words)


@given(TERMS, TERMS, st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_lexicons_with_the_same_digest_for_texts_together_match_the_same_in_each(first, second, words, more) -> None:
    if digest(first, words + more) == digest(second, words + more):
        assert found(first, words) == found(second, words)


@given(TERMS, st.lists(WORDS, max_size=8))
def test_lexicons_that_differ_in_terms_whose_words_a_text_lacks_have_the_same_digest_for_it(terms, words) -> None:
    assert digest(terms, words) == digest([*terms, ("c", "moonshot"), ("a", "moonshot* NEAR/3 landing")], words)


def test_a_hyphenated_token_is_its_words() -> None:
    assert digest([("a", "arms")], ["arms-deal"]) != digest([("a", "army")], ["arms-deal"])


def test_a_new_theme_changes_every_digest_because_names_count_under_the_closest_theme() -> None:
    other = Matcher(Lexicon.build([("a", parse_term("arms")), ("d", None)]))
    assert other.digest([("peace",)]) != digest([("a", "arms")], ["peace"])


def test_of_a_lexicon_that_asks_for_lemmas_the_digest_depends_on_lemma_and_part_of_speech() -> None:
    asking = matcher([("a", "lemma:buy"), ("c", "march/NOUN"), ("c", "trade")])
    assert asking.attributes == ("LEMMA", "POS")
    digests = [asking.digest([token]) for token in (("bought", "buy", "VERB"), ("March", "March", "PROPN"))]
    digests += [asking.digest([token]) for token in (("marches", "march", "NOUN"), ("march", "march", "NOUN"))]
    assert len(set(digests)) == 3, "neither the month nor the plural fits a term"
