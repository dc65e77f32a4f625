"""The ratio of each unit's rates to those of its baseline, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, Units, add_up
from framescope.compare.emphasis.baselines import EVEN, outside, stated_rates, sums_by_document
from framescope.compare.inference.intervals import FEWEST_HITS, Moments
from framescope.compare.inference.pairs import SEVERAL_DOCUMENTS
from framescope.compare.inference.rate_ratios import Rate, ratio_interval
from framescope.compare.inputs import BaselineSetting, Testing


@dataclass(frozen=True)
class BaselineSums:
    """What baselines are computed from: the themes, the document of each block, and sums by document of the baseline.

    `of_document` has for each document its hits by theme and its words, and the squares and products of both, over
    whole documents and over blocks. It is None if the rates of the baseline are given.
    """

    names: tuple[str, ...]
    document: Codes
    of_document: Array | None


def baseline_sums(texts: BlockCounts, setting: BaselineSetting) -> BaselineSums:
    """The sums of a study, whose counts are `texts`, for a baseline."""
    if setting == EVEN or stated_rates(setting) is not None:
        return BaselineSums(texts.names, np.zeros(len(texts.words), dtype=np.int64), None)
    words = texts.words[:, np.newaxis]
    document, ids = pd.factorize(texts.blocks["document"].astype(str))
    whole = add_up(np.hstack([texts.hits, words]), document.astype(np.int64), len(ids))
    # The rows of a document's first block have the squares of the whole document, and those of its other blocks 0.
    first = np.flatnonzero(~pd.Series(document).duplicated().to_numpy())
    squares = np.zeros((len(document), 2 * len(texts.names) + 2))
    hits, length = whole[document[first], :-1], whole[document[first], -1:]
    squares[first] = np.hstack([hits**2, hits * length, length**2, np.ones_like(length)])
    by_block = [texts.hits**2, texts.hits * words, words**2, np.ones_like(words)]
    return BaselineSums(
        texts.names, *sums_by_document(setting, texts, np.hstack([texts.hits, words, squares, *by_block]))
    )


def rate_baselines(
    rates: Rate, base: BaselineSums, units: Units, blocks: Codes, pooled: Array, testing: Testing
) -> dict[str, Array]:
    """The columns `baseline_per_1000`, `ratio`, `ratio_low` and `ratio_high` of units (rows) and themes (columns).

    The baseline is the rate in all documents without a block in the unit (`rest`), or in those of its documents without
    one; its chance is over documents if it has at least four of them, and otherwise over blocks. A ratio needs five
    hits in it. The rates of a table or of the lexicon are given. There is none for `even`, for a theme that a table
    does not have, and if no document is left.

    `rates` are those of the units, `base` the sums of the study, `blocks` the places there of the blocks whose unit the
    codes of `units` say, and `pooled` the overdispersion of each theme. The comparison of a text with the rest of a
    corpus is that of Rayson and Garside (2000, Comparing Corpora using Frequency Profiling); that documents are the
    unit of chance from four on is ours.

    By hand: the first of two documents has 2 hits in 100 words, the other 8 in 200: 20 and 40 per 1,000, of which
    the ratio is a half.

    >>> blocks = pd.DataFrame({"document": ["x", "x", "y", "y"]})
    >>> words, hits = np.array([50.0, 50, 100, 100]), np.array([[1.0], [1], [4], [4]])
    >>> texts = BlockCounts(blocks, words, words, ("defence",), hits, hits)
    >>> unit = Units("document", pd.DataFrame({"document": ["x"]}), np.array([0, 0, -1, -1]))
    >>> rates = Rate(np.array([[0.02]]), np.array([[100.0]]), np.array([[13.0]]))
    >>> base = baseline_sums(texts, "rest")
    >>> found = rate_baselines(rates, base, unit, np.arange(4), np.ones(1), Testing(baseline="rest"))
    >>> found["baseline_per_1000"].tolist(), found["ratio"].tolist()
    ([[40.0]], [[0.5]])
    """
    other, enough = _base(base, units, blocks, pooled, testing)
    low, high = ratio_interval(rates, other, testing.confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(enough, rates.rate / other.rate, np.nan)
    known = enough & ~np.isnan(ratio)
    return {
        "baseline_per_1000": 1000 * other.rate,
        "ratio": ratio,
        "ratio_low": np.where(known, low, np.nan),
        "ratio_high": np.where(known, high, np.nan),
    }


def _base(
    base: BaselineSums, units: Units, blocks: Codes, pooled: Array, testing: Testing
) -> tuple[Rate, NDArray[np.bool_]]:
    """The rate of each unit's baseline, and whether a ratio to it can be told."""
    if base.of_document is None:
        stated = stated_rates(testing.baseline)
        rates = pd.Series(dtype=float) if stated is None else stated
        per_word = rates.reindex(list(base.names)).to_numpy(float) / 1000
        given = np.broadcast_to(per_word, (len(units.keys), len(base.names)))
        return Rate.given(given.copy()), given > 0
    sums = outside(base.document[blocks], base.of_document, units.codes, len(units.keys))
    over_documents, over_blocks = _moments_outside(sums, len(base.names))
    several = over_documents.count >= SEVERAL_DOCUMENTS
    parts = [Rate.of(over_documents, None), Rate.of(over_blocks, pooled)]
    words, freedom = (np.where(several, *(getattr(part, name) for part in parts)) for name in ("words", "freedom"))
    return Rate(parts[1].rate, words, freedom), over_blocks.y >= FEWEST_HITS


def _moments_outside(sums: Array, themes: int) -> tuple[Moments, Moments]:
    """Moments of hits over words in the baseline of each unit, over its documents and over its blocks."""
    y, x, *parts = np.split(sums, np.cumsum([themes, 1, *([themes, themes, 1, 1] * 2)])[:-1], axis=1)
    wide = np.broadcast_to(x, y.shape)
    return tuple(
        Moments(count, y, wide, yy, xy, np.broadcast_to(xx, y.shape)) for yy, xy, xx, count in (parts[:4], parts[4:])
    )  # type: ignore[return-value]
