"""Runs of themes: are neighbouring blocks alike, and how much less does that make of them?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framescope.compare.counts.blocks import (
    Array,
    BlockCounts,
    add_up,
    count_blocks,
    theme_list,
    theme_sets,
)
from framescope.compare.inputs import Tables

# Blocks further apart are taken for unlike: few texts have enough of them to tell.
FURTHEST = 3


def count_themes(tables: Tables) -> BlockCounts:
    """Counts of all top-level themes of the given hits, on which runs are looked for whatever is compared."""
    top = [theme for theme in theme_list(tables.hits, None) if "." not in theme]
    return count_blocks(tables, theme_sets(top))


def design_effects(counts: BlockCounts) -> Array:
    """By block how many blocks in random order say as much as one more of these: one value a document, at least 1.

    1 + 2 (rho_1 + rho_2 + rho_3), by which runs raise the variance of a total (Kish 1965, Survey Sampling; Bayley and
    Hammersley 1946, Supplement to the J. R. Statist. Soc. 8). rho_h is the correlation of a theme's residuals from its
    section's rate in blocks h apart within sections, less what blocks in random order would have, averaged over the
    themes; from the first that is not above 0 they count for nothing (Geyer 1992, Statistical Science 7).

    By hand: residuals 1, 1, 1, 1, -1, -1, -1, -1. The seven products at distance 1 sum to 5, in random order to -1:
    rho_1 is 6/7. The six at distance 2 sum to 2, in random order to -6/7: 10/21. At distance 3 it is below 0.

    >>> import pandas as pd
    >>> blocks = pd.DataFrame({"document": ["a"] * 8, "section": ["01"] * 8})
    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 10.0)
    >>> design_effects(BlockCounts(blocks, words, np.ones(8), ("defence",), hits, hits / 2))[0].round(2).item()
    3.67
    """
    blocks = counts.blocks
    section = np.array(blocks.groupby(["document", "section"], sort=False).ngroup(), dtype=np.int64)
    document = np.array(blocks.groupby("document", sort=False).ngroup(), dtype=np.int64)
    sections, documents = int(section.max(initial=-1)) + 1, int(document.max(initial=-1)) + 1
    words = counts.words[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = add_up(counts.hits, section, sections) / add_up(words, section, sections)
    residuals = np.nan_to_num(counts.hits - rate[section] * words)
    size = np.bincount(section, minlength=sections)[:, np.newaxis]
    squares = add_up(residuals**2, section, sections)
    owner = np.zeros(sections, dtype=np.int64)
    owner[section] = document
    effect, alike = np.ones(documents), np.ones(documents, dtype=bool)
    for lag in range(1, FURTHEST + 1):
        pair = section[lag:] == section[:-lag]
        products = residuals[lag:][pair] * residuals[:-lag][pair]
        # In random order a pair of residuals has minus their variance over one less than their number.
        share = np.where(size > lag, (size - lag) / size, 0.0)
        due = -squares * share / np.maximum(size - 1, 1)
        surplus = add_up(products, document[lag:][pair], documents) - add_up(due, owner, documents)
        variance = add_up(squares * share, owner, documents)
        told = variance > 1e-9
        correlation = np.divide(surplus, variance, out=np.zeros_like(surplus), where=told)
        mean = correlation.sum(axis=1) / np.maximum(told.sum(axis=1), 1)
        alike &= mean > 0
        effect += 2 * np.where(alike, mean, 0)
    return np.asarray(effect[document])


def runs_p(counts: BlockCounts, rows: NDArray[np.int64], permutations: int, seed: int) -> float:
    """One-sided p of "neighbouring blocks of a section are no more alike than others", all columns together.

    The statistic is the lag-1 autocovariance of each column's residuals from its section's rate, standardised and
    added up (Moran 1948, J. R. Statist. Soc. B 10, for blocks in a row); blocks are permuted within their sections.
    `rows` are the blocks of one document.

    By hand: 2 of the 70 orders of four blocks with two hits and four without keep each kind together.

    >>> import pandas as pd
    >>> hits, words = np.array([[2.0]] * 4 + [[0.0]] * 4), np.full(8, 10.0)
    >>> counts = BlockCounts(pd.DataFrame({"section": ["01"] * 8}), words, np.ones(8), ("defence",), hits, hits / 2)
    >>> round(runs_p(counts, np.arange(8), permutations=4999, seed=1), 2)
    0.03
    """
    sections = counts.blocks["section"].to_numpy()[rows]
    hits, words = counts.hits[rows], counts.words[rows][:, np.newaxis]
    residuals = np.empty_like(hits)
    parts = [np.flatnonzero(sections == name) for name in dict.fromkeys(sections)]
    for part in parts:
        residuals[part] = hits[part] - hits[part].sum(axis=0) / max(words[part].sum(), 1) * words[part]
    size = np.sqrt((residuals**2).sum(axis=0))
    scaled = residuals[:, size > 1e-9] / size[size > 1e-9]
    likeness = scaled @ scaled.T
    random = np.random.default_rng([seed, len(rows)])
    statistic = np.zeros(permutations)
    for part in parts:
        order = np.tile(part, (permutations, 1))
        order[1:] = random.permuted(order[1:], axis=1)
        statistic += likeness[order[:, 1:], order[:, :-1]].sum(axis=1)
    return float((statistic >= statistic[0] - 1e-9).mean())
