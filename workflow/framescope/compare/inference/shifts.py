"""Circular shifts of a document's sections, for texts whose themes come in runs.

A section is an unbroken stretch of text, and so is a theme: blocks dealt at random are then no fair comparison. The
sections are laid over the document's sentences at every other place, in their order and lengths, the end joined to the
beginning, while the text stays as it is. A difference counts when it is larger than nearly all those that the same
sections would show elsewhere (toroidal shifts: Lotwick and Silverman 1982, J. R. Statist. Soc. B 44).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array
from framescope.compare.inference.measures import Measure
from framescope.compare.inference.permutation import (
    critical_value,
    heterogeneity,
    least_share,
    share_as_extreme,
)


@dataclass(frozen=True)
class ShiftTests:
    """p, the least p that so many places can give, critical value and standard error, a row a pair, and the omnibus p
    of all sections in the pairs.
    """

    p: Array
    least: Array
    critical: Array
    error: Array
    omnibus: Array


def shifted_sums(features: Array, inside: NDArray[np.bool_]) -> Array:
    """Sums of whole-number features over the rows `inside`, for every circular shift of them; row 0 is unshifted.

    >>> shifted_sums(np.array([[1.0], [2.0], [4.0]]), np.array([True, True, False])).ravel().tolist()
    [3.0, 6.0, 5.0]
    """
    mask = np.fft.rfft(inside.astype(float))
    sums = np.fft.irfft(np.fft.rfft(features, axis=0) * np.conj(mask)[:, np.newaxis], len(inside), axis=0)
    return np.asarray(np.rint(sums))


def shift_tests(
    features: Array,
    sections: NDArray[np.object_],
    pairs: Sequence[tuple[str, str]],
    measure: Measure,
    confidence: float,
) -> ShiftTests:
    """Tests of pairs of sections by all shifts over a document.

    `features` are the measure's tallies, a row a sentence in reading order, `sections` the section of each. The
    statistic is the difference over its standard error for independent hits; an interval reaches `critical_value` of
    these standard errors.

    By hand: of six places, the one observed and its mirror image differ most, 2/6.

    >>> from framescope.compare.inference.measures import LogRates
    >>> tallies = np.array([[10.0, 1.0]] * 3 + [[10.0, 0.0]] * 3)
    >>> sections = np.array(["01"] * 3 + ["02"] * 3, dtype=object)
    >>> shift_tests(tallies, sections, [("01", "02")], LogRates(), 0.95).p.round(3).tolist()
    [[0.333]]
    """
    names = sorted({name for pair in pairs for name in pair})
    sums = {name: shifted_sums(features, sections == name) for name in names}
    p, least, critical, errors = [], [], [], []
    for a, b in pairs:
        together = sums[a] + sums[b]
        (value, variance), (other, other_variance) = (measure.count_estimates(sums[x], together) for x in (a, b))
        error = np.sqrt(variance + other_variance)
        statistic = np.abs(value - other) / error
        p.append(share_as_extreme(statistic))
        least.append(least_share(statistic))
        critical.append(critical_value(statistic, confidence))
        errors.append(error[0])
    together = np.sum(list(sums.values()), axis=0)
    omnibus = share_as_extreme(heterogeneity([measure.count_estimates(own, together) for own in sums.values()]))
    return ShiftTests(np.array(p), np.array(least), np.array(critical), np.array(errors), omnibus)
