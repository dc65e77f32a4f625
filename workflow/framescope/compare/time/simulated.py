"""Simulated series without a change: the null distributions of trends, breaks and smooth lines.

A series of texts is autocorrelated even if nothing changes, because neighbouring texts have one speaker, one
government or one crisis in common. Studies with autocorrelated series are simulated. The null distribution of an
observed series comes from the simulated ones with the most similar autocorrelation (`autocorrelation`), estimated in
the same way and with the same error. That is a parametric bootstrap (Efron and Tibshirani 1993, An Introduction to the
Bootstrap, ch. 6) conditional on the estimated autocorrelation. Permutations of the points would destroy it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inference.permutation import p_of_draws
from framescope.compare.time.fits import autocorrelation, fewest_on_a_side, fit_break, fit_trend
from framescope.compare.time.smooth import smooth

# The number of simulated series, and how many of these an observed series is compared with.
SERIES, NEAREST, NEAREST_BREAKS = 12_000, 1_500, 600
# The most themes in a simulated study, whose mean autocorrelation is used for each of its series.
MOST_THEMES = 12
# The autocorrelation of one series cannot be estimated well: the weight of its own estimate; that of the mean over the
# themes of the study is the rest. This and the constants below were chosen on series like those of addresses
# (docs/time.md).
OWN_WEIGHT = 0.3
# The highest correlation of neighbours in an autoregressive series, and its standard deviation among the themes of a
# study.
HIGHEST_CORRELATION, AMONG_THEMES = 0.8, 0.15
# The highest share of the variance that the texts of a speaker have in common, and the least and greatest mean number
# of texts by one speaker.
MOST_SHARED, TEXTS_A_SPEAKER = 0.7, (2.0, 10.0)
# The sizes of simulated breaks, in standard deviations of the series, are absolute values of normal deviates with this
# standard deviation.
BREAKS = 1.5


@dataclass(frozen=True)
class Null:
    """Simulated values of a statistic, each with the autocorrelation of the residuals of its series."""

    autocorrelation: Array
    statistic: Array


@dataclass(frozen=True)
class Bank:
    """Statistics of simulated series over the same points, without a change and with a break.

    `time`, `themes` and `seed` are those of `bank`. `trend` and `broken` (of a break) are the null distributions from
    series without a change. From series with a break: `sizes` are the estimated sizes of the breaks, `autocorrelation`
    is that of the residuals, and `misfit` that of the true place (`Break.misfit`).
    """

    time: tuple[float, ...]
    themes: int
    seed: int
    trend: Null
    broken: Null
    sizes: Array
    autocorrelation: Array
    misfit: Array


def pooled(own: Array, mean: Array | float) -> Array:
    """The autocorrelation of each series, shrunk towards the mean of the study's themes: 0.3 own + 0.7 mean.

    The form and the weight are ours.

    >>> pooled(np.array([1.0]), 0.5).round(2).tolist()
    [0.65]
    """
    return np.asarray(OWN_WEIGHT * own + (1 - OWN_WEIGHT) * mean)


def autoregressive_series(studies: int, themes: int, points: int, random: np.random.Generator) -> Array:
    """First-order autoregressive series with variance 1: a row for each theme, those of a study one after another."""
    share = np.repeat(random.uniform(0, HIGHEST_CORRELATION, studies), themes)
    rho = np.clip(share + AMONG_THEMES * random.standard_normal(len(share)), -0.2, 0.95)
    shocks = random.standard_normal((points, len(rho)))
    rows = np.empty((points, len(rho)))
    rows[0] = shocks[0]
    for place in range(1, points):
        rows[place] = rho * rows[place - 1] + np.sqrt(1 - rho**2) * shocks[place]
    return rows.T


def series_of_speakers(studies: int, themes: int, points: int, random: np.random.Generator) -> Array:
    """Series with variance 1, part of which all texts of a speaker have in common; a row for each theme of each study.

    Speakers follow one another at the same places in all themes of a study.
    """
    mean = random.uniform(*TEXTS_A_SPEAKER, studies)[:, np.newaxis]
    ends = (1 + random.poisson(mean - 1, (studies, points))).cumsum(axis=1)
    began = np.zeros((studies, points + 1), dtype=np.int64)
    np.put_along_axis(began, np.minimum(ends, points), 1, axis=1)
    speaker = np.repeat(began[:, :points].cumsum(axis=1), themes, axis=0)
    share = np.repeat(random.uniform(0, MOST_SHARED, studies), themes)
    share = np.clip(share + AMONG_THEMES * random.standard_normal(len(share)), 0, 0.95)[:, np.newaxis]
    own, common = random.standard_normal((2, *speaker.shape))
    return np.asarray(np.sqrt(share) * np.take_along_axis(common, speaker, axis=1) + np.sqrt(1 - share) * own)


def _series_without_change(points: int, themes: int, seed: int) -> tuple[Array, np.random.Generator]:
    """Series of which one half are autoregressive and the other half of speakers, and the generator after them."""
    random, each = np.random.default_rng([seed, points, themes]), SERIES // themes // 2
    made = [make(each, themes, points, random) for make in (autoregressive_series, series_of_speakers)]
    return np.vstack(made), random


# Trends and changes of the same texts are compared with the same series. A bank has half a megabyte.
@lru_cache(maxsize=64)
def bank(time: tuple[float, ...], themes: int, seed: int) -> Bank:
    """Simulated studies with this number of themes over these points in years (`_series_without_change`)."""
    points = len(time)
    value, random = _series_without_change(points, themes, seed)
    weight, years = np.ones_like(value), np.array(time)
    line, found = fit_trend(value, weight, years), fit_break(value, weight)
    side = fewest_on_a_side(points)
    place = random.integers(side, points - side + 1, len(value))
    size = BREAKS * np.abs(random.standard_normal(len(value)))
    after = np.arange(points) >= place[:, np.newaxis]
    with_break = fit_break(value + size[:, np.newaxis] * after, weight)
    return Bank(
        *(time, themes, seed),
        trend=Null(_in_studies(line.residuals, themes), line.statistic),
        broken=Null(_in_studies(found.residuals, themes), found.statistic),
        sizes=with_break.size,
        autocorrelation=_in_studies(with_break.residuals, themes),
        misfit=with_break.misfit[np.arange(len(value)), place - side],
    )


def smooth_null(simulated: Bank) -> Null:
    """The null distribution of a smooth line at each point, from the series without a change of a bank.

    The autocorrelation is that of the residuals from a break, because the residuals from a line that follows
    neighbouring points hardly show it.
    """
    value, _ = _series_without_change(len(simulated.time), simulated.themes, simulated.seed)
    drawn = smooth(value, np.ones(len(simulated.time)), np.array(simulated.time))
    return Null(simulated.broken.autocorrelation, np.abs(drawn.line) / drawn.error)


def _in_studies(residuals: Array, themes: int) -> Array:
    """The autocorrelation of each series, shrunk towards the mean of the themes of its simulated study."""
    own = autocorrelation(residuals).reshape(-1, themes)
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


def null_p(null: Null, correlation: Array, statistic: Array, confidence: float) -> tuple[Array, Array]:
    """p of each observed statistic, and the value above which p is below 1 - confidence.

    p is (c + 1) / (m + 1), where c of the m = 1,500 simulated series with the most similar autocorrelation have a
    statistic at least as large as the observed one (Davison and Hinkley 1997, Bootstrap Methods and their Application,
    4.2). If c is below a hundred, p is estimated from the tail of the others (`tail_p`). `correlation` is the
    autocorrelation of each observed series.

    By hand: none of 1,500 equal statistics below 1 reaches 2, and they have no tail: 1 / 1,501.

    >>> null = Null(np.linspace(0, 1, 1500), np.full(1500, 0.5))
    >>> p, critical = null_p(null, np.array([0.5]), np.array([2.0]), 0.95)
    >>> (1501 * p).round(6).tolist(), critical.tolist()
    ([1.0], [0.5])
    """
    rows = nearest(null.autocorrelation[:, np.newaxis], correlation[:, np.newaxis], NEAREST)
    p, critical = np.full((2, len(statistic)), np.nan)
    for place in np.flatnonzero(np.isfinite(statistic)):
        chance = null.statistic[rows[place]][:, np.newaxis]
        p[place] = p_of_draws(statistic[place : place + 1][np.newaxis], chance)[0].item()
        critical[place] = np.quantile(chance, confidence)
    return p, critical


def band_reach(null: Null, correlation: Array, confidence: float) -> Array:
    """The number of standard errors from a smooth line to the limits of its band, for each observed series.

    With this number the bands of simulated series with a similar autocorrelation contain the true line at the share
    `confidence` of all points (a pointwise band, by the bootstrap-t of Efron and Tibshirani 1993, ch. 12).

    >>> null = Null(np.zeros(1500), np.tile(np.arange(100.0), (1500, 1)))
    >>> band_reach(null, np.zeros(1), 0.95).round(1).tolist()
    [94.0]
    """
    rows = nearest(null.autocorrelation[:, np.newaxis], correlation[:, np.newaxis], NEAREST)
    return np.array([np.quantile(null.statistic[similar], confidence) for similar in rows])


def break_reach(simulated: Bank, correlation: Array, size: Array, confidence: float) -> Array:
    """The largest `Break.misfit` of a place that belongs to the confidence interval of the break, for each series.

    The interval inverts the likelihood ratio test of Eo and Morley (2015, Quantitative Economics 6). Its distribution
    is that of the 600 simulated series with the most similar autocorrelation and size of the break, not the limit
    distribution for small breaks.
    """
    observed = np.column_stack([correlation, np.nan_to_num(size, posinf=simulated.sizes.max())])
    rows = nearest(np.column_stack([simulated.autocorrelation, simulated.sizes]), observed, NEAREST_BREAKS)
    return np.asarray(np.quantile(simulated.misfit[rows], confidence, axis=1))


def break_interval(misfit: Array, reach: Array, places: Codes) -> tuple[Codes, Codes]:
    """The first and the last place of a break whose misfit is at most `reach`, for each series (row).

    >>> break_interval(np.array([[9.0, 2, 0, 5, 1]]), np.array([3.0]), np.arange(10, 15))
    (array([11]), array([14]))
    """
    fits: NDArray[np.bool_] = misfit <= reach[:, np.newaxis]
    return places[fits.argmax(axis=1)], places[::-1][fits[:, ::-1].argmax(axis=1)]
