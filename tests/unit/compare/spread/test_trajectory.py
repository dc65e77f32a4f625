from __future__ import annotations

import numpy as np
import pytest
from compare_frames import study

from framescope.compare.spread.trajectory import narrative_arc, text_parts, trajectory

EARLY = study({"a": {"01": [[{"defence": 2}]] * 5 + [[{}]] * 5}, "b": {"01": [[{"defence": 1}]] * 10}})


def test_the_arc_shows_where_in_the_text_a_theme_stands():
    table = trajectory(EARLY, parts=2)
    arc = table[table["document"] == "a"]
    assert arc["part"].tolist() == [1, 2]
    assert arc["hits"].tolist() == [10, 0]
    assert arc["share"].tolist() == [1, 0]
    assert arc["rate_per_1000"].tolist() == [100, 0]


def test_the_arc_keeps_all_words_and_hits():
    table = trajectory(EARLY)
    assert table["words"].sum() == 400
    assert table["hits"].sum() == 20


def test_a_block_stands_where_its_middle_word_does_and_documents_are_cut_apart():
    words, codes = np.array([10.0, 80, 10, 50, 50]), np.array([0, 0, 0, 1, 1])
    assert text_parts(words, codes, 4).tolist() == [0, 2, 3, 1, 3]


def test_shares_of_the_arc_sum_to_one_where_there_are_hits_and_rates_weighted_by_words_to_the_whole():
    hits, words = np.random.default_rng(1).poisson(2.0, (3, 10, 4)).astype(float), np.full((3, 10, 1), 50.0)
    hits[0, :, 0] = 0
    rate, share = narrative_arc(hits, words)
    assert np.isnan(share[0, :, 0]).all()
    assert share.sum(axis=1).ravel()[1:] == pytest.approx(1)
    assert (rate * words / 1000).sum(axis=1) == pytest.approx(hits.sum(axis=1))
