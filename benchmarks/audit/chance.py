"""Permutation tests, with random permutations that are drawn independently of the package."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks.audit.checks import Chance, OneOf
from benchmarks.audit.formulas import Estimate

PERMUTATIONS = 2_000
# The most rounds of permutations in a test of a study.
ROUNDS = 20
TINY = np.finfo(float).tiny
# The sums of equal assignments may be rounded differently by this share.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Test:
    """One difference: its standard error, p, and the statistic of each permutation (`chance`).

    The observed statistic was divided by `error_factor`, the root of the design effect. `ways` is the number of all
    assignments of rows to the sides; `mirrored` says that each has a mirror image.
    """

    error: float
    p: Chance
    chance: np.ndarray
    error_factor: float = 1.0
    ways: int = 0
    mirrored: bool = False

    def exceeding(self, critical: float) -> float:
        """The share of permutations whose statistic exceeds this number of standard errors."""
        return float((self.chance > critical / self.error_factor * (1 + 1e-4)).mean())

    def reaching(self, critical: float) -> float:
        """The share of permutations whose statistic is at least this number of standard errors, within rounding."""
        return float((self.chance > critical / self.error_factor * (1 - 1e-4)).mean())

    def least(self, permutations: int) -> OneOf:
        """The possible values of the least p.

        It is the share of the most extreme permutations, one assignment of all (with its mirror image), or one of the
        permutations that were drawn.
        """
        most = self.chance.max() / self.error_factor
        of_all = float((self.chance >= most * (1 - ROUNDING) - 1e-12).mean())
        if not self.p.permutations:
            return OneOf((of_all,))
        # Of two units the observed assignment is one of the first round; beside draws against the rest it is one more.
        counts = [count for n in range(1, ROUNDS + 1) for count in (n * permutations, 1 + n * (permutations - 1))]
        drawn = [1 / count for count in counts]
        return OneOf((of_all, max((2 if self.mirrored else 1) / self.ways, TINY), *drawn))


def assignments(first: int, second: int, limit: int) -> tuple[np.ndarray, bool]:
    """Indicators of the rows on the first side, with a row for each assignment, and whether these are all assignments.

    All assignments are made if there are no more than `limit`, otherwise random ones.
    """
    total = first + second
    every = math.comb(total, first) <= limit
    if every:
        chosen = np.array(list(itertools.combinations(range(total), first)), dtype=np.int64)
    else:
        random = np.random.default_rng([20, first, second])
        chosen = np.argsort(random.random((PERMUTATIONS, total)), axis=1)[:, :first]
    ways = np.zeros((len(chosen), total))
    np.put_along_axis(ways, chosen, 1.0, axis=1)
    return ways, every


def permutation_tests(
    a: np.ndarray, b: np.ndarray, estimate: Estimate, permutations: int, effects: tuple[Any, Any] = (1.0, 1.0)
) -> list[Test]:
    """Permutation tests of two sides, one for each column; `a` and `b` are the summands, (kinds, rows, columns).

    All assignments are made if there are no more than twenty times `permutations`. `effects` are the mean design
    effects of the sides, by which their variances are multiplied in the observed difference.
    """
    both = np.concatenate([a, b], axis=1)
    sizes, together = (a.shape[1], b.shape[1]), both.sum(axis=1)
    (value_a, variance_a), (value_b, variance_b) = (estimate(side.sum(axis=1), together) for side in (a, b))
    error = np.sqrt(variance_a + variance_b)
    error_factor = np.sqrt((effects[0] * variance_a + effects[1] * variance_b) / (variance_a + variance_b))
    ways, every = assignments(*sizes, ROUNDS * permutations)
    permuted, whole = np.stack([ways @ kind for kind in both]), together[:, np.newaxis]
    value, variance = estimate(permuted, whole)
    other, other_variance = estimate(whole - permuted, whole)
    statistic = np.abs(value - other) / np.sqrt(variance + other_variance)
    extreme = (statistic >= np.abs((value_a - value_b) / error) / error_factor * (1 - ROUNDING) - 1e-12).sum(axis=0)
    tests, number = [], math.comb(sum(sizes), sizes[0])
    for column, count in enumerate(extreme):
        p = Chance(count / len(ways), 0 if number <= permutations else len(ways))
        p = p if every else Chance((1 + count) / (1 + PERMUTATIONS), PERMUTATIONS)
        tests.append(Test(error[column], p, statistic[:, column], error_factor[column], number, sizes[0] == sizes[1]))
    return tests
