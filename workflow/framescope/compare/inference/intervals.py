"""Score intervals for rates, shares and contrasts of units with two blocks or more; the block is the unit of inference.

A ratio of a numerator y and a denominator x (hits over words, sentences with a hit over sentences, hits of side a over
hits of both sides) varies from block to block phi times as much as a Poisson or a binomial count. A few blocks do not
suffice to estimate phi, so the estimate of a unit is combined with that of the theme in all sections of the study, and
the estimate of a theme with those of the other themes. The ratio estimator and its variance are those of Cochran
(1977), Sampling Techniques, ch. 6. The interval contains the values that a score test with this overdispersion does not
reject (for phi = 1, Rao's test of a Poisson count, and for a binomial one Wilson 1927, Journal of the American
Statistical Association 22).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array, Codes, add_up
from framescope.compare.inputs import CONFIDENCE

# The variance between blocks cannot be estimated from a single block.
FEWEST_BLOCKS = 2
# Fewer hits are not tested.
FEWEST_HITS = 5
# The weights, in blocks, of the study's overdispersion of a theme beside a unit's own, and of the trend over themes
# beside a theme's own. Both, and the steepest trend, were chosen on texts (docs/statistics.md).
BORROWED = 12.0
TREND_WEIGHT = 30.0
STEEPEST = 6.0


@dataclass(frozen=True)
class Moments:
    """Sums by unit from which a ratio of totals y/x and its variance are computed.

    All have a row for each unit and a column for each name, except `count`, the number of blocks, with one column.
    """

    count: Array
    y: Array
    x: Array
    yy: Array
    xy: Array
    xx: Array

    @property
    def blocks(self) -> Array:
        """The effective number of blocks, (sum x)^2 / sum x^2 (Kish 1965): their number if all are of the same size."""
        return np.divide(self.x**2, self.xx, out=np.zeros_like(self.xx), where=self.xx > 0)


def moments(y: Array, x: Array, codes: Codes, units: int) -> Moments:
    """Moments by unit of the numerators `y` (blocks x names) and denominators `x` (blocks, or blocks x names)."""
    column = x if x.ndim == 2 else x[:, np.newaxis]
    parts = (np.ones((len(y), 1)), y, column, y * y, y * column, column * column)
    count, *sums = (add_up(part, codes, units) for part in parts)
    # Denominators that are the same for all names are summed once.
    return Moments(count, *(np.broadcast_to(part, (units, y.shape[1])).copy() for part in sums))


def ratio(sums: Moments) -> Array:
    """The ratio of totals y/x; NaN if x is 0.

    >>> ratio(moments(np.array([[1.0], [3.0]]), np.array([10.0, 30.0]), np.array([0, 0]), 1)).item()
    0.1
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums.y / sums.x)


def dispersion(sums: Moments, binomial: bool) -> tuple[Array, Array]:
    """Overdispersion phi of each unit and name, and its degrees of freedom; 0 and 0 if it cannot be estimated.

    phi = sum (y - r x)^2 / (v (X - sum x^2 / X)), where r = Y/X is the ratio of totals and v the variance for x = 1:
    r, or r (1 - r) if y is a part of x (`binomial`). x/X is the leverage of a block, by which the expected value is
    phi. The degrees of freedom are the effective number of blocks minus one.

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
    """The overdispersion of each name estimated from all sections of a study, at least 1; a value for each name.

    The mean of the sections' own (`dispersion`), weighted by what is expected in them, v X, is shrunk towards a trend
    over names, 1 + k m, because few sections may have a name. m is the number of hits in a block (if y is a part of
    x, the size of a block minus one), and k = sum d m (phi - 1) / sum d m^2, at least 0 and at most 6, with d the
    degrees of freedom. The trend has the weight of 30 degrees of freedom. Such moment estimates of overdispersion are
    those of Breslow (1984), Applied Statistics 33; shrinking them towards a trend follows the practice with variances
    of genes (Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3).

    >>> sums = moments(np.array([[0.0], [4.0]]), np.array([10.0, 10.0]), np.array([0, 0]), 1)
    >>> pooled_dispersion(sums, binomial=False).round(2).item()  # phi = 4 with 1 of freedom, m = 2, k = 1.5: trend 4
    4.0
    """
    return _towards_trend(*_of_names(sections, binomial))


def pooled_in_parts(parts: Iterable[Moments], binomial: bool) -> Array:
    """`pooled_dispersion` of all names, from moments of the same sections for some names at a time."""
    return _towards_trend(*map(np.concatenate, zip(*(_of_names(part, binomial) for part in parts), strict=True)))


def _of_names(sections: Moments, binomial: bool) -> tuple[Array, Array, Array]:
    """Of each name: the mean overdispersion in its sections, its degrees of freedom, and m (`pooled_dispersion`)."""
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
    return own, total, size


def _towards_trend(own: Array, total: Array, size: Array) -> Array:
    steepness = (total * size * (own - 1)).sum() / max(float((total * size**2).sum()), 1e-9)
    trend = 1 + np.clip(steepness, 0, STEEPEST) * size
    return np.asarray(np.maximum((total * own + TREND_WEIGHT * trend) / (total + TREND_WEIGHT), 1))


def rate_interval(sums: Moments, pooled: Array | None, confidence: float | Array = CONFIDENCE) -> tuple[Array, Array]:
    """Interval for the rate y/x, (Y + c/2 -+ sqrt(c Y + c^2/4)) / X; without a hit it is 0 to c/X.

    c = t^2 phi. `pooled` is the overdispersion of each name in the study (`pooled_dispersion`), or None if rows are
    whole documents, whose overdispersion is estimated from themselves alone. NaN for a single block.

    By hand: no hit in two blocks of 50 words, phi 1: t with 13 degrees of freedom is 2.160, its square 4.667.

    >>> sums = moments(np.array([[0.0], [0.0]]), np.array([50.0, 50.0]), np.array([0, 0]), 1)
    >>> [round(1000 * end.item(), 2) for end in rate_interval(sums, np.ones(1))]
    [0.0, 46.67]
    """
    c = _reach(sums, pooled, binomial=False, confidence=confidence)
    root = np.sqrt(c * sums.y + c * c / 4)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (sums.y + c / 2 - root) / sums.x, (sums.y + c / 2 + root) / sums.x
    # Without a hit, rounding may give a number slightly above 0.
    return np.where((sums.y == 0) & ~np.isnan(low), 0, low), high


def share_interval(
    sums: Moments, pooled: Array | None, confidence: float | Array = CONFIDENCE, spread: Array | float = 0.0
) -> tuple[Array, Array]:
    """Interval for the share y/x, where y is a part of x: Wilson's for X/phi trials, with t instead of z.

    (p + c/2X -+ sqrt(c p (1 - p)/X + c^2/4X^2)) / (1 + c/X), p = Y/X, c = t^2 phi. NaN if X is 0 or for one block.

    With the `spread` of a share with which this one is compared, c = t^2 (phi + spread X): the interval holds the
    shares from which this one does not differ by more than the chance in both (`share_p`).

    By hand: one of two sentences in each of two blocks, phi 1: c/X = 4.667/4, sqrt(1.167/4 + 1.167^2/4) / 2.167.

    >>> sums = moments(np.array([[1.0], [1.0]]), np.array([2.0, 2.0]), np.array([0, 0]), 1)
    >>> [round(end.item(), 3) for end in share_interval(sums, np.ones(1))]
    [0.133, 0.867]
    """
    p = ratio(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        c = _reach(sums, pooled, binomial=True, confidence=confidence, spread=spread) / sums.x
        centre = (p + c / 2) / (1 + c)
        reach = np.sqrt(c * p * (1 - p) + c * c / 4) / (1 + c)
    low = np.where((sums.y == 0) & ~np.isnan(centre), 0, centre - reach)
    return low, np.where((sums.y == sums.x) & ~np.isnan(centre), 1, centre + reach)


def share_p(sums: Moments, pooled: Array | None, share: float | Array = 0.5, spread: Array | float = 0.0) -> Array:
    """Two-sided p of the hypothesis that the share is `share`, from the score test that `share_interval` inverts.

    t = (Y - share X) / sqrt((phi + spread X) X share (1 - share)); NaN if X is 0. `spread` is that of a share which is
    itself estimated (`spread`), and 0 for a given one.

    By hand: three of four hits, in blocks of two. Their own phi is 4/3 with 1 degree of freedom; combined with 1 that
    has 12, it is 1.026, and t = (3 - 2) / sqrt(1.026), with 13 degrees of freedom.

    >>> sums = moments(np.array([[2.0], [1.0]]), np.array([2.0, 2.0]), np.array([0, 0]), 1)
    >>> round(share_p(sums, np.ones(1)).item(), 3)
    0.341
    """
    phi, freedom = shrunk_dispersion(sums, pooled, binomial=True)
    phi = phi + spread * sums.x
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(sums.y - share * sums.x) / np.sqrt(phi * sums.x * share * (1 - share))
    return np.asarray(2 * stats.t.sf(t, freedom))


def spread(sums: Moments, pooled: Array | None) -> Array:
    """phi / X of a share y/x, by which share (1 - share) is multiplied in its variance; NaN where x is 0.

    >>> sums = moments(np.array([[2.0], [1.0]]), np.array([2.0, 2.0]), np.array([0, 0]), 1)
    >>> round(spread(sums, np.ones(1)).item(), 4)  # 1.026 / 4, as for `share_p`
    0.2564
    """
    phi, _ = shrunk_dispersion(sums, pooled, binomial=True)
    return np.divide(phi, sums.x, out=np.full_like(phi, np.nan), where=sums.x > 0)


def _reach(
    sums: Moments, pooled: Array | None, binomial: bool, confidence: float | Array, spread: Array | float = 0.0
) -> Array:
    """t^2 (phi + spread X) (`shrunk_dispersion`); NaN for a single block."""
    phi, freedom = shrunk_dispersion(sums, pooled, binomial)
    return np.asarray(_critical(freedom, confidence) ** 2 * (phi + spread * sums.x))


def _critical(freedom: Array, confidence: float | Array) -> Array:
    """Student's t beyond which the share 1 - confidence lies on both sides."""
    if np.ndim(confidence):
        return np.asarray(stats.t.ppf((1 + confidence) / 2, freedom))
    # The rates of a unit have the same degrees of freedom for all themes, and the quantile takes long.
    different, place = np.unique(freedom, return_inverse=True)
    return np.asarray(stats.t.ppf((1 + confidence) / 2, different)[place].reshape(freedom.shape))


def shrunk_dispersion(sums: Moments, pooled: Array | None, binomial: bool) -> tuple[Array, Array]:
    """The unit's own overdispersion, shrunk towards the pooled one with the weight of 12 blocks, at least 1; and its
    degrees of freedom: the effective number of blocks minus one, plus 12; NaN for a single block.
    """
    borrowed = 0.0 if pooled is None else BORROWED
    own, freedom = dispersion(sums, binomial)
    total = freedom + borrowed
    known = freedom * own + borrowed * (1.0 if pooled is None else pooled)
    phi = np.maximum(np.divide(known, total, out=np.ones_like(own), where=total > 0), 1)
    degrees = np.maximum(sums.blocks - 1, 0) + borrowed
    return phi, np.where((sums.count >= FEWEST_BLOCKS) & (degrees > 0), degrees, np.nan)
