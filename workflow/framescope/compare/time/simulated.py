"""Series in which nothing changes but neighbours are alike: what trends, breaks and smooth lines are held against.

A test of a change needs to know what series without one look like, and those of texts have neighbours that are alike:
one speaker, one government, one crisis. Studies of such series are simulated; of these the ones that are as alike in
their neighbours as the observed series (`likeness`), estimated in the same way and with the same error, are its null.
That is a parametric bootstrap (Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 6) conditional on the
estimated autocorrelation; nothing is permuted, because a permutation loses the order in which neighbours are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inference.permutation import p_of_draws
from framescope.compare.time.fits import fewest_on_a_side, fit_break, fit_trend, likeness
from framescope.compare.time.smooth import smooth

# Simulated series of a bank, and how many of them, the most alike, an observed one is held against.
SERIES, NEAREST, NEAREST_BREAKS = 12_000, 1_500, 600
# Themes of a study on whose mean likeness one of its series leans, at most.
MOST_THEMES = 12
# One series says little of its own likeness: so much of it is its own, the rest the mean of the study's themes. This
# and the two below were chosen on series like those of addresses (docs/time.md).
OWN = 0.3
# Neighbours in a chain are alike by up to so much; themes of a study differ in it by so much (standard deviation).
MOST_ALIKE, AMONG_THEMES = 0.8, 0.15
# Speakers who follow one another share up to so much of the variance, and give 2 to 10 texts on average.
MOST_SHARED, TEXTS_A_SPEAKER = 0.7, (2.0, 10.0)
# Sizes of simulated breaks in standard deviations are absolute values of normal ones with this standard deviation.
BREAKS = 1.5


@dataclass(frozen=True)
class Null:
    """Simulated values of a statistic, each with the likeness of the residuals that go with it."""

    likeness: Array
    statistic: Array


@dataclass(frozen=True)
class Bank:
    """Simulated series over the same points: nulls of a trend and a break; and with a break, how well its place fits.

    `sizes` are the estimated sizes of the breaks, `likeness` the likeness beside them, and `misfit` how much worse than
    the best place the true one fits (`Break.misfit`). `smooth` has the statistics of a smooth line at each point, and
    the likeness beside a break: what is left beside a line that follows its neighbours says little of their likeness.
    """

    trend: Null
    broken: Null
    smooth: Null
    sizes: Array
    likeness: Array
    misfit: Array


def pooled(own: Array, mean: Array | float) -> Array:
    """A series' likeness, 0.3 of it its own and the rest the mean of the study's themes; ours.

    >>> pooled(np.array([1.0]), 0.5).round(2).tolist()
    [0.65]
    """
    return np.asarray(OWN * own + (1 - OWN) * mean)


def chains(studies: int, themes: int, points: int, random: np.random.Generator) -> Array:
    """Autoregressive series of the first order with variance 1, the themes of a study one after another (rows)."""
    share = np.repeat(random.uniform(0, MOST_ALIKE, studies), themes)
    rho = np.clip(share + AMONG_THEMES * random.standard_normal(len(share)), -0.2, 0.95)
    shocks = random.standard_normal((points, len(rho)))
    rows = np.empty((points, len(rho)))
    rows[0] = shocks[0]
    for place in range(1, points):
        rows[place] = rho * rows[place - 1] + np.sqrt(1 - rho**2) * shocks[place]
    return rows.T


def speakers(studies: int, themes: int, points: int, random: np.random.Generator) -> Array:
    """Series of variance 1 in which speakers follow one another and share a part of it, the same in all themes."""
    mean = random.uniform(*TEXTS_A_SPEAKER, studies)[:, np.newaxis]
    ends = (1 + random.poisson(mean - 1, (studies, points))).cumsum(axis=1)
    began = np.zeros((studies, points + 1), dtype=np.int64)
    np.put_along_axis(began, np.minimum(ends, points), 1, axis=1)
    speaker = np.repeat(began[:, :points].cumsum(axis=1), themes, axis=0)
    share = np.repeat(random.uniform(0, MOST_SHARED, studies), themes)
    share = np.clip(share + AMONG_THEMES * random.standard_normal(len(share)), 0, 0.95)[:, np.newaxis]
    own, common = random.standard_normal((2, *speaker.shape))
    return np.asarray(np.sqrt(share) * np.take_along_axis(common, speaker, axis=1) + np.sqrt(1 - share) * own)


@lru_cache(maxsize=4)
def bank(time: tuple[float, ...], themes: int, seed: int) -> Bank:
    """Simulated studies of so many themes over these points in years: one half chains, the other speakers."""
    random = np.random.default_rng([seed, len(time), themes])
    points, each = len(time), SERIES // themes // 2
    value = np.vstack([chains(each, themes, points, random), speakers(each, themes, points, random)])
    weight, years = np.ones_like(value), np.array(time)
    line, found = fit_trend(value, weight, years), fit_break(value, weight)
    drawn = smooth(value, weight[0], years)
    side = fewest_on_a_side(points)
    place = random.integers(side, points - side + 1, len(value))
    size = BREAKS * np.abs(random.standard_normal(len(value)))
    after = np.arange(points) >= place[:, np.newaxis]
    with_break = fit_break(value + size[:, np.newaxis] * after, weight)
    return Bank(
        trend=Null(_in_studies(line.residuals, themes), line.statistic),
        broken=Null(_in_studies(found.residuals, themes), found.statistic),
        smooth=Null(_in_studies(found.residuals, themes), np.abs(drawn.line) / drawn.error),
        sizes=with_break.size,
        likeness=_in_studies(with_break.residuals, themes),
        misfit=with_break.misfit[np.arange(len(value)), place - side],
    )


def _in_studies(residuals: Array, themes: int) -> Array:
    own = likeness(residuals).reshape(-1, themes)
    return pooled(own, own.mean(axis=1, keepdims=True)).ravel()


def nearest(simulated: Array, observed: Array, number: int) -> Codes:
    """Rows of the simulated values that are nearest to each observed row, by ranks in each column.

    >>> nearest(np.array([[1.0], [2], [3], [50]]), np.array([[2.6]]), 2).tolist()
    [[1, 2]]
    """
    ordered = np.sort(simulated, axis=0)
    ranks = [
        np.column_stack([np.searchsorted(ordered[:, i], rows[:, i]) for i in range(rows.shape[1])]).astype(float)
        for rows in (simulated, observed)
    ]
    _, found = cKDTree(ranks[0]).query(ranks[1], k=number)
    return np.sort(np.asarray(found, dtype=np.int64).reshape(len(observed), number), axis=1)


def null_p(null: Null, alike: Array, statistic: Array, confidence: float) -> tuple[Array, Array]:
    """p of each observed statistic, and the value that a statistic has to exceed for it to be below 1 - confidence.

    p is (c + 1) / (m + 1): c of the m = 1,500 simulated series whose likeness is nearest to the observed one have a
    statistic as large (Davison and Hinkley 1997, Bootstrap Methods and their Application, 4.2). Where under a hundred
    do, it is told by the tail of the others (`tail_p`).

    By hand: none of 1,500 equal statistics below 1 reaches 2, and they have no tail: 1 / 1,501.

    >>> null = Null(np.linspace(0, 1, 1500), np.full(1500, 0.5))
    >>> p, critical = null_p(null, np.array([0.5]), np.array([2.0]), 0.95)
    >>> (1501 * p).round(6).tolist(), critical.tolist()
    ([1.0], [0.5])
    """
    rows = nearest(null.likeness[:, np.newaxis], alike[:, np.newaxis], NEAREST)
    p, critical = np.full((2, len(statistic)), np.nan)
    for place in np.flatnonzero(np.isfinite(statistic)):
        chance = null.statistic[rows[place]][:, np.newaxis]
        p[place] = p_of_draws(statistic[place : place + 1][np.newaxis], chance)[0].item()
        critical[place] = np.quantile(chance, confidence)
    return p, critical


def band_reach(null: Null, alike: Array, confidence: float) -> Array:
    """How many standard errors a smooth line's band reaches at a point, for series as alike in their neighbours.

    As many as hold the true line, of simulated series, in that share of all points (pointwise; by the bootstrap-t of
    Efron and Tibshirani 1993, ch. 12).

    >>> null = Null(np.zeros(1500), np.tile(np.arange(100.0), (1500, 1)))
    >>> band_reach(null, np.zeros(1), 0.95).round(1).tolist()
    [94.0]
    """
    rows = nearest(null.likeness[:, np.newaxis], alike[:, np.newaxis], NEAREST)
    return np.array([np.quantile(null.statistic[own], confidence) for own in rows])


def break_reach(simulated: Bank, alike: Array, size: Array, confidence: float) -> Array:
    """How much worse than the best place another may fit and still be where the break was, at the confidence.

    The likelihood ratio of Eo and Morley (2015, Quantitative Economics 6), held against the 600 simulated series that
    are nearest in likeness and in the size of their break, instead of against its limit for small breaks.
    """
    observed = np.column_stack([alike, np.nan_to_num(size, posinf=simulated.sizes.max())])
    rows = nearest(np.column_stack([simulated.likeness, simulated.sizes]), observed, NEAREST_BREAKS)
    return np.asarray(np.quantile(simulated.misfit[rows], confidence, axis=1))


def held(misfit: Array, reach: Array, places: Codes) -> tuple[Codes, Codes]:
    """The first and the last place of a break that fit no worse than the reach; a row a series.

    >>> held(np.array([[9.0, 2, 0, 5, 1]]), np.array([3.0]), np.arange(10, 15))
    (array([11]), array([14]))
    """
    fits: NDArray[np.bool_] = misfit <= reach[:, np.newaxis]
    return places[fits.argmax(axis=1)], places[::-1][fits[:, ::-1].argmax(axis=1)]
