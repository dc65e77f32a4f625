"""What a text recommends and what it describes: shares of prescriptive and of descriptive sentences by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, add_up, count_blocks, theme_list, theme_sets
from framescope.compare.inputs import Tables, places

MODES = ("descriptive", "prescriptive")
# Shares are not computed from fewer sentences, because they would be too uncertain.
FEWEST_SENTENCES = 5


def shares_by_mode(with_hit: Array, sentences: Array) -> tuple[Array, Array]:
    """The shares of descriptive and of prescriptive sentences with a hit, 0 to 1, and the second minus the first.

    The difference of two proportions, -1 to 1 (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and
    Proportions); its use for modes is ours. Both arrays have the columns descriptive, prescriptive. NaN if there are
    fewer than five sentences in a mode.

    >>> shares, difference = shares_by_mode(np.array([[2, 6], [2, 3]]), np.array([[8, 8], [8, 4]]))
    >>> shares.tolist(), difference.tolist()
    ([[0.25, 0.75], [0.25, nan]], [0.5, nan])
    """
    shares = with_hit / np.where(sentences >= FEWEST_SENTENCES, sentences, np.nan)
    return shares, shares[:, 1] - shares[:, 0]


def mode_shares(tables: Tables, *, themes: Sequence[str] | None = None) -> pd.DataFrame:
    """Emphasis in prescriptive and in descriptive sentences: a row for each document and theme.

    share_prescriptive is the share of the document's prescriptive sentences (should, must, needs to) with a hit,
    share_descriptive that of the others, and difference the first minus the second (`shares_by_mode`); empty if there
    are fewer than five sentences in a mode. The table describes; nothing is tested.
    """
    chosen, counted = theme_list(tables.hits, themes), tables.headline()
    author = tables.sentences[tables.sentences["voice"] == "author"]
    ids = pd.Index(sorted(author["document"].astype(str).unique()))
    mode = places(author["mode"], pd.Index(MODES))
    known = pd.MultiIndex.from_arrays([places(author["document"], ids), author["sentence"]])
    place = pd.MultiIndex.from_arrays([places(counted.hits["document"], ids), counted.hits["sentence"]])
    hit_mode = np.append(mode, -1)[known.get_indexer(place)]
    # The sentences of a section that are in the same mode are counted as one block.
    sentences, hits = author.assign(block=mode)[mode >= 0], counted.hits.assign(block=hit_mode)[hit_mode >= 0]
    counts = count_blocks(replace(counted, sentences=sentences, hits=hits), theme_sets(chosen))
    cell = places(counts.blocks["document"], ids) * len(MODES) + counts.blocks["block"].to_numpy(np.int64)

    def by_mode(values: Array) -> Array:
        """Sums of blocks by document, column and mode."""
        return add_up(values, cell, len(ids) * len(MODES)).reshape(len(ids), len(MODES), values.shape[1]).swapaxes(1, 2)

    with_hit = by_mode(counts.sentences_with_hit).reshape(-1, len(MODES))
    number = np.repeat(by_mode(counts.sentences[:, np.newaxis]), len(chosen), axis=1).reshape(-1, len(MODES))
    text, theme = np.indices((len(ids), len(chosen))).reshape(2, -1)
    table = pd.DataFrame({"document": ids.array.take(text), "theme": pd.array(chosen, dtype="str").take(theme)})
    shares, difference = shares_by_mode(with_hit, number)
    for column, name in enumerate(MODES):
        table[f"sentences_{name}"] = number[:, column].astype(np.int64)
        table[f"with_hit_{name}"] = with_hit[:, column].astype(np.int64)
        table[f"share_{name}"] = shares[:, column]
    return table.assign(difference=difference)
