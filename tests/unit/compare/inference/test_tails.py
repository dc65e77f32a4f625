from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from framescope.compare.inference.tails import fit_tail, misfit, tail_p


def sample(shape: float, number: int, seed: int) -> np.ndarray:
    return np.sort(stats.genpareto.rvs(shape, size=number, random_state=np.random.default_rng(seed)))


@pytest.mark.parametrize("shape", [0.0, 0.1, 0.3])
def test_shape_and_scale_of_a_long_sample_are_found_again(shape: float):
    found, scale = fit_tail(2.0 * sample(shape, 20000, 1))
    assert found == pytest.approx(shape, abs=0.03)
    assert scale == pytest.approx(2, rel=0.04)


def test_the_misfit_is_the_anderson_darling_statistic_of_scipy_for_an_exponential_tail():
    excesses = sample(0.0, 200, 2)
    ours = misfit(excesses, 0.0, float(excesses.mean()))
    assert ours == pytest.approx(stats.anderson(excesses, "expon", method="interpolate").statistic, rel=1e-6)


def test_about_one_true_tail_in_twenty_is_refused_and_nearly_every_false_one():
    def refused(squares: np.ndarray) -> bool:
        return np.isnan(tail_p(np.sqrt(np.sort(squares)[::-1][:101]), len(squares), 9.0))

    random = np.random.default_rng(3)
    true = [refused(random.exponential(size=2000)) for _ in range(400)]
    assert 0.02 < np.mean(true) < 0.12
    two_heaps = [refused(random.choice([1.0, 5.0], 2000) + random.uniform(0, 0.01, 2000)) for _ in range(50)]
    assert np.mean(two_heaps) > 0.9


def test_p_beyond_all_normal_deals_is_near_the_true_one():
    random = np.random.default_rng(4)
    for z in (3.5, 4.0):
        told = []
        for _ in range(100):
            largest = np.sort(np.abs(random.normal(size=20000)))[::-1][:251]
            told.append(tail_p(largest, 20000, z))
        assert np.nanmean(told) == pytest.approx(2 * stats.norm.sf(z), rel=0.3)
