"""Estimators by which units are compared: log rates of themes and log-odds of contrasts, with variances over blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framescope.compare.counts.blocks import Array, BlockCounts, Codes
from framescope.compare.inference.intervals import Moments

HALF = 0.5
# The least overdispersion that is assumed, because the variance of a few blocks is often underestimated.
DISPERSION = 1.25
# The least effective number of blocks: if one block has nearly all words or hits, the others do not show the variance.
FEWEST_EFFECTIVE = 2.0


@dataclass(frozen=True)
class LogRates:
    """The logarithm of each theme's rate, ln((hits + 1/2) / (words + h)), where h is the number of words in which half
    a hit is expected at the common rate of all compared units.

    Half a hit is added as for log-odds (Haldane 1956, Annals of Human Genetics 20), together with the words in which it
    is expected. The result is the posterior mean of a Poisson rate whose prior has the common rate as its mean and the
    weight of half a hit (Clayton and Kaldor 1987, Biometrics 43). Units with equal rates therefore have equal
    estimates, and the unit with the higher rate has the higher estimate, whatever their lengths. The variance is that
    of the linearised ratio over the blocks (Cochran 1977) with their leverage (`leverage_factor`), and at least 1.25
    times that of a Poisson count, 1/(hits + 1/2); this minimum is ours.
    """

    def ratio_parts(self, counts: BlockCounts) -> tuple[Array, Array]:
        """The numerator and denominator of the rate by block: hits of each theme, and words."""
        return counts.hits, counts.words[:, np.newaxis]

    def counted(self, counts: BlockCounts) -> Array:
        """For each block: the hits on which the estimate rests, those of each theme."""
        return counts.hits

    def features(self, counts: BlockCounts) -> Array:
        """By block: words, their square, then hits, hits x words and squared hits of each theme."""
        words = counts.words[:, np.newaxis]
        return np.hstack([words, words**2, counts.hits, counts.hits * words, counts.hits**2])

    def columns(self, chosen: Codes, total: int) -> Codes:
        """The columns of the features of the chosen themes, by their places among all `total` themes."""
        return np.concatenate([[0, 1], *(2 + part * total + chosen for part in range(3))])

    def estimates(self, sums: Array, together: Array | None = None) -> tuple[Array, Array]:
        """Values and variances from sums of features over blocks; shape (..., themes).

        `together` are the sums over all compared units, without which the unit stands alone.

        By hand: two blocks of 10 words with 1 and 3 hits and nothing else: half a hit is expected in 2.5 words, and the
        residuals from the rate 4.5/22.5 are -1 and 1.

        >>> value, variance = LogRates().estimates(np.array([20.0, 200, 4, 40, 10]))
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(0.2), 2 / 4.5^2 x (2/1)^2
        ([-1.609], [0.395])
        """
        together = sums if together is None else together
        words, squares = sums[..., :1], sums[..., 1:2]
        unit_hits, products, hit_squares = np.split(sums[..., 2:], 3, axis=-1)
        all_hits = np.split(together[..., 2:], 3, axis=-1)[0]
        hits, length = _with_half(unit_hits, words, all_hits, together[..., :1])
        rate = hits / length
        residual = np.maximum(hit_squares - 2 * rate * products + rate**2 * squares, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(rate), np.maximum(residual / hits**2 * leverage_factor(words, squares), DISPERSION / hits)


def _with_half(hits: Array, words: Array, all_hits: Array, all_words: Array) -> tuple[Array, Array]:
    """Hits plus half a hit, and words plus those in which half a hit is expected at the common rate.

    If no unit has a hit, both are 1/2, so that all units are equal.
    """
    none = all_hits == 0
    half = HALF * all_words / np.where(none, 1, all_hits)
    return hits + HALF, np.where(none, HALF, words + half)


@dataclass(frozen=True)
class LogOdds:
    """The log-odds of each contrast, ln((a + s) / (b + 1 - s)), where a and b are the hits of its two sides.

    The counts have the sides in turn, as `contrast_sets` orders them. The logarithmic scale of position of Lowe,
    Benoit, Mikhaylov and Laver (2011), Legislative Studies Quarterly 36. For a unit by itself s is 1/2, as in theirs.
    If units are compared, s is side a's share of the hits of all of them: one hit is added to each unit in the
    proportions of all units together. Units with equal shares therefore have equal estimates, and the unit with the
    higher share has the higher estimate. The variance is that of the linearised log ratio over the blocks with their
    leverage, of which a block has its part of the hits of both sides, and at least 1.25 times 1/(a + s) +
    1/(b + 1 - s); this minimum is ours.
    """

    def ratio_parts(self, counts: BlockCounts) -> tuple[Array, Array]:
        """The numerator and denominator of the share by block: hits of side a, and hits of both sides."""
        a, b = counts.hits[:, ::2], counts.hits[:, 1::2]
        return a, a + b

    def counted(self, counts: BlockCounts) -> Array:
        """For each block: the hits on which the estimate rests, those of both sides of each contrast."""
        return counts.hits[:, ::2] + counts.hits[:, 1::2]

    def features(self, counts: BlockCounts) -> Array:
        """By block: a, b, their squares and their product, each for all contrasts."""
        a, b = counts.hits[:, ::2], counts.hits[:, 1::2]
        return np.hstack([a, b, a * a, b * b, a * b])

    def moments(self, sums: Array, blocks: Array) -> Moments:
        """Moments of a as a share of the hits of both sides, from sums of features over `blocks` blocks."""
        a, b, aa, bb, ab = np.split(sums, 5, axis=-1)
        return Moments(count=blocks, y=a, x=a + b, yy=aa, xy=aa + ab, xx=aa + 2 * ab + bb)

    def columns(self, chosen: Codes, total: int) -> Codes:
        """The columns of the features of the chosen contrasts, by their places among all `total` contrasts."""
        return np.concatenate([part * total + chosen for part in range(5)])

    def estimates(self, sums: Array, together: Array | None = None) -> tuple[Array, Array]:
        """Values and variances from sums of features over blocks; shape (..., contrasts).

        `together` are the sums over all compared units, without which the unit stands alone.

        By hand: two blocks with a = 3 and 0, b = 0 and 3: residuals 3/3.5 and -3/3.5.

        >>> value, variance = LogOdds().estimates(np.array([3.0, 3, 9, 9, 0]))
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(3.5/3.5), 2 x 0.735 x (2/1)^2
        ([0.0], [5.878])
        """
        a, b, aa, bb, ab = np.split(sums, 5, axis=-1)
        factor = leverage_factor(a + b, aa + 2 * ab + bb)
        a, b = _with_one(a, b, None if together is None else np.split(together, 5, axis=-1)[:2])
        with np.errstate(divide="ignore", invalid="ignore"):
            residual = np.maximum(aa / a**2 - 2 * ab / (a * b) + bb / b**2, 0)
            return np.log(a / b), np.maximum(residual * factor, DISPERSION * (1 / a + 1 / b))


def _with_one(a: Array, b: Array, together: Sequence[Array] | None) -> tuple[Array, Array]:
    """Hits of both sides plus one hit, divided between them in proportion to the hits of all units, or in halves.

    If one side has no hit in any unit, both are 1/2, so that all units are equal.
    """
    if together is None:
        return a + HALF, b + HALF
    all_a, all_b = together
    none = (all_a == 0) | (all_b == 0)
    share = all_a / np.where(none, 1, all_a + all_b)
    return np.where(none, HALF, a + share), np.where(none, HALF, b + 1 - share)


Estimator = LogRates | LogOdds


def difference(estimator: Estimator, first: Array, together: Array) -> tuple[Array, Array, Array]:
    """The first unit's value minus the second's, and the variances of both, from sums of features over the blocks of
    the first and of both together, which may be the same for all.

    The difference is above 0 if and only if the rate (the share of side a) is higher in the first unit, and 0 if both
    are equal. That the added half hit has the rate of both units together is ours.

    By hand: 2 hits in 100 words and 6 in 300; and none in 100 against 8 in 300 words, where half a hit is expected
    in 25.

    >>> def sums(words, hits):
    ...     return np.array([words, words**2, hits, hits * words, hits**2])
    >>> for hits in (2.0, 6.0), (0.0, 8.0):
    ...     first, second = sums(100.0, hits[0]), sums(300.0, hits[1])
    ...     value = difference(LogRates(), first, first + second)[0]
    ...     print(value.round(3).tolist())  # 0; ln((0.5 / 125) / (8.5 / 325))
    [0.0]
    [-1.878]
    """
    value, variance = estimator.estimates(first, together)
    other, other_variance = estimator.estimates(together - first, together)
    return value - other, variance, other_variance


def studentised(estimator: Estimator, first: Array, together: Array) -> Array:
    """`difference` over its standard error."""
    value, variance, other_variance = difference(estimator, first, together)
    return np.asarray(value / np.sqrt(variance + other_variance))


def leverage_factor(total: Array, squares: Array) -> Array:
    """The factor on squared residuals for the leverage of the blocks: (m / (m - 1))^2, m their effective number.

    m = (sum x)^2 / sum x^2 (Kish 1965), which is the number of blocks if all have the same size x; at least 2. This is
    the factor of the HC3 estimator (MacKinnon and White 1985, Journal of Econometrics 29) at the mean leverage, 1/m, of
    blocks whose leverage is x / sum x. `total` is sum x, `squares` sum x^2.

    By hand: 10, 10 and 20 words are 1600/600 effective blocks, and (2.667/1.667)^2.

    >>> leverage_factor(np.array([40.0, 30.0]), np.array([600.0, 300.0])).round(2).tolist()
    [2.56, 2.25]
    """
    number = np.maximum(np.divide(total**2, squares, out=np.zeros_like(squares), where=squares > 0), FEWEST_EFFECTIVE)
    return np.asarray((number / (number - 1)) ** 2)


def contrast_sets(contrasts: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The two sides of each contrast as named sets for `count_blocks`: "name: a", then "name: b".

    Raises:
        ValueError: a contrast without name, a or b, two contrasts with the same name, or a theme on both sides.
    """
    sets: dict[str, list[str]] = {}
    for number, contrast in enumerate(contrasts, start=1):
        missing = [key for key in ("name", "a", "b") if not contrast.get(key)]
        if missing:
            raise ValueError(f"contrasts, number {number}: expected name, a and b, found no {' and no '.join(missing)}")
        name = str(contrast["name"])
        sides = {side: [str(theme) for theme in contrast[side]] for side in ("a", "b")}
        both = sorted(set(sides["a"]) & set(sides["b"]))
        if both:
            raise ValueError(f"contrasts, {name!r}: {', '.join(both)} is on both sides; name each theme on one")
        if f"{name}: a" in sets:
            raise ValueError(f"contrasts: {name!r} names two contrasts; give each its own name")
        sets.update({f"{name}: {side}": themes for side, themes in sides.items()})
    return sets
