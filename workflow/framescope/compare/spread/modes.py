"""What a text recommends and what it describes: shares of prescriptive and of descriptive sentences by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, add_up, count_blocks, theme_list, theme_sets, units_of
from framescope.compare.inputs import Tables

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
    keys = ["document", "sentence"]
    modes = author[[*keys, "mode"]]
    hits = counted.hits.merge(modes, on=keys, how="inner")
    by_mode = {}
    for mode in MODES:
        of_mode = replace(counted, sentences=author[author["mode"] == mode], hits=hits[hits["mode"] == mode])
        counts = count_blocks(of_mode, theme_sets(chosen))
        units = units_of(counts, "document")
        unit_count = len(units.keys)
        total = add_up(counts.sentences[:, np.newaxis], units.codes, unit_count)
        with_hit = add_up(counts.sentences_with_hit, units.codes, unit_count)
        table = pd.DataFrame(
            {
                "document": np.repeat(units.keys["document"].to_numpy(), len(chosen)),
                "theme": np.tile(np.array(chosen, dtype=object), unit_count),
                f"sentences_{mode}": np.repeat(total[:, 0], len(chosen)).astype(np.int64),
                f"with_hit_{mode}": with_hit.ravel().astype(np.int64),
            }
        )
        by_mode[mode] = table.astype({"document": str, "theme": str})
    ids = sorted(author["document"].astype(str).unique())
    rows = {"document": np.repeat(np.array(ids, dtype=object), len(chosen)), "theme": chosen * len(ids)}
    table = pd.DataFrame(rows, dtype=str)
    for mode in MODES:
        table = table.merge(by_mode[mode], on=["document", "theme"], how="left")
        for column in (f"sentences_{mode}", f"with_hit_{mode}"):
            table[column] = table[column].fillna(0).astype(np.int64)
    hit_sentences, number = (
        table[[f"{kind}_{mode}" for mode in MODES]].to_numpy(float) for kind in ("with_hit", "sentences")
    )
    shares, table["difference"] = shares_by_mode(hit_sentences, number)
    for place, mode in enumerate(MODES):
        table.insert(list(table).index(f"with_hit_{mode}") + 1, f"share_{mode}", shares[:, place])
    return table
