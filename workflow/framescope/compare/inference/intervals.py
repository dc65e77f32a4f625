"""Intervals for rates, shares and log-odds whose unit of inference is the block.

The ratio estimator and its linearised variance are Cochran (1977), Sampling Techniques, ch. 6; Wilson's interval with
an effective sample size is Korn and Graubard (1998), Survey Methodology 24.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array, Codes, add_up
from framescope.compare.inputs import CONFIDENCE

FEWEST_POSITIVE = 4
# Over-dispersion that is assumed at least: hits come in runs even where few blocks do not show it, sentences less so.
RATE_DISPERSION = 1.5
SHARE_DISPERSION = 1.0


@dataclass(frozen=True)
class Moments:
    """Sums by unit that a ratio of totals y/x and its variance need; all have a row a unit and a column a name.

    `count` is the number of blocks, `positive` those with y > 0.
    """

    count: Array
    positive: Array
    y: Array
    x: Array
    yy: Array
    xy: Array
    xx: Array
    yy_x: Array


def moments(y: Array, x: Array, codes: Codes, units: int) -> Moments:
    """Moments by unit of the numerators `y` (blocks x names) over the denominators `x` (blocks)."""
    column = x[:, np.newaxis]
    return Moments(
        count=add_up(np.ones((len(x), 1)), codes, units),
        positive=add_up((y > 0).astype(float), codes, units),
        y=add_up(y, codes, units),
        x=add_up(column, codes, units),
        yy=add_up(y * y, codes, units),
        xy=add_up(y * column, codes, units),
        xx=add_up(column * column, codes, units),
        yy_x=add_up(y * y / np.maximum(column, 1e-12), codes, units),
    )


def ratio(sums: Moments) -> Array:
    """The ratio of totals y/x; not a number where x is 0.

    >>> ratio(moments(np.array([[1.0], [3.0]]), np.array([10.0, 30.0]), np.array([0, 0]), 1)).item()
    0.1
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums.y / sums.x)


def ratio_error(sums: Moments) -> Array:
    """Standard error of the ratio of totals over m blocks: m/(m-1) sqrt(sum (y - r x)^2) / sum x.

    The factor is HC3's for equal blocks (MacKinnon and White 1985): the plain m/(m-1) of squares is short for few.

    >>> sums = moments(np.array([[1.0], [3.0]]), np.array([10.0, 10.0]), np.array([0, 0]), 1)
    >>> round(ratio_error(sums).item(), 3)  # r = 0.2, residuals -1 and 1: 2 sqrt(2) / 20
    0.141
    """
    r = ratio(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.maximum(sums.yy - 2 * r * sums.xy + r * r * sums.xx, 0)
        return np.asarray(np.sqrt(squares) * sums.count / (sums.count - 1) / sums.x)


def student(confidence: float, degrees: Array) -> Array:
    """Two-sided quantile of Student's t; not a number below one degree of freedom.

    >>> student(0.95, np.array([0.0, 7.0])).round(3).tolist()
    [nan, 2.365]
    """
    return np.asarray(stats.t.ppf((1 + confidence) / 2, np.where(degrees >= 1, degrees, np.nan)))


def rate_interval(sums: Moments, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the rate y/x: t on the log scale, overdispersed Wilson where under four blocks have a hit.

    The variance of ln(y/x) is (error / rate)^2, and no less than 1.5/y: few blocks often show less spread than they
    have, and theme words are overdispersed.

    >>> hits, words = np.array([[3.0], [1], [2], [0], [4], [2], [1], [3]]), np.full(8, 100.0)
    >>> low, high = rate_interval(moments(hits, words, np.zeros(8, dtype=int), 1))
    >>> round(1000 * low.item(), 1), round(1000 * high.item(), 1)  # around 20 per 1,000
    (9.7, 41.3)
    """
    r, error = ratio(sums), ratio_error(sums)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        spread = np.sqrt(np.maximum((error / r) ** 2, RATE_DISPERSION / sums.y))
        reach = np.exp(student(confidence, sums.count - 1) * spread)
        low, high = r / reach, r * reach
    sparse_low, sparse_high = _wilson(sums, confidence, RATE_DISPERSION)
    few = sums.positive < FEWEST_POSITIVE
    return np.where(few, sparse_low, low), np.where(few, sparse_high, high)


def share_interval(sums: Moments, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the share y/x: t on the logit scale, overdispersed Wilson where under four blocks have a hit.

    Wilson's also serves where fewer than four sentences have none. The variance is no less than a binomial one.

    >>> found, sentences = np.array([[2.0], [1], [2], [0], [3], [2], [1], [3]]), np.full(8, 5.0)
    >>> low, high = share_interval(moments(found, sentences, np.zeros(8, dtype=int), 1))
    >>> round(low.item(), 2), round(high.item(), 2)  # around .35
    (0.19, 0.55)
    """
    p, error = ratio(sums), ratio_error(sums)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        error = np.maximum(error, np.sqrt(SHARE_DISPERSION * p * (1 - p) / sums.x))
        reach = np.exp(student(confidence, sums.count - 1) * error / (p * (1 - p)))
        odds = p / (1 - p)
        low, high = 1 / (1 + reach / odds), 1 / (1 + 1 / (odds * reach))
    sparse_low, sparse_high = _wilson(sums, confidence, SHARE_DISPERSION)
    few = (sums.positive < FEWEST_POSITIVE) | (sums.x - sums.y < FEWEST_POSITIVE)
    return np.where(few, sparse_low, low), np.where(few, sparse_high, high)


def _wilson(sums: Moments, confidence: float, least: float) -> tuple[Array, Array]:
    """Wilson's interval on x divided by the overdispersion of y (Pearson's for a binomial, at least `least`)."""
    r = ratio(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        pearson = (sums.yy_x / r - 2 * sums.y + r * sums.x) / np.maximum(1 - r, 1e-12) / (sums.count - 1)
        size = sums.x / np.where(sums.y > 0, np.maximum(pearson, least), least)
        z = np.where(sums.count > 1, stats.norm.ppf((1 + confidence) / 2), np.nan)
        centre = (r + z * z / (2 * size)) / (1 + z * z / size)
        reach = z * np.sqrt(np.maximum(r * (1 - r), 0) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    # Rounding leaves a hair above 0 where there is no hit.
    low = np.where((sums.y == 0) & ~np.isnan(z), 0, np.maximum(centre - reach, 0))
    return low, np.minimum(centre + reach, 1)
