"""Baselines of rates and contrasts: the rate, or the share of side a, with which that of a unit is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, BlockCounts, Codes, add_up
from framescope.compare.inference.estimators import HALF, LogOdds
from framescope.compare.inference.intervals import FEWEST_HITS, spread
from framescope.compare.inputs import BaselineSetting, Tables
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


@dataclass(frozen=True)
class Documents:
    """The documents of a study: the number of the document of each block, and which the baseline consists of."""

    of_block: Codes
    used: NDArray[np.bool_]

    @classmethod
    def of(cls, setting: BaselineSetting, counts: BlockCounts) -> Documents:
        """The documents of a baseline of texts."""
        document, ids = pd.factorize(counts.blocks["document"].astype(str))
        return cls(document.astype(np.int64), in_baseline(setting, np.asarray(ids, dtype=object)))

    def sums(self, rows: Array) -> Array:
        """Sums of the rows of blocks by document, 0 outside the baseline."""
        return add_up(self.used[self.of_block][:, np.newaxis] * rows, self.of_block, len(self.used))

    def outside(self, sums: Array, codes: Codes, units: int, blocks: Codes | None = None) -> Array:
        """From `sums`, sums by unit over those documents of the baseline that have no block in the unit.

        `codes` are the units of the blocks, of all or of those in the rows `blocks`.
        """
        document = self.of_block if blocks is None else self.of_block[blocks]
        inside, number = codes >= 0, len(self.used)
        unit, member = np.divmod(np.unique(codes[inside] * number + document[inside]), max(number, 1))
        return np.asarray(sums.sum(axis=0) - add_up(sums[member], unit, units))


def baselines(
    setting: BaselineSetting,
    counts: BlockCounts,
    codes: Codes,
    units: int,
    contrasts: Sequence[Mapping[str, Any]],
    pooled: Array,
) -> Baseline:
    """The baselines of units by the setting of the study; `codes` gives the unit of each block, -1 for none.

    "rest" is the share in all documents without a block in the unit, "even" one half, "lexicon" that of
    `base_rates.csv`, or of a table; that of a document or group is the share in those of its documents that have no
    block in the unit. Shares of texts have half a hit added to each side, so that they are never 0 or 1, and need five
    hits. `counts` has the two sides of each contrast in turn, `pooled` is the overdispersion of each contrast in the
    study. The comparison with the rest of a corpus is that of keyness (Rayson and Garside 2000, Comparing Corpora using
    Frequency Profiling); half a hit is added as in Haldane (1956, Annals of Human Genetics 20).

    By hand: a unit of the first of two documents; the other has 6 hits of side a and 3 of side b, (6 + 0.5) / (9 + 1).

    >>> blocks, two = pd.DataFrame({"document": ["x", "y"]}), np.ones(2)
    >>> sides = np.array([[1.0, 4.0], [6.0, 3.0]])
    >>> counts = BlockCounts(blocks, 100 * two, 5 * two, ("a", "b"), sides, np.minimum(sides, 5))
    >>> contrast = [{"name": "x", "a": ["a"], "b": ["b"]}]
    >>> baselines("rest", counts, np.array([0, -1]), 1, contrast, np.ones(1)).share.tolist()
    [[0.65]]
    """
    shape = units, len(contrasts)
    stated = stated_rates(setting)
    if setting == EVEN or stated is not None:
        share = np.full(len(contrasts), 0.5) if stated is None else shares_of_rates(contrasts, stated)
        return Baseline(np.tile(share, (units, 1)), np.zeros(shape))
    estimator = LogOdds()
    rows = np.hstack([estimator.features(counts), np.ones((len(counts.words), 1))])
    documents = Documents.of(setting, counts)
    sums = documents.outside(documents.sums(rows), codes, units)
    moments = estimator.moments(sums[:, :-1], sums[:, -1:])
    share = np.where(moments.x >= FEWEST_HITS, (moments.y + HALF) / (moments.x + 2 * HALF), np.nan)
    return Baseline(share, spread(moments, pooled))


def in_baseline(setting: BaselineSetting, documents: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which of the documents a baseline of texts consists of."""
    if setting == REST:
        return np.ones(len(documents), dtype=bool)
    return np.isin(documents, [setting] if isinstance(setting, str) else list(setting["documents"]))


def check_baseline(setting: BaselineSetting, tables: Tables) -> None:
    """Check that a baseline of named texts has words of their authors.

    Raises: StudyError if it has none.
    """
    texts = tables.sentences.loc[tables.sentences["voice"] == "author", "document"].astype(str).unique()
    if setting in (REST, EVEN) or stated_rates(setting) is not None:
        return
    if not in_baseline(setting, np.asarray(texts, dtype=object)).any():
        name = setting if isinstance(setting, str) else setting["name"]
        cause = f"config.yaml: baseline: {name!r} has no text that is counted"
        raise StudyError(
            [f"{cause}; results/tables/skipped.csv says why a source was left out. {nearest(name, list(texts))}"]
        )


def stated_rates(setting: BaselineSetting) -> pd.Series | None:
    """The rates of themes that the lexicon's base rates or a table state, per 1,000 words; None for other baselines."""
    if setting == LEXICON:
        base = pd.read_csv(BASE_RATES).set_index("theme")
        return 1000 * base["hits"] / base["words"]
    if isinstance(setting, Mapping) and "rates" in setting:
        return pd.Series(setting["rates"], dtype=float)
    return None


def shares_of_rates(contrasts: Sequence[Mapping[str, Any]], rates: pd.Series) -> Array:
    """Side a's share in each contrast by rates of themes; NaN if a theme has no rate.

    A theme below another one of the same side counts with that one.

    >>> rates = pd.Series({"defence": 6.0, "economy": 2.0})
    >>> sides = {"a": ["defence"], "b": ["economy"]}, {"a": ["defence"], "b": ["unheard of"]}
    >>> shares_of_rates([{"name": "x", **each} for each in sides], rates).tolist()
    [0.75, nan]
    """

    def total(themes: Sequence[str]) -> float:
        top = [theme for theme in themes if not is_within(theme, *(other for other in themes if other != theme))]
        return float(rates.reindex(top).sum(skipna=False))

    sides = [(total(contrast["a"]), total(contrast["b"])) for contrast in contrasts]
    return np.array([a / (a + b) if a + b > 0 else np.nan for a, b in sides])


def said_baseline(setting: BaselineSetting, titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """A baseline in words, after "compared with"; `titles` are those of documents.

    >>> said_baseline("rest"), said_baseline({"name": "party: Liberals", "documents": ["a"]})
    ('all other texts', 'the texts with party: Liberals')
    """
    if isinstance(setting, str):
        named = {REST: "all other texts", LEXICON: "Framescope's sample texts", EVEN: "equal hits on both sides"}
        return named.get(setting, f"the text {titles.get(setting, setting)}")
    return f"the texts with {setting['name']}" if "documents" in setting else f"the table {setting['name']}"
