"""Autocorrelation of themes: how similar neighbouring blocks are, and the design effects that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from framescope.compare.counts.blocks import (
    Array,
    BlockCounts,
    Codes,
    add_up,
    count_blocks,
    theme_list,
    theme_sets,
)
from framescope.compare.inference.estimators import Estimator
from framescope.compare.inputs import Tables

# Blocks further apart are assumed to be uncorrelated, because few texts have enough of them for an estimate.
FURTHEST = 3
# The usual correlation of the frequencies of a theme in neighbouring blocks; its weight, in products of neighbours,
# beside what a text shows; and the weight of what a text shows, in pairs of neighbours, beside the correlation of one
# theme. These and the constants below were chosen on unbroken speeches (docs/statistics.md).
USUAL, USUAL_WEIGHT, TEXT_WEIGHT = 0.12, 20.0, 120.0
# Degrees of freedom of the estimated variance of a section.
SECTION_FREEDOM = 8
# How much the variance of a section's total grows with the correlation, and with its square times the root of the
# number of blocks.
PER_CORRELATION, PER_SQUARE = 4.0, 12.0


def count_themes(tables: Tables, blocks: pd.DataFrame | None = None) -> BlockCounts:
    """Counts of all top-level themes of the given hits, from which autocorrelation is estimated in every comparison.

    `blocks` are the `author_blocks` of the tables, if they are known already.
    """
    top = [theme for theme in theme_list(tables.hits, None) if "." not in theme]
    return count_blocks(tables, theme_sets(top), blocks)


@dataclass(frozen=True)
class Neighbours:
    """The correlation of blocks a fixed distance apart, and the number of pairs of such blocks in each document.

    `correlation` has a row for each document and a column for each name, and is NaN if all blocks are equal.
    """

    correlation: Array
    pairs: Array


def neighbours(y: Array, x: Array, section: Codes, document: Codes, lag: int = 1) -> Neighbours:
    """Correlation of the residuals y - r x of blocks `lag` apart within a section, where r is the section's ratio y/x.

    The value expected of blocks in random order, the negative variance over their number minus one, is subtracted
    (Moran 1948, J. R. Statist. Soc. B 10). `section` and `document` are the numbers of each block's section and
    document.

    By hand: residuals 1, 1, 1, 1, -1, -1, -1, -1: the seven products sum to 5, in random order to -1; 6/7.

    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full((8, 1), 10.0)
    >>> one = np.zeros(8, dtype=np.int64)
    >>> neighbours(hits, words, one, one).correlation.round(3).item()
    0.857
    """
    sections, documents = int(section.max(initial=-1)) + 1, int(document.max(initial=-1)) + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = add_up(y, section, sections) / add_up(x, section, sections)
    residuals = y - np.nan_to_num(ratio)[section] * x
    size = np.bincount(section, minlength=sections)[:, np.newaxis]
    squares = add_up(residuals**2, section, sections)
    owner = np.zeros(sections, dtype=np.int64)
    owner[section] = document
    pair = section[lag:] == section[:-lag]
    products = residuals[lag:][pair] * residuals[:-lag][pair]
    share = np.where(size > lag, (size - lag) / size, 0.0)
    expected = -squares * share / np.maximum(size - 1, 1)
    surplus = add_up(products, document[lag:][pair], documents) - add_up(expected, owner, documents)
    variance = add_up(squares * share, owner, documents)
    correlation = np.divide(surplus, variance, out=np.full_like(surplus, np.nan), where=variance > 1e-9)
    return Neighbours(correlation, np.bincount(document[lag:][pair], minlength=documents).astype(float))


def design_effects(counts: BlockCounts) -> Array:
    """The design effect of each block, which is that of its document and at least 1: a row for each block, one column.

    1 + 2 (rho_1 + rho_2 + rho_3), the factor by which autocorrelation raises the variance of a total (Kish 1965, Survey
    Sampling; Bayley and Hammersley 1946, Supplement to the J. R. Statist. Soc. 8). rho_h is the mean over themes of the
    correlation of blocks h apart (`neighbours`). The first that is not above 0 and all further ones are taken as 0
    (Geyer 1992, Statistical Science 7).

    By hand: residuals 1, 1, 1, 1, -1, -1, -1, -1: rho_1 is 6/7. The six products at distance 2 sum to 2, in random
    order to -6/7: 10/21. At distance 3 it is below 0.

    >>> import pandas as pd
    >>> blocks = pd.DataFrame({"document": ["a"] * 8, "section": ["01"] * 8})
    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 10.0)
    >>> design_effects(BlockCounts(blocks, words, np.ones(8), ("defence",), hits, hits / 2))[0].round(2).item()
    3.67
    """
    section, document = _places(counts)
    documents = int(document.max(initial=-1)) + 1
    effect, positive = np.ones(documents), np.ones(documents, dtype=bool)
    for lag in range(1, FURTHEST + 1):
        mean = _mean(neighbours(counts.hits, counts.words[:, np.newaxis], section, document, lag))
        positive &= mean > 0
        effect += 2 * np.where(positive, mean, 0)
    return np.asarray(effect[document])[:, np.newaxis]


def section_effects(counts: BlockCounts, estimator: Estimator, themes: BlockCounts) -> Array:
    """The design effects for sections of the same text, with a column for each theme or contrast of the estimator.

    1 + 4 rho + 12 rho^2 sqrt(n) for a section of n blocks. Sections are unbroken passages, and a text moves from one
    subject to the next: the variance of a section's rate grows faster with its length than correlations at small
    distances show. This form and its two factors are ours and were chosen on unbroken speeches. rho is the correlation
    of neighbouring blocks (`neighbours`), at least 0. As one text is little evidence about one theme, rho is shrunk
    towards the text's correlation times the `signal` of the theme, which has the weight of 120 pairs of neighbours;
    `themes` are the counts of all top-level themes, from which the text's correlation is estimated.

    By hand: rho_1 = 6/7 as above, from 7 pairs, with one hit in a block and so a signal of 1/2. The text's correlation
    is (7 x 6/7 x 1/2 + 20 x 0.12) / (7 x 1/4 + 20) = 0.248, half of which is 0.124; rho is (6 + 120 x 0.124) / 127 =
    0.165; and 1 + 4 x 0.165 + 12 x 0.165^2 x sqrt(8).

    >>> import pandas as pd
    >>> from framescope.compare.inference.estimators import LogRates
    >>> blocks = pd.DataFrame({"document": ["a"] * 8, "section": ["01"] * 8})
    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 10.0)
    >>> counts = BlockCounts(blocks, words, np.ones(8), ("defence",), hits, hits / 2)
    >>> section_effects(counts, LogRates(), counts)[0].round(2).item()
    2.58
    """
    section, document = _places(counts)
    among = neighbours(themes.hits, themes.words[:, np.newaxis], section, document)
    of_theme = np.where(np.isnan(among.correlation), 0, signal(themes.hits, document))
    evidence = among.pairs * (of_theme**2).sum(axis=1)
    shown = among.pairs * (of_theme * np.nan_to_num(among.correlation)).sum(axis=1)
    text = (shown + USUAL_WEIGHT * USUAL) / (evidence + USUAL_WEIGHT)
    own = neighbours(*estimator.ratio_parts(counts), section, document)
    expected = text[:, np.newaxis] * signal(estimator.counted(counts), document)
    pairs = np.where(np.isnan(own.correlation), 0, own.pairs[:, np.newaxis])
    rho = np.maximum((pairs * np.nan_to_num(own.correlation) + TEXT_WEIGHT * expected) / (pairs + TEXT_WEIGHT), 0)
    length = np.bincount(section)[section][:, np.newaxis]
    return np.asarray(1 + PER_CORRELATION * rho[document] + PER_SQUARE * rho[document] ** 2 * np.sqrt(length))


def signal(hits: Array, document: Codes) -> Array:
    """The part of the variance of hits over blocks that can be correlated, m / (m + 1) for m hits in a block.

    The rest is the chance of single hits. If the expected hits of a block vary as much as their mean (exponentially),
    the variance is m + m^2, and m is that of a Poisson count. One row for each document; the form is ours.

    >>> signal(np.array([[2.0], [4.0], [0.0]]), np.array([0, 0, 1])).tolist()
    [[0.75], [0.0]]
    """
    blocks = np.bincount(document)[:, np.newaxis]
    mean = add_up(hits, document, len(blocks)) / blocks
    return np.asarray(mean / (mean + 1))


def section_p(p: Array, level: float) -> Array:
    """p of a difference between sections of one text, from the p computed as if their `section_effects` were known.

    As these are estimates, the normal deviate of p is compared with Student's t with 8 degrees of freedom, scaled so
    that a p equal to the level does not change. Smaller p become larger, because a change of subject in a text now and
    then causes differences that would be very rare by chance. The form is ours; the degrees of freedom were chosen so
    that small p keep their level as well.

    By hand: t with 8 degrees of freedom exceeds 2.306 as often as a normal deviate exceeds 1.960. The deviate of .0001
    is 3.891, which becomes 4.577.

    >>> section_p(np.array([0.05, 0.0001]), 0.05).round(4).tolist()
    [0.05, 0.0018]
    """
    scale = stats.t.isf(level / 2, SECTION_FREEDOM) / stats.norm.isf(level / 2)
    return np.asarray(2 * stats.t.sf(stats.norm.isf(p / 2) * scale, SECTION_FREEDOM))


def _places(counts: BlockCounts) -> tuple[Codes, Codes]:
    """The numbers of the section and of the document of each block."""
    groups = (counts.blocks.groupby(columns, sort=False) for columns in (["document", "section"], "document"))
    section, document = (np.array(group.ngroup(), dtype=np.int64) for group in groups)
    return section, document


def _mean(neighbours: Neighbours) -> Array:
    """The mean correlation over the names that have one, by document; 0 if none has."""
    known = (~np.isnan(neighbours.correlation)).sum(axis=1)
    return np.asarray(np.nansum(neighbours.correlation, axis=1) / np.maximum(known, 1))
