from __future__ import annotations

import numpy as np
import pytest
from compare_frames import study

from framescope.compare.spread.trajectory import (
    dispersion,
    mode_shares,
    narrative_arc,
    shares_by_mode,
    text_parts,
    trajectory,
)

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


def test_dispersion_is_gries_dp_done_by_hand():
    table = dispersion(EARLY).set_index(["unit", "document"])
    assert table.loc[("document", "a"), "dp"].item() == pytest.approx(0.5)
    assert table.loc[("document", "a"), "dp_norm"].item() == pytest.approx(0.5 / 0.9)
    assert table.loc[("document", "b"), "dp"].item() == pytest.approx(0)
    assert table.loc[("document", "a"), "share_blocks"].item() == 0.5


def test_dispersion_is_not_given_for_few_blocks_or_no_hits():
    short = study({"a": {"01": [[{"defence": 2}]] * 7}})
    assert dispersion(short)["dp"].isna().all()


def test_what_is_recommended_is_set_against_what_is_described():
    frames = study({"a": {"01": [[{"economy": 1}, {"economy": 2}, {"economy": 1}, {}, {}, *[{}] * 5, {"economy": 1}]]}})
    frames.sentences["mode"] = ["prescriptive"] * 5 + ["descriptive"] * 6
    row = mode_shares(frames).iloc[0]
    assert (row["sentences_prescriptive"], row["with_hit_prescriptive"]) == (5, 3)
    assert (row["sentences_descriptive"], row["with_hit_descriptive"]) == (6, 1)
    assert row["share_descriptive"] == pytest.approx(1 / 6)
    assert row["difference"] == pytest.approx(3 / 5 - 1 / 6)


def test_of_four_prescriptive_sentences_there_is_no_share():
    frames = study({"a": {"01": [[{"economy": 1}] * 2 + [{}] * 8]}})
    frames.sentences["mode"] = ["prescriptive"] * 4 + ["descriptive"] * 6
    row = mode_shares(frames).iloc[0]
    assert (row["sentences_prescriptive"], row["with_hit_prescriptive"], row["share_descriptive"]) == (4, 2, 0)
    assert np.isnan(row["share_prescriptive"])
    assert np.isnan(row["difference"])


@pytest.mark.parametrize(("hits", "told"), [(4, False), (5, True)])
def test_dispersion_is_given_from_five_hits_on(hits: int, told: bool):
    frames = study({"a": {"01": [[{"defence": int(i < hits)}] for i in range(10)]}})
    table = dispersion(frames)
    assert table[["dp", "dp_norm"]].notna().to_numpy().all() == told


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


def test_a_mode_without_sentences_has_no_share_and_no_difference():
    with_hit, sentences = np.array([[4.0, 0.0], [2.0, 5.0]]), np.array([[8.0, 0.0], [8.0, 10.0]])
    shares, difference = shares_by_mode(with_hit, sentences)
    assert shares.ravel() == pytest.approx([0.5, np.nan, 0.25, 0.5], nan_ok=True)
    assert difference == pytest.approx([np.nan, 0.25], nan_ok=True)
