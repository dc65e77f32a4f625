from __future__ import annotations

import numpy as np
import pytest
from compare_frames import study

from framescope.compare.spread.modes import mode_shares, shares_by_mode


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


def test_a_mode_without_sentences_has_no_share_and_no_difference():
    with_hit, sentences = np.array([[4.0, 0.0], [2.0, 5.0]]), np.array([[8.0, 0.0], [8.0, 10.0]])
    shares, difference = shares_by_mode(with_hit, sentences)
    assert shares.ravel() == pytest.approx([0.5, np.nan, 0.25, 0.5], nan_ok=True)
    assert difference == pytest.approx([np.nan, 0.25], nan_ok=True)
