"""Where in a text each theme occurs: its rate in each part of the text."""

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
from framescope.compare.inputs import Tables

PARTS = 10


def text_parts(words: Array, codes: Codes, parts: int) -> Codes:
    """The part of its document, from 0, that contains the middle of each block.

    floor(parts (words before the block + half its own) / words of the document): equal parts as in the narrative arc of
    Boyd, Blackburn and Pennebaker (2020), Science Advances 6, but blocks are not divided. `words` has a value for each
    block, in the order of reading; `codes` is the document of each, from 0, in the same order.

    By hand: of 100 words the middles are at 5, 25, 50 and 80, and the second half begins at 50.

    >>> text_parts(np.array([10.0, 30.0, 20.0, 40.0]), np.zeros(4, dtype=int), 2).tolist()
    [0, 0, 1, 1]
    """
    total = np.bincount(codes, weights=words)
    before = np.cumsum(words) - words - np.concatenate([[0], np.cumsum(total)])[codes]
    part = (before + words / 2) * parts // np.maximum(total[codes], 1)
    return np.asarray(np.minimum(part, parts - 1), dtype=np.int64)


def parts_of_blocks(tables: Tables, parts: int = PARTS) -> pd.DataFrame:
    """The part of its document, from 1, in which each block of the author is: document, block, part (`text_parts`)."""
    counts = count_blocks(tables.with_hits(tables.hits.head(0)), {})
    part = text_parts(counts.words, units_of(counts, "document").codes, parts)
    return counts.blocks[["document", "block"]].assign(part=part + 1)


def narrative_arc(hits: Array, words: Array) -> tuple[Array, Array]:
    """Hits per 1,000 words of each part, and the part's share of the document's hits, 0 to 1.

    rate = 1000 hits / words, share = hits / hits of all parts (Boyd, Blackburn and Pennebaker 2020, Science Advances
    6, who divide texts into five parts). The axes of both arrays are documents, parts and themes (one for `words`). NaN
    for parts without words, and shares for documents without hits.

    >>> rate, share = narrative_arc(np.array([[[3.0], [1.0]]]), np.array([[[100.0], [200.0]]]))
    >>> rate.ravel().tolist(), share.ravel().tolist()
    ([30.0, 5.0], [0.75, 0.25])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1000 * hits / words, hits / hits.sum(axis=1, keepdims=True)


def trajectory(tables: Tables, *, themes: Sequence[str] | None = None, parts: int = PARTS) -> pd.DataFrame:
    """The narrative arc: a row for each document, part and theme, with words, hits and rate_per_1000 of that part.

    A document's blocks are divided into `parts` parts of about equal length (`text_parts`); rate_per_1000 and share,
    the part's share of the document's hits of the theme, are those of `narrative_arc`. Parts without a block, as in a
    short document, have no row.
    """
    counts = count_blocks(tables.headline(), theme_sets(theme_list(tables.hits, themes)))
    units = units_of(counts, "document")
    cells = units.codes * parts + text_parts(counts.words, units.codes, parts)
    texts, theme_count = len(units.keys), len(counts.names)
    words = add_up(counts.words[:, np.newaxis], cells, texts * parts)
    hits = add_up(counts.hits, cells, texts * parts)
    rate, share = narrative_arc(hits.reshape(texts, parts, theme_count), words.reshape(texts, parts, 1))
    cell = np.flatnonzero(words[:, 0] > 0)
    text, part = np.divmod(cell, parts)
    return pd.DataFrame(
        {
            "document": units.keys["document"].array.take(np.repeat(text, theme_count)),
            "part": np.repeat(part + 1, theme_count),
            "theme": pd.array(counts.names, dtype="str").take(np.tile(np.arange(theme_count), len(cell))),
            "words": np.repeat(words[cell, 0], theme_count).astype(np.int64),
            "hits": hits[cell].ravel().astype(np.int64),
            "rate_per_1000": rate[text, part].ravel(),
            "share": share[text, part].ravel(),
        }
    )
