"""Negative-binomial comparison of two groups of many documents, in addition to the permutation of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import elementwise

from framescope.compare.counts.blocks import Array, count_blocks, theme_list, theme_sets
from framescope.compare.inference.pairs import document_pairs
from framescope.compare.inputs import AS_CONFIGURED, CONFIDENCE, Tables, Testing

MANY_DOCUMENTS = 30
# Limits are searched between this logarithm of a rate ratio and its negative, which no groups with hits come near.
FURTHEST = 20.0
# Rounds of fitting the rate and then the dispersion, and Newton's steps to the dispersion in a round.
ROUNDS, STEPS = 6, 4
# So many numbers, of documents times themes, are worked on at a time and fit into the processor's own memory.
NUMBERS_AT_ONCE = 32_000
MODEL_COLUMNS = ["unit", "unit_a", "unit_b", "theme", "documents_a", "documents_b"]
MODEL_COLUMNS += ["log2_ratio", "low", "high", "p", "dispersion"]


@dataclass(frozen=True)
class RateRatios:
    """Natural logarithms of the ratio of two groups' rates, with limits, p and dispersion; a value for each theme."""

    log_ratio: Array
    low: Array
    high: Array
    p: Array
    dispersion: Array


def score_test(hits: Array, words: Array, first: NDArray[np.bool_], log_ratio: Array | float) -> tuple[Array, Array]:
    """z of the hypothesis that ln(rate of the first group / rate of the other) is `log_ratio`, and the dispersion.

    The hits of a document (rows; columns are themes) are negative binomial with mean rate x words = m and variance
    m + alpha m^2. Rate and alpha are fitted to all documents under the hypothesis; alpha is such that the sum of
    (y - m)^2 / (m + alpha m^2) is the number of documents minus one (Breslow 1984, Applied Statistics 33), or 0 if the
    sum is smaller for every alpha. With w = 1/(1 + alpha m), z is the first group's sum of w (y - m) over its standard
    error under the hypothesis, sqrt(A B / (A + B)), where A and B are the groups' sums of w m (Rao's score test). z is
    above 0 if the first group has more hits than expected under the hypothesis.

    >>> hits, words = np.array([[6.0], [9], [3], [0], [3], [3]]), np.full(6, 1000.0)
    >>> z, alpha = score_test(hits, words, np.array([True] * 3 + [False] * 3), 0.0)
    >>> round(z.item(), 2), round(alpha.item(), 2)  # m = 4: alpha (48/5 - 4)/16, w 1/2.4, z 2.5/sqrt(25/10)
    (1.58, 0.35)
    """
    log_ratios = np.broadcast_to(log_ratio, hits.shape[1:])
    themes = max(NUMBERS_AT_ONCE // max(len(words), 1), 1)
    starts = range(0, max(hits.shape[1], 1), themes)
    parts = [
        _score_test(hits[:, start : start + themes], words, first, log_ratios[start : start + themes])
        for start in starts
    ]
    z, alpha = map(np.concatenate, zip(*parts, strict=True))
    return z, alpha


def _score_test(hits: Array, words: Array, first: NDArray[np.bool_], log_ratio: Array) -> tuple[Array, Array]:
    # A row for each theme, because sums of rows take a fraction of the time of sums of columns.
    hits = np.ascontiguousarray(hits.T)
    exposure = words * np.where(first, np.exp(log_ratio)[:, np.newaxis], 1.0)
    rate, alpha = hits.sum(axis=1) / exposure.sum(axis=1), np.zeros(len(hits))
    share, part = np.empty((2, *hits.shape))
    for _ in range(ROUNDS):
        mean = rate[:, np.newaxis] * exposure
        inverse, squares = 1 / mean, (hits / mean - 1) ** 2
        for _ in range(STEPS):
            # 1 / (1/m + alpha) = m / (1 + alpha m). The sum is a falling and convex function of alpha, so Newton's
            # steps approach alpha from below.
            np.divide(1, np.add(inverse, alpha[:, np.newaxis], out=share), out=share)
            pearson = np.vecdot(squares, share)
            slope = np.vecdot(np.multiply(squares, share, out=part), share)
            with np.errstate(divide="ignore"):
                alpha = np.maximum(alpha + (pearson - (len(words) - 1)) / slope, 0)
        weight = 1 / (1 + alpha[:, np.newaxis] * mean)
        rate = np.vecdot(weight, hits) / np.vecdot(weight, exposure)
    mean = rate[:, np.newaxis] * exposure
    weight = 1 / (1 + alpha[:, np.newaxis] * mean)
    surplus = np.vecdot(weight * (hits - mean), first)
    a, b = (np.vecdot(weight * mean, side) for side in (first, ~first))
    return surplus / np.sqrt(a * b / (a + b)), alpha


def rate_ratios(hits: Array, words: Array, first: NDArray[np.bool_], confidence: float = CONFIDENCE) -> RateRatios:
    """The ratio of the first group's rate to the other's by `score_test`, for themes with a hit in both groups.

    log_ratio is the value whose z is 0; low and high are those at the limits of z (score interval: Rao 1948,
    Proceedings of the Cambridge Philosophical Society 44), so p is below 1 - confidence if the interval excludes 0.

    >>> hits, words = np.array([[4.0], [8], [6], [6], [1], [3], [2], [2]]), np.full(8, 1000.0)
    >>> found = rate_ratios(hits, words, np.array([True] * 4 + [False] * 4))
    >>> [round(float(np.exp(limit.item())), 1) for limit in (found.low, found.log_ratio, found.high)]  # 24 v. 8
    [1.4, 3.0, 6.5]
    """
    themes = np.arange(hits.shape[1])
    reach = stats.norm.ppf((1 + confidence) / 2)

    def above(log_ratio: Array, theme: NDArray[np.int64], target: Array) -> Array:
        # The search for each of the three targets begins at the same values.
        different, place = np.unique([np.ravel(theme), np.ravel(log_ratio)], axis=1, return_inverse=True)
        z, _ = score_test(hits[:, different[0].astype(np.int64)], words, first, different[1])
        return np.asarray(z[place].reshape(np.shape(log_ratio)) - target)

    targets = np.array([[0.0], [reach], [-reach]])
    found = elementwise.find_root(above, (-FURTHEST, FURTHEST), args=(themes, targets), tolerances={"xatol": 1e-6})
    z, alpha = score_test(hits, words, first, 0.0)
    log_ratio, low, high = found.x
    return RateRatios(log_ratio, low, high, p=2 * stats.norm.sf(np.abs(z)), dispersion=alpha)


def group_models(
    tables: Tables, *, themes: Sequence[str] | None = None, testing: Testing = AS_CONFIGURED
) -> pd.DataFrame:
    """A row for each pair of roles or groups with thirty documents with words or more each, and theme that both have.

    log2_ratio, low, high and p are those of `rate_ratios`; dispersion is alpha under the hypothesis of equal rates. p
    is not corrected for the number of tests. The rows are a check of those of `document_differences` for the same
    pairs, whose permutation of documents has fewer assumptions.
    """
    counts = count_blocks(tables.tested(testing), theme_sets(theme_list(tables.hits, themes)))
    compared = []
    for layout in document_pairs(counts):
        for number, pair in enumerate(layout.pairs if layout.inference == "document" else ()):
            # A document whose sentences are all copied has no words, and so no rate.
            sides = [side[layout.counts.words[side] > 0] for side in layout.sides(number)]
            if min(map(len, sides)) < MANY_DOCUMENTS:
                continue
            hits = [layout.counts.hits[side] for side in sides]
            both = np.flatnonzero(np.all([side.sum(axis=0) > 0 for side in hits], axis=0))
            first = np.repeat([True, False], [len(side) for side in sides])
            words = layout.counts.words[np.concatenate(sides)]
            ratios = rate_ratios(np.concatenate(hits)[:, both], words, first, testing.confidence)
            table = pd.DataFrame({"unit": pair.unit, "unit_a": pair.a, "unit_b": pair.b}, index=range(len(both)))
            table["theme"] = np.array(counts.names, dtype=object)[both]
            table["documents_a"], table["documents_b"] = map(len, sides)
            for name, values in (("log2_ratio", ratios.log_ratio), ("low", ratios.low), ("high", ratios.high)):
                table[name] = values / np.log(2)
            table["p"], table["dispersion"] = ratios.p, ratios.dispersion
            compared.append(table)
    return pd.concat(compared, ignore_index=True) if compared else pd.DataFrame(columns=MODEL_COLUMNS)
