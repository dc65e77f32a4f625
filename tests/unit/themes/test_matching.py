"""Matching: quanteda's rules on given words, our own on text and annotated paragraphs."""

import os
from pathlib import Path

import pandas as pd
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from framescope.themes.formats import load_lexicon
from framescope.themes.lexicon import Lexicon
from framescope.themes.matching import Matcher
from framescope.themes.terms import parse_term

SHARED = os.environ.get("FRAMESCOPE_SHARED")


def matcher(scope="theme", **themes):
    """A matcher over themes given as lists of terms; "__" in a name stands for a dot."""
    terms = [(name.replace("__", "."), parse_term(term)) for name, found in themes.items() for term in found]
    return Matcher(Lexicon.build(terms), scope)


def found(given, text):
    return [
        (given.entries[entry].theme, given.entries[entry].term.text, text[start:end])
        for start, end, entry in given.match_text(text)
    ]


def texts(given, text):
    return [words for _, _, words in found(given, text)]


def keys(given, words):
    return [given.entries[match.entry].theme for match in given.match_words(words.split())]


@pytest.mark.skipif(SHARED is None, reason="FRAMESCOPE_SHARED does not name the folder of reference data")
@pytest.mark.parametrize("scope", ["key", "dictionary"])
def test_no_cell_differs_from_quanteda_on_its_own_tokens(scope):
    folder = Path(SHARED or "") / "data/themes/quanteda"
    given = Matcher(load_lexicon(folder / "nested.yml"), scope)
    tokens = pd.read_csv(folder / "tokens.csv", keep_default_na=False).set_index("id")["toks"]
    reference = pd.read_csv(folder / f"counts_{scope}.csv").set_index("id").drop(columns="ntoken")
    rows = [pd.Series(keys(given, text)).value_counts() for text in tokens]
    ours = pd.DataFrame(rows, index=tokens.index).reindex(columns=reference.columns).fillna(0).astype(int)
    assert reference.sum().min() > 0
    assert int((ours != reference).to_numpy().sum()) == 0


def test_the_longest_match_of_a_key_wins_then_the_leftmost():
    given = matcher("key", a=["armed", "armed forces", "forces abroad"])
    assert [(m.start, m.end) for m in given.match_words(["armed", "forces", "abroad"])] == [(0, 2)]


def test_keys_do_not_block_each_other_in_the_scope_of_keys():
    given = matcher("key", a__x=["nuclear weapon*"], a__y=["weapon*"], b=["weapons"])
    assert keys(given, "nuclear weapons") == ["a.x", "a.y", "b"]


def test_a_longer_match_of_another_key_blocks_in_the_scope_of_the_dictionary():
    given = matcher("dictionary", a=["nuclear energy"], b=["energy"], c=["energy policy"])
    assert keys(given, "nuclear energy policy") == ["a", "c"]


def test_within_a_theme_no_word_is_counted_twice_and_other_themes_are_free():
    given = matcher(defence=["weapon*"], defence__nuclear=["nuclear weapon*"], energy=["nuclear"])
    assert sorted(keys(given, "nuclear weapons and weapons")) == ["defence", "defence.nuclear", "energy"]


def test_two_terms_of_a_theme_on_one_word_count_once_for_the_deepest():
    assert keys(matcher(a=["tax*", "tax"], a__b=["tax"]), "tax") == ["a.b"]
    assert keys(matcher(a=["income tax*"], a__b=["income tax"], c=["tax"]), "income tax") == ["a.b", "c"]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("defen?e", "Defence and defense"),
        ("*stan", "Kazakhstan and Pakistan"),
        ("m*ry", "military and ministry"),
    ],
)
def test_wildcards_stand_for_letters_of_one_word(term, text):
    assert texts(matcher(a=[term]), text) == [text.split()[0], text.split()[-1]]


def test_a_wildcard_alone_stands_for_any_word_of_a_phrase():
    assert texts(matcher(a=["* tax"]), "The income tax, tax") == ["income tax"]


@pytest.mark.parametrize(
    ("term", "text", "hit"),
    [
        ("demand side", "a demand-side reform", "demand-side"),
        ("demand-side", "the demand side", "demand side"),
        ("russia", "Russia's and Pakistan–Russia ties", "Russia"),
        ("russia* army", "Russia’s army", "Russia’s army"),
        ("9/11", "since 9/11 all", "9/11"),
        ("cold war", "the “cold” war", "cold” war"),
        ("air force", "the air\nforce", "air\nforce"),
    ],
)
def test_hyphens_possessives_and_quotation_marks_stand_in_no_terms_way(term, text, hit):
    assert hit in texts(matcher(a=[term]), text)


@pytest.mark.parametrize(
    "text", ["They sold arms. Control fell.", "arms, control", "arms (control)", "arms\n\ncontrol"]
)
def test_no_phrase_runs_across_a_sentence_end_or_a_break(text):
    assert texts(matcher(a=["arms control"]), text) == []


def test_a_match_never_depends_on_the_case_of_letters():
    assert texts(matcher(a=["Trade DEAL*"]), "TRADE deals, Trade Deal") == ["TRADE deals", "Trade Deal"]


def test_an_exclusion_blocks_what_lies_inside_it_for_its_theme_alone():
    given = matcher(economy=["product*", "NOT gross domestic product"], statistics=["gross domestic product"])
    assert found(given, "Gross domestic product and products") == [
        ("statistics", "gross domestic product", "Gross domestic product"),
        ("economy", "product*", "products"),
    ]


def test_an_exclusion_reaches_the_subthemes_below_it():
    given = matcher(economy=["NOT market town"], economy__trade=["market*"])
    assert texts(given, "A market town has a market.") == ["market"]


@pytest.mark.parametrize(
    ("term", "text", "hits"),
    [
        ("deal* NEAR/2 arms", "an arms deal was dealt", ["deal"]),
        ("deal* NEAR/2 arms", "arms for a good deal", []),
        ("deal* NEAR/4 arms OR weapon*", "a deal on old weapons", ["deal"]),
        ("deal* BEFORE/3 arms", "a deal on arms", ["deal"]),
        ("deal* BEFORE/3 arms", "an arms deal", []),
        ("deal* AFTER/3 arms", "an arms deal", ["deal"]),
        ("deal* NOT NEAR/3 card*", "a deal, but no card deal", []),
        ("deal* NOT NEAR/1 great", "a great deal and a deal", ["deal"]),
        ("deal NEAR arms", "a deal that nobody had thought would ever be about arms", ["deal"]),
        ("deal NEAR arms", "a deal was made. Then came arms", []),
        ("deal NEAR/3 arms control", "a deal on arms control", ["deal"]),
        ("deal NEAR/2 arms", "arms (a deal)", ["deal"]),
    ],
)
def test_conditions_look_at_the_words_of_the_same_sentence(term, text, hits):
    assert texts(matcher(a=[term]), text) == hits


@pytest.fixture(scope="module")
def blank():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


@pytest.mark.parametrize(
    "text",
    [
        "Russia's army and the Pakistan-Russia demand-side deal on arms control.",
        "They sold arms. Control fell after 9/11, and the U.S. army left.",
        "An arms (control) deal: “arms” control; arms — control!",
        "The air\nforce. Nobody can't deal with post-9/11 arms.",
    ],
)
def test_annotated_paragraphs_have_the_hits_of_their_plain_text(blank, text):
    given = matcher(
        a=["arms control", "army", "9/11", "russia army", "air force"], b=["deal* NEAR/4 arms", "demand side"]
    )
    doc = blank(text)
    assert given.match_doc(doc) == given.match_text(text)
    assert given.match_text(text)
    assert given.entries_in_doc(doc) == given.entries_in_text(text)


def test_lemmas_and_parts_of_speech_are_read_from_annotated_text(blank):
    words = ["They", "march", "in", "March", "and", "bought", "arms"]
    doc = Doc(
        blank.vocab,
        words=words,
        lemmas=["they", "march", "in", "March", "and", "buy", "arm"],
        pos=["PRON", "VERB", "ADP", "PROPN", "CCONJ", "VERB", "NOUN"],
        sent_starts=[True] + [False] * 6,
    )
    given = matcher(a=["march/VERB", "lemma:buy arms"])
    assert [(m.start, m.end) for m in given.match_doc(doc)] == [(5, 10), (24, 35)]
    with pytest.raises(ValueError, match="annotate the texts"):
        given.match_text("They march.")


GLOBS = st.text(alphabet="ab*?", min_size=1, max_size=4).filter(lambda glob: glob.strip("*?"))


@given(st.lists(GLOBS, min_size=1, max_size=6), st.lists(st.text(alphabet="ab", min_size=1, max_size=5), max_size=8))
def test_globs_find_what_a_plain_reading_of_them_finds(patterns, words):
    def fits(word, glob):
        if not glob:
            return not word
        if glob[0] == "*":
            return fits(word, glob[1:]) or (bool(word) and fits(word[1:], glob))
        return bool(word) and glob[0] in {"?", word[0]} and fits(word[1:], glob[1:])

    given = matcher(a=patterns)
    assert [m.start for m in given.match_words(words)] == [
        at for at, word in enumerate(words) if any(fits(word, glob) for glob in patterns)
    ]


@given(st.text(alphabet="arms control.,-’'s()\n9", max_size=60))
def test_places_of_hits_are_those_of_the_fast_count(text):
    given = matcher(a=["arms", "arms control", "9"], b=["control NEAR/2 arms"])
    matches = given.match_text(text)
    assert [match.entry for match in matches] == given.entries_in_text(text)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
