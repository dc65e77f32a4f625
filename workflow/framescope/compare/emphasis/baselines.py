"""The baseline of a contrast: the share of side a with which that of a unit is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, add_up
from framescope.compare.inference.estimators import HALF, LogOdds
from framescope.compare.inference.intervals import FEWEST_HITS, spread
from framescope.problems import StudyError, nearest
from framescope.resources import LEXICONS
from framescope.theme_paths import is_within

REST, LEXICON, EVEN = "rest", "lexicon", "even"
BASE_RATES = LEXICONS / "base_rates.csv"


@dataclass(frozen=True)
class Baseline:
    """Side a's share, and its variance divided by share (1 - share), for each unit (row) and contrast (column).

    The share is NaN for units without a baseline. `spread` is 0 for a share that is not estimated from texts of the
    study.
    """

    share: Array
    spread: Array


def baselines(
    name: str,
    counts: BlockCounts,
    codes: Codes,
    units: int,
    contrasts: Sequence[Mapping[str, Any]],
    pooled: Array,
) -> Baseline:
    """The baselines of units by the name in config.yaml; `codes` gives the unit of each block, -1 for none.

    "rest" is the share in all documents without a block in the unit, "lexicon" that of `base_rates.csv`, "even" one
    half; any other name is the id of a document, which is no baseline for its own parts. Shares of texts have half a
    hit added to each side, so that they are never 0 or 1, and need five hits. `counts` has the two sides of each
    contrast in turn, `pooled` is the overdispersion of each contrast in the study. The comparison with the rest of a
    corpus is that of keyness (Rayson and Garside 2000, Comparing Corpora using Frequency Profiling); half a hit is
    added as in Haldane (1956, Annals of Human Genetics 20).

    By hand: a unit of the first of two documents; the other has 6 hits of side a and 3 of side b, (6 + 0.5) / (9 + 1).

    >>> blocks, two = pd.DataFrame({"document": ["x", "y"]}), np.ones(2)
    >>> sides = np.array([[1.0, 4.0], [6.0, 3.0]])
    >>> counts = BlockCounts(blocks, 100 * two, 5 * two, ("a", "b"), sides, np.minimum(sides, 5))
    >>> contrast = [{"name": "x", "a": ["a"], "b": ["b"]}]
    >>> baselines("rest", counts, np.array([0, -1]), 1, contrast, np.ones(1)).share.tolist()
    [[0.65]]

    Raises: StudyError if the document has no text that is counted.
    """
    shape = units, len(contrasts)
    if name in (EVEN, LEXICON):
        share = np.full(shape, 0.5) if name == EVEN else np.tile(lexicon_shares(contrasts), (units, 1))
        return Baseline(share, np.zeros(shape))
    estimator = LogOdds()
    document, ids = pd.factorize(counts.blocks["document"].astype(str))
    rows = np.hstack([estimator.features(counts), np.ones((len(document), 1))])
    of_document = add_up(rows, document.astype(np.int64), len(ids))
    inside = codes >= 0
    members = np.unique(np.column_stack([codes[inside], document[inside]]), axis=0)
    if name == REST:
        sums = of_document.sum(axis=0) - add_up(of_document[members[:, 1]], members[:, 0], units)
    elif name in ids:
        place = int(np.flatnonzero(ids == name)[0])
        sums = np.tile(of_document[place], (units, 1))
        sums[members[members[:, 1] == place, 0]] = 0
    else:
        cause = f"config.yaml: baseline: the document {name!r} has no text that is counted"
        raise StudyError(
            [f"{cause}; results/tables/skipped.csv says why a source was left out. {nearest(name, list(ids))}"]
        )
    moments = estimator.moments(sums[:, :-1], sums[:, -1:])
    share = np.where(moments.x >= FEWEST_HITS, (moments.y + HALF) / (moments.x + 2 * HALF), np.nan)
    return Baseline(share, spread(moments, pooled))


def lexicon_shares(contrasts: Sequence[Mapping[str, Any]]) -> Array:
    """Side a's share in each contrast by the base rates of the lexicon; NaN if a theme has no base rate.

    A theme below another one of the same side counts with that one.

    >>> lexicon_shares([{"name": "x", "a": ["defence"], "b": ["unheard of"]}]).tolist()
    [nan]
    """
    hits = pd.read_csv(BASE_RATES).set_index("theme")["hits"]

    def total(themes: Sequence[str]) -> float:
        top = [theme for theme in themes if not is_within(theme, *(other for other in themes if other != theme))]
        return float(hits.reindex(top).sum(skipna=False))

    sides = [(total(contrast["a"]), total(contrast["b"])) for contrast in contrasts]
    return np.array([a / (a + b) if a + b > 0 else np.nan for a, b in sides])
