"""Differences of theme rates between sections of a document, and between documents, roles and groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, theme_list, theme_sets
from framescope.compare.inference.documents import compare_documents, compare_sections
from framescope.compare.inference.estimators import LogRates
from framescope.compare.inference.families import EXPLORATORY, FOCUS, adjust, attainable, family_sizes, verdicts
from framescope.compare.inference.pairs import REST, Compared, Layout, pair_names
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing

FEWEST_HITS = 5
# What a row with fewer hits is without.
TESTED = ["low", "high", "critical", "p", "p_least"]


def log2_ratio(log_difference: Array) -> Array:
    """A difference of natural log rates as logarithm to base 2 of their ratio: 1 is twice the rate, -1 half, 0 equal.

    log2 of ((hits_a + 1/2) / (words_a + h)) / ((hits_b + 1/2) / (words_b + h)), h the words that half a hit takes at
    the rate of both together: the log ratio of Hardie (2014), Log Ratio: an informal introduction, with half a hit
    added to each side and the words that belong to it, so that it is 0 where the rates are equal and has the sign of
    their difference. It serves the ends of the interval as well.

    By hand: 10 hits in 2,000 words make half a hit 100; 7.5 in 600 are 7.5 times 2.5 in 1,500.

    >>> log2_ratio(np.log([7.5 / 600]) - np.log([2.5 / 1500])).round(3).tolist()  # log2(7.5)
    [2.907]
    """
    return np.asarray(log_difference / np.log(2))


def section_differences(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    focus_themes: Sequence[str] = (),
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each pair of sections of a document and theme: is the rate different?

    rate_a and rate_b are hits per 1,000 words. `log2_ratio` is of rate_a over rate_b, and empty where neither
    has a hit. p is that of the studentised permutation of blocks, with the allowance that stretches of one text call
    for (`section_effects`). The focus themes are one family within a document, all others another, exploratory one:
    p_corrected is Holm's of the first, Benjamini and Hochberg's of the second. Pairs with a section under `min_blocks`
    blocks are rows for focus themes alone; they, and pairs with under five hits in all, have neither test nor interval.
    """
    listed, focus = _listed(tables.hits, themes, focus_themes)
    layout, compared = compare_sections(tables.headline(), theme_sets(listed), LogRates(), testing)
    # Of most pairs of a large corpus nothing can be said: their rows are made for the focus themes alone.
    told = np.isin(listed, focus) | compared.tested[:, np.newaxis]
    table = _difference_rows(layout, compared, told).rename(columns={"unit_a": "section_a", "unit_b": "section_b"})
    return _judge(table, focus, ["document"], testing.level).drop(columns=["unit", "role"])


def document_differences(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    focus_themes: Sequence[str] = (),
    reference: str | None = None,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each pair of documents, roles or groups and theme: is the rate different?

    Up to thirty documents each is set against each, above that against the rest; with `reference` each against it.
    Documents are also compared by role, where both have it (`role` names it); genre_a and genre_b are theirs, where
    `documents` has it. `inference` says what was permuted:
    documents where both roles or groups have at least four, otherwise blocks.
    """
    listed, focus = _listed(tables.hits, themes, focus_themes)
    parts = []
    for layout, compared in compare_documents(tables.headline(), theme_sets(listed), LogRates(), reference, testing):
        told = compared.tested | np.array([pair.role == "" for pair in layout.pairs], dtype=bool)
        parts.append(_difference_rows(layout, compared, np.repeat(told[:, np.newaxis], len(listed), axis=1)))
    table, documents = pd.concat(parts, ignore_index=True), tables.documents
    genres = dict(documents[["document", "genre"]].fillna("").to_numpy()) if "genre" in documents else {}
    for side in ("a", "b"):
        names = table[f"unit_{side}"].where(table["unit"] == "document", REST)
        table[f"genre_{side}"] = [genres.get(name, "") for name in names]
    return _judge(table, focus, ["unit", "role"], testing.level).drop(columns="document")


def _listed(
    hits: pd.DataFrame, themes: Sequence[str] | None, focus_themes: Sequence[str]
) -> tuple[list[str], list[str]]:
    listed = theme_list(hits, themes)
    if themes is None:
        listed += [theme for theme in focus_themes if theme not in listed]
    unknown = [theme for theme in focus_themes if theme not in listed]
    if unknown:
        raise ValueError(f"focus_themes: {', '.join(unknown)} is no theme of the lexicon; it has {', '.join(listed)}")
    return listed, list(focus_themes)


def _difference_rows(layout: Layout, compared: Compared, told: NDArray[np.bool_]) -> pd.DataFrame:
    """Estimates and p of the pairs and themes marked `told`, before families are formed."""
    many = len(layout.counts.names)
    pair, theme = np.nonzero(told)
    hits_a, hits_b = compared.first[:, 2 : 2 + many], compared.second[:, 2 : 2 + many]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_a, rate_b = hits_a / compared.first[:, :1], hits_b / compared.second[:, :1]
    names = pair_names(layout.pairs, pair)
    table = pd.DataFrame(
        {
            "unit": names["unit"],
            "document": names["document"],
            "role": names["role"],
            "unit_a": names["a"],
            "unit_b": names["b"],
            "theme": np.array(layout.counts.names, dtype=object)[theme],
            "rate_a": 1000 * rate_a[told],
            "rate_b": 1000 * rate_b[told],
            "log2_ratio": log2_ratio(compared.difference[told]),
            "low": log2_ratio(compared.low[told]),
            "high": log2_ratio(compared.high[told]),
            "critical": compared.critical[told],
            "p": compared.p[told],
            "p_least": compared.least[told],
            "words_a": compared.first[pair, 0].astype(np.int64),
            "words_b": compared.second[pair, 0].astype(np.int64),
            "blocks_a": compared.blocks[pair, 0].astype(np.int64),
            "blocks_b": compared.blocks[pair, 1].astype(np.int64),
            "inference": layout.inference,
        }
    )
    table.loc[(hits_a + hits_b < FEWEST_HITS)[told], TESTED] = np.nan
    table.loc[(hits_a + hits_b == 0)[told], "log2_ratio"] = np.nan
    table["inference"] = table["inference"].where(table["p"].notna(), "")
    return table


def _judge(table: pd.DataFrame, focus: Sequence[str], within: list[str], level: float) -> pd.DataFrame:
    """Families, corrections and verdicts, put after p."""
    focal = table["theme"].isin(focus)
    families = table[within].assign(focal=focal)
    p, p_least = table["p"], table["p_least"]
    corrected = adjust(p, families, "holm").where(focal, adjust(p, families, "fdr_bh"))
    least = attainable(p_least, p, families, "holm").where(focal, attainable(p_least, p, families, "fdr_bh"))
    position = list(table).index("p_least") + 1
    table.insert(position, "p_corrected", corrected)
    table.insert(position + 1, "family", np.where(focal, FOCUS, EXPLORATORY))
    table.insert(position + 2, "tests_in_family", family_sizes(table["p"], families))
    table.insert(position + 3, "verdict", verdicts(corrected, level, least))
    return table
