from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from framescope.compare.inference import permutation
from framescope.compare.inference.permutation import (
    MOST_COUNTED,
    SUMMED_AT_ONCE,
    _as_large,
    _drawn,
    _packed,
    _sums,
    assignments,
    critical_value,
    least_p,
    p_of_draws,
    permutation_test,
    reordered,
    share_as_extreme,
)


def mean_difference(blocks_a, blocks_b):
    return lambda sums_a, both: sums_a / blocks_a - (both - sums_a) / blocks_b


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
    p, *_ = permutation_test(first, second, mean_difference(5, 6), 1000, seed=1)
    expected = stats.permutation_test(
        (first[:, 0], second[:, 0]), lambda x, y: abs(x.mean() - y.mean()), alternative="greater", n_resamples=np.inf
    )
    assert p[0] == pytest.approx(expected.pvalue)


def test_equal_units_have_p_of_one():
    same = np.ones((4, 1))
    p, *_ = permutation_test(same, same, mean_difference(4, 4), 1000, seed=1)
    assert p[0] == 1


@pytest.mark.parametrize(("blocks", "permutations"), [(4, 70), (8, 99), (8, 1999)])
def test_a_statistic_exceeds_its_critical_value_just_where_its_p_is_below_the_level(blocks: int, permutations: int):
    random = np.random.default_rng(5)
    first, second = (random.poisson(mean, (blocks, 400)).astype(float) for mean in (2.0, 4.0))
    p, critical, _ = permutation_test(first, second, mean_difference(blocks, blocks), permutations, seed=1)
    beyond = np.abs(first.mean(axis=0) - second.mean(axis=0)) > critical
    assert 0.05 < beyond.mean() < 0.95
    assert (beyond == (p < 0.05)).all()


def test_the_critical_value_of_many_draws_nears_the_quantile_of_their_distribution():
    draws = np.abs(np.random.default_rng(6).standard_normal((20000, 1)))
    assert critical_value(draws, 0.95).item() == pytest.approx(1.96, abs=0.03)


def test_a_p_is_counted_from_a_hundred_deals_as_extreme_or_read_off_their_tail():
    random = np.random.default_rng(9)
    near = random.normal(0, 1, (12, 40))
    far = near[::-1] + np.linspace(0, 1.5, 40)
    p, *_ = permutation_test(near, far, mean_difference(12, 12), 1999, seed=2)
    counted = p * np.arange(1, 21)[:, np.newaxis] * 1999
    whole = (np.abs(counted - counted.round()) < 1e-6).any(axis=0)
    assert whole[p > 0.003].all()
    assert not whole[p < 0.002].any()
    assert np.abs(counted - counted.round())[:, p > 0.003].min(axis=0).max() < 1e-6


def test_a_small_p_is_near_that_of_all_deals():
    random = np.random.default_rng(3)
    first, second = random.normal(0, 1, (10, 60)), random.normal(1.3, 1, (10, 60))
    exact = share_as_extreme(np.abs(mean_difference(10, 10)(*sums_of_all_deals(np.vstack([first, second]), 10))))
    found = [permutation_test(first, second, mean_difference(10, 10), 1999, seed=seed).p for seed in range(10)]
    small = exact < 0.0025
    assert small.sum() >= 10
    errors = np.log(found / exact)[:, small]
    assert np.abs(errors).mean() < 0.3
    assert errors.mean() == pytest.approx(0, abs=0.15)


def sums_of_all_deals(features, size):
    sums = assignments(size, len(features) - size, 200_000, seed=1) @ features
    return sums, features.sum(axis=0)


def test_the_least_p_of_two_groups_of_four_is_two_of_seventy_and_of_no_statistic_less():
    random = np.random.default_rng(1)
    four = mean_difference(4, 4)
    found = permutation_test(random.normal(0, 1, (4, 1)), random.normal(9, 1, (4, 1)), four, 1999, seed=1)
    assert found.p[0] == found.least[0] == pytest.approx(2 / 70)
    # Of permutations of 1, 1, 1, 1 and 1, 1, 1, 2 half are alike: no p is below 1.
    flat = permutation_test(np.ones((4, 1)), np.array([[1.0], [1], [1], [2]]), four, 1999, seed=1)
    assert flat.least[0] == 1


def test_all_deals_are_made_where_they_are_few_and_some_are_near_the_least():
    random = np.random.default_rng(2)
    first, second = random.normal(0, 1, (7, 1)), random.normal(3, 1, (7, 1))
    found = permutation_test(first, second, mean_difference(7, 7), 1999, seed=1)
    expected = stats.permutation_test(
        (first[:, 0], second[:, 0]), lambda x, y: abs(x.mean() - y.mean()), alternative="greater", n_resamples=np.inf
    )
    assert found.p[0] == pytest.approx(expected.pvalue)


def test_no_p_is_nought_nor_below_that_of_the_one_deal_among_all():
    values = np.arange(24.0)[:, np.newaxis]
    found = permutation_test(values[:12], 1000 + values[12:], mean_difference(12, 12), 199, seed=1)
    assert found.p[0] >= least_p(12, 12) == 2 / math.comb(24, 12)
    p, fitted = p_of_draws(np.array([[1e9]]), np.random.default_rng(1).normal(size=(5000, 1)))
    assert p[0, 0] > 0
    assert fitted[0, 0]


def test_statistics_of_few_values_have_no_tail_and_are_counted():
    chance = np.random.default_rng(1).integers(0, 4, (5000, 1)).astype(float)
    p, fitted = p_of_draws(np.array([[9.0]]), chance)
    assert (p[0, 0], fitted[0, 0]) == (1 / 5001, False)


def test_p_of_many_tests_at_once_are_those_of_each_alone():
    random = np.random.default_rng(5)
    chance = np.column_stack([np.abs(random.normal(size=5000)), random.integers(0, 4, 5000)])
    observed = np.vstack([np.abs(random.normal(0, 2, (150, 2))), chance[:9], [[9, 9], [0, 0]]])
    together = p_of_draws(observed, chance)
    for row, p, fitted in zip(observed, *together, strict=True):
        alone = p_of_draws(row[np.newaxis], chance)
        assert p.tolist() == alone[0][0].tolist()
        assert fitted.tolist() == alone[1][0].tolist()
    assert not together[1].all()
    assert together[1][:, 0].all()


@pytest.mark.parametrize("tests", [0, 1, MOST_COUNTED, MOST_COUNTED + 1])
def test_draws_that_are_as_large_are_counted_alike_for_few_and_many_tests(tests: int):
    random = np.random.default_rng(4)
    columns, values = random.integers(0, 9, (3, 500)).astype(float), random.integers(-1, 11, (tests, 3)).astype(float)
    columns[0, :5] = np.nan
    expected = (~(columns[np.newaxis] < values[:, :, np.newaxis])).sum(axis=2)
    assert (_as_large(columns, values) == expected).all()


def test_assignments_of_the_same_sizes_are_drawn_once_and_cannot_be_changed_for_others():
    rows = assignments(20, 30, 500, seed=3)
    rows[:] = 7
    before = _packed.cache_info().hits
    assert set(np.unique(assignments(20, 30, 500, seed=3))) == {0.0, 1.0}
    assert _packed.cache_info().hits == before + 1


@pytest.mark.parametrize(("first", "second"), [(2, 3), (3, 2), (4, 1), (1, 11), (9, 3)])
def test_every_assignment_of_the_sizes_is_drawn_equally_often(first: int, second: int) -> None:
    total, number = first + second, 40_000
    rows = _drawn(np.random.default_rng(5), first, total, number)
    assert (rows.sum(axis=1) == first).all()
    _, counts = np.unique(rows, axis=0, return_counts=True)
    assert len(counts) == math.comb(total, first)
    assert stats.chisquare(counts).pvalue > 0.001


@pytest.mark.parametrize(("first", "total"), [(300, 600), (80, 600), (5, 600), (595, 600), (150, 600)])
def test_places_and_pairs_of_places_of_long_units_are_drawn_independently_of_where_they_are(
    first: int, total: int
) -> None:
    rows = _drawn(np.random.default_rng(6), first, total, 8_000)
    assert (rows.sum(axis=1) == first).all()
    share = first / total
    errors = (rows.mean(axis=0) - share) / math.sqrt(share * (1 - share) / len(rows))
    assert np.abs(errors).max() < 4.5
    assert 0.8 < errors.var() < 1.2
    both = share * (first - 1) / (total - 1)
    for step in (1, 7, 100):
        pairs = (rows * np.roll(rows, step, axis=1)).mean()
        assert abs(pairs - both) < 5 * math.sqrt(both * (1 - both) / rows.size)


def test_assignments_are_drawn_in_parts_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(permutation, "DRAWN_AT_ONCE", 16_000)
    monkeypatch.setattr(permutation, "_drawn", lambda *given: asked.append(given[-1]) or _drawn(*given))
    rows = assignments(700, 900, 200, seed=3)
    assert max(asked) == 10
    assert (rows.sum(axis=1) == 700).all()
    assert len(rows) == 200


def test_rows_that_are_drawn_in_parts_are_those_that_are_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _drawn(np.random.default_rng(7), 20, 45, 99)
    monkeypatch.setattr(permutation, "COMPARED_AT_ONCE", 400)
    assert np.array_equal(_drawn(np.random.default_rng(7), 20, 45, 99), whole)


def test_sums_over_assignments_of_long_units_are_those_of_the_whole_matrix():
    features = np.random.default_rng(6).integers(0, 50, (5_000, 3)).astype(float)
    rows = assignments(2_000, 3_000, 999, seed=3)
    assert rows.size > SUMMED_AT_ONCE
    assert (_sums(np.packbits(rows.astype(np.uint8), axis=1), features) == rows @ features).all()
    before = _packed.cache_info().currsize
    assignments(2_000, 3_000, 9, seed=4)
    assert _packed.cache_info().currsize == before


@pytest.mark.parametrize("scale", [1, 2.0**13, 2.0**24, 2.0**30])
def test_sums_over_assignments_are_exact_for_whole_numbers_of_any_size(scale: float):
    random = np.random.default_rng(7)
    features = np.hstack([np.ones((900, 1)), random.integers(-9, 9, (900, 4)) * scale + 1])
    rows = assignments(400, 500, 99, seed=3)
    expected = rows.astype(np.int64) @ features.astype(np.int64)
    assert (_sums(np.packbits(rows.astype(np.uint8), axis=1), features) == expected).all()


@pytest.mark.parametrize("factor", [0.1, 1 / 3])
def test_sums_over_assignments_of_fractions_have_double_precision(factor: float):
    features = np.random.default_rng(8).integers(0, 50, (900, 3)) * factor
    rows = assignments(400, 500, 99, seed=3)
    found = _sums(np.packbits(rows.astype(np.uint8), axis=1), features)
    assert found == pytest.approx(rows @ features, rel=1e-13)


def test_assignments_of_renumbered_blocks_are_independent_of_those_they_are_made_from():
    first, total = 2, 5
    rows = assignments(first, total - first, math.comb(total, first), seed=1)
    found = np.array([np.rint(rows @ reordered(2.0 ** np.arange(total), number, 3)) for number in range(4_000)])
    for row in found.T:
        assert stats.chisquare(np.unique(row, return_counts=True)[1]).pvalue > 0.001
    pairs = np.unique(found[:-1] * 2**total + found[1:], return_counts=True)[1]
    assert len(pairs) == len(rows) ** 2
    assert pairs.std() < 0.1 * pairs.mean()


def test_the_p_of_tests_at_once_are_those_of_each_alone_whatever_the_rounds_that_they_need():
    random = np.random.default_rng(8)
    first, second = random.integers(0, 9, (14, 30)) + np.arange(30) // 10, random.integers(0, 9, (16, 30))
    together = permutation_test(first, second, mean_difference(14, 16), 499, seed=1)
    for column in range(30):
        chosen = [column]
        alone = permutation_test(first[:, chosen], second[:, chosen], mean_difference(14, 16), 499, seed=1)
        assert [part[0] for part in alone] == [part[column] for part in together]
