"""Where in the text each theme lives, how evenly it is spread, and what is recommended rather than discussed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framescope.compare.blocks import (
    BlockCounts,
    Units,
    add_up,
    count_blocks,
    headline,
    theme_list,
    theme_sets,
    units_of,
)

MODES = ("descriptive", "prescriptive")


def trajectory(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    parts: int = 10,
) -> pd.DataFrame:
    """The narrative arc: a row for each document, part and theme, with words, hits and rate_per_1000 of that part.

    A document's blocks are put into `parts` parts of about equal length by where their middle word falls; share is the
    part's share of the document's hits of the theme. Blocks are never cut, so a short document may lack a part.
    """
    counts = count_blocks(sentences, headline(hits), sections, documents, theme_sets(theme_list(hits, themes)))
    units = units_of(counts, "document")
    total = add_up(counts.words[:, np.newaxis], units.codes, len(units.keys))[:, 0]
    running = np.cumsum(counts.words)
    before = running - counts.words - np.concatenate([[0], np.cumsum(total)])[units.codes]
    part = np.minimum((before + counts.words / 2) * parts // np.maximum(total[units.codes], 1), parts - 1).astype(int)
    cells = units.codes * parts + part
    words = add_up(counts.words[:, np.newaxis], cells, len(units.keys) * parts)
    found = add_up(counts.hits, cells, len(units.keys) * parts)
    whole = np.repeat(add_up(counts.hits, units.codes, len(units.keys)), parts, axis=0)
    many = len(counts.names)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, share = 1000 * found / words, found / whole
    rows = pd.DataFrame(
        {
            "document": np.repeat(units.keys["document"].to_numpy(), parts * many),
            "part": np.tile(np.repeat(np.arange(1, parts + 1), many), len(units.keys)),
            "theme": np.tile(np.array(counts.names, dtype=object), len(units.keys) * parts),
            "words": np.repeat(words[:, 0], many).astype(np.int64),
            "hits": found.ravel().astype(np.int64),
            "rate_per_1000": rate.ravel(),
            "share": share.ravel(),
        }
    )
    return rows[rows["words"] > 0].reset_index(drop=True)


def dispersion(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    min_blocks: int = 8,
) -> pd.DataFrame:
    """How evenly each theme is spread over a section's or document's blocks: a row a unit and theme.

    dp is Gries' deviation of proportions, sum |share of hits - share of words| / 2 over blocks (Gries 2008,
    International Journal of Corpus Linguistics 13): 0 is as even as the blocks' lengths, near 1 is all in one; dp_norm
    divides it by its maximum, 1 - the smallest share of words (Lijffijt and Gries 2012). Not given without hits or
    under `min_blocks` blocks. share_blocks is the share of blocks with a hit.
    """
    counts = count_blocks(sentences, headline(hits), sections, documents, theme_sets(theme_list(hits, themes)))
    return pd.concat(
        [_dispersion(counts, units_of(counts, kind), min_blocks) for kind in ("section", "document")],
        ignore_index=True,
    )


def _dispersion(counts: BlockCounts, units: Units, min_blocks: int) -> pd.DataFrame:
    many, codes = len(units.keys), units.codes
    hits = add_up(counts.hits, codes, many)
    words = add_up(counts.words[:, np.newaxis], codes, many)
    blocks = add_up(np.ones((len(codes), 1)), codes, many)
    expected = counts.words[:, np.newaxis] / np.maximum(words[codes], 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = counts.hits / hits[codes]
    smallest = np.full((many, 1), np.inf)
    np.minimum.at(smallest, codes, expected)
    dp = add_up(np.abs(np.where(np.isfinite(observed), observed, 0) - expected), codes, many) / 2
    dp = np.where((hits > 0) & (blocks >= min_blocks), dp, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        dp_norm = dp / (1 - smallest)
    themes = len(counts.names)
    keys = units.keys.loc[np.repeat(np.arange(many), themes), ["document", "section"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "unit": units.kind,
            "document": keys["document"],
            "section": keys["section"],
            "theme": np.tile(np.array(counts.names, dtype=object), many),
            "hits": hits.ravel().astype(np.int64),
            "blocks": np.repeat(blocks[:, 0], themes).astype(np.int64),
            "share_blocks": (add_up((counts.hits > 0).astype(float), codes, many) / blocks).ravel(),
            "dp": dp.ravel(),
            "dp_norm": dp_norm.ravel(),
        }
    )


def mode_shares(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What is recommended against what is discussed: a row a document and theme.

    share_prescriptive is the share of the document's prescriptive sentences (should, must, needs to) with a hit,
    share_descriptive that of the others, difference the one minus the other. Description, without a test.
    """
    chosen = theme_list(hits, themes)
    author = sentences[sentences["voice"] == "author"]
    keys = ["document", "sentence"]
    modes = author[[*keys, "mode"]]
    counted = headline(hits).merge(modes, on=keys, how="inner")
    tables = {}
    for mode in MODES:
        part, own = author[author["mode"] == mode], counted[counted["mode"] == mode]
        counts = count_blocks(part, own, sections, documents, theme_sets(chosen))
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
        tables[mode] = table.astype({"document": str, "theme": str})
    ids = sorted(author["document"].astype(str).unique())
    rows = [(document, theme) for document in ids for theme in chosen]
    table = pd.DataFrame(rows, columns=["document", "theme"], dtype=str)
    for mode in MODES:
        table = table.merge(tables[mode], on=["document", "theme"], how="left")
        for column in (f"sentences_{mode}", f"with_hit_{mode}"):
            table[column] = table[column].fillna(0).astype(np.int64)
        table[f"share_{mode}"] = table[f"with_hit_{mode}"] / table[f"sentences_{mode}"].where(
            table[f"sentences_{mode}"] > 0
        )
    table["difference"] = table["share_prescriptive"] - table["share_descriptive"]
    return table
