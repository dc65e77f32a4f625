"""Where in the text each theme lives, how evenly it is spread, and what is recommended rather than discussed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import (
    Array,
    BlockCounts,
    Codes,
    Units,
    add_up,
    count_blocks,
    theme_list,
    theme_sets,
    units_of,
)
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing
from framescope.compare.spread.dispersion import deviation_of_proportions, share_of_blocks

MODES = ("descriptive", "prescriptive")
# Of fewer hits, or sentences of a mode, nothing is said.
FEWEST_HITS = FEWEST_SENTENCES = 5


def text_parts(words: Array, codes: Codes, parts: int) -> Codes:
    """The part of its document, from 0, in which each block's middle word falls.

    floor(parts (words before the block + half its own) / words of the document): equal parts as in the narrative arc of
    Boyd, Blackburn and Pennebaker (2020), Science Advances 6, but blocks are not cut. `words` has a value a block, in
    the order of reading; `codes` the document of each, from 0, in the same order.

    By hand: of 100 words the middles are at 5, 25, 50 and 80, and the second half begins at 50.

    >>> text_parts(np.array([10.0, 30.0, 20.0, 40.0]), np.zeros(4, dtype=int), 2).tolist()
    [0, 0, 1, 1]
    """
    total = np.bincount(codes, weights=words)
    before = np.cumsum(words) - words - np.concatenate([[0], np.cumsum(total)])[codes]
    part = (before + words / 2) * parts // np.maximum(total[codes], 1)
    return np.asarray(np.minimum(part, parts - 1), dtype=np.int64)


def narrative_arc(hits: Array, words: Array) -> tuple[Array, Array]:
    """Hits per 1,000 words of each part, and the part's share of the document's hits, 0 to 1.

    rate = 1000 hits / words, share = hits / hits of all parts (Boyd, Blackburn and Pennebaker 2020, Science Advances
    6, who cut texts into five parts). Axes of both arrays: documents, parts, themes (one for `words`). Not a number
    where there is nothing to divide by.

    >>> rate, share = narrative_arc(np.array([[[3.0], [1.0]]]), np.array([[[100.0], [200.0]]]))
    >>> rate.ravel().tolist(), share.ravel().tolist()
    ([30.0, 5.0], [0.75, 0.25])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1000 * hits / words, hits / hits.sum(axis=1, keepdims=True)


def shares_by_mode(with_hit: Array, sentences: Array) -> tuple[Array, Array]:
    """Shares of the descriptive and of the prescriptive sentences with a hit, 0 to 1, and the second less the first.

    The difference of two proportions, -1 to 1 (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and
    Proportions); that it is taken between modes is ours. Both arrays have the columns descriptive, prescriptive.
    Not a number where a mode has under five sentences: one of three would be a third.

    >>> shares, difference = shares_by_mode(np.array([[2, 6], [2, 3]]), np.array([[8, 8], [8, 4]]))
    >>> shares.tolist(), difference.tolist()
    ([[0.25, 0.75], [0.25, nan]], [0.5, nan])
    """
    shares = with_hit / np.where(sentences >= FEWEST_SENTENCES, sentences, np.nan)
    return shares, shares[:, 1] - shares[:, 0]


def trajectory(tables: Tables, *, themes: Sequence[str] | None = None, parts: int = 10) -> pd.DataFrame:
    """The narrative arc: a row for each document, part and theme, with words, hits and rate_per_1000 of that part.

    A document's blocks are put into `parts` parts of about equal length (`text_parts`); rate_per_1000 and share, the
    part's share of the document's hits of the theme, are those of `narrative_arc`. A short document may lack a part.
    """
    counts = count_blocks(tables.headline(), theme_sets(theme_list(tables.hits, themes)))
    units = units_of(counts, "document")
    cells = units.codes * parts + text_parts(counts.words, units.codes, parts)
    texts, many = len(units.keys), len(counts.names)
    words = add_up(counts.words[:, np.newaxis], cells, texts * parts)
    found = add_up(counts.hits, cells, texts * parts)
    rate, share = narrative_arc(found.reshape(texts, parts, many), words.reshape(texts, parts, 1))
    rows = pd.DataFrame(
        {
            "document": np.repeat(units.keys["document"].to_numpy(), parts * many),
            "part": np.tile(np.repeat(np.arange(1, parts + 1), many), texts),
            "theme": np.tile(np.array(counts.names, dtype=object), texts * parts),
            "words": np.repeat(words[:, 0], many).astype(np.int64),
            "hits": found.ravel().astype(np.int64),
            "rate_per_1000": rate.ravel(),
            "share": share.ravel(),
        }
    )
    return rows[rows["words"] > 0].reset_index(drop=True)


def dispersion(
    tables: Tables, *, themes: Sequence[str] | None = None, testing: Testing = AS_CONFIGURED
) -> pd.DataFrame:
    """How evenly each theme is spread over a section's or document's blocks: a row a unit and theme.

    dp and dp_norm are Gries' `deviation_of_proportions`, not given under five hits or `testing.min_blocks` blocks;
    share_blocks is the share of blocks with a hit (`share_of_blocks`).
    """
    counts = count_blocks(tables.headline(), theme_sets(theme_list(tables.hits, themes)))
    return pd.concat(
        [_dispersion(counts, units_of(counts, kind), testing.min_blocks) for kind in ("section", "document")],
        ignore_index=True,
    )


def _dispersion(counts: BlockCounts, units: Units, min_blocks: int) -> pd.DataFrame:
    many, codes = len(units.keys), units.codes
    blocks = np.bincount(codes, minlength=many)
    hits = add_up(counts.hits, codes, many)
    few = (blocks < min_blocks)[:, np.newaxis] | (hits < FEWEST_HITS)
    dp, dp_norm = (
        np.where(few, np.nan, values) for values in deviation_of_proportions(counts.hits, counts.words, codes, many)
    )
    themes = len(counts.names)
    keys = units.keys.loc[np.repeat(np.arange(many), themes), ["document", "section"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "unit": units.kind,
            "document": keys["document"],
            "section": keys["section"],
            "theme": np.tile(np.array(counts.names, dtype=object), many),
            "hits": hits.ravel().astype(np.int64),
            "blocks": np.repeat(blocks, themes),
            "share_blocks": share_of_blocks(counts.hits, codes, many).ravel(),
            "dp": dp.ravel(),
            "dp_norm": dp_norm.ravel(),
        }
    )


def mode_shares(tables: Tables, *, themes: Sequence[str] | None = None) -> pd.DataFrame:
    """What is recommended against what is discussed: a row a document and theme.

    share_prescriptive is the share of the document's prescriptive sentences (should, must, needs to) with a hit,
    share_descriptive that of the others, difference the one less the other (`shares_by_mode`); none of a mode with
    under five sentences. Description, no test.
    """
    chosen, counted = theme_list(tables.hits, themes), tables.headline()
    author = tables.sentences[tables.sentences["voice"] == "author"]
    keys = ["document", "sentence"]
    modes = author[[*keys, "mode"]]
    hits = counted.hits.merge(modes, on=keys, how="inner")
    by_mode = {}
    for mode in MODES:
        of_mode = replace(counted, sentences=author[author["mode"] == mode], hits=hits[hits["mode"] == mode])
        counts = count_blocks(of_mode, theme_sets(chosen))
        units = units_of(counts, "document")
        many = len(units.keys)
        total = add_up(counts.sentences[:, np.newaxis], units.codes, many)
        found = add_up(counts.sentences_with_hit, units.codes, many)
        table = pd.DataFrame(
            {
                "document": np.repeat(units.keys["document"].to_numpy(), len(chosen)),
                "theme": np.tile(np.array(chosen, dtype=object), many),
                f"sentences_{mode}": np.repeat(total[:, 0], len(chosen)).astype(np.int64),
                f"with_hit_{mode}": found.ravel().astype(np.int64),
            }
        )
        by_mode[mode] = table.astype({"document": str, "theme": str})
    ids = sorted(author["document"].astype(str).unique())
    rows = [(document, theme) for document in ids for theme in chosen]
    table = pd.DataFrame(rows, columns=["document", "theme"], dtype=str)
    for mode in MODES:
        table = table.merge(by_mode[mode], on=["document", "theme"], how="left")
        for column in (f"sentences_{mode}", f"with_hit_{mode}"):
            table[column] = table[column].fillna(0).astype(np.int64)
    with_hit, number = (
        table[[f"{kind}_{mode}" for mode in MODES]].to_numpy(float) for kind in ("with_hit", "sentences")
    )
    shares, table["difference"] = shares_by_mode(with_hit, number)
    for place, mode in enumerate(MODES):
        table.insert(list(table).index(f"with_hit_{mode}") + 1, f"share_{mode}", shares[:, place])
    return table
