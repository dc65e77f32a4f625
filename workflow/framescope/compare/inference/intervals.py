"""Score intervals for rates, shares and contrasts, whose unit of inference is the block, from two blocks on.

A numerator y over a denominator x (hits over words, sentences with a hit over sentences, hits of side a over hits of
both sides) varies from block to block by phi times what a Poisson or a binomial count would. Few blocks say little of
phi, so that a unit borrows from what all sections of the study say of the theme, and a theme from the other themes.
The ratio estimator and its variance are Cochran (1977), Sampling Techniques, ch. 6; the interval holds the values that
a score test with this overdispersion does not reject (for phi = 1 Rao's of a Poisson count, and Wilson 1927, Journal of
the American Statistical Association 22, of a binomial one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array, Codes, add_up
from framescope.compare.inputs import CONFIDENCE

# A single block says nothing of how blocks differ.
FEWEST_BLOCKS = 2
# As many blocks as the study's overdispersion of a theme counts for beside a unit's own blocks, and as the trend over
# themes counts for beside a theme's. Both, and the steepest trend, were chosen on texts (docs/statistics.md).
BORROWED = 12.0
TREND_WEIGHT = 30.0
STEEPEST = 6.0


@dataclass(frozen=True)
class Moments:
    """Sums by unit that a ratio of totals y/x and its variance need; all have a row a unit and a column a name.

    `count` is the number of blocks of each unit, one column.
    """

    count: Array
    y: Array
    x: Array
    yy: Array
    xy: Array
    xx: Array

    @property
    def blocks(self) -> Array:
        """The effective number of blocks, (sum x)^2 / sum x^2 (Kish 1965): all of them where they are of one size."""
        return np.divide(self.x**2, self.xx, out=np.zeros_like(self.xx), where=self.xx > 0)


def moments(y: Array, x: Array, codes: Codes, units: int) -> Moments:
    """Moments by unit of the numerators `y` (blocks x names) over the denominators `x` (blocks, or blocks x names)."""
    column = np.broadcast_to(x if x.ndim == 2 else x[:, np.newaxis], y.shape)
    parts = (np.ones((len(y), 1)), y, column, y * y, y * column, column * column)
    return Moments(*(add_up(part, codes, units) for part in parts))


def ratio(sums: Moments) -> Array:
    """The ratio of totals y/x; not a number where x is 0.

    >>> ratio(moments(np.array([[1.0], [3.0]]), np.array([10.0, 30.0]), np.array([0, 0]), 1)).item()
    0.1
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums.y / sums.x)


def dispersion(sums: Moments, binomial: bool) -> tuple[Array, Array]:
    """Overdispersion phi of each unit and name, and on how many degrees of freedom it rests; 0 and 0 where unknown.

    phi = sum (y - r x)^2 / (v (X - sum x^2 / X)), r = Y/X the ratio of totals and v its variance for x = 1: r, and
    r (1 - r) where y is a part of x (`binomial`). A block's own leverage is x/X; with it the expected value is phi.
    The degrees of freedom are the effective number of blocks less one.

    By hand: 1 and 3 hits in 10 words each: r = 0.2, residuals -1 and 1, and 2 / (0.2 (20 - 10)) = 1.

    >>> sums = moments(np.array([[1.0], [3.0]]), np.array([10.0, 10.0]), np.array([0, 0]), 1)
    >>> [round(part.item(), 3) for part in dispersion(sums, binomial=False)]
    [1.0, 1.0]
    """
    r = np.nan_to_num(ratio(sums))
    unit_variance = r * (1 - r) if binomial else r
    squares = np.maximum(sums.yy - 2 * r * sums.xy + r * r * sums.xx, 0)
    room = unit_variance * (sums.x - np.divide(sums.xx, sums.x, out=np.zeros_like(sums.x), where=sums.x > 0))
    known = room > 1e-9
    phi = np.divide(squares, room, out=np.zeros_like(squares), where=known)
    return phi, np.where(known, np.maximum(sums.blocks - 1, 0), 0)


def pooled_dispersion(sections: Moments, binomial: bool) -> Array:
    """What the sections of a study together say of each name's overdispersion: at least 1, a value a name.

    The sections' own (`dispersion`) are averaged by what is expected in them, v X. A name rests on few sections, so it
    is drawn to a trend over names, 1 + k m: m is the number of hits in a block (where y is a part of x, the size of a
    block less one), k = sum d m (phi - 1) / sum d m^2, kept between 0 and 6, d the degrees of freedom. The trend
    counts for 30 of them. Moment estimates of overdispersion in this manner are Breslow (1984), Applied Statistics 33;
    that they are drawn to a trend is as with variances of genes (Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3).

    >>> sums = moments(np.array([[0.0], [4.0]]), np.array([10.0, 10.0]), np.array([0, 0]), 1)
    >>> pooled_dispersion(sums, binomial=False).round(2).item()  # phi = 4 with 1 of freedom, m = 2, k = 1.5: trend 4
    4.0
    """
    phi, freedom = dispersion(sections, binomial)
    r = np.nan_to_num(ratio(sections))
    expected = np.where(freedom > 0, sections.x * (r * (1 - r) if binomial else r), 0)
    weight, total = expected.sum(axis=0), freedom.sum(axis=0)
    own = np.divide((phi * expected).sum(axis=0), weight, out=np.ones_like(weight), where=weight > 0)
    if binomial:
        squares, sizes = sections.xx.sum(axis=0), sections.x.sum(axis=0)
        size = np.maximum(np.divide(squares, sizes, out=np.ones_like(sizes), where=sizes > 0) - 1, 0)
    else:
        size = sections.y.sum(axis=0) / np.maximum(sections.blocks.sum(axis=0), 1)
    steepness = (total * size * (own - 1)).sum() / max(float((total * size**2).sum()), 1e-9)
    trend = 1 + np.clip(steepness, 0, STEEPEST) * size
    return np.asarray(np.maximum((total * own + TREND_WEIGHT * trend) / (total + TREND_WEIGHT), 1))


def rate_interval(sums: Moments, pooled: Array | None, confidence: float | Array = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the rate y/x from two blocks on: (Y + c/2 -+ sqrt(c Y + c^2/4)) / X, without a hit 0 to c/X.

    c = t^2 phi. `pooled` is the overdispersion of each name in the study (`pooled_dispersion`); None where
    rows are whole documents, which borrow nothing.

    By hand: no hit in two blocks of 50 words, phi 1: t with 13 degrees of freedom is 2.160, its square 4.667.

    >>> sums = moments(np.array([[0.0], [0.0]]), np.array([50.0, 50.0]), np.array([0, 0]), 1)
    >>> [round(1000 * end.item(), 2) for end in rate_interval(sums, np.ones(1))]
    [0.0, 46.67]
    """
    c = _reach(sums, pooled, binomial=False, confidence=confidence)
    root = np.sqrt(c * sums.y + c * c / 4)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (sums.y + c / 2 - root) / sums.x, (sums.y + c / 2 + root) / sums.x
    # Rounding leaves a hair above 0 where there is no hit.
    return np.where((sums.y == 0) & ~np.isnan(low), 0, low), high


def share_interval(sums: Moments, pooled: Array | None, confidence: float | Array = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the share y/x, y a part of x, from two blocks on: Wilson's for X/phi trials, with t.

    (p + c/2X -+ sqrt(c p (1 - p)/X + c^2/4X^2)) / (1 + c/X), p = Y/X, c = t^2 phi. Not a number where X is 0.

    By hand: one of two sentences in each of two blocks, phi 1: c/X = 4.667/4, sqrt(1.167/4 + 1.167^2/4) / 2.167.

    >>> sums = moments(np.array([[1.0], [1.0]]), np.array([2.0, 2.0]), np.array([0, 0]), 1)
    >>> [round(end.item(), 3) for end in share_interval(sums, np.ones(1))]
    [0.133, 0.867]
    """
    p = ratio(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        c = _reach(sums, pooled, binomial=True, confidence=confidence) / sums.x
        centre = (p + c / 2) / (1 + c)
        reach = np.sqrt(c * p * (1 - p) + c * c / 4) / (1 + c)
    low = np.where((sums.y == 0) & ~np.isnan(centre), 0, centre - reach)
    return low, np.where((sums.y == sums.x) & ~np.isnan(centre), 1, centre + reach)


def share_p(sums: Moments, pooled: Array | None, share: float = 0.5) -> Array:
    """Two-sided p of "the share is `share`", the score test that `share_interval` turns round.

    t = (Y - share X) / sqrt(phi X share (1 - share)); not a number where X is 0.

    By hand: three of four hits, in blocks of two: their own phi is 4/3 with 1 degree of freedom, drawn to 1 by 12, and
    t = (3 - 2) / sqrt(1.026), with 13 degrees of freedom.

    >>> sums = moments(np.array([[2.0], [1.0]]), np.array([2.0, 2.0]), np.array([0, 0]), 1)
    >>> round(share_p(sums, np.ones(1)).item(), 3)
    0.341
    """
    phi, freedom = _drawn(sums, pooled, binomial=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(sums.y - share * sums.x) / np.sqrt(phi * sums.x * share * (1 - share))
    return np.asarray(2 * stats.t.sf(t, freedom))


def _reach(sums: Moments, pooled: Array | None, binomial: bool, confidence: float | Array) -> Array:
    """t^2 phi (`_drawn`); not a number for a single block."""
    phi, freedom = _drawn(sums, pooled, binomial)
    return np.asarray(stats.t.ppf((1 + confidence) / 2, freedom) ** 2 * phi)


def _drawn(sums: Moments, pooled: Array | None, binomial: bool) -> tuple[Array, Array]:
    """The unit's own overdispersion drawn to the pooled one as if that were 12 blocks more, at least 1, and degrees of
    freedom: one for each effective block but one, and 12 more; not a number for a single block.
    """
    borrowed = 0.0 if pooled is None else BORROWED
    own, freedom = dispersion(sums, binomial)
    total = freedom + borrowed
    known = freedom * own + borrowed * (1.0 if pooled is None else pooled)
    phi = np.maximum(np.divide(known, total, out=np.ones_like(own), where=total > 0), 1)
    degrees = np.maximum(sums.blocks - 1, 0) + borrowed
    return phi, np.where((sums.count >= FEWEST_BLOCKS) & (degrees > 0), degrees, np.nan)
