"""Ratios of two rates with intervals, which allow for the chance in both rates, or in one if the other is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array
from framescope.compare.inference.intervals import FEWEST_BLOCKS, Moments, shrunk_dispersion
from framescope.compare.inputs import CONFIDENCE


@dataclass(frozen=True)
class Rate:
    """Rates of units (rows) and names (columns) per word, and what is known of each.

    `words` are the effective number of words, those of the texts over their overdispersion, and infinite for a rate
    that is given; `freedom` are the degrees of freedom of the overdispersion.
    """

    rate: Array
    words: Array
    freedom: Array

    @classmethod
    def of(cls, sums: Moments, pooled: Array | None) -> Rate:
        """The rates of units with these sums; `pooled` is as in `rate_interval`.

        The overdispersion of m documents (the effective number) is multiplied by m / (m - 1). Their rates are skewed,
        so that without it ratios of groups are covered less often than they should be (docs/statistics.md).
        """
        phi, freedom = shrunk_dispersion(sums, pooled, binomial=False)
        if pooled is None:
            number = np.maximum(sums.blocks, FEWEST_BLOCKS)
            phi = phi * number / (number - 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return cls(sums.y / sums.x, sums.x / phi, freedom)

    @classmethod
    def given(cls, rate: Array) -> Rate:
        """Rates that are not estimated."""
        return cls(rate, np.full_like(rate, np.inf), np.full_like(rate, np.inf))


def ratio_interval(rate: Rate, base: Rate, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the ratio of a rate to that of its baseline, r + k -+ sqrt(k^2 + 2 r k).

    k = t^2 (r / (B x_0) + 1 / (B x)) / 2, with r the ratio of the rates, B the rate of the baseline, and x and x_0 the
    effective words of both. The interval holds the ratios that the score test of two Poisson rates does not reject
    (Gart 1985, Biometrika 72; the counts are divided by their overdispersion, as in McCullagh and Nelder 1989, section
    4.5). t has Satterthwaite's degrees of freedom, (1/x + 1/x_0)^2 / (1/(d x^2) + 1/(d_0 x_0^2)). For a given rate x_0
    is infinite, and the ends are those of `rate_interval` over B. NaN if B is 0.

    By hand: 4 hits in 100 words against 8 in 100, with 13 degrees of freedom each: r = 1/2, t with 26 is 2.056, and
    k = 4.225 (0.5/8 + 1/8) / 2 = 0.396.

    >>> one, two = (Rate(np.array([[hits / 100]]), np.array([[100.0]]), np.array([[13.0]])) for hits in (4, 8))
    >>> [round(end.item(), 3) for end in ratio_interval(one, two)]
    [0.152, 1.64]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        own, other = 1 / rate.words, 1 / base.words
        freedom = (own + other) ** 2 / (own**2 / rate.freedom + other**2 / base.freedom)
        r = np.where(base.rate > 0, rate.rate / base.rate, np.nan)
        k = stats.t.ppf((1 + confidence) / 2, freedom) ** 2 * (r * other + own) / base.rate / 2
    root = np.sqrt(k**2 + 2 * r * k)
    # Without a hit, rounding may give a number slightly off 0.
    return np.where((r == 0) & ~np.isnan(k), 0, r + k - root), r + k + root
