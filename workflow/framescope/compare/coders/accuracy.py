"""The accuracy of binary classifications over units with unequal weights."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import NDArray
from statsmodels.stats.proportion import proportion_confint

from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import CONFIDENCE, SEED

Marks = NDArray[np.bool_]
RESAMPLES = 2000


def effective_size(weight: Array) -> float:
    """The effective sample size, (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling, 11.7).

    Between 1 and the number of units. By hand: (2 + 1 + 1)^2 / (4 + 1 + 1) = 16/6.

    >>> round(effective_size(np.array([2.0, 1.0, 1.0])), 3)
    2.667
    """
    return float(weight.sum() ** 2 / (weight**2).sum())


def weighted_share(
    right: Marks, among: Marks, weight: Array, confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """The weighted share of the units `among` that are also `right`, 0 to 1, and its interval.

    sum of w over right and among / sum of w over among. This is the precision if `among` are the units with a hit and
    `right` those with the theme, the recall if these are exchanged, and the specificity for units without the theme and
    without a hit (Powers 2011, Journal of Machine Learning Technologies 2). The interval is Wilson's (1927, Journal of
    the American Statistical Association 22) for the `effective_size`. NaN if there are no units.

    By hand: a sentence of weight 2 is right, another is right, a third is wrong: 3/4; the fourth is not among them.

    >>> right, among = np.array([True, True, False, True]), np.array([True, True, True, False])
    >>> [round(figure, 3) for figure in weighted_share(right, among, np.array([2.0, 1.0, 1.0, 1.0]))]
    [0.75, 0.239, 0.966]
    """
    used = weight[among]
    if not len(used):
        return nan, nan, nan
    share = float(used[right[among]].sum() / used.sum())
    size = effective_size(used)
    low, high = proportion_confint(share * size, size, alpha=1 - confidence, method="wilson")
    return share, float(low), float(high)


def f1_score(
    gold: Marks,
    lexicon: Marks,
    weight: Array,
    confidence: float = CONFIDENCE,
    seed: int = SEED,
) -> tuple[float, float, float]:
    """Harmonic mean of precision and recall, 0 to 1, and its interval.

    2 w(both) / (w(gold) + w(lexicon)), where w is a sum of weights (van Rijsbergen 1979, Information Retrieval, ch. 7).
    The interval has the percentiles of 2,000 bootstrap samples of units (Efron and Tibshirani 1993, An Introduction to
    the Bootstrap, ch. 13). NaN if neither has the theme.

    By hand: recall and precision are one of two: 2 x 1 / (2 + 2).

    >>> f1_score(np.array([True, True, False]), np.array([True, False, True]), np.ones(3))[0]
    0.5
    """
    if not (gold | lexicon).any():
        return nan, nan, nan
    both, either = weight * (gold & lexicon), weight * gold + weight * lexicon
    draws = np.random.default_rng(seed).multinomial(len(gold), np.full(len(gold), 1 / len(gold)), size=RESAMPLES)
    sums = draws @ either
    resampled = 2 * (draws @ both)[sums > 0] / sums[sums > 0]
    low, high = np.quantile(resampled, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(2 * both.sum() / either.sum()), float(low), float(high)
