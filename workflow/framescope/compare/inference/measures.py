"""What two units are compared on: log rates of themes, log-odds of contrasts; each with its variance over blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framescope.compare.blocks import Array, BlockCounts

HALF = 0.5
# Counts are taken for overdispersed by this at least: few blocks often show less spread than they have.
DISPERSION = 1.25


@dataclass(frozen=True)
class LogRates:
    """Log of each theme's rate, ln((hits + 1/2) / words).

    Half a hit is added as for log-odds (Haldane 1956, Annals of Human Genetics 20). The variance is that of the
    linearised ratio over the blocks (Cochran 1977), and no less than 1.25 times a Poisson count's, 1/(hits + 1/2); that
    floor is ours.
    """

    def tallies(self, counts: BlockCounts) -> Array:
        """Per row: words, then hits of each theme."""
        return np.hstack([counts.words[:, np.newaxis], counts.hits])

    def count_estimates(self, sums: Array) -> tuple[Array, Array]:
        """Values from sums of tallies, and their variances were hits independent: 1/(hits + 1/2).

        >>> value, variance = LogRates().count_estimates(np.array([1000.0, 9.5]))
        >>> value.round(3).tolist(), variance.tolist()
        ([-4.605], [0.1])
        """
        hits = sums[..., 1:] + HALF
        return np.log(hits / np.maximum(sums[..., :1], 1)), 1 / hits

    def features(self, counts: BlockCounts) -> Array:
        """Per block: words, their square, then hits, hits x words and squared hits of each theme."""
        words = counts.words[:, np.newaxis]
        return np.hstack([words, words**2, counts.hits, counts.hits * words, counts.hits**2])

    def estimates(self, sums: Array, blocks: Array | float) -> tuple[Array, Array]:
        """Values and variances from sums of features over so many blocks; shape (..., themes).

        Two blocks of 10 words with 1 and 3 hits: residuals -1.25 and 0.75 from the rate 4.5/20.

        >>> value, variance = LogRates().estimates(np.array([20.0, 200, 4, 40, 10]), 2)
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(0.225), 2.125 / 4.5^2 x (2/1)^2
        ([-1.492], [0.42])
        """
        words, squares = sums[..., :1], sums[..., 1:2]
        hits, products, hit_squares = np.split(sums[..., 2:], 3, axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = (hits + HALF) / words
            residual = np.maximum(hit_squares - 2 * rate * products + rate**2 * squares, 0)
            variance = residual / (hits + HALF) ** 2 * _correction(blocks)
            return np.log(rate), np.maximum(variance, DISPERSION / (hits + HALF))


@dataclass(frozen=True)
class LogOdds:
    """Log-odds of each contrast, ln((a + 1/2) / (b + 1/2)), over pairs of columns of the counts.

    The logarithmic scale of position of Lowe, Benoit, Mikhaylov and Laver (2011), Legislative Studies Quarterly 36. The
    variance is that of the linearised log ratio over the blocks, and no less than 1.25 times
    1/(a + 1/2) + 1/(b + 1/2); that floor is ours.
    """

    def tallies(self, counts: BlockCounts) -> Array:
        """Per row: a of each contrast, then b of each."""
        return np.hstack([counts.hits[:, ::2], counts.hits[:, 1::2]])

    def count_estimates(self, sums: Array) -> tuple[Array, Array]:
        """Values from sums of tallies, and their variances were hits independent: 1/(a + 1/2) + 1/(b + 1/2).

        >>> value, variance = LogOdds().count_estimates(np.array([7.5, 1.5]))
        >>> value.round(3).tolist(), variance.tolist()
        ([1.386], [0.625])
        """
        a, b = np.split(sums + HALF, 2, axis=-1)
        return np.log(a / b), 1 / a + 1 / b

    def features(self, counts: BlockCounts) -> Array:
        """Per block: a, b, their squares and product for each contrast; columns alternate between a and b."""
        a, b = counts.hits[:, ::2], counts.hits[:, 1::2]
        return np.hstack([a, b, a * a, b * b, a * b])

    def estimates(self, sums: Array, blocks: Array | float) -> tuple[Array, Array]:
        """Values and variances from sums of features over so many blocks; shape (..., contrasts).

        Two blocks with a = 4 and 0, b = 0 and 2: residuals 4/4.5 and -2/2.5.

        >>> value, variance = LogOdds().estimates(np.array([4.0, 2, 16, 4, 0]), 2)
        >>> value.round(3).tolist(), variance.round(3).tolist()  # ln(4.5/2.5), (0.790 + 0.640) x (2/1)^2
        ([0.588], [5.72])
        """
        a, b, aa, bb, ab = np.split(sums, 5, axis=-1)
        a, b = a + HALF, b + HALF
        with np.errstate(divide="ignore", invalid="ignore"):
            residual = np.maximum(aa / a**2 - 2 * ab / (a * b) + bb / b**2, 0)
            return np.log(a / b), np.maximum(residual * _correction(blocks), DISPERSION * (1 / a + 1 / b))


Measure = LogRates | LogOdds


def _correction(blocks: Array | float) -> Array:
    """HC3's factor for equal blocks, on squares of residuals."""
    number = np.asarray(blocks, dtype=float)
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
