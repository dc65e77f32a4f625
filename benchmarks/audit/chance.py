"""Tests by random deals, with deals of their own."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks.audit.checks import Chance, OneOf
from benchmarks.audit.formulas import Estimate

DEALS = 2_000
# A study's tests make up to so many rounds of deals.
ROUNDS = 20
TINY = np.finfo(float).tiny
# Equal deals differ in the last bits of their sums.
HAIR = 1e-9


@dataclass(frozen=True)
class Test:
    """One difference: its standard error, p, and what the statistic of each deal or place of the text was.

    The observed statistic was divided by `stretch`. `ways` is how many deals there are in all, 0 of places; `mirrored`
    says that each has a mirror image.
    """

    error: float
    p: Chance
    chance: np.ndarray
    stretch: float = 1.0
    ways: int = 0
    mirrored: bool = False

    def exceeding(self, critical: float) -> float:
        """The share of deals or places whose statistic exceeds so many standard errors."""
        return float((self.chance > critical / self.stretch * (1 + 1e-4)).mean())

    def reaching(self, critical: float) -> float:
        """The share of deals or places whose statistic comes to so many standard errors, within rounding, or more."""
        return float((self.chance > critical / self.stretch * (1 - 1e-4)).mean())

    def least(self, permutations: int) -> OneOf:
        """What the least p may be: the share of the most extreme of all deals or places, one deal of all that there are
        (with its mirror image), or one of as many as were dealt.
        """
        most = self.chance.max() / self.stretch
        of_all = float((self.chance >= most * (1 - HAIR) - 1e-12).mean())
        if not self.p.deals:
            return OneOf((of_all,))
        drawn = [1 / (1 + rounds * (permutations - 1)) for rounds in range(1, ROUNDS + 1)]
        return OneOf((of_all, max((2 if self.mirrored else 1) / self.ways, TINY), *drawn))


def deals(first: int, second: int, limit: int) -> tuple[np.ndarray, bool]:
    """Which of the rows fall to the first side, a row a deal: all ways where they are no more than `limit`."""
    total = first + second
    every = math.comb(total, first) <= limit
    if every:
        chosen = np.array(list(itertools.combinations(range(total), first)), dtype=np.int64)
    else:
        random = np.random.default_rng([20, first, second])
        chosen = np.argsort(random.random((DEALS, total)), axis=1)[:, :first]
    ways = np.zeros((len(chosen), total))
    np.put_along_axis(ways, chosen, 1.0, axis=1)
    return ways, every


def dealt_tests(
    a: np.ndarray, b: np.ndarray, estimate: Estimate, permutations: int, effects: tuple[Any, Any] = (1.0, 1.0)
) -> list[Test]:
    """Rows dealt anew to two sides; `a` and `b` hold what is summed, (kinds, rows, columns). A test a column.

    All ways are dealt where they are no more than twenty times `permutations`. `effects` are the mean design effects of
    the sides, by which their variances are multiplied in the observed difference.
    """
    both = np.concatenate([a, b], axis=1)
    sizes, together = (a.shape[1], b.shape[1]), both.sum(axis=1)
    (value_a, variance_a), (value_b, variance_b) = (estimate(side.sum(axis=1), together) for side in (a, b))
    error = np.sqrt(variance_a + variance_b)
    stretch = np.sqrt((effects[0] * variance_a + effects[1] * variance_b) / (variance_a + variance_b))
    ways, every = deals(*sizes, ROUNDS * permutations)
    dealt, whole = np.stack([ways @ kind for kind in both]), together[:, np.newaxis]
    value, variance = estimate(dealt, whole)
    other, other_variance = estimate(whole - dealt, whole)
    statistic = np.abs(value - other) / np.sqrt(variance + other_variance)
    extreme = (statistic >= np.abs((value_a - value_b) / error) / stretch * (1 - HAIR) - 1e-12).sum(axis=0)
    found, number = [], math.comb(sum(sizes), sizes[0])
    for column, count in enumerate(extreme):
        p = Chance(count / len(ways), 0 if number <= permutations else len(ways))
        p = p if every else Chance((1 + count) / (1 + DEALS), DEALS)
        found.append(Test(error[column], p, statistic[:, column], stretch[column], number, sizes[0] == sizes[1]))
    return found
