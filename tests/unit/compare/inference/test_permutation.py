from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from framescope.compare.inference.permutation import (
    assignments,
    critical_value,
    heterogeneity,
    omnibus_p,
    permutation_test,
)


def mean_difference(sums_a, blocks_a, sums_b, blocks_b):
    return sums_a / blocks_a - sums_b / blocks_b


def test_few_assignments_are_all_made_and_the_observed_one_is_first():
    rows = assignments(3, 4, 100, seed=1)
    assert len(rows) == math.comb(7, 3)
    assert rows[0].tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert len({tuple(row) for row in rows}) == len(rows)


def test_many_assignments_are_drawn_from_the_seed_and_keep_the_sizes():
    rows = assignments(20, 30, 500, seed=1)
    assert rows.shape == (500, 50)
    assert set(rows.sum(axis=1)) == {20}
    assert np.array_equal(rows, assignments(20, 30, 500, seed=1))
    assert not np.array_equal(rows, assignments(20, 30, 500, seed=2))


def test_the_exact_p_is_that_of_scipy():
    random = np.random.default_rng(4)
    first, second = random.normal(size=(5, 1)), random.normal(1, 1, size=(6, 1))
    p, _ = permutation_test(first, second, mean_difference, 1000, seed=1)
    expected = stats.permutation_test(
        (first[:, 0], second[:, 0]), lambda x, y: abs(x.mean() - y.mean()), alternative="greater", n_resamples=np.inf
    )
    assert p[0] == pytest.approx(expected.pvalue)


def test_equal_units_have_p_of_one():
    same = np.ones((4, 1))
    p, _ = permutation_test(same, same, mean_difference, 1000, seed=1)
    assert p[0] == 1


@pytest.mark.parametrize(("blocks", "permutations"), [(4, 70), (8, 99), (8, 1999)])
def test_a_statistic_exceeds_its_critical_value_just_where_its_p_is_below_the_level(blocks: int, permutations: int):
    random = np.random.default_rng(5)
    first, second = (random.poisson(mean, (blocks, 400)).astype(float) for mean in (2.0, 4.0))
    p, critical = permutation_test(first, second, mean_difference, permutations, seed=1)
    beyond = np.abs(first.mean(axis=0) - second.mean(axis=0)) > critical
    assert 0.05 < beyond.mean() < 0.95
    assert (beyond == (p < 0.05)).all()


def test_the_critical_value_of_many_draws_nears_the_quantile_of_their_distribution():
    draws = np.abs(np.random.default_rng(6).standard_normal((20000, 1)))
    assert critical_value(draws, 0.95).item() == pytest.approx(1.96, abs=0.03)


def test_heterogeneity_is_cochrans_q_done_by_hand():
    q = heterogeneity([(np.array([1.0]), np.array([0.5])), (np.array([3.0]), np.array([0.25]))])
    mean = (2 * 1 + 4 * 3) / 6
    assert q[0] == pytest.approx(2 * (1 - mean) ** 2 + 4 * (3 - mean) ** 2)


def test_the_omnibus_of_alike_parts_is_uniform_and_of_unlike_ones_small():
    random = np.random.default_rng(2)

    def estimates(sums, blocks):
        return sums / blocks, np.full_like(sums, 1 / blocks)

    alike = [omnibus_p(list(random.normal(size=(3, 8, 1))), estimates, 199, seed=s)[0] for s in range(200)]
    assert 0.01 <= np.mean(np.array(alike) <= 0.05) <= 0.1
    unlike = [random.normal(shift, 1, size=(8, 1)) for shift in (0, 0, 5)]
    assert omnibus_p(unlike, estimates, 199, seed=1)[0] <= 0.01


def test_a_p_near_its_least_is_found_from_more_permutations():
    random = np.random.default_rng(9)
    near, far = random.normal(0, 1, (12, 1)), random.normal(3, 1, (12, 1))
    p, _ = permutation_test(near, far, mean_difference, 199, seed=1)
    assert 0 < p[0] < 1 / 199
    alike, _ = permutation_test(near, random.normal(0, 1, (12, 1)), mean_difference, 199, seed=1)
    assert (alike * 199).round(9) % 1 == 0
