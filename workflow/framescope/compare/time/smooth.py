"""A smooth line through the points of a series: local straight lines, with standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framescope.compare.counts.blocks import Array

# The line at a point is fitted to the nearest half of the points, and to at least five.
SPAN, FEWEST_NEAR = 0.5, 5


@dataclass(frozen=True)
class Smooth:
    """The line of each series (row) at each point (column), its standard error, and the weighted residuals.

    The standard error is computed as if the points were independent.
    """

    line: Array
    error: Array
    residuals: Array


def smoother(weight: Array, time: Array) -> Array:
    """The weight of each point (column) in the line at each point (row): local linear regression, loess.

    A point is weighted by its own weight, of which `weight` is the square root, times (1 - (d/h)^3)^3, where d is the
    distance in time and h that of the farthest of the nearest half of the points (Cleveland 1979, Journal of the
    American Statistical Association 74). If all near points have the same time, the line is their mean. Rows sum to 1.

    In the middle of five equidistant points, the neighbours on both sides have the same weight.

    >>> smoother(np.ones(5), np.arange(5.0))[2].round(3).tolist()
    [0.0, 0.286, 0.427, 0.286, 0.0]
    """
    distance = time - time[:, np.newaxis]
    away = np.sort(np.where(weight > 0, np.abs(distance), np.inf), axis=1)
    number = max(FEWEST_NEAR, int(np.ceil(SPAN * np.count_nonzero(weight))))
    reach = away[:, min(number, len(time)) - 1][:, np.newaxis]
    reach = np.where(np.isfinite(reach) & (reach > 0), reach, max(float(np.ptp(time)), 1e-9))
    near = weight**2 * (1 - np.minimum(np.abs(distance) / reach, 1) ** 3) ** 3
    s0, s1, s2 = (near.sum(axis=1, keepdims=True) for near in (near, near * distance, near * distance**2))
    room = s0 * s2 - s1**2
    flat = room <= 1e-12 * np.maximum(s0 * s2, 1e-300)
    with np.errstate(divide="ignore", invalid="ignore"):
        straight, level = near * (s2 - s1 * distance) / room, near / s0
    return np.asarray(np.nan_to_num(np.where(flat, level, straight)))


def smooth(value: Array, weight: Array, time: Array) -> Smooth:
    """The smooth line of each row of `value` over time (`smoother`); `weight` has the square roots of the weights.

    The standard error at a point is the root of sum l^2 s^2 / w over the points, where l is the weight of a point in
    the line, w its own weight and s^2 the residual variance with n - 2 tr(L) + tr(L'L) degrees of freedom
    (Cleveland and Devlin 1988, Journal of the American Statistical Association 83). Hits per word, or shares.

    A straight line is its own smooth line, without error.

    >>> found = smooth(np.arange(1.0, 7)[np.newaxis], np.ones(6), np.arange(6.0))
    >>> found.line.round(6).tolist(), found.error.round(6).max().item()
    ([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], 0.0)
    """
    adds, squared = smoother(weight, time), weight**2
    line = value @ adds.T
    residuals = weight * (value - line)
    freedom = max(np.count_nonzero(weight) - 2 * np.trace(adds) + (adds**2).sum(), 1.0)
    spread = adds**2 @ np.divide(1, squared, out=np.zeros_like(squared), where=squared > 0)
    variance = (residuals**2).sum(axis=1, keepdims=True) / freedom
    return Smooth(line, np.sqrt(variance * spread), residuals)
