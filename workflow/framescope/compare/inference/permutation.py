"""Permutation of blocks (or documents) between two units, as matrix products.

The statistic is a difference divided by its own standard error, because otherwise the test does not keep its level if
the two units differ in variance or size (Chung and Romano 2013, Annals of Statistics 41).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inference.tails import EXCEEDANCES, tail_p
from framescope.compare.inputs import CONFIDENCE

# Permutations are added until this number of them is at least as extreme as the observed statistic, in at most so many
# rounds.
ENOUGH, ROUNDS = 100, 20

# How many numbers are drawn at a time, on which the draws depend, and the number of blocks of two units up to which
# their assignments are kept, which then take 128 megabytes at most.
DRAWN_AT_ONCE, LONGEST_KEPT = 4_000_000, 4_096
# How many numbers are compared and summed at a time, which fit into the processor's own memory.
COMPARED_AT_ONCE, SUMMED_AT_ONCE = 256_000, 250_000
# Up to this number single precision holds all whole numbers.
LARGEST_SINGLE = 2**24
# How many columns of features are summed together if there are several rounds, because few take nearly as long.
COLUMNS_AT_ONCE = 128
# Up to so many values the draws are counted for each; for more, sorting the draws takes less time.
MOST_COUNTED = 100
# Smaller shares of ones are made from rows of zeros.
FEWEST_SHARE = 0.25

Statistic = Callable[[Array, Array], Array]
"""Computes statistics from the sums of features of one side (assignments x features) and of both sides together."""


def assignments(first: int, second: int, permutations: int, seed: int) -> NDArray[np.float64]:
    """Assignments of blocks to the first unit (1) or the second (0): a row for each, the observed one first.

    All assignments if there are no more than `permutations`, otherwise that number at random. These depend only on the
    seed and the two sizes, so that no result depends on what else is tested.

    >>> assignments(1, 2, 10, seed=1)
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """
    total = first + second
    return np.unpackbits(_bits(first, second, permutations, seed), axis=1, count=total).astype(np.float64)


def _bits(first: int, second: int, permutations: int, seed: int) -> NDArray[np.uint8]:
    """The rows of `assignments` as bits, which are kept for pairs of the same sizes unless they are long."""
    kept = _packed if first + second <= LONGEST_KEPT else _packed.__wrapped__
    return kept(first, second, permutations, seed)


# Pairs of units often have the same sizes, and contrasts and themes are tested for the same pairs. A bit takes a 64th
# of a number's memory.
@functools.lru_cache(maxsize=128)
def _packed(first: int, second: int, permutations: int, seed: int) -> NDArray[np.uint8]:
    total = first + second
    if math.comb(total, first) <= permutations:
        return _marked(np.array(list(itertools.combinations(range(total), first)), dtype=np.int64), total)
    random, rows = np.random.default_rng([seed, first, second]), max(DRAWN_AT_ONCE // total, 1)
    sizes = (min(rows, permutations - begun) for begun in range(1, permutations, rows))
    drawn = [np.packbits(_drawn(random, first, total, size), axis=1) for size in sizes]
    return np.vstack([_marked(np.arange(first)[np.newaxis], total), *drawn])


def _drawn(random: np.random.Generator, first: int, total: int, number: int) -> NDArray[np.uint8]:
    """Rows of zeros and ones at random, of which `first` of `total` are ones.

    Each place is made a one with about the wanted probability, and then places at random are changed until the number
    is right. No step prefers a place to another one, so that all rows with this number of ones are equally probable.
    """
    ones = min(first, total - first)
    rows = np.zeros((number, total), dtype=np.uint8)
    if FEWEST_SHARE * total <= ones:
        # Four numbers are drawn together, so that parts of a multiple of four rows are the draws of all rows at once.
        part = 4 * max(COMPARED_AT_ONCE // (4 * total), 1)
        for begun in range(0, number, part):
            drawn = random.integers(256, size=(min(part, number - begun), total), dtype=np.uint8)
            rows[begun : begun + part] = drawn < round(256 * ones / total)
    waiting = np.arange(number)
    while len(waiting):
        found = np.bitwise_count(np.packbits(rows[waiting], axis=1)).sum(axis=1, dtype=np.int64)
        waiting, missing = waiting[found != ones], (ones - found)[found != ones]
        # As many places as there are ones too few or too many; some of them have the wanted value already.
        row, wanted = (np.repeat(values, np.abs(missing)) for values in (waiting, missing > 0))
        rows[row, random.integers(total, size=len(row))] = wanted
    return rows if ones == first else 1 - rows


def reordered(features: Array, round_number: int, seed: int) -> Array:
    """The rows of `features` in the random order of a round, which depends on the seed and on the number of rows only.

    The same assignments of rows in a random order are new assignments, each as probable as any other and independent of
    those from which they are made. The statistics of all rounds are a table with a row for each assignment and a column
    for each order. Under the null hypothesis neither its rows nor its columns can be told apart, so that the observed
    statistic is as likely as any other to be the k-th largest. Any two of the drawn ones are independent, so that a
    share of them is as precise as if all were drawn one by one.
    """
    return features[np.random.default_rng([seed, round_number, len(features)]).permutation(len(features))]


def _marked(chosen: Codes, total: int) -> NDArray[np.uint8]:
    """Rows of bits of which the chosen ones are 1."""
    rows = np.zeros((len(chosen), total), dtype=np.uint8)
    rows.ravel()[chosen + np.arange(len(chosen))[:, np.newaxis] * total] = 1
    return np.packbits(rows, axis=1)


def _sums(bits: NDArray[np.uint8], features: Array) -> Array:
    """Sums of features over the blocks of the first unit in each assignment, of which `bits` are the rows as bits.

    Sums of whole numbers up to 2**24 are exact in single precision, which takes half the time.
    """
    total = len(features)
    rows = max(SUMMED_AT_ONCE // total, 1)
    single = (features == np.rint(features)).all(axis=0) & (np.abs(features).sum(axis=0) <= LARGEST_SINGLE)
    short, long = features[:, single].astype(np.float32), features[:, ~single]
    sums = np.empty((len(bits), features.shape[1]))
    for begun in range(0, len(bits), rows):
        part = np.unpackbits(bits[begun : begun + rows], axis=1, count=total)
        sums[begun : begun + rows, single] = part.astype(np.float32) @ short
        sums[begun : begun + rows, ~single] = part.astype(np.float64) @ long
    return sums


class Tested(NamedTuple):
    """p, critical value and the least p that the test can give; each has a value for each statistic."""

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
    error_factor: Array | float = 1.0,
    columns: Callable[[Codes, int], Codes] = lambda chosen, total: chosen,
) -> Tested:
    """Two-sided p of each statistic, its critical value at the confidence, and its least p.

    p is the share of assignments, including the observed one, whose statistic is at least as extreme. `first` and
    `second` are the features of the two units' blocks (blocks x features). `columns` gives the columns of the features
    of some statistics, by the places of these among all; without it each feature is one statistic.

    If there are no more than `permutations` assignments, all are made, and the least p is the share of the most extreme
    ones. Otherwise `permutations` are drawn, in up to twenty rounds, until a hundred are at least as extreme as the
    observed one (Besag and Clifford 1991, Biometrika 78); if all assignments are fewer than these rounds would draw,
    all are made. The draws of a further round are those of the first with the blocks in another order (`reordered`). A
    p based on fewer than a hundred is estimated from the tail of the others (`tail_p`) if that fits. It is at least the
    share of the observed assignment, and of its mirror image, among all assignments: the least p.

    If neighbouring blocks are correlated, the standard error is `error_factor` times that of permuted blocks: the root
    of the design effect. The observed statistic is divided by it, and the critical value is multiplied by it.

    >>> first, second = np.array([[3.0], [4.0]]), np.array([[1.0], [0.0]])
    >>> tested = permutation_test(first, second, lambda a, both: (2 * a - both) / 2, permutations=100, seed=1)
    >>> tested.p.round(3).tolist(), tested.critical.round(3).tolist()  # in two of six assignments means differ by 3
    ([0.333], [3.0])
    >>> tested.least.round(3).tolist()
    [0.333]
    """
    sizes = len(first), len(second)
    features = np.vstack([first, second])
    every = math.comb(sum(sizes), sizes[0])
    bits = _bits(*sizes, permutations, seed)
    drawn = [np.abs(statistic(_sums(bits, features), features.sum(axis=0)))]
    results = np.empty((3, drawn[0].shape[1]))
    error_factor = np.broadcast_to(error_factor, drawn[0].shape[1:])
    waiting = np.arange(drawn[0].shape[1])
    while True:
        observed = drawn[0][0] / error_factor[waiting]
        enough = np.cumsum([_reaching(part, observed) for part in drawn], axis=0) >= ENOUGH
        enough[-1] |= len(drawn) == ROUNDS or len(drawn[0]) == every
        done, rounds = enough.any(axis=0), enough.argmax(axis=0) + 1
        for number in np.unique(rounds[done]):
            chosen = done & (rounds == number)
            statistics = np.vstack([part[:, chosen] for part in drawn[:number]])
            results[:, waiting[chosen]] = _tested(statistics, error_factor[waiting[chosen]], sizes, every, confidence)
        waiting, drawn = waiting[~done], [part[:, ~done] for part in drawn]
        if not len(waiting):
            return Tested(*results)
        left = features[:, columns(waiting, results.shape[1])]
        if every <= ROUNDS * permutations:
            drawn = [np.abs(statistic(_sums(_bits(*sizes, every, seed), left), left.sum(axis=0)))]
            continue
        last = min(len(drawn) + max(COLUMNS_AT_ONCE // left.shape[1], 1), ROUNDS)
        further = [reordered(left, number, seed) for number in range(len(drawn), last)]
        sums = np.split(_sums(bits, np.hstack(further)), len(further), axis=1)
        drawn += [np.abs(statistic(part, left.sum(axis=0))) for part in sums]


def _tested(statistics: Array, error_factor: Array, sizes: tuple[int, int], every: int, confidence: float) -> Tested:
    """p, critical value and least p from the statistics of the permutations, of which the first is the observed one."""
    critical = critical_value(statistics, confidence) * error_factor
    if len(statistics) == every:
        return Tested(share_as_extreme(statistics, error_factor), critical, least_share(statistics, error_factor))
    p, fitted = p_of_draws(statistics[:1] / error_factor, statistics[1:])
    least = least_p(*sizes)
    return Tested(np.maximum(p[0], least), critical, np.where(fitted[0], least, 1 / len(statistics)))


def least_p(first: int, second: int) -> float:
    """The least p of a permutation test of two units with these numbers of blocks: one of all assignments, or two.

    1 / C(m + n, m), or twice that if m = n, where the mirror image is as extreme (Fisher 1935, The Design of
    Experiments). It is above 0 for any numbers.

    >>> round(least_p(4, 4), 4), round(least_p(3, 5), 4)  # 2 of 70, 1 of 56
    (0.0286, 0.0179)
    """
    return max((2 if first == second else 1) / math.comb(first + second, first), np.finfo(float).tiny)


def p_of_draws(observed: Array, chance: Array) -> tuple[Array, NDArray[np.bool_]]:
    """p of each observed statistic (tests x columns) from those of random draws (draws x columns), and whether p can
    be as small as one likes; otherwise it is at least 1 / (draws + 1).

    (c + 1) / (draws + 1), where c is the number of draws that are at least as large (Davison and Hinkley 1997,
    Bootstrap Methods and their Application, ch. 4). If c is below a hundred, p is `tail_p`, if the tail fits.

    >>> p, _ = p_of_draws(np.array([[90.0]]), np.arange(1.0, 1000.0)[:, np.newaxis])  # 910 of 999 are as large
    >>> p.round(3).tolist()
    [[0.911]]
    """
    draws, columns = len(chance), np.ascontiguousarray(chance.T)
    counts = _as_large(columns, observed * (1 - 1e-9) - 1e-12)
    p = (1 + counts) / (1 + draws)
    fitted = np.ones(observed.shape, dtype=bool)
    rare = counts + 1 < ENOUGH
    # A tail has fewer than a tenth of the draws.
    number = min(EXCEEDANCES[0], draws // 10) + 1
    for column in np.flatnonzero(rare.any(axis=0)):
        rows = np.flatnonzero(rare[:, column])
        largest = np.sort(np.partition(columns[column], -number)[-number:])[::-1]
        smoothed = tail_p(largest, draws, observed[rows, column])
        fitted[rows, column] = ~np.isnan(smoothed)
        p[rows, column] = np.where(fitted[rows, column], smoothed, p[rows, column])
    return p, fitted


def _as_large(columns: Array, values: Array) -> NDArray[np.int64]:
    """The number of draws that are at least as large as each value (tests x columns); `columns` are rows of draws."""
    pairs = list(zip(columns, values.T, strict=True))
    if len(values) > MOST_COUNTED:
        smaller = [np.searchsorted(np.sort(draws), of_column) for draws, of_column in pairs]
    else:
        smaller = [[np.count_nonzero(draws < value) for value in of_column] for draws, of_column in pairs]
    return np.asarray(columns.shape[1] - np.array(smaller, dtype=np.int64).reshape(values.T.shape).T)


def beyond(statistic: Array, error_factor: Array | float = 1.0) -> Array:
    """The number of rows that are at least as large as the first row divided by `error_factor`, by column.

    >>> beyond(np.array([[2.0], [1.0], [2.0], [0.0]])).tolist()
    [2]
    """
    return _reaching(statistic, statistic[0] / error_factor)


def _reaching(statistic: Array, observed: Array) -> Array:
    """The number of rows that are at least as large as the observed statistics, by column.

    The small tolerance is for equal statistics whose sums are rounded differently.
    """
    return np.asarray(np.count_nonzero(statistic >= observed * (1 - 1e-9) - 1e-12, axis=0))


def share_as_extreme(statistic: Array, error_factor: Array | float = 1.0) -> Array:
    """The share of rows that are at least as large as the first row divided by `error_factor`, by column.

    >>> share_as_extreme(np.array([[2.0], [1.0], [2.0], [0.0]])).tolist()
    [0.5]
    """
    return np.asarray(beyond(statistic, error_factor) / len(statistic))


def least_share(statistic: Array, error_factor: Array | float = 1.0) -> Array:
    """The share of rows at least as large as the largest row divided by `error_factor`: the least p, by column.

    >>> least_share(np.array([[1.0], [2.0], [2.0], [0.0]])).tolist()
    [0.5]
    """
    with_largest = np.vstack([statistic.max(axis=0), statistic])
    return np.asarray((beyond(with_largest, error_factor) - 1) / len(statistic))


def critical_value(statistic: Array, confidence: float) -> Array:
    """The value above which the `share_as_extreme` of a statistic is below 1 - confidence, by column.

    For a statistic that is a difference over its standard error, an interval that extends to this number of standard
    errors excludes 0 if p is below 1 - confidence. It inverts the test (DiCiccio and Romano 1988, J. R. Statist. Soc.
    B 50).

    >>> critical_value(np.arange(100.0)[:, np.newaxis], 0.95).round(6).tolist()  # five are larger
    [95.0]
    """
    place = math.ceil((len(statistic) - 1) * confidence)
    return np.asarray(np.partition(statistic, place, axis=0)[place] * (1 + 1e-9))
