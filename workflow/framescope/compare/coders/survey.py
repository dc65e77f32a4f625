"""Coded sentences as a sample of all sentences: shares estimated from codes with the lexicon's hits as predictors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from framescope.compare.coders.finding import Coded
from framescope.compare.coders.predictors import Predictors
from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inputs import CONFIDENCE, Tables
from framescope.compare.opinion.opinions import NO_OPINION
from framescope.theme_paths import is_within

FEWEST_IN_STRATUM = 10
# A sentence that alone determines its prediction has a residual of zero, which says nothing of its error.
GREATEST_LEVERAGE = 0.9
# Predictions are not taken to explain more of the variance of codes.
MOST_EXPLAINED = 0.9


@dataclass(frozen=True)
class Estimate:
    """A share, and what each coded sentence adds to its error; `effects` sum to zero in a unit."""

    share: float
    effects: Array


class Sampled(NamedTuple):
    """The variance of the sum of effects over repeated samples, and its degrees of freedom."""

    variance: Callable[[Array], float]
    freedom: int


class Survey:
    """The coded sentences of a study as a sample of the author's sentences.

    `frame` has a row for each sentence of the author: document, section, sentence, role, role_source, group. `at` has
    the rows of the coded ones, and `weight` says how many sentences each of these stands for; they sum to the number of
    sentences. `last_round` is the number of the last sample that was coded.
    """

    def __init__(self, coded: Coded, tables: Tables, opinion: pd.DataFrame = NO_OPINION) -> None:
        self.frame = _frame(tables)
        self._predictors = Predictors(self.frame, tables.hits, opinion)
        self._votes = _votes(coded)
        place = pd.MultiIndex.from_frame(self.frame[["document", "sentence"]])
        units = pd.MultiIndex.from_frame(self._votes[["document", "unit"]].drop_duplicates())
        at = place.get_indexer(units)
        self._units = units[at >= 0]
        self.at: NDArray[np.int64] = at[at >= 0].astype(np.int64)
        drawn = coded.rows.groupby(["document", "unit"])[["weight", "round"]].first().reindex(self._units)
        weights = drawn["weight"].to_numpy(float)
        self.weight = weights * len(self.frame) / weights.sum() if len(weights) else weights
        rounds = drawn["round"].to_numpy(int)
        self.strata, self.last_round = _strata(self.weight, rounds), int(rounds.max(initial=0))
        # A contrast has two sides, and each is needed for many units, one after another.
        self._fit = lru_cache(maxsize=2)(self._regress)

    def answers(self, themes: Sequence[str]) -> Array:
        """For each coded sentence 1 if most coders gave it one of these themes, or one below, 0.5 on a tie, else 0."""
        named = {theme: is_within(theme, *themes) for theme in self._votes["theme"].unique()}
        given = self._votes.assign(has=self._votes["theme"].map(named).astype(float))
        by_coder = given.groupby(["document", "unit", "coder"])["has"].max()
        share = by_coder.groupby(["document", "unit"]).mean().reindex(self._units).to_numpy(float)
        return np.where(share == 0.5, 0.5, share > 0.5).astype(float)

    @cached_property
    def _coefficients(self) -> Array:
        """The coefficients by which the predictors of any theme predict its codes, over all coded top-level themes."""
        tops = sorted({theme.split(".")[0] for theme in self._votes["theme"].unique()} - {""})
        x = np.vstack([self._predictors.of([top])[self.at] for top in tops])
        y = np.concatenate([self.answers([top]) for top in tops])
        root = np.sqrt(np.tile(self.weight, len(tops)))[:, np.newaxis]
        with_constant = np.column_stack([np.ones(len(x)), x])
        return np.asarray(np.linalg.lstsq(with_constant * root, y * root[:, 0], rcond=None)[0], dtype=float)

    def _regress(self, themes: tuple[str, ...]) -> tuple[Array, Array, Array]:
        """The codes of these themes that are predicted for every sentence, and the errors of the coded ones.

        Predictions are from a weighted regression of codes on the prediction of all themes. The second array has the
        errors, the third the errors divided by 1 - leverage (HC3 of MacKinnon and White 1985, Journal of Econometrics
        29), by which variances are not too small because the same codes determine the regression.
        """
        suggested = self._coefficients[0] + self._predictors.of(themes) @ self._coefficients[1:]
        x = np.column_stack([np.ones(len(suggested)), suggested])
        coded = x[self.at]
        weighted = coded * self.weight[:, np.newaxis]
        inverse = np.linalg.pinv(weighted.T @ coded)
        answers = self.answers(themes)
        predicted = x @ (inverse @ (weighted.T @ answers))
        error = answers - predicted[self.at]
        leverage = np.einsum("ij,jk,ik->i", weighted, inverse, coded)
        return predicted, error, error / (1 - np.minimum(leverage, GREATEST_LEVERAGE))

    def predicted(self, themes: Sequence[str]) -> Array:
        """For each sentence of `frame` the predicted answer of `answers`; it can be below 0 or above 1."""
        return self._fit(tuple(themes))[0]

    def share(self, themes: Sequence[str], unit: NDArray[np.bool_]) -> Estimate:
        """The share of a unit's sentences that coders would give one of these themes (`estimated_share`).

        `unit` marks rows of `frame`.
        """
        predicted, error, widened = self._fit(tuple(themes))
        weight = self.weight * unit[self.at]
        share = estimated_share(predicted[unit], error, weight)
        correction = float(weight @ error) / float(weight.sum())
        return Estimate(share, weight * (widened - correction) / weight.sum())

    @property
    def sampled(self) -> Sampled:
        """How the coded sentences were drawn: their strata are the classes of weights."""
        freedom = max(len(self.at) - int(self.strata.max(initial=0)) - 2, 1)
        return Sampled(lambda effects: stratified_variance(effects, self.weight, self.strata), freedom)


def _frame(tables: Tables) -> pd.DataFrame:
    author = tables.sentences[tables.sentences["voice"] == "author"]
    frame = author[["document", "section", "sentence"]].sort_values(["document", "sentence"], ignore_index=True)
    roles = tables.sections[["document", "section", "role", "role_source"]].drop_duplicates(["document", "section"])
    frame = frame.merge(roles, on=["document", "section"], how="left")
    groups: Mapping[str, str] = (
        dict(zip(tables.documents["document"], tables.documents["group"], strict=True))
        if "group" in tables.documents
        else {}
    )
    return frame.assign(group=frame["document"].map(groups).astype(object).fillna("").astype(str))


def _votes(coded: Coded) -> pd.DataFrame:
    return coded.rows[["document", "unit", "coder", "theme"]]


def estimated_share(predicted: Array, errors: Array, weight: Array) -> float:
    """The mean of predicted codes, corrected by what the coded sentences show to be wrong with the predictions.

    mean of `predicted` over all sentences + sum(weight x errors) / sum(weight) over the coded ones: the generalised
    regression estimator (Sarndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, ch. 6), which is the
    prediction-powered estimator of a mean with a tuned weight (Angelopoulos, Duchi and Zrnic 2023, PPI++) and that of
    design-based supervised learning (Egami, Hinck, Stewart and Wei 2023). Whatever the lexicon finds, its bias vanishes
    as codes become more.

    By hand: predictions of 0.1 and 0.3 have the mean 0.2; a sentence that stands for three was 0.2 too low, and one
    that stands for one 0.1 too high: 0.2 + (0.6 - 0.1) / 4.

    >>> round(estimated_share(np.array([0.1, 0.3]), np.array([0.2, -0.1]), np.array([3.0, 1.0])), 3)
    0.325
    """
    return float(predicted.mean()) + float(weight @ errors) / float(weight.sum())


def weight_classes(weight: Array, fewest: int = FEWEST_IN_STRATUM) -> Codes:
    """Classes of sentences with the same or similar weights, each of at least `fewest`: the strata of a sample.

    Sentences of a stratum have one weight, so those of one weight were drawn with one probability. Strata that are too
    small for a variance are joined with those of the next weight (Cochran 1977, Sampling Techniques, 5A.12).

    >>> weight_classes(np.array([1.0, 5.0, 1.0, 5.0, 2.0]), 2).tolist()
    [0, 1, 0, 1, 1]
    """
    classes = np.zeros(len(weight), dtype=np.int64)
    number = size = 0
    order = np.argsort(weight, kind="stable")
    for place, row in enumerate(order):
        another = place > 0 and weight[row] != weight[order[place - 1]]
        if another and size >= fewest and len(weight) - place >= fewest:
            number, size = number + 1, 0
        classes[row] = number
        size += 1
    return classes


def _strata(weight: Array, rounds: Codes) -> Codes:
    """The classes of weights of each round."""
    strata, known = np.zeros(len(weight), dtype=np.int64), 0
    for number in np.unique(rounds):
        classes = weight_classes(weight[rounds == number])
        strata[rounds == number] = known + classes
        known += int(classes.max()) + 1
    return strata


def stratified_variance(effects: Array, weight: Array, strata: Codes) -> float:
    """The variance of the sum of effects over samples drawn in these strata without replacement.

    sum over strata of n / (n - 1) sum of (1 - 1 / w) (effect - mean effect)^2, w how many sentences one stands for
    (Cochran 1977, 5.4, with 1 - 1 / w for the part of a stratum that was not drawn).

    By hand: a stratum of two drawn of four, effects 1 and 3: 2 x (1 - 1/2) x (1 + 1) = 2.

    >>> stratified_variance(np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([0, 0]))
    2.0
    """
    sizes = np.bincount(strata)
    means = np.bincount(strata, effects) / sizes
    squares = np.maximum(1 - 1 / weight, 0) * (effects - means[strata]) ** 2
    sums = np.bincount(strata, squares)
    return float((sums * sizes / np.maximum(sizes - 1, 1)).sum())


def share_interval(
    share: float, variance: float, sentences: float, freedom: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Wilson's interval of a share with a variance: that of so many sentences of which the share has this variance.

    n = share (1 - share) / variance (Korn and Graubard 1998, Survey Methodology 24), the quantile of t with `freedom`
    for that of the normal distribution. Where the share is 0 or 1, n is `sentences`, as many as would say as much
    without predictions; and it is at most ten times as many, because the errors that few codes show are too few.

    >>> [round(end, 3) for end in share_interval(0.5, 0.0025, 100, 10_000)]
    [0.404, 0.596]
    """
    inside = min(max(share, 0.0), 1.0)
    most = sentences / (1 - MOST_EXPLAINED)
    size = min(inside * (1 - inside) / variance, most) if variance > 0 else most
    size = size if 0 < inside < 1 else sentences
    t = float(stats.t.ppf((1 + confidence) / 2, freedom))
    centre = (inside + t * t / 2 / size) / (1 + t * t / size)
    reach = t / (1 + t * t / size) * sqrt(inside * (1 - inside) / size + t * t / 4 / size**2)
    return max(centre - reach, 0.0), min(centre + reach, 1.0)
