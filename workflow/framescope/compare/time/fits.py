"""Least squares over the points of a series: a trend, a break, and the autocorrelation of the residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framescope.compare.counts.blocks import Array, Codes

# Points further apart are assumed to be uncorrelated, because few series have enough of them for an estimate.
FURTHEST = 3
# A break leaves at least five points, and a tenth of all points, on either side.
FEWEST_POINTS, POINTS_A_SIDE = 5, 10


@dataclass(frozen=True)
class Trend:
    """A straight line through each series, with a row for each series.

    `slope` is per year; `first` and `last` are the means of the first and the last third of the points, which unlike
    the line are values that a rate can have; `statistic` is the absolute slope divided by its standard error, and
    `error` is that standard error, both computed as if the points were independent.
    """

    slope: Array
    first: Array
    last: Array
    error: Array
    statistic: Array
    residuals: Array


@dataclass(frozen=True)
class Break:
    """Each series divided in two at the place where two means fit best, with a row for each series.

    `place` is the first point after the break, `before` and `after` the means of the sides, `size` their difference
    in standard deviations of the residuals, `statistic` that difference divided by its standard error, computed
    as if the points were independent and the place were known. `misfit` has a column for each possible place
    (`places`): the sum of squares for a break there less the least sum of squares, divided by the residual variance.
    """

    place: Codes
    before: Array
    after: Array
    size: Array
    statistic: Array
    places: Codes
    misfit: Array
    residuals: Array


def autocorrelation(residuals: Array) -> Array:
    """The sum of the autocorrelations of each row at lags 1 to 3, rho_1 + rho_2 + rho_3.

    rho_h = sum e_i e_(i+h) / sum e_i^2, from -1 to 1. The variance of a mean of correlated points is 1 + 2 (rho_1 +
    rho_2 + ...) times that of independent ones (Bayley and Hammersley 1946, Supplement to the J. R. Statist. Soc. 8).
    0 if all residuals are 0.

    By hand: of 1, 1, -1, -1 the products sum to 1 - 1 + 1, to -2 and to -1, over 4.

    >>> autocorrelation(np.array([[1.0, 1, -1, -1]])).tolist()
    [-0.5]
    """
    squares = (residuals**2).sum(axis=1)
    products = sum((residuals[:, lag:] * residuals[:, :-lag]).sum(axis=1) for lag in range(1, FURTHEST + 1))
    return np.divide(products, squares, out=np.zeros_like(squares), where=squares > 0)


def fit_trend(value: Array, weight: Array, time: Array) -> Trend:
    """Weighted least squares of each row of `value` on time in years; `weight` holds roots of weights.

    slope = sum w (t - m) y / sum w (t - m)^2, m the weighted mean of t; its standard error has the residual variance of
    n - 2 degrees of freedom (Draper and Smith 1998, Applied Regression Analysis, ch. 1). The slope is in hits per
    word and year, or share per year. Neighbouring points may be correlated: the simulated series with which the
    statistic is compared are correlated too (`framescope.compare.time.simulated`).

    By hand: 1, 2, 4 at the years 0, 1, 2: 3/2 a year; residuals 1/6, -1/3, 1/6; sqrt(1/6 / 2).

    >>> line = fit_trend(np.array([[1.0, 2, 4]]), np.ones((1, 3)), np.array([0.0, 1, 2]))
    >>> [round(part.item(), 3) for part in (line.slope, line.first, line.last, line.error, line.statistic)]
    [1.5, 1.0, 4.0, 0.289, 5.196]
    """
    squared = weight**2
    total = squared.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (squared @ time)[:, np.newaxis] / total
        mean = (squared * value).sum(axis=1, keepdims=True) / total
        away = time - centre
        spread = (squared * away**2).sum(axis=1)
        slope = (squared * away * value).sum(axis=1) / spread
        line = mean + slope[:, np.newaxis] * away
        residuals = np.nan_to_num(weight * (value - line))
        freedom = np.maximum((weight > 0).sum(axis=1) - 2, 1)
        error = np.sqrt((residuals**2).sum(axis=1) / freedom / spread)
        statistic = np.abs(slope) / error
        third = max(len(time) // 3, 1)
        ends = [
            (squared[:, part] * value[:, part]).sum(axis=1) / squared[:, part].sum(axis=1)
            for part in (slice(third), slice(-third, None))
        ]
    return Trend(slope, ends[0], ends[1], error, statistic, residuals)


def fewest_on_a_side(points: int) -> int:
    """The least number of points on either side of a break: five, or a tenth of all points if that is more."""
    return max(FEWEST_POINTS, points // POINTS_A_SIDE)


def fit_break(value: Array, weight: Array) -> Break:
    """Two weighted means for each row of `value`, one before and one after the place where the sum of squares is least.

    Hits per word, or shares. The statistic is the root of the largest F of a difference between the sides (Andrews
    1993, Econometrica 61), with the residual variance of n - 2 degrees of freedom at the place of the break; `misfit`
    is Eo and Morley's (2015, Quantitative Economics 6) likelihood ratio of each place against the best.

    By hand: five times 1 and 3 in turn, then five times 5 and 7: means 2 and 6, residuals -1 and 1 but for rounding of
    odd numbers; the sides differ by 4.

    >>> found = fit_break(np.array([[1.0, 3] * 5 + [5.0, 7] * 5]), np.ones((1, 20)))
    >>> found.place.item(), found.before.item(), found.after.item(), round(found.size.item(), 2)
    (10, 2.0, 6.0, 3.79)
    """
    points = value.shape[1]
    side = fewest_on_a_side(points)
    places = np.arange(side, points - side + 1, dtype=np.int64)
    squared = weight**2
    below, sums = squared.cumsum(axis=1), (squared * value).cumsum(axis=1)
    left, left_sum = below[:, places - 1], sums[:, places - 1]
    right, right_sum = below[:, -1:] - left, sums[:, -1:] - left_sum
    with np.errstate(divide="ignore", invalid="ignore"):
        explained = left_sum**2 / left + right_sum**2 / right
        whole = (squared * value**2).sum(axis=1)
        squares = np.maximum(whole[:, np.newaxis] - explained, 0)
        # Where one side has no weight there is no break.
        squares[~np.isfinite(squares)] = np.inf
        best = squares.argmin(axis=1)
        row = np.arange(len(value))
        place, least = places[best], squares[row, best]
        before, after = left_sum[row, best] / left[row, best], right_sum[row, best] / right[row, best]
        variance = least / np.maximum((weight > 0).sum(axis=1) - 2, 1)
        without = whole - sums[:, -1] ** 2 / below[:, -1]
        statistic = np.sqrt(np.maximum(without - least, 0) / variance)
        misfit = (squares - least[:, np.newaxis]) / variance[:, np.newaxis]
        size = np.abs(after - before) / np.sqrt(variance)
    step = np.where(np.arange(points) < place[:, np.newaxis], before[:, np.newaxis], after[:, np.newaxis])
    return Break(
        place, before, after, size, statistic, places, misfit, residuals=np.nan_to_num(weight * (value - step))
    )
