"""Sentences to code by hand."""

from math import ceil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import samplesize_confint_proportion

from framescope.compare.coders.sampling import allocate, draw_sample, sentences_needed

SENTENCES = pd.DataFrame(
    {
        "document": ["one"] * 60 + ["two"] * 40,
        "section": "s1",
        "sentence": [*range(1, 61), *range(1, 41)],
        "voice": ["author"] * 99 + ["quoted"],
        "text": [f"Sentence {number}." for number in range(100)],
    }
)
HITS = pd.DataFrame(
    [("one", n, "defence.threat") for n in range(1, 31)]
    + [("one", 1, "energy"), ("two", 1, "energy"), ("two", 2, "economy")],
    columns=["document", "sentence", "theme"],
).assign(voice="author", subject_term=False)


def test_weights_add_up_to_the_sentences_of_the_study():
    sample = draw_sample(SENTENCES, HITS, 20)
    assert len(sample) == 20
    assert sample["weight"].sum() == pytest.approx(99)
    assert not sample.duplicated(["document", "sentence"]).any()


def test_rare_themes_and_sentences_without_a_hit_are_among_them():
    sample = draw_sample(SENTENCES, HITS, 12)
    places = set(sample[["document", "sentence"]].itertuples(index=False, name=None))
    hit = set(HITS[["document", "sentence"]].itertuples(index=False, name=None))
    assert {("one", 1), ("two", 1), ("two", 2)} <= places
    assert len(places - hit) >= 3


def test_the_sample_is_blind_to_the_lexicon_and_has_two_columns_for_coders():
    sample = draw_sample(SENTENCES, HITS, 12)
    assert list(sample.columns) == ["document", "section", "sentence", "text", "coder_1", "coder_2", "weight", "round"]
    assert (sample[["coder_1", "coder_2"]] == "").all(axis=None)


def test_no_quoted_sentence_is_drawn_and_all_can_be():
    everything = draw_sample(SENTENCES, HITS, 1000)
    assert len(everything) == 99
    assert (everything["weight"] == 1).all()


def test_the_same_seed_draws_the_same_sample_whatever_the_order_of_rows():
    shuffled = SENTENCES.sample(frac=1, random_state=3)
    assert draw_sample(SENTENCES, HITS, 15).equals(draw_sample(shuffled, HITS, 15))
    assert not draw_sample(SENTENCES, HITS, 15).equals(draw_sample(SENTENCES, HITS, 15, seed=2))


def test_a_small_sample_does_not_tell_documents_apart():
    assert draw_sample(SENTENCES, HITS, 4)["weight"].sum() == pytest.approx(99)
    with pytest.raises(ValueError, match="a size of at least 4"):
        draw_sample(SENTENCES, HITS, 3)


def test_the_number_needed_grows_with_precision_and_shrinks_with_a_small_study():
    assert sentences_needed() == 97
    assert sentences_needed(margin=0.05) == 385
    assert sentences_needed(population=200) == 66
    assert sentences_needed(population=10) == 10


def test_a_study_without_a_hit_is_sampled_as_well():
    assert draw_sample(SENTENCES, HITS.iloc[:0], 10)["weight"].sum() == pytest.approx(99)


@given(st.lists(st.integers(1, 80), min_size=1, max_size=8), st.data())
def test_every_stratum_is_drawn_from_and_none_beyond_its_size(sizes, data):
    size = data.draw(st.integers(len(sizes), sum(sizes)))
    taken = allocate(pd.Series(sizes), size)
    assert taken.sum() == size
    assert (taken >= 1).all()
    assert (taken <= sizes).all()


def test_a_stratum_sixteen_times_as_large_gives_eight_times_as_many():
    assert allocate(pd.Series([1600, 100]), 27).tolist() == [24, 3]


@pytest.mark.parametrize(("share", "margin"), [(0.5, 0.1), (0.2, 0.03)])
def test_the_number_needed_of_an_endless_study_is_statsmodels(share, margin):
    assert sentences_needed(margin=margin, share=share) == ceil(samplesize_confint_proportion(share, margin))
