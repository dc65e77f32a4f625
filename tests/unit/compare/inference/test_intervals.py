from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from compare_frames import study
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inference.intervals import (
    dispersion,
    moments,
    pooled_dispersion,
    rate_interval,
    ratio,
    share_interval,
    share_p,
)


def one_unit(hits: list[float], words: list[float]):
    return moments(
        np.array(hits, dtype=float)[:, np.newaxis], np.array(words, dtype=float), np.zeros(len(hits), int), 1
    )


def test_own_overdispersion_of_equal_blocks_is_pearsons():
    hits = [1.0, 3, 0, 2, 5]
    fitted = sm.GLM(np.array(hits), np.ones(5), family=sm.families.Poisson()).fit()
    phi, freedom = dispersion(one_unit(hits, [10.0] * 5), binomial=False)
    assert phi.item() == pytest.approx(fitted.pearson_chi2 / 4)
    assert freedom.item() == pytest.approx(4)


def test_the_leverage_of_unequal_blocks_keeps_overdispersion_unbiased():
    random = np.random.default_rng(4)
    words = np.array([10.0, 200.0, 30.0])
    found = [
        dispersion(one_unit(list(random.poisson(0.05 * words)), list(words)), False)[0].item() for _ in range(4000)
    ]
    assert np.mean(found) == pytest.approx(1, abs=0.08)


def test_an_interval_holds_the_rates_that_the_score_test_does_not_reject():
    hits, words = [4.0, 0, 9, 1, 7, 0, 3, 8], [50.0] * 8
    sums = one_unit(hits, words)
    own, _ = dispersion(sums, binomial=False)
    phi = (7 * own.item() + 12 * 2) / 19
    for end in rate_interval(sums, np.array([2.0])):
        expected = end.item() * 400
        assert abs(32 - expected) / np.sqrt(phi * expected) == pytest.approx(stats.t.ppf(0.975, 19))


def test_two_blocks_have_an_interval_and_one_has_none():
    pooled = np.array([1.5])
    low, high = rate_interval(one_unit([1.0, 0.0], [50.0, 60.0]), pooled)
    assert 0 < low.item() < 1 / 110 < high.item() < 1
    for interval in (rate_interval, share_interval):
        assert np.isnan(interval(one_unit([1.0], [50.0]), pooled)).all()


def test_without_hits_the_interval_runs_from_nought_to_what_the_study_allows():
    low, high = rate_interval(one_unit([0.0] * 8, [60.0] * 8), np.array([1.4]))
    assert (low.item(), high.item()) == (0, pytest.approx(stats.t.ppf(0.975, 19) ** 2 * 1.4 / 480))


def test_a_theme_of_few_sections_is_drawn_to_the_trend_of_the_others():
    random = np.random.default_rng(3)
    wild = random.poisson(4 * random.gamma(0.5, 2, (400, 3)))
    rare = np.zeros((400, 1))
    rare[:2] = 1
    sums = moments(np.hstack([wild, rare]), np.full(400, 100.0), np.arange(400) // 4, 100)
    pooled = pooled_dispersion(sums, binomial=False)
    assert (pooled[:3] > 4).all()
    assert 1 <= pooled[3] < 1.5


def test_documents_borrow_nothing():
    sums = one_unit([4.0, 0, 9, 1, 7, 0, 3, 8], [50.0] * 8)
    own, _ = dispersion(sums, binomial=False)
    low, _ = rate_interval(sums, None)
    assert (32 - low.item() * 400) / np.sqrt(own.item() * low.item() * 400) == pytest.approx(stats.t.ppf(0.975, 7))


def test_p_of_equal_sides_turns_the_interval_of_the_share_round():
    random = np.random.default_rng(2)
    both = random.poisson(3, (600, 1)).astype(float)
    a = random.binomial(both.astype(int), 0.6).astype(float)
    sums = moments(a, both, np.arange(600) // 6, 100)
    pooled = pooled_dispersion(sums, binomial=True)
    low, high = share_interval(sums, pooled)
    assert (((low > 0.5) | (high < 0.5)) == (share_p(sums, pooled) < 0.05)).all()


def test_a_higher_confidence_gives_a_wider_interval():
    sums = one_unit([4.0, 0, 9, 1, 7, 0, 3, 8], [50.0] * 8)
    narrow, wide = rate_interval(sums, np.ones(1), 0.8), rate_interval(sums, np.ones(1), 0.99)
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=30).filter(
        lambda blocks: sum(found + other for found, other in blocks) > 0
    )
)
def test_a_share_lies_in_its_interval_and_the_interval_between_0_and_1(blocks: list[tuple[int, int]]):
    sums = one_unit([float(found) for found, _ in blocks], [float(found + other) for found, other in blocks])
    low, high = share_interval(sums, np.ones(1))
    assume(not np.isnan(low.item()))
    assert 0 <= low[0, 0] <= ratio(sums)[0, 0] + 1e-12
    assert ratio(sums)[0, 0] - 1e-12 <= high[0, 0] <= 1


def test_units_do_not_mix():
    hits, words = np.array([[1.0], [2], [3], [9]]), np.array([10.0, 20, 30, 10])
    together = moments(hits, words, np.array([0, 0, 1, -1]), 2)
    assert together.y.ravel().tolist() == [3, 3]
    assert together.x.ravel().tolist() == [30, 30]


@pytest.mark.parametrize("blocks", [2, 3, 5, 12])
def test_intervals_of_a_study_cover_the_rate_that_made_it(blocks: int):
    random = np.random.default_rng(1)
    parts = {
        f"{i:03}": [[{"economy": int(random.poisson(0.6))} for _ in range(4)] for _ in range(blocks)]
        for i in range(200)
    }
    table = theme_rates(study({"a": parts}), units=["section"])
    covered = (table["rate_low"] <= 30) & (table["rate_high"] >= 30)
    assert 0.92 <= covered.mean() <= 0.99


def test_a_rate_and_a_share_without_hits_begin_at_nought():
    sums = moments(np.zeros((10, 1)), np.full(10, 37.0), np.zeros(10, dtype=np.int64), 1)
    for interval in (rate_interval, share_interval):
        low, high = interval(sums, np.ones(1))
        assert low.item() == 0
        assert high.item() > 0
