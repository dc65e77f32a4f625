from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from compare_frames import study
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inference.intervals import moments, rate_interval, ratio, ratio_error, share_interval


def one_unit(hits: list[float], words: list[float]):
    return moments(
        np.array(hits, dtype=float)[:, np.newaxis], np.array(words, dtype=float), np.zeros(len(hits), int), 1
    )


def test_the_error_of_a_ratio_is_that_done_by_hand():
    hits, words = np.array([1.0, 3, 0, 2]), np.array([50.0, 80, 40, 60])
    r = hits.sum() / words.sum()
    by_hand = 4 / 3 * np.sqrt(((hits - r * words) ** 2).sum()) / words.sum()
    assert ratio_error(one_unit(list(hits), list(words)))[0, 0] == pytest.approx(by_hand)


def test_with_equal_blocks_the_error_of_a_ratio_is_hc3s_of_a_mean():
    hits = [1.0, 3, 0, 2, 5]
    fitted = sm.OLS(np.array(hits) / 10, np.ones(5)).fit(cov_type="HC3")
    assert ratio_error(one_unit(hits, [10.0] * 5))[0, 0] == pytest.approx(fitted.bse[0])


def test_a_frequent_theme_has_students_interval_on_the_log_scale():
    hits, words = [4.0, 0, 9, 1, 7, 0, 3, 8], [50.0] * 8
    sums = one_unit(hits, words)
    low, high = rate_interval(sums)
    spread = ratio_error(sums) / ratio(sums)
    assert np.log(high / ratio(sums))[0, 0] == pytest.approx((stats.t.ppf(0.975, 7) * spread)[0, 0])
    assert np.log(ratio(sums) / low)[0, 0] == pytest.approx(np.log(high / ratio(sums))[0, 0])


def test_evenly_spread_hits_are_still_taken_for_an_overdispersed_count():
    low, high = rate_interval(one_unit([2.0] * 8, [50.0] * 8))
    assert np.log(high / low)[0, 0] == pytest.approx(2 * stats.t.ppf(0.975, 7) * np.sqrt(1.5 / 16))


def test_a_theme_without_hits_has_wilsons_interval_over_words_divided_by_overdispersion():
    low, high = rate_interval(one_unit([0.0] * 8, [60.0] * 8))
    z, size = stats.norm.ppf(0.975), 480 / 1.5
    assert low[0, 0] == 0
    assert high[0, 0] == pytest.approx(z * z / (size + z * z))


def test_a_higher_confidence_gives_a_wider_interval():
    sums = one_unit([4.0, 0, 9, 1, 7, 0, 3, 8], [50.0] * 8)
    narrow, wide = rate_interval(sums, 0.8), rate_interval(sums, 0.99)
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=30).filter(
        lambda blocks: sum(found + other for found, other in blocks) > 0
    )
)
def test_a_share_lies_in_its_interval_and_the_interval_between_0_and_1(blocks: list[tuple[int, int]]):
    sums = one_unit([float(found) for found, _ in blocks], [float(found + other) for found, other in blocks])
    low, high = share_interval(sums)
    assert 0 <= low[0, 0] <= ratio(sums)[0, 0] + 1e-12
    assert ratio(sums)[0, 0] - 1e-12 <= high[0, 0] <= 1


def test_units_do_not_mix():
    hits, words = np.array([[1.0], [2], [3], [9]]), np.array([10.0, 20, 30, 10])
    together = moments(hits, words, np.array([0, 0, 1, -1]), 2)
    assert together.y.ravel().tolist() == [3, 3]
    assert together.x.ravel().tolist() == [30, 30]


def test_intervals_of_a_study_cover_the_rate_that_made_it():
    random = np.random.default_rng(1)
    parts = {
        f"{i:03}": [[{"economy": int(random.poisson(0.6))} for _ in range(4)] for _ in range(12)] for i in range(200)
    }
    table = theme_rates(study({"a": parts}), units=["section"])
    covered = (table["rate_low"] <= 30) & (table["rate_high"] >= 30)
    assert 0.92 <= covered.mean() <= 0.99


def test_a_rate_and_a_share_without_hits_begin_at_nought():
    sums = moments(np.zeros((10, 1)), np.full(10, 37.0), np.zeros(10, dtype=np.int64), 1)
    for interval in (rate_interval, share_interval):
        low, high = interval(sums)
        assert low.item() == 0
        assert high.item() > 0
