"""Weighted counts of a sample of sentences: each counts as many times as the number of sentences that it represents."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, Units, add_up, count_sentences
from framescope.compare.inputs import Tables


def scaled_weights(weight: Array, codes: Codes, units: int) -> Array:
    """Weights times sum w / sum w^2 of their unit, so that the sum in a unit is its effective number.

    Ratios of totals do not change, and the numbers of sentences, words or hits in the formulas of intervals become
    effective ones, (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling, 11.7). `codes` is the unit of each, or -1, which
    gives the weight 0.

    By hand: 2, 1, 1 sum to 4, their squares to 6.

    >>> scaled_weights(np.array([2.0, 1.0, 1.0]), np.zeros(3, dtype=int), 1).round(3).tolist()
    [1.333, 0.667, 0.667]
    """
    sums = add_up(np.column_stack([weight, weight**2]), codes, units)
    return np.where(codes >= 0, weight * (sums[:, 0] / sums[:, 1])[codes], 0.0) if units else np.zeros(len(weight))


def weighted_counts(
    counts: BlockCounts,
    units: Units,
    tables: Tables,
    sets: Mapping[str, Sequence[str]],
) -> BlockCounts:
    """The counts with each sentence multiplied by its column `weight`, scaled within units (`scaled_weights`).

    The sum of weight x value over the sum of weight x size estimates the ratio over all sentences from which these were
    drawn (Horvitz and Thompson 1952, Journal of the American Statistical Association 47; Hajek 1971). Without such a
    column the counts do not change.
    """
    sentences = tables.sentences
    if "weight" not in sentences:
        return counts
    author = sentences[sentences["voice"] == "author"].sort_values(["document", "block", "sentence"])
    places = pd.MultiIndex.from_arrays([author["document"].astype(str), author["block"]])
    block = pd.MultiIndex.from_frame(counts.blocks[["document", "block"]]).get_indexer(places).astype(np.int64)
    weight = scaled_weights(author["weight"].to_numpy(float), units.codes[block], len(units.keys))[:, np.newaxis]
    single = count_sentences(tables, sets)

    def by_block(values: Array) -> Array:
        return add_up(values * weight, block, len(counts.blocks))

    return dataclasses.replace(
        counts,
        words=by_block(single.words[:, np.newaxis])[:, 0],
        sentences=by_block(single.sentences[:, np.newaxis])[:, 0],
        hits=by_block(single.hits),
        sentences_with_hit=by_block(single.sentences_with_hit),
    )
