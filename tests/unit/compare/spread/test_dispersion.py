from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from compare_frames import study
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.inputs import Tables
from framescope.compare.spread.dispersion import PLACES, deviation_of_proportions, dispersion, share_of_blocks

EARLY = study({"a": {"01": [[{"defence": 2}]] * 5 + [[{}]] * 5}, "b": {"01": [[{"defence": 1}]] * 10}})

BLOCKS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 200)), min_size=2, max_size=20)


def one_unit(hits: list[int], words: list[int]) -> tuple[float, float]:
    codes = np.zeros(len(hits), dtype=np.int64)
    dp, norm = deviation_of_proportions(np.array([hits], dtype=float).T, np.array(words, dtype=float), codes, 1)
    return dp.item(), norm.item()


def both_kinds(frames: Tables) -> pd.DataFrame:
    return pd.concat([dispersion(frames, kind) for kind in PLACES], ignore_index=True)


@given(BLOCKS)
def test_the_deviation_is_half_the_summed_distance_of_the_two_proportions(blocks: list[tuple[int, int]]):
    hits, words = (list(column) for column in zip(*blocks, strict=True))
    dp, norm = one_unit(hits, words)
    if not sum(hits):
        assert np.isnan([dp, norm]).all()
        return
    by_hand = sum(abs(h / sum(hits) - w / sum(words)) for h, w in blocks) / 2
    assert dp == pytest.approx(by_hand)
    assert norm == pytest.approx(by_hand / (1 - min(words) / sum(words)))
    assert -1e-12 <= norm <= 1 + 1e-12


def test_hits_spread_as_the_words_are_deviate_by_nothing_and_all_in_the_shortest_block_by_the_maximum():
    assert one_unit([1, 2, 3], [100, 200, 300]) == pytest.approx((0, 0))
    assert one_unit([5, 0, 0], [100, 200, 300]) == pytest.approx((5 / 6, 1))


def test_units_and_themes_do_not_touch_each_other():
    hits, words = np.array([[3.0, 0], [1, 2], [2, 0], [0, 0], [2, 0]]), np.array([100.0, 300, 50, 50, 100])
    codes = np.array([0, 0, 1, 1, 1])
    both = deviation_of_proportions(hits, words, codes, 2)
    for unit in (0, 1):
        for theme in (0, 1):
            rows = codes == unit
            alone = one_unit(hits[rows, theme].astype(int).tolist(), words[rows].astype(int).tolist())
            assert (both[0][unit, theme], both[1][unit, theme]) == pytest.approx(alone, nan_ok=True)


def test_a_unit_of_one_block_has_no_maximum_to_divide_by():
    dp, norm = one_unit([3], [100])
    assert dp == 0
    assert np.isnan(norm)


def test_a_block_counts_once_however_many_hits_it_has():
    hits = np.array([[5.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    assert share_of_blocks(hits, np.array([0, 0, 1]), 2).tolist() == [[0.5, 0], [1, 1]]


def test_dispersion_is_gries_dp_done_by_hand():
    table = both_kinds(EARLY).set_index(["unit", "document"])
    assert table.loc[("document", "a"), "dp"].item() == pytest.approx(0.5)
    assert table.loc[("document", "a"), "dp_norm"].item() == pytest.approx(0.5 / 0.9)
    assert table.loc[("document", "b"), "dp"].item() == pytest.approx(0)
    assert table.loc[("document", "a"), "share_blocks"].item() == 0.5


def test_dispersion_is_not_given_for_few_blocks_or_no_hits():
    short = study({"a": {"01": [[{"defence": 2}]] * 7}})
    assert both_kinds(short)["dp"].isna().all()


@pytest.mark.parametrize(("hits", "told"), [(4, False), (5, True)])
def test_dispersion_is_given_from_five_hits_on(hits: int, told: bool):
    frames = study({"a": {"01": [[{"defence": int(i < hits)}] for i in range(10)]}})
    table = both_kinds(frames)
    assert table[["dp", "dp_norm"]].notna().to_numpy().all() == told
