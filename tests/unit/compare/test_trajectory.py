from __future__ import annotations

import pytest
from compare_frames import study

from framescope.compare.trajectory import dispersion, mode_shares, trajectory

EARLY = study({"a": {"01": [[{"defence": 2}]] * 5 + [[{}]] * 5}, "b": {"01": [[{"defence": 1}]] * 10}})


def test_the_arc_shows_where_in_the_text_a_theme_stands():
    table = trajectory(*EARLY, parts=2)
    arc = table[table["document"] == "a"]
    assert arc["part"].tolist() == [1, 2]
    assert arc["hits"].tolist() == [10, 0]
    assert arc["share"].tolist() == [1, 0]
    assert arc["rate_per_1000"].tolist() == [100, 0]


def test_the_arc_keeps_all_words_and_hits():
    table = trajectory(*EARLY)
    assert table["words"].sum() == 400
    assert table["hits"].sum() == 20


def test_dispersion_is_gries_dp_done_by_hand():
    table = dispersion(*EARLY).set_index(["unit", "document"])
    assert table.loc[("document", "a"), "dp"].item() == pytest.approx(0.5)
    assert table.loc[("document", "a"), "dp_norm"].item() == pytest.approx(0.5 / 0.9)
    assert table.loc[("document", "b"), "dp"].item() == pytest.approx(0)
    assert table.loc[("document", "a"), "share_blocks"].item() == 0.5


def test_dispersion_is_not_given_for_few_blocks_or_no_hits():
    short = study({"a": {"01": [[{"defence": 2}]] * 7}})
    assert dispersion(*short)["dp"].isna().all()


def test_what_is_recommended_is_set_against_what_is_described():
    frames = study({"a": {"01": [[{"economy": 1}, {"economy": 2}, {}, {}, {"economy": 1}]]}})
    frames.sentences["mode"] = ["prescriptive", "prescriptive", "prescriptive", "descriptive", "descriptive"]
    row = mode_shares(*frames).iloc[0]
    assert (row["sentences_prescriptive"], row["with_hit_prescriptive"]) == (3, 2)
    assert row["share_descriptive"] == 0.5
    assert row["difference"] == pytest.approx(2 / 3 - 1 / 2)
