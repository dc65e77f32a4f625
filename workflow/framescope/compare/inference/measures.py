"""What two units are compared on: log rates of themes, log-odds of contrasts; each with its variance over blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framescope.compare.counts.blocks import Array, BlockCounts, Codes
from framescope.compare.inference.intervals import Moments

HALF = 0.5
# Counts are taken for overdispersed by this at least: few blocks often show less spread than they have.
DISPERSION = 1.25


@dataclass(frozen=True)
class LogRates:
    """Log of each theme's rate, ln((hits + 1/2) / (words + half)), `half` the words that half a hit takes at the rate
    of all compared units together.

    Half a hit is added as for log-odds (Haldane 1956, Annals of Human Genetics 20), and with it the words that it would
    take: the posterior mean of a Poisson rate whose prior has the common rate as its mean and the weight of half a hit
    (Clayton and Kaldor 1987, Biometrics 43). So equal rates are equal here and the higher rate is the higher here,
    however long the units are. The variance is that of the linearised ratio over the blocks (Cochran 1977), and no less
    than 1.25 times a Poisson count's, 1/(hits + 1/2); that floor is ours.
    """

    def ratio_parts(self, counts: BlockCounts) -> tuple[Array, Array]:
        """Per block: hits of each theme, and the words they are a rate of."""
        return counts.hits, counts.words[:, np.newaxis]

    def features(self, counts: BlockCounts) -> Array:
        """Per block: words, their square, then hits, hits x words and squared hits of each theme."""
        words = counts.words[:, np.newaxis]
        return np.hstack([words, words**2, counts.hits, counts.hits * words, counts.hits**2])

    def columns(self, chosen: Codes, many: int) -> Codes:
        """Places of the features of the chosen ones of so many themes."""
        return np.concatenate([[0, 1], *(2 + part * many + chosen for part in range(3))])

    def estimates(self, sums: Array, blocks: Array | float, together: Array | None = None) -> tuple[Array, Array]:
        """Values and variances from sums of features over so many blocks; shape (..., themes).

        Two blocks of 10 words with 1 and 3 hits, all there is: half a hit takes 2.5 words, and the residuals from the
        rate 4.5/22.5 are -1 and 1.

        >>> value, variance = LogRates().estimates(np.array([20.0, 200, 4, 40, 10]), 2)
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(0.2), 2 / 4.5^2 x (2/1)^2
        ([-1.609], [0.395])
        """
        together = sums if together is None else together
        words, squares = sums[..., :1], sums[..., 1:2]
        found, products, hit_squares = np.split(sums[..., 2:], 3, axis=-1)
        among = np.split(together[..., 2:], 3, axis=-1)[0]
        hits, length = _with_half(found, words, among, together[..., :1])
        rate = hits / length
        residual = np.maximum(hit_squares - 2 * rate * products + rate**2 * squares, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(rate), np.maximum(residual / hits**2 * _correction(blocks), DISPERSION / hits)


def _with_half(hits: Array, words: Array, all_hits: Array, all_words: Array) -> tuple[Array, Array]:
    """Hits with half a hit more, and words with those that it takes at the common rate.

    Where there is no hit at all both are 1/2, so that all units are alike.
    """
    none = all_hits == 0
    half = HALF * all_words / np.where(none, 1, all_hits)
    return hits + HALF, np.where(none, HALF, words + half)


@dataclass(frozen=True)
class LogOdds:
    """Log-odds of each contrast, ln((a + s) / (b + 1 - s)), over pairs of columns of the counts.

    The logarithmic scale of position of Lowe, Benoit, Mikhaylov and Laver (2011), Legislative Studies Quarterly 36. For
    a unit by itself s is 1/2, as theirs is. Where units are compared s is side a's share of the hits of all of them
    together: one hit is added to each unit that leans neither way from the others, so that units of equal shares are
    equal here and the higher share is the higher here. The variance is that of the linearised log ratio over the
    blocks, and no less than 1.25 times 1/(a + s) + 1/(b + 1 - s); that floor is ours.
    """

    def ratio_parts(self, counts: BlockCounts) -> tuple[Array, Array]:
        """Per block: a of each contrast, and the hits of both sides of which it is a share."""
        a, b = counts.hits[:, ::2], counts.hits[:, 1::2]
        return a, a + b

    def features(self, counts: BlockCounts) -> Array:
        """Per block: a, b, their squares and product for each contrast; columns alternate between a and b."""
        a, b = counts.hits[:, ::2], counts.hits[:, 1::2]
        return np.hstack([a, b, a * a, b * b, a * b])

    def moments(self, sums: Array, blocks: Array) -> Moments:
        """Moments of a as a share of the hits of both sides, from sums of features over so many blocks."""
        a, b, aa, bb, ab = np.split(sums, 5, axis=-1)
        return Moments(count=blocks, y=a, x=a + b, yy=aa, xy=aa + ab, xx=aa + 2 * ab + bb)

    def columns(self, chosen: Codes, many: int) -> Codes:
        """Places of the features of the chosen ones of so many contrasts."""
        return np.concatenate([part * many + chosen for part in range(5)])

    def estimates(self, sums: Array, blocks: Array | float, together: Array | None = None) -> tuple[Array, Array]:
        """Values and variances from sums of features over so many blocks; shape (..., contrasts).

        Two blocks with a = 4 and 0, b = 0 and 2: residuals 4/4.5 and -2/2.5.

        >>> value, variance = LogOdds().estimates(np.array([4.0, 2, 16, 4, 0]), 2)
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(4.5/2.5), (0.790 + 0.640) x (2/1)^2
        ([0.588], [5.72])
        """
        a, b, aa, bb, ab = np.split(sums, 5, axis=-1)
        a, b = _with_one(a, b, None if together is None else np.split(together, 5, axis=-1)[:2])
        with np.errstate(divide="ignore", invalid="ignore"):
            residual = np.maximum(aa / a**2 - 2 * ab / (a * b) + bb / b**2, 0)
            return np.log(a / b), np.maximum(residual * _correction(blocks), DISPERSION * (1 / a + 1 / b))


def _with_one(a: Array, b: Array, together: Sequence[Array] | None) -> tuple[Array, Array]:
    """Hits of both sides with one hit more, dealt to them by their shares of all hits together, else by halves.

    Where one side has no hit at all both are 1/2, so that all units are alike.
    """
    if together is None:
        return a + HALF, b + HALF
    all_a, all_b = together
    none = (all_a == 0) | (all_b == 0)
    share = all_a / np.where(none, 1, all_a + all_b)
    return np.where(none, HALF, a + share), np.where(none, HALF, b + 1 - share)


Measure = LogRates | LogOdds


def difference(
    measure: Measure, first: Array, blocks_first: Array | float, second: Array, blocks_second: Array | float
) -> tuple[Array, Array, Array]:
    """The first unit's value less the second's, and the variances of the two, from sums of features over blocks.

    Above 0 just where the rate (the share of side a) is higher in the first, and 0 where both are equal; that the added
    half hit is worth what both have together is ours.

    By hand: 2 hits in 100 words and 6 in 300; and none in 100 against 8 in 300 words, where half a hit takes 25.

    >>> def sums(words, hits):
    ...     return np.array([words, words**2, hits, hits * words, hits**2])
    >>> for hits in (2.0, 6.0), (0.0, 8.0):
    ...     value = difference(LogRates(), sums(100.0, hits[0]), 2, sums(300.0, hits[1]), 6)[0]
    ...     print(value.round(3).tolist())  # 0; ln((0.5 / 125) / (8.5 / 325))
    [0.0]
    [-1.878]
    """
    together = first + second
    value, variance = measure.estimates(first, blocks_first, together)
    other, other_variance = measure.estimates(second, blocks_second, together)
    return value - other, variance, other_variance


def studentised(
    measure: Measure, first: Array, blocks_first: Array | float, second: Array, blocks_second: Array | float
) -> Array:
    """`difference` over its standard error."""
    value, variance, other_variance = difference(measure, first, blocks_first, second, blocks_second)
    return np.asarray(value / np.sqrt(variance + other_variance))


def _correction(blocks: Array | float) -> Array:
    """HC3's factor for equal blocks, on squares of residuals."""
    number = np.asarray(blocks, dtype=float)
    with np.errstate(divide="ignore"):
        return np.asarray((number / (number - 1)) ** 2)


def contrast_sets(contrasts: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The two sides of each contrast as named sets for `count_blocks`: "name: a", "name: b", in turn.

    Raises:
        ValueError: a contrast without name, a or b, two of one name, or a theme on both sides.
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
