"""Small p of permutation tests, estimated from the tail of the permutations' statistics.

To count p with an error of a tenth, a hundred permutations have to exceed the observed statistic. An estimate from a
distribution fitted to the tail is as precise with fewer (Knijnenburg, Wessels, Reinders and Shmulevich 2009,
Bioinformatics 25).
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array

# The numbers of largest statistics to which the tail is fitted: the first that fits.
EXCEEDANCES = (250, 200, 150, 100)
# About the 95th percentile of Anderson and Darling's statistic if the tail has the fitted form: 1.1 for an exponential
# tail, 0.85 for heavier ones (3,000 samples of each, fitted as here).
WORST_FIT = 1.0


def fit_tail(excesses: Array) -> tuple[float, float]:
    """Shape and scale of the generalised Pareto distribution of excesses over a threshold, given in rising order.

    shape = 2 - l1 / l2 and scale = l1 (1 - shape), where l1 is the mean and l2 half the mean difference of two of them,
    the first L-moments (Hosking 1990, J. R. Statist. Soc. B 52). A shape below 0 has an upper end, beyond which p would
    be 0; the shape 0, the exponential tail, is then used instead.

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
    """Anderson and Darling's A squared of sorted excesses and their generalised Pareto distribution.

    -n - sum of (2i - 1)/n (ln u_i + ln(1 - u_(n+1-i))), where u are the values of the distribution function; 0 or
    above, and large if the tail has another form (Choulakian and Stephens 2001, Technometrics 43).

    By hand: of two excesses with u = 1/4 and 3/4, -2 - (1/2) (2 ln(1/4)) - (3/2) (2 ln(3/4)) = 0.249.

    >>> round(misfit(-np.log([0.75, 0.25]), 0.0, 1.0), 3)
    0.249
    """
    number = len(excesses)
    below = np.clip(stats.genpareto.cdf(excesses, shape, scale=scale), 1e-12, 1 - 1e-12)
    odd = 2 * np.arange(1, number + 1) - 1
    return float(-number - (odd * (np.log(below) + np.log1p(-below[::-1]))).sum() / number)


def tail_p(largest: Array, permutations: int, observed: Array | float) -> Array:
    """p of observed statistics from the largest of the statistics of permutations, in falling order; never 0.

    The share of permutations above a threshold, times the probability of the observed excess in a generalised Pareto
    distribution fitted to theirs. Statistics are squared first, because the square of a difference over its standard
    error has a nearly exponential tail, for which the fit is best. The threshold is between the 250th and the 251st
    largest, or between lower ones if that tail does not fit (`misfit`). NaN if none fits, as for statistics with few
    different values.

    By hand: if squares are exponential, 1 permutation in 100 exceeds ln 100, and 1 in 100,000 exceeds ln 100,000.

    >>> squares = -np.log((np.arange(251) + 0.5) / 10000)
    >>> round(tail_p(np.sqrt(squares), 10000, np.log(1e5) ** 0.5).item() * 1e5)
    1
    """
    squares, observed = largest**2, np.asarray(observed)
    for number in EXCEEDANCES:
        if number >= len(squares):
            continue
        threshold = (squares[number - 1] + squares[number]) / 2
        excesses = squares[number - 1 :: -1] - threshold
        shape, scale = fit_tail(excesses)
        if scale > 0 and misfit(excesses, shape, scale) <= WORST_FIT:
            # One by one: in an array the last digit may depend on the other values.
            above = [stats.genpareto.sf(value**2 - threshold, shape, scale=scale) for value in observed.flat]
            p = number / permutations * np.array(above).reshape(observed.shape)
            return np.asarray(np.maximum(p, np.finfo(float).tiny))
    return np.full(observed.shape, np.nan)
