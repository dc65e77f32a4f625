"""Permutation of blocks (or documents) between two units, as matrix products.

The statistic is a difference over its own standard error: only then does the test hold its level where the two units
differ in spread or size (Chung and Romano 2013, Annals of Statistics 41).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inference.tails import EXCEEDANCES, tail_p
from framescope.compare.inputs import CONFIDENCE

# A p is counted from so many deals as extreme as the observed one, for which up to so many rounds are dealt.
ENOUGH, ROUNDS = 100, 20

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


class Tested(NamedTuple):
    """p, critical value and the least p that the test can give, a value a statistic in each."""

    p: Array
    critical: Array
    least: Array


def permutation_test(
    first: Array,
    second: Array,
    statistic: Statistic,
    permutations: int,
    seed: int,
    confidence: float = CONFIDENCE,
    stretch: Array | float = 1.0,
    columns: Callable[[Codes, int], Codes] = lambda chosen, many: chosen,
) -> Tested:
    """Two-sided p of each statistic, the share of assignments, the observed one among them, at least as extreme; its
    critical value at the confidence, and its least p.

    `first` and `second` are the features of the two units' blocks (blocks x features), of which those at `columns` make
    some of so many statistics: by themselves, the features at the same places. All assignments are made where
    they are no more than `permutations`; then the least p is the share of those that are the most extreme. Otherwise
    so many are drawn, and again as many, up to twenty times, until a hundred are at least as extreme as the observed
    one (Besag and Clifford 1991, Biometrika 78); or all are made, where they are no more than that. A p that rests on
    fewer is told by the tail of the others (`tail_p`) where it fits, and is no less than that of the observed
    assignment alone, or with its mirror image, among all there are, which is the least p.

    Where neighbouring blocks are alike the standard error is `stretch` times what it is for dealt ones: the observed
    statistic is divided by it, the critical value multiplied.

    >>> first, second = np.array([[3.0], [4.0]]), np.array([[1.0], [0.0]])
    >>> found = permutation_test(first, second, lambda a, m, b, n: a / m - b / n, permutations=100, seed=1)
    >>> found.p.round(3).tolist(), found.critical.round(3).tolist()  # of six ways to deal them, two have means 3 apart
    ([0.333], [3.0])
    >>> found.least.round(3).tolist()
    [0.333]
    """
    sizes = len(first), len(second)
    features = np.vstack([first, second])
    every = math.comb(sum(sizes), sizes[0])

    def dealt(number: int, seed: int, chosen: Array) -> Array:
        sums = assignments(*sizes, number, seed) @ chosen
        return np.abs(statistic(sums, sizes[0], chosen.sum(axis=0) - sums, sizes[1]))

    found = dealt(permutations, seed, features)
    results = np.empty((3, found.shape[1]))
    stretch = np.broadcast_to(stretch, found.shape[1:])
    waiting = np.arange(found.shape[1])
    for more in range(1, ROUNDS + 1):
        done = beyond(found, stretch[waiting]) >= ENOUGH
        if more == ROUNDS or len(found) == every:
            done[:] = True
        settled = _judge(found[:, done], stretch[waiting[done]], sizes, every, confidence)
        results[:, waiting[done]] = settled
        waiting, found = waiting[~done], found[:, ~done]
        if not len(waiting):
            break
        chosen = features[:, columns(waiting, results.shape[1])]
        if every <= ROUNDS * permutations:
            found = dealt(every, seed, chosen)
        else:
            found = np.vstack([found, dealt(permutations, seed + more, chosen)[1:]])
    return Tested(*results)


def _judge(found: Array, stretch: Array, sizes: tuple[int, int], every: int, confidence: float) -> Tested:
    """p, critical value and least p from the statistics of the deals, the observed one first."""
    critical = critical_value(found, confidence) * stretch
    if len(found) == every:
        return Tested(share_as_extreme(found, stretch), critical, least_share(found, stretch))
    p, fitted = p_of_draws(found[:1] / stretch, found[1:])
    least = least_p(*sizes)
    return Tested(np.maximum(p[0], least), critical, np.where(fitted[0], least, 1 / len(found)))


def least_p(first: int, second: int) -> float:
    """The least p that dealing so many blocks to two units can give: one deal of all, or it and its mirror image.

    1 / C(m + n, m), twice that where m = n (Fisher 1935, The Design of Experiments); above 0 however many deals.

    >>> round(least_p(4, 4), 4), round(least_p(3, 5), 4)  # 2 of 70, 1 of 56
    (0.0286, 0.0179)
    """
    return max((2 if first == second else 1) / math.comb(first + second, first), np.finfo(float).tiny)


def p_of_draws(observed: Array, chance: Array) -> tuple[Array, NDArray[np.bool_]]:
    """p of each observed statistic (tests x columns) from those of random draws (draws x columns), and whether a p as
    small as one likes could have been found, instead of none below 1 / (draws + 1).

    (c + 1) / (draws + 1), c of the draws being as large (Davison and Hinkley 1997, Bootstrap Methods and their
    Application, ch. 4), from a hundred on; where c is less `tail_p`, if the tail fits.

    >>> p, _ = p_of_draws(np.array([[90.0]]), np.arange(1.0, 1000.0)[:, np.newaxis])  # of 999 draws 910 are as large
    >>> p.round(3).tolist()
    [[0.911]]
    """
    draws = len(chance)
    reached = observed * (1 - 1e-9) - 1e-12
    counts = np.array([np.count_nonzero(chance >= row, axis=0) for row in reached], dtype=float)
    p = (1 + counts) / (1 + draws)
    fitted = np.ones(observed.shape, dtype=bool)
    rare = counts + 1 < ENOUGH
    # A tenth of the draws is no tail any more.
    number = min(EXCEEDANCES[0], draws // 10) + 1
    for column in np.flatnonzero(rare.any(axis=0)):
        largest = -np.sort(np.partition(-chance[:, column], number - 1)[:number])
        for row in np.flatnonzero(rare[:, column]):
            smoothed = tail_p(largest, draws, observed[row, column])
            fitted[row, column] = not math.isnan(smoothed)
            p[row, column] = smoothed if fitted[row, column] else p[row, column]
    return p, fitted


def beyond(statistic: Array, stretch: Array | float = 1.0) -> Array:
    """Number of rows at least as large as the first over `stretch`, by column.

    Equal rows may differ in the last bits of their sums.

    >>> beyond(np.array([[2.0], [1.0], [2.0], [0.0]])).tolist()
    [2]
    """
    return np.asarray((statistic >= statistic[0] / stretch * (1 - 1e-9) - 1e-12).sum(axis=0))


def share_as_extreme(statistic: Array, stretch: Array | float = 1.0) -> Array:
    """Share of rows at least as large as the first over `stretch`, by column.

    >>> share_as_extreme(np.array([[2.0], [1.0], [2.0], [0.0]])).tolist()
    [0.5]
    """
    return np.asarray(beyond(statistic, stretch) / len(statistic))


def least_share(statistic: Array, stretch: Array | float = 1.0) -> Array:
    """Share of rows at least as large as the largest over `stretch`, by column: the least that p could have been.

    >>> least_share(np.array([[1.0], [2.0], [2.0], [0.0]])).tolist()
    [0.5]
    """
    with_largest = np.vstack([statistic.max(axis=0), statistic])
    return np.asarray((beyond(with_largest, stretch) - 1) / len(statistic))


def critical_value(statistic: Array, confidence: float) -> Array:
    """What a statistic has to exceed for its `share_as_extreme` to be below 1 - confidence, by column.

    An interval that reaches so many standard errors leaves out 0 where p is below that: the test turned round, for a
    statistic that is a difference over its standard error (DiCiccio and Romano 1988, J. R. Statist. Soc. B 50).

    >>> critical_value(np.arange(100.0)[:, np.newaxis], 0.95).round(6).tolist()  # five are larger
    [95.0]
    """
    return np.asarray(np.quantile(statistic, confidence, axis=0, method="higher") * (1 + 1e-9))
