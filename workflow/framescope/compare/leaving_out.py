"""Estimates of units with one term or one block left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framescope.compare.blocks import Array, BlockCounts, Codes, add_up
from framescope.compare.measures import Measure


@dataclass(frozen=True)
class Scenarios:
    """Estimates of units, each with one thing left out: parallel arrays, sorted by unit."""

    unit: Codes
    label: np.ndarray
    value: Array
    variance: Array
    blocks: Array

    def of(self, unit: int) -> slice:
        """The rows of a unit."""
        first, last = np.searchsorted(self.unit, [unit, unit + 1])
        return slice(int(first), int(last))


def without_terms(
    hits: pd.DataFrame,
    counts: BlockCounts,
    measure: Measure,
    features: Array,
    sums: Array,
    blocks: Array,
    codes: Codes,
    sets: Mapping[str, Sequence[str]],
) -> Scenarios:
    """Estimates of each unit without each of its terms."""
    terms, names = pd.factorize(hits["term"], sort=True)
    # A term's own counts are those of a table in which every term of every block is a block.
    many_terms = max(len(names), 1)
    number = counts.blocks[["document", "block"]].reset_index()
    place = hits[["document", "block"]].astype({"document": str}).merge(number, on=["document", "block"], how="left")
    cell, row_of = np.unique(place["index"].to_numpy(np.int64) * many_terms + terms, return_inverse=True)
    where, term = np.divmod(cell, many_terms)
    own = _counts_by_cell(hits, row_of, len(cell), sets)
    less = dataclasses.replace(
        counts,
        words=counts.words[where],
        sentences=counts.sentences[where],
        hits=np.maximum(counts.hits[where] - own, 0),
        sentences_with_hit=counts.sentences_with_hit[where],
    )
    changed = measure.features(less) - features[where]
    pair, at = np.unique(codes[where] * many_terms + term, return_inverse=True)
    unit, term_of = np.divmod(pair, many_terms)
    value, variance = measure.estimates(sums[unit] + add_up(changed, at, len(pair)), blocks[unit])
    return Scenarios(unit, np.asarray(names, dtype=object)[term_of], value, variance, blocks[unit])


def _counts_by_cell(hits: pd.DataFrame, cell: Codes, cells: int, sets: Mapping[str, Sequence[str]]) -> Array:
    """Distinct spans of each set of themes in each cell."""
    counted = np.zeros((cells, len(sets)))
    for column, themes in enumerate(sets.values()):
        inside = np.zeros(len(hits), dtype=bool)
        for theme in themes:
            inside |= ((hits["theme"] == theme) | hits["theme"].str.startswith(theme + ".")).to_numpy(bool)
        spans = hits.loc[inside, ["document", "sentence", "start", "end"]].assign(cell=cell[inside]).drop_duplicates()
        counted[:, column] = np.bincount(spans["cell"], minlength=cells)
    return counted


def without_blocks(
    counts: BlockCounts, measure: Measure, features: Array, sums: Array, blocks: Array, codes: Codes
) -> Scenarios:
    """Estimates of each unit without each of its blocks."""
    rows = np.argsort(codes, kind="stable")
    rows = rows[codes[rows] >= 0]
    unit = codes[rows]
    value, variance = measure.estimates(sums[unit] - features[rows], blocks[unit] - 1)
    blocks_of = counts.blocks[["block", "document"]].itertuples(index=False)
    labels = np.array([f"block {block} of {document}" for block, document in blocks_of], dtype=object)
    return Scenarios(unit, labels[rows], value, variance, blocks[unit] - 1)
