"""Runs of themes: are neighbouring blocks alike, and how much less does that make of them?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
from framescope.compare.inference.measures import Measure
from framescope.compare.inputs import Tables

# Blocks further apart are taken for unlike: few texts have enough of them to tell.
FURTHEST = 3
# What a text's neighbouring blocks have in common where nothing is known of it, for how many products of neighbours
# that counts, and for how many pairs of neighbours the text's mean over themes counts beside one theme's own. These and
# the two below were chosen on unbroken speeches (docs/statistics.md).
USUAL, USUAL_WEIGHT, TEXT_WEIGHT = 0.03, 60.0, 60.0
# Degrees of freedom of what is known of a stretch's variance.
STRETCH_FREEDOM = 8
# How the variance of a section's total grows with that likeness, and with its square in each block of the section.
PER_LIKENESS, PER_SQUARE = 2.0, 6.0


def count_themes(tables: Tables) -> BlockCounts:
    """Counts of all top-level themes of the given hits, on which runs are looked for whatever is compared."""
    top = [theme for theme in theme_list(tables.hits, None) if "." not in theme]
    return count_blocks(tables, theme_sets(top))


@dataclass(frozen=True)
class Neighbours:
    """How alike blocks so many places apart are: `correlation` has a row a document and a column a name, not a number
    where all blocks are alike; `pairs` is the number of pairs of blocks of each document.
    """

    correlation: Array
    pairs: Array


def neighbours(y: Array, x: Array, section: Codes, document: Codes, lag: int = 1) -> Neighbours:
    """Correlation of residuals y - r x from the ratio r of their section in blocks `lag` apart within sections.

    What blocks in random order would show, minus the variance over one less than their number, is taken off (Moran
    1948, J. R. Statist. Soc. B 10). `section` and `document` are numbers of the blocks' sections and documents.

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
    due = -squares * share / np.maximum(size - 1, 1)
    surplus = add_up(products, document[lag:][pair], documents) - add_up(due, owner, documents)
    variance = add_up(squares * share, owner, documents)
    told = variance > 1e-9
    correlation = np.divide(surplus, variance, out=np.full_like(surplus, np.nan), where=told)
    return Neighbours(correlation, np.bincount(document[lag:][pair], minlength=documents).astype(float))


def design_effects(counts: BlockCounts) -> Array:
    """By block how many blocks in random order say as much as one more of these: one value a document, at least 1.

    1 + 2 (rho_1 + rho_2 + rho_3), by which runs raise the variance of a total (Kish 1965, Survey Sampling; Bayley and
    Hammersley 1946, Supplement to the J. R. Statist. Soc. 8). rho_h is the mean over themes of the correlation of
    blocks h apart (`neighbours`); from the first that is not above 0 they count for nothing (Geyer 1992, Statistical
    Science 7). A row a block, one column.

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
    effect, alike = np.ones(documents), np.ones(documents, dtype=bool)
    for lag in range(1, FURTHEST + 1):
        mean, _ = _mean(neighbours(counts.hits, counts.words[:, np.newaxis], section, document, lag))
        alike &= mean > 0
        effect += 2 * np.where(alike, mean, 0)
    return np.asarray(effect[document])[:, np.newaxis]


def section_effects(counts: BlockCounts, measure: Measure, themes: BlockCounts) -> Array:
    """The same for the sections of one text against each other, a column for each theme or contrast of the measure.

    1 + 2 rho + 6 rho^2 n for a section of n blocks. Sections of a text are stretches of it, as runs of a theme are, and
    a text moves from subject to subject, so that the variance of a stretch's rate grows with its length faster than
    correlations at small distances tell; the form and its two numbers are ours and were chosen on unbroken speeches.
    rho is the correlation of neighbouring blocks (`neighbours`), at least 0. One text says little of one theme: rho is
    drawn to the mean over all top-level `themes`, as if that were 60 pairs of neighbours, and the mean to 0.03, as if
    that were 60 products of neighbours.

    By hand: rho_1 = 6/7 as above, 7 pairs. The mean over themes is (7 x 6/7 + 60 x 0.03) / 67, so is rho with 60 pairs
    more: 0.194; and 1 + 2 x 0.194 + 6 x 0.194^2 x 8.

    >>> import pandas as pd
    >>> from framescope.compare.inference.measures import LogRates
    >>> blocks = pd.DataFrame({"document": ["a"] * 8, "section": ["01"] * 8})
    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 10.0)
    >>> counts = BlockCounts(blocks, words, np.ones(8), ("defence",), hits, hits / 2)
    >>> section_effects(counts, LogRates(), counts)[0].round(2).item()
    3.19
    """
    section, document = _places(counts)
    mean, told = _mean(neighbours(themes.hits, themes.words[:, np.newaxis], section, document))
    own = neighbours(*measure.ratio_parts(counts), section, document)
    products = own.pairs * told
    text = ((products * mean + USUAL_WEIGHT * USUAL) / (products + USUAL_WEIGHT))[:, np.newaxis]
    pairs = np.where(np.isnan(own.correlation), 0, own.pairs[:, np.newaxis])
    rho = np.maximum((pairs * np.nan_to_num(own.correlation) + TEXT_WEIGHT * text) / (pairs + TEXT_WEIGHT), 0)
    length = np.bincount(section)[section][:, np.newaxis]
    return np.asarray(1 + PER_LIKENESS * rho[document] + PER_SQUARE * rho[document] ** 2 * length)


def stretch_p(p: Array, level: float) -> Array:
    """p of a difference between stretches of one text, from the p that holds if their `section_effects` were known.

    They are estimates: the normal deviate of p is taken for Student's t with 8 degrees of freedom, scaled so that a p
    at the level stays there. Smaller ones become larger: what looks impossible by chance is seen now and then where a
    text changes its subject. The form is ours; the degrees were chosen so that small p hold as well.

    By hand: t with 8 degrees of freedom exceeds 2.306 as often as a deviate 1.960. The deviate of .0001 is 3.891, which
    makes 4.577.

    >>> stretch_p(np.array([0.05, 0.0001]), 0.05).round(4).tolist()
    [0.05, 0.0018]
    """
    scale = stats.t.isf(level / 2, STRETCH_FREEDOM) / stats.norm.isf(level / 2)
    return np.asarray(2 * stats.t.sf(stats.norm.isf(p / 2) * scale, STRETCH_FREEDOM))


def _places(counts: BlockCounts) -> tuple[Codes, Codes]:
    """Numbers of the section and the document of each block."""
    groups = (counts.blocks.groupby(columns, sort=False) for columns in (["document", "section"], "document"))
    section, document = (np.array(group.ngroup(), dtype=np.int64) for group in groups)
    return section, document


def _mean(found: Neighbours) -> tuple[Array, Array]:
    """Mean correlation over the names that have one, by document, 0 without any; and how many they are."""
    told = (~np.isnan(found.correlation)).sum(axis=1)
    return np.nansum(found.correlation, axis=1) / np.maximum(told, 1), told.astype(float)
