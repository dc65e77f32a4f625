"""Quoted stretches and prescriptive sentences."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.annotate.voice import is_prescriptive, quoted_spans, words_by_voice
from framescope.words import count_words, word_spans

SENTENCES = Path(__file__).parents[3] / "benchmarks/data/prescriptive_sentences.csv"
LONG = "one two three four five six seven eight"


def quoted(text, kind="prose"):
    return [text[start:end] for start, end in quoted_spans(text, kind)]


def test_a_block_quotation_is_quoted_whole():
    assert quoted("Peace is dear.", "quote") == ["Peace is dear."]
    assert quoted_spans("", "quote") == []


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "''", "„“", "«»", "““"])
def test_eight_words_between_matching_marks_are_quoted_and_seven_are_not(opening, closing):
    assert quoted(f"He said: {opening}{LONG}.{closing} They left.") == [f"{opening}{LONG}.{closing}"]
    assert quoted(f"He said: {opening}{LONG.removesuffix(' eight')}.{closing} They left.") == []


def test_marks_without_a_partner_quote_nothing():
    assert quoted(f"“{LONG} and no end") == []
    assert quoted(f'"{LONG} and no end') == []
    assert quoted(f"{LONG}” and no beginning") == []
    assert quoted(f'The 5" gun {LONG} and the 6" gun') == []


def test_a_stray_opening_mark_does_not_swallow_the_next_quotation():
    assert quoted(f"“Stray words here. He said “{LONG}” and left.") == [f"“{LONG}”"]
    assert quoted(f'"Stray words here. He said "{LONG}" and left.') == [f'"{LONG}"']


def test_apostrophes_and_plural_possessives_neither_open_nor_close_a_quotation():
    assert quoted(f"Russia's offer {LONG} the states' wishes") == []
    assert quoted(f"the states' wishes {LONG} the dogs' dinner") == []
    assert quoted(f"He wrote ‘the states’ troops {LONG},’ and left") == [f"‘the states’ troops {LONG},’"]
    assert quoted("in the '90s he saw one two three four five six seven troops' bases") == []


def test_of_nested_quotations_the_outermost_stands():
    assert quoted(f"“They call it ‘{LONG}’ in town”, he said") == [f"“They call it ‘{LONG}’ in town”"]
    assert quoted(f"‘They call it “{LONG}” in town’, he said") == [f"‘They call it “{LONG}” in town’"]


def test_two_short_quotations_are_not_one_long_one():
    assert quoted(f'He called it "dull" {LONG} and "late" too') == []
    assert quoted(f"He called it ‘dull’ {LONG} and ‘late’ too") == []


@pytest.mark.parametrize(("own", "voice"), [(7, "quoted"), (8, "quoted"), (9, "author")])
def test_a_sentence_is_quoted_from_the_half_of_its_words_on(own, voice):
    text = f"{' '.join(['word'] * own)} “{LONG}”"
    assert words_by_voice(word_spans(text), quoted_spans(text, "prose"), 0, len(text)) == (own + 8, 8, voice)


def test_the_first_and_the_last_word_of_a_quotation_belong_to_it_and_the_next_does_not():
    text = "Peace is dear to us all"
    assert words_by_voice(word_spans(text), [(0, 8)], 0, len(text)) == (6, 2, "author")
    assert words_by_voice(word_spans(text), [(0, 9)], 0, len(text)) == (6, 2, "author")
    assert words_by_voice(word_spans(text), [(0, 10)], 0, len(text)) == (6, 3, "quoted")


def test_a_sentence_without_words_is_the_authors():
    assert words_by_voice([], [], 0, 3) == (0, 0, "author")


@given(st.text(alphabet="ab s.,“”\"‘’'«»„\n", max_size=80))
def test_spans_are_in_order_apart_and_long_enough(text):
    spans = quoted_spans(text, "prose", from_words=2)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(count_words(text[start:end]) >= 2 for start, end in spans)


def test_nine_in_ten_sentences_of_the_benchmark_are_told_apart():
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = [is_prescriptive(row["text"]) == (row["prescriptive"] == "1") for row in rows]
    assert len(rows) == 60
    assert sum(right) / len(right) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "They must act.",
        "They shouldn’t wait.",
        "It needs urgently to act.",
        "There is no need to wait.",
        "Let’s act.",
        "We propose a fund.",
    ],
)
def test_modal_verbs_and_stated_needs_prescribe(text):
    assert is_prescriptive(text)


MODALS = "should ought to not must needs need has have shall had better let us let’s it is remains will be urgent that"
VERBS = "for are called advised obliged required needed of we recommend urges calls call on proposes suggests they act"


@given(st.lists(st.sampled_from([*MODALS.split(), *VERBS.split()]), max_size=8).map(" ".join))
def test_what_prescribes_has_a_sign_without_which_a_sentence_is_not_looked_at_closely(text):
    # "Uncalled" has such a sign and prescribes nothing.
    assert is_prescriptive(f"They {text}") == is_prescriptive(f"Uncalled {text}")


@pytest.mark.parametrize(
    "text",
    [
        "They acted.",
        "Should it rain, they wait.",
        "She must have left.",
        "The pressing need to act was felt.",
        "If they should fail, others follow.",
        "They left so that others should stay.",
        "It should have brought peace.",
        "A debt that has to be served grows.",
        "We do not propose to stay.",
    ],
)
def test_conditions_guesses_and_need_as_a_noun_do_not_prescribe(text):
    assert not is_prescriptive(text)
