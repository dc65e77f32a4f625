from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis import rates
from framescope.compare.emphasis.rates import share_of_hits, theme_rates

EIGHT = [[{"economy": 1}, {}]] * 6 + [[{"defence": 1}, {}]] * 2
SHORT = [[{"defence": 2}, {"economy": 1}], [{}]]
FRAMES = study({"a": {"01-long": EIGHT, "02-short": SHORT}, "b": {"01-long": EIGHT}}, groups={"a": "g", "b": "g"})


def row(unit: str, theme: str, **keys: str):
    table = theme_rates(FRAMES, themes=["defence", "economy", "energy"])
    rows = table[(table["unit"] == unit) & (table["theme"] == theme)]
    for column, value in keys.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_counts_rates_and_shares_are_those_done_by_hand():
    got = row("section", "economy", document="a", section="01-long")
    assert (got["words"], got["sentences"], got["blocks"], got["hits"]) == (320, 16, 8, 6)
    assert got["rate_per_1000"] == pytest.approx(1000 * 6 / 320)
    assert got["share_sentences"] == pytest.approx(6 / 16)
    assert (got["blocks_with_hit"], got["share_blocks"], got["share_of_hits"]) == (6, 6 / 8, 6 / 8)
    assert got["rate_low"] < got["rate_per_1000"] < got["rate_high"]
    assert got["note"] == ""


def test_under_eight_blocks_there_is_an_interval_and_a_note_that_there_is_no_test():
    got = row("section", "defence", document="a", section="02-short")
    assert got["rate_per_1000"] == pytest.approx(1000 * 2 / 60)
    assert got["note"] == "2 blocks: too few for a test"
    assert 0 <= got["rate_low"] < got["rate_per_1000"] < got["rate_high"]
    assert 0 <= got["share_low"] < got["share_sentences"] < got["share_high"] <= 1


def test_a_theme_without_hits_has_a_row_with_an_interval_from_zero():
    got = row("section", "energy", document="a", section="01-long")
    assert (got["hits"], got["rate_per_1000"], got["rate_low"]) == (0, 0, 0)
    assert 0 < got["rate_high"] < 100


def test_documents_and_groups_pool_their_sections():
    assert row("document", "defence", document="a")["hits"] == 4
    assert row("group", "defence", group="g")["hits"] == 6


def test_groups_of_four_documents_have_intervals_over_documents():
    parts = {"01": EIGHT}
    frames = study(dict.fromkeys("abcdef", parts), groups={d: "x" if d in "abcd" else "y" for d in "abcdef"})
    table = theme_rates(frames)
    inference = table[table["unit"] == "group"].set_index("group")["inference"].to_dict()
    assert inference == {"x": "document", "y": "block"}


def test_the_columns_are_those_of_the_data_dictionary():
    assert list(theme_rates(FRAMES))[:25] == [
        "unit",
        "document",
        "section",
        "role",
        "group",
        "theme",
        "level",
        "words",
        "sentences",
        "blocks",
        "hits",
        "rate_per_1000",
        "rate_low",
        "rate_high",
        "baseline_per_1000",
        "ratio",
        "ratio_low",
        "ratio_high",
        "sentences_with_hit",
        "share_sentences",
        "share_low",
        "share_high",
        "blocks_with_hit",
        "share_blocks",
        "share_of_hits",
    ]


def test_a_study_without_hits_still_has_its_columns():
    empty = theme_rates(FRAMES.with_hits(FRAMES.hits.iloc[:0]))
    assert len(empty) == 0
    assert "note" in empty


def test_shares_of_hits_are_of_top_level_themes_and_sum_to_one_over_them():
    shares = share_of_hits(np.array([[6.0, 3.0, 2.0], [0.0, 0.0, 0.0]]), np.array([True, False, True]))
    assert shares[0].tolist() == [0.75, 0.375, 0.25]
    assert np.isnan(shares[1]).all()


def test_rates_of_few_units_at_a_time_are_those_of_all_units_at_once(monkeypatch):
    whole = theme_rates(FRAMES)
    monkeypatch.setattr(rates, "UNITS_AT_ONCE", 1)
    parts = list(rates.rates_in_parts(FRAMES))
    assert {len(part) for part in parts} <= {0, whole["theme"].nunique()}
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
