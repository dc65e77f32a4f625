"""What a model that learns from hits says of sentences, on made-up vectors in which a theme is one direction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables
from framescope.compare.opinion.opinions import (
    NO_OPINION,
    by_second_opinion,
    opinions,
    sentences_of_authors,
    taught,
)
from framescope.compare.robust.variations import SECOND_OPINION, variations

SENTENCES = 60
# The last sentence about defence has no hit, and the last one that is not has one.
ABOUT = np.arange(SENTENCES) < 30
HAS_HIT = ABOUT.copy()
HAS_HIT[29], HAS_HIT[59] = False, True


def tables() -> Tables:
    return study(
        {"a": {f"{i:02}": [[{"defence": 1} if HAS_HIT[i] else {"economy": i % 20 == 0}]] for i in range(SENTENCES)}}
    )


def vectors() -> np.ndarray:
    """Every sentence stands in a section of its own; the first number is high in those about defence."""
    noise = np.random.default_rng(1).normal(scale=0.1, size=(SENTENCES, 5))
    return np.column_stack([np.where(ABOUT, 4.0, -4.0), noise])


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return opinions(tables(), vectors())


def opinion_of(found: pd.DataFrame, sentence: int, theme: str = "defence") -> str:
    rows = found[(found["sentence"] == sentence) & (found["theme"] == theme)]
    return rows["opinion"].iloc[0] if len(rows) else "not listed"


def test_a_hit_unlike_all_others_is_vetoed_and_a_sentence_like_those_with_hits_is_filled(found):
    assert [opinion_of(found, sentence) for sentence in (1, 30, 59, 60)] == ["agrees", "filled", "not listed", "vetoed"]


def test_a_theme_with_hits_in_few_sentences_has_no_probability_and_its_hits_stand(found):
    rare = found[found["theme"] == "economy"]
    assert len(rare) == 1
    assert rare["probability"].isna().all()
    assert set(rare["opinion"]) == {"agrees"}


def test_the_opinion_on_a_text_does_not_depend_on_the_order_of_the_tables(found):
    shuffled = tables()
    shuffled = replace(shuffled, sentences=shuffled.sentences[::-1], hits=shuffled.hits[::-1])
    pd.testing.assert_frame_equal(opinions(shuffled, vectors()), found)


def test_quotations_are_no_sentences_of_the_author():
    sentences = tables().sentences.assign(voice=["quoted", *["author"] * (SENTENCES - 1)])
    assert sentences_of_authors(sentences)["sentence"].tolist() == list(range(2, SENTENCES + 1))


def test_neighbours_in_the_section_speak_for_a_sentence_and_those_of_other_sections_do_not():
    one_section = study({"a": {"01": [[{"defence": 1} if hit else {} for hit in HAS_HIT]]}})
    blank = vectors()
    blank[10] = blank[40] = 0
    alone, together = (
        opinions(given, blank).set_index(["sentence", "theme"])["probability"] for given in (tables(), one_section)
    )
    assert alone[11, "defence"] < together[11, "defence"]


def test_what_was_learned_from_few_or_from_nearly_all_sentences_says_nothing():
    few = np.arange(SENTENCES) < 9
    for has_hit in (few, ~few, np.ones(SENTENCES, dtype=bool)):
        assert np.isnan(taught(vectors(), has_hit)).all()
    assert taught(np.zeros((0, 3)), np.zeros(0, dtype=bool)).shape == (0,)


def test_a_model_that_would_veto_most_of_what_it_learned_from_says_nothing():
    noise = np.random.default_rng(1).normal(scale=0.01, size=(2 * SENTENCES, 3))
    assert np.isnan(taught(noise, np.arange(2 * SENTENCES) < 12)).all()
    assert not np.isnan(taught(noise, np.arange(2 * SENTENCES) < 40)).any()


def test_a_large_study_is_learned_from_at_equal_distances(monkeypatch):
    everything = taught(vectors(), HAS_HIT)
    monkeypatch.setattr("framescope.compare.opinion.opinions.MOST_TAUGHT", SENTENCES // 2)
    half = taught(vectors(), HAS_HIT)
    assert len(half) == SENTENCES
    assert half != pytest.approx(everything)
    assert ((half > 0.5) == ABOUT).all()


def test_after_the_opinion_vetoed_hits_are_gone_and_filled_sentences_have_one_hit_without_a_term(found):
    given = tables()
    after = by_second_opinion(given.sentences, given.hits, found)
    defence = after[after["theme"] == "defence"]
    assert sorted(defence["sentence"]) == [*range(1, 31)]
    filled = defence[defence["sentence"] == 30].iloc[0]
    assert (filled["term"], filled["end"] - filled["start"], filled["section"]) == ("", 0, "29")
    assert list(after.columns) == list(given.hits.columns)


def test_a_veto_of_a_theme_removes_the_hits_of_its_subthemes(found):
    given = tables()
    deeper = given.hits.assign(theme=given.hits["theme"].replace("defence", "defence.army"))
    after = by_second_opinion(given.sentences, deeper, found)
    assert 60 not in after.loc[after["theme"] == "defence.army", "sentence"].tolist()


def test_rates_have_the_second_opinion_beside_the_count_and_the_count_does_not_change(found):
    given = tables()
    without, beside = theme_rates(given), theme_rates(given, opinion=found)
    columns = ["sentences_second", "share_second"]
    pd.testing.assert_frame_equal(without.drop(columns=columns), beside.drop(columns=columns))
    assert without[columns].isna().all(axis=None)
    row = beside[(beside["unit"] == "document") & (beside["theme"] == "defence")].iloc[0]
    assert (row["sentences_with_hit"], row["sentences_second"], row["share_second"]) == (30, 30, 0.5)
    changed = beside[(beside["unit"] == "section") & (beside["theme"] == "defence")]
    assert changed["sentences_second"].tolist() == ABOUT.astype(int).tolist()


def test_the_second_opinion_is_a_variation_only_where_there_is_one(found):
    named = [variation.name for variation in variations(tables(), [])]
    assert SECOND_OPINION not in named
    varied = {variation.name: variation for variation in variations(tables(), [], opinion=found)}
    assert list(varied) == [
        *named[: named.index("theme of the passage") + 1],
        SECOND_OPINION,
        *named[named.index("theme of the passage") + 1 :],
    ]
    assert len(NO_OPINION) == 0
