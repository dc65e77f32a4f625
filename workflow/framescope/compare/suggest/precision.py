"""How often a term may be expected to stand in sentences about a theme, from the hits near its sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta, norm

from framescope.compare.inputs import CONFIDENCE

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
# The share of the sentences with a hit of the theme that is about it, where no codes say it: about that of the lexicon
# of Framescope on hand-coded texts (docs/themes.md).
OWN_PRECISION = 0.5
# The weight, in sentences, of what is expected of a term beside its coded sentences.
WEIGHT = 2.0
# The least and the largest sum of the parameters of the distribution of shares.
LIMITS = (2.0, 200.0)
SMALLEST_SPAN = 0.02


@dataclass(frozen=True)
class Surroundings:
    """Where the hits of a theme are.

    For each sentence, `hit` says whether it has a hit, and `near` whether it or a neighbour in its paragraph has one.
    `base` is the share of all sentences with `near`; `related` is the share of the theme's hits that have a hit of
    another of its terms in their sentence or a neighbour.
    """

    hit: Flags
    near: Flags
    base: float
    related: float


def surroundings(sentence: NDArray[np.int64], term: pd.Series[str], paragraphs: NDArray[np.int64]) -> Surroundings:
    """The surroundings of a theme's hits, given their sentences (as rows) and terms, and each sentence's paragraph."""
    hit = np.zeros(len(paragraphs), dtype=bool)
    hit[sentence] = True
    follows = paragraphs[1:] == paragraphs[:-1]
    near = hit.copy()
    near[1:] |= hit[:-1] & follows
    near[:-1] |= hit[1:] & follows
    after, before = np.append(follows, False), np.insert(follows, 0, False)
    terms = term.tolist()
    own = Counter(zip(sentence.tolist(), terms, strict=True))
    every = Counter(sentence.tolist())
    related = 0
    for at, name in zip(sentence.tolist(), terms, strict=True):
        window = [at, *([at - 1] if before[at] else []), *([at + 1] if after[at] else [])]
        related += any(every[place] > own[place, name] for place in window)
    return Surroundings(hit, near, float(near.mean()) if len(near) else 0.0, related / len(terms) if terms else 0.0)


def expected_precision(
    near: Numbers, sentences: Numbers, around: Surroundings, own: float = OWN_PRECISION, confidence: float = CONFIDENCE
) -> tuple[Numbers, Numbers, Numbers]:
    """The expected precision of terms and the ends of its interval (ours).

    `near` of a term's `sentences` have other hits of the theme in themselves or a neighbour. The shares of all
    candidates follow a beta distribution with the mean and variance that `prior` estimates, so that a term of few
    sentences is not proposed because of luck (empirical Bayes); the interval contains `confidence` of what is then
    known of a term's share. A share as high as `related` stands for the precision of the theme's own hits, `own`, and
    a share as low as `base` for none; between them the estimate is linear, as that of Rogan and Gladen (1978).

    By hand: with the prior (1, 1), shares of 0 and 4 of 4 become 1 / 6 and 5 / 6, of which one half is expected.

    >>> around = Surroundings(np.zeros(4, dtype=bool), np.zeros(4, dtype=bool), base=0.0, related=1.0)
    >>> expected_precision(np.array([0.0, 4.0]), np.array([4.0, 4.0]), around)[0].round(3).tolist()
    [0.083, 0.417]
    """
    a, b = prior(near, sentences)
    ends = (0.5 - confidence / 2, 0.5 + confidence / 2)
    after = (near + a, sentences - near + b)
    shares = [after[0] / (after[0] + after[1]), *(beta.ppf(end, *after) for end in ends)]
    if around.related <= around.base:
        shares = [np.full(len(near), around.base) for _ in shares]
    span = max(around.related - around.base, SMALLEST_SPAN)
    low, middle, high = (own * np.clip((share - around.base) / span, 0.0, 1.0) for share in np.sort(shares, axis=0))
    return middle, low, high


def prior(near: Numbers, sentences: Numbers) -> tuple[float, float]:
    """The parameters of the beta distribution of shares, of which `near` of `sentences` are binomial draws, by moments.

    Kleinman (1973), Proportions with extraneous variance, with equal weights; the parameters are limited to a sum from
    2 to 200.

    By hand: shares of 0 and 1 of 4 have the mean .5 and the variance .5; binomial draws alone would have .25 / 4.

    >>> prior(np.array([0.0, 4.0]), np.array([4.0, 4.0]))
    (1.0, 1.0)
    """
    shares = near / sentences
    mean = float(np.clip(shares.mean(), 0.01, 0.99))
    spread = float(shares.var(ddof=1)) if len(shares) > 1 else 0.0
    alone = mean * (1 - mean)
    inverse = float((1 / sentences).mean())
    excess = (spread / alone - inverse) / (1 - inverse) if inverse < 1 else 0.0
    total = float(np.clip(1 / excess - 1, *LIMITS)) if excess > 0 else LIMITS[1]
    return mean * total, (1 - mean) * total


def with_codes(
    expected: Numbers, right: Numbers, coded: Numbers, confidence: float = CONFIDENCE
) -> tuple[Numbers, Numbers, Numbers]:
    """The precision of terms of which `right` of `coded` sentences have the theme by hand, with Wilson's interval.

    The expected precision counts as two further sentences (ours).

    By hand: three of four are right, and two more are expected to be right by half: (3 + 1) / (4 + 2).

    >>> with_codes(np.array([0.5]), np.array([3.0]), np.array([4.0]))[0].round(3).tolist()
    [0.667]
    """
    successes, trials = right + WEIGHT * expected, coded + WEIGHT
    low, high = wilson(successes, trials, confidence)
    return successes / trials, low, high


def wilson(successes: Numbers, trials: Numbers, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """Wilson's interval of a share (1927), which may be given fractions of successes."""
    z = float(norm.ppf(0.5 + confidence / 2))
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return middle - reach, middle + reach
