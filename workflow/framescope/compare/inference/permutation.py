"""Permutation of blocks (or documents) between two units, as matrix products.

The statistic is a difference over its own standard error: only then does the test hold its level where the two units
differ in spread or size (Chung and Romano 2013, Annals of Statistics 41).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from framescope.compare.blocks import Array

# How many permutations as extreme as the observed one are too few to go by, and how many times as many then make do.
FEW_BEYOND, ROUNDS = 5, 20

Statistic = Callable[[Array, float, Array, float], Array]
"""From sums of features and number of blocks of one side, then of the other, to statistics."""


def assignments(first: int, second: int, permutations: int, seed: int) -> NDArray[np.float64]:
    """Which of the blocks fall to the first unit: a row an assignment (1 or 0), the observed one first.

    All of them where there are no more than `permutations`, otherwise that many at random, drawn from the seed and the
    two sizes alone, so that no result depends on what else is tested.

    >>> assignments(1, 2, 10, seed=1)
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """
    total = first + second
    if math.comb(total, first) <= permutations:
        chosen = np.array(list(itertools.combinations(range(total), first)), dtype=np.int64)
    else:
        random = np.random.default_rng([seed, first, second])
        drawn = random.permuted(np.tile(np.arange(total), (permutations - 1, 1)), axis=1)[:, :first]
        chosen = np.vstack([np.arange(first), drawn])
    rows = np.zeros((len(chosen), total))
    np.put_along_axis(rows, chosen, 1.0, axis=1)
    return rows


def permutation_test(
    first: Array,
    second: Array,
    statistic: Statistic,
    permutations: int,
    seed: int,
    confidence: float = 0.95,
    stretch: Array | float = 1.0,
) -> tuple[Array, Array]:
    """Two-sided p of each statistic, the share of assignments, the observed one among them, at least as extreme; and
    its critical value at the confidence.

    `first` and `second` are the features of the two units' blocks (blocks x features). Where a p comes near the least
    that so many permutations can give, twenty times as many are drawn. Where neighbouring blocks are alike the standard
    error is `stretch` times what it is for dealt ones: the observed statistic is divided by it, the critical value
    multiplied.

    >>> first, second = np.array([[3.0], [4.0]]), np.array([[1.0], [0.0]])
    >>> p, critical = permutation_test(first, second, lambda a, m, b, n: a / m - b / n, permutations=100, seed=1)
    >>> p.round(3).tolist(), critical.round(3).tolist()  # of six ways to deal them, two have means 3 apart
    ([0.333], [3.0])
    """
    features = np.vstack([first, second])

    def dealt(seed: int) -> Array:
        sums = assignments(len(first), len(second), permutations, seed) @ features
        return np.abs(statistic(sums, len(first), features.sum(axis=0) - sums, len(second)))

    found = dealt(seed)
    p = share_as_extreme(found, stretch)
    if (p * len(found) <= FEW_BEYOND).any() and math.comb(len(features), len(first)) > permutations:
        # Among many tests a p near its least would be cut short by it.
        found = np.vstack([found, *(dealt(seed + more)[1:] for more in range(1, ROUNDS))])
        p = share_as_extreme(found, stretch)
    return p, critical_value(found, confidence) * stretch


def omnibus_p(
    parts: list[Array],
    estimates: Callable[[Array, float], tuple[Array, Array]],
    permutations: int,
    seed: int,
) -> Array:
    """p of "all parts are alike" with the blocks dealt to the parts at random, on `heterogeneity`.

    `parts` holds the features of each part's blocks (blocks x features).

    By hand: 2 of the 6 ways to deal 1, 1, 3, 3 to two parts keep like with like.

    >>> parts = [np.array([[1.0], [1.0]]), np.array([[3.0], [3.0]])]
    >>> def means(sums, blocks):
    ...     return sums / blocks, np.ones_like(sums)
    >>> omnibus_p(parts, means, permutations=9999, seed=1).round(1).tolist()
    [0.3]
    """
    sizes = [len(part) for part in parts]
    features = np.vstack(parts)
    random = np.random.default_rng([seed, *sizes])
    order = np.tile(np.arange(len(features)), (permutations, 1))
    order[1:] = random.permuted(order[1:], axis=1)
    found = []
    for size, end in zip(sizes, np.cumsum(sizes), strict=True):
        rows = np.zeros(order.shape)
        np.put_along_axis(rows, order[:, end - size : end], 1.0, axis=1)
        found.append(estimates(rows @ features, size))
    return share_as_extreme(heterogeneity(found))


def heterogeneity(estimates: list[tuple[Array, Array]]) -> Array:
    """Cochran's Q of (value, variance) pairs: squared distances from the weighted mean, over the variances.

    Cochran (1954), Biometrics 10; no unit, 0 where all values are equal.

    >>> heterogeneity([(np.array([1.0]), np.array([0.5])), (np.array([3.0]), np.array([0.5]))]).tolist()
    [4.0]
    """
    values = np.array([value for value, _ in estimates])
    weights = np.array([1 / variance for _, variance in estimates])
    mean = (weights * values).sum(axis=0) / weights.sum(axis=0)
    return np.asarray((weights * (values - mean) ** 2).sum(axis=0))


def share_as_extreme(statistic: Array, stretch: Array | float = 1.0) -> Array:
    """Share of rows at least as large as the first over `stretch`, by column.

    Equal rows may differ in the last bits of their sums.

    >>> share_as_extreme(np.array([[2.0], [1.0], [2.0], [0.0]])).tolist()
    [0.5]
    """
    return np.asarray((statistic >= statistic[0] / stretch * (1 - 1e-9) - 1e-12).mean(axis=0))


def critical_value(statistic: Array, confidence: float) -> Array:
    """What a statistic has to exceed for its `share_as_extreme` to be below 1 - confidence, by column.

    An interval that reaches so many standard errors leaves out 0 where p is below that: the test turned round, for a
    statistic that is a difference over its standard error (DiCiccio and Romano 1988, J. R. Statist. Soc. B 50).

    >>> critical_value(np.arange(100.0)[:, np.newaxis], 0.95).round(6).tolist()  # five are larger
    [95.0]
    """
    return np.asarray(np.quantile(statistic, confidence, axis=0, method="higher") * (1 + 1e-9))
