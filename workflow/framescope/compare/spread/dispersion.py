"""Dispersion of themes over the blocks of a unit: range and deviation of proportions, from counts by block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import (
    Array,
    Codes,
    add_up,
    count_blocks,
    theme_list,
    theme_sets,
    units_of,
)
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing

# The kinds of units over whose blocks it is computed.
PLACES = ("section", "document")
# Dispersion is not computed from fewer hits, because it would be too uncertain.
FEWEST_HITS = 5


def share_of_blocks(hits: Array, codes: Codes, units: int) -> Array:
    """The share of a unit's blocks with at least one hit, 0 to 1: rows are units, columns themes.

    In corpus linguistics it is called range (Gries 2008, International Journal of Corpus Linguistics 13). `hits` is
    blocks x themes, `codes` the unit of each block; NaN for a unit without blocks.

    >>> share_of_blocks(np.array([[2.0], [0.0], [1.0], [0.0], [0.0]]), np.zeros(5, dtype=int), 1).tolist()
    [[0.4]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(
            add_up((hits > 0).astype(float), codes, units) / add_up(np.ones((len(codes), 1)), codes, units)
        )


def deviation_of_proportions(hits: Array, words: Array, codes: Codes, units: int) -> tuple[Array, Array]:
    """Gries' deviation of proportions, and its ratio to the maximum: rows are units, columns themes.

    DP = 1/2 sum over blocks |hits of the block / hits of the unit - words of the block / words of the unit|. It is 0 if
    the hits of each block are in proportion to its length, and near 1 if a short block has all hits (Gries 2008,
    International Journal of Corpus Linguistics 13). DP norm = DP / (1 - smallest share of words), 0 to 1 (Lijffijt and
    Gries 2012, the same journal, 17). `hits` is blocks x themes; `words` and `codes` (the unit) have a value for each
    block. Both are NaN without hits, and DP norm also for a unit of one block.

    By hand: 3 of 4 hits in 100 of 400 words, |3/4 - 1/4| + |1/4 - 3/4| = 1; 1/2 over 1 - 1/4 is 2/3.

    >>> dp, norm = deviation_of_proportions(np.array([[3.0], [1.0]]), np.array([100.0, 300.0]), np.array([0, 0]), 1)
    >>> dp.item(), round(norm.item(), 3)
    (0.5, 0.667)
    """
    expected = words[:, np.newaxis] / np.maximum(add_up(words[:, np.newaxis], codes, units)[codes], 1)
    total = add_up(hits, codes, units)
    smallest = np.full((units, 1), np.inf)
    np.minimum.at(smallest, codes, expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = hits / total[codes]
        distance = np.abs(np.where(np.isfinite(observed), observed, 0) - expected)
        dp = np.where(total > 0, add_up(distance, codes, units) / 2, np.nan)
        return dp, dp / (1 - smallest)


def dispersion(
    tables: Tables, kind: str, *, themes: Sequence[str] | None = None, testing: Testing = AS_CONFIGURED
) -> pd.DataFrame:
    """The dispersion of each theme over the blocks of a section or a document, which is the `kind`: a row for each unit
    and theme.

    dp and dp_norm are Gries' `deviation_of_proportions`, empty for fewer than five hits or `testing.min_blocks` blocks;
    share_blocks is the share of blocks with a hit (`share_of_blocks`).
    """
    counts = count_blocks(tables.headline(), theme_sets(theme_list(tables.hits, themes)))
    units = units_of(counts, kind)
    unit_count, codes = len(units.keys), units.codes
    blocks = np.bincount(codes, minlength=unit_count)
    hits = add_up(counts.hits, codes, unit_count)
    few = (blocks < testing.min_blocks)[:, np.newaxis] | (hits < FEWEST_HITS)
    dp, dp_norm = (
        np.where(few, np.nan, values)
        for values in deviation_of_proportions(counts.hits, counts.words, codes, unit_count)
    )
    width = len(counts.names)
    keys = units.keys[["document", "section"]].take(np.repeat(np.arange(unit_count), width)).reset_index(drop=True)
    return pd.DataFrame(
        {
            "unit": units.kind,
            "document": keys["document"],
            "section": keys["section"],
            "theme": pd.array(counts.names, dtype="str").take(np.tile(np.arange(width), unit_count)),
            "hits": hits.ravel().astype(np.int64),
            "blocks": np.repeat(blocks, width),
            "share_blocks": share_of_blocks(counts.hits, codes, unit_count).ravel(),
            "dp": dp.ravel(),
            "dp_norm": dp_norm.ravel(),
        }
    )
