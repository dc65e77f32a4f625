"""Small p of permutation tests from the shape of the permutations' tail, where too few of them reach the observed one.

Counting needs a hundred deals beyond the observed statistic for a p that is known to a tenth of itself; the tail of the
others tells the same from fewer (Knijnenburg, Wessels, Reinders and Shmulevich 2009, Bioinformatics 25).
"""

from __future__ import annotations

from math import nan

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array

# How many of the largest statistics the tail is fitted to: fewer when it does not fit so many.
EXCEEDANCES = (250, 200, 150, 100)
# Anderson and Darling's statistic that one in twenty fits of a true tail exceeds: 1.1 for an exponential one, 0.85 for
# heavier ones (3,000 samples of each, fitted as here).
WORST_FIT = 1.0


def fit_tail(excesses: Array) -> tuple[float, float]:
    """Shape and scale of the generalised Pareto distribution of excesses over a threshold, which come sorted upwards.

    shape = 2 - l1 / l2 and scale = l1 (1 - shape), l1 the mean and l2 half the mean difference of two of them, the
    first L-moments (Hosking 1990, J. R. Statist. Soc. B 52). A shape below 0, a tail that ends, is taken for 0, the
    exponential tail: otherwise a p could be 0.

    By hand: of 1, 2, 6 the mean is 3, differences are 1, 4, 5 and half their mean 5/3: 2 - 9/5.

    >>> shape, scale = fit_tail(np.array([1.0, 2.0, 6.0]))
    >>> round(shape, 3), round(scale, 3)
    (0.2, 2.4)
    """
    number = len(excesses)
    mean = float(excesses.mean())
    half_difference = 2 * float(np.arange(number) @ excesses) / (number * (number - 1)) - mean
    shape = max(0.0, 2 - mean / half_difference) if half_difference > 0 else 0.0
    return shape, mean * (1 - shape)


def misfit(excesses: Array, shape: float, scale: float) -> float:
    """Anderson and Darling's A squared of sorted excesses against their generalised Pareto distribution.

    -n - sum of (2i - 1)/n (ln u_i + ln(1 - u_(n+1-i))), u the distribution's values: 0 and above, large where the
    tail has another form (Choulakian and Stephens 2001, Technometrics 43).

    By hand: of two excesses with u = 1/4 and 3/4, -2 - (1/2) (2 ln(1/4)) - (3/2) (2 ln(3/4)) = 0.249.

    >>> round(misfit(-np.log([0.75, 0.25]), 0.0, 1.0), 3)
    0.249
    """
    number = len(excesses)
    below = np.clip(stats.genpareto.cdf(excesses, shape, scale=scale), 1e-12, 1 - 1e-12)
    odd = 2 * np.arange(1, number + 1) - 1
    return float(-number - (odd * (np.log(below) + np.log1p(-below[::-1]))).sum() / number)


def tail_p(largest: Array, deals: int, observed: float) -> float:
    """p of an observed statistic from the largest of so many deals' statistics, sorted downwards; never 0.

    The share of deals above a threshold, times the chance that a generalised Pareto distribution fitted to their
    excesses gives to the observed one's. Statistics are squared before: the square of a difference over its standard
    error has a nearly exponential tail, for which the fit is best. The threshold lies between the 250th and the next,
    or lower numbers of deals where that tail does not fit (`misfit`). Not a number where none fits, as for statistics
    that take few values.

    Of deals whose squares are exponential, 1 in 100 exceeds ln 100, 1 in 100,000 ln 100,000.

    >>> squares = -np.log((np.arange(251) + 0.5) / 10000)
    >>> round(tail_p(np.sqrt(squares), 10000, np.log(1e5) ** 0.5) * 1e5)
    1
    """
    squares = largest**2
    for number in EXCEEDANCES:
        if number >= len(squares):
            continue
        threshold = (squares[number - 1] + squares[number]) / 2
        excesses = squares[number - 1 :: -1] - threshold
        shape, scale = fit_tail(excesses)
        if scale > 0 and misfit(excesses, shape, scale) <= WORST_FIT:
            beyond = float(stats.genpareto.sf(observed**2 - threshold, shape, scale=scale))
            return max(number / deals * beyond, np.finfo(float).tiny)
    return nan
