from __future__ import annotations

import numpy as np
import pytest

from framescope.compare.inference.estimators import (
    DISPERSION,
    LogOdds,
    LogRates,
    difference,
    leverage_factor,
    studentised,
)


def rate_sums(words: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """Features of units of one block each."""
    return np.column_stack([words, words**2, hits, hits * words, hits**2])


def odds_sums(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.column_stack([a, b, a * a, b * b, a * b])


def test_the_sign_of_a_difference_is_that_of_the_rates_however_long_the_units_are():
    random = np.random.default_rng(1)
    words = random.integers(50, 20000, (2, 5000)).astype(float)
    hits = random.poisson(random.gamma(0.5, 4, (2, 5000))).astype(float)
    first, second = map(rate_sums, words, hits)
    value, *_ = difference(LogRates(), first, first + second)
    rates = hits / words
    assert np.isfinite(value).all()
    assert (np.sign(value[:, 0].round(12)) == np.sign((rates[0] - rates[1]).round(12))).all()
    halves = np.log((hits[0] + 0.5) / words[0]) - np.log((hits[1] + 0.5) / words[1])
    assert (np.sign(halves) != np.sign(rates[0] - rates[1])).mean() > 0.05


def test_units_of_equal_rates_differ_by_nought_and_so_do_units_without_hits():
    words = np.array([100.0, 100, 100, 350]), np.array([700.0, 23000, 100, 50])
    hits = np.array([3.0, 0, 5, 7]), np.array([21.0, 0, 5, 1])
    first, second = map(rate_sums, words, hits)
    value, *_ = difference(LogRates(), first, first + second)
    assert value.ravel() == pytest.approx(0, abs=1e-12)


def test_the_sign_of_a_difference_of_log_odds_is_that_of_the_shares():
    random = np.random.default_rng(2)
    a, b = random.poisson(random.gamma(0.7, 8, (2, 2, 5000))).astype(float)
    first, second = map(odds_sums, a, b)
    value, *_ = difference(LogOdds(), first, first + second)
    told = ((a + b) > 0).all(axis=0)
    shares = a[:, told] / (a + b)[:, told]
    assert np.isfinite(value).all()
    assert (np.sign(value[told, 0].round(12)) == np.sign((shares[0] - shares[1]).round(12))).all()


def test_a_unit_whose_blocks_are_alike_has_the_empirical_logit_with_the_least_dispersion():
    value, variance = LogOdds().estimates(np.array([6.0, 2, 18, 2, 6]))
    assert (value.item(), variance.item()) == pytest.approx((np.log(6.5 / 2.5), DISPERSION * (1 / 6.5 + 1 / 2.5)))


@pytest.mark.parametrize("estimator", [LogRates(), LogOdds()])
def test_the_features_at_columns_make_the_statistics_of_the_chosen_ones(estimator: LogRates | LogOdds):
    random = np.random.default_rng(3)
    many, chosen = 6, np.array([1, 4])
    width = len(estimator.columns(np.arange(many), many))
    first, second = random.uniform(1, 9, (2, 3, width))
    together = first + second
    places = estimator.columns(chosen, many)
    whole = studentised(estimator, first, together)
    part = studentised(estimator, first[:, places], together[:, places])
    assert part == pytest.approx(whole[:, chosen], nan_ok=True)


def test_a_block_with_most_of_the_words_makes_the_variance_larger():
    equal, unequal = (
        rate_sums(np.array(words), np.array(words) / 2 + np.array([14.0, -14, 14, -14])).sum(axis=0)
        for words in ([100.0, 100, 100, 100], [310.0, 30, 30, 30])
    )
    ends = [LogRates().estimates(sums)[1].item() for sums in (equal, unequal)]
    factors = leverage_factor(np.array([400.0, 400]), np.array([4 * 100.0**2, 310.0**2 + 3 * 30.0**2]))
    assert factors == pytest.approx([16 / 9, 4.0])
    assert ends[0] < ends[1]
