"""The ratio of each unit's rates to those of its baseline, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, Units
from framescope.compare.emphasis.baselines import EVEN, Documents, stated_rates
from framescope.compare.inference.intervals import FEWEST_HITS, Moments
from framescope.compare.inference.pairs import SEVERAL_DOCUMENTS
from framescope.compare.inference.rate_ratios import Rate, ratio_interval
from framescope.compare.inputs import BaselineSetting, Testing


@dataclass(frozen=True)
class BaselineSums:
    """What baselines are computed from: the themes, the documents, and sums by document.

    `sums` are those of hits and words; of the squares of hits, their products with words, the squares of words and 1
    over whole documents; and of the same over blocks. There are none if the rates of the baseline are given.
    """

    names: tuple[str, ...]
    documents: Documents | None
    sums: tuple[Array, ...] = ()


def baseline_sums(texts: BlockCounts, setting: BaselineSetting) -> BaselineSums:
    """The sums of a study, whose counts are `texts`, for a baseline."""
    if setting == EVEN or stated_rates(setting) is not None:
        return BaselineSums(texts.names, None)
    documents = Documents.of(setting, texts)
    words, one = texts.words[:, np.newaxis], np.ones((len(texts.words), 1))
    hits, length = documents.sums(texts.hits), documents.sums(words)
    by_document = (hits**2, hits * length, length**2, documents.used[:, np.newaxis].astype(float))
    by_block = map(documents.sums, (texts.hits**2, texts.hits * words, words**2, one))
    return BaselineSums(texts.names, documents, (hits, length, *by_document, *by_block))


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
    if base.documents is None:
        stated = stated_rates(testing.baseline)
        rates = pd.Series(dtype=float) if stated is None else stated
        per_word = rates.reindex(list(base.names)).to_numpy(float) / 1000
        given = np.broadcast_to(per_word, (len(units.keys), len(base.names)))
        return Rate.given(given.copy()), given > 0
    number, of_units = len(units.keys), base.documents.outside
    y, x, *squares = (of_units(sums, units.codes, number, blocks) for sums in base.sums)
    over_documents, over_blocks = _moments(y, x, *squares[:4]), _moments(y, x, *squares[4:])
    several = over_documents.count >= SEVERAL_DOCUMENTS
    parts = [Rate.of(over_documents, None), Rate.of(over_blocks, pooled)]
    words, freedom = (np.where(several, *(getattr(part, name) for part in parts)) for name in ("words", "freedom"))
    return Rate(parts[1].rate, words, freedom), over_blocks.y >= FEWEST_HITS


def _moments(y: Array, x: Array, yy: Array, xy: Array, xx: Array, count: Array) -> Moments:
    """Moments of hits over words, which are the same for all themes."""
    return Moments(count, y, np.broadcast_to(x, y.shape), yy, xy, np.broadcast_to(xx, y.shape))
