"""Differences of theme rates between sections of a document, and between documents, roles and groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, theme_list, theme_sets
from framescope.compare.inference.documents import Evidence, compare_documents, compare_sections
from framescope.compare.inference.estimators import LogRates
from framescope.compare.inference.families import EXPLORATORY, FOCUS, adjust, attainable, family_sizes, verdicts
from framescope.compare.inference.intervals import FEWEST_HITS
from framescope.compare.inference.pairs import REST, Compared, Layout, pair_names
from framescope.compare.inputs import AS_CONFIGURED, Tables, Testing

# Columns that are empty in a row with fewer hits.
TESTED = ["low", "high", "critical", "p", "p_least"]


def log2_ratio(log_difference: Array) -> Array:
    """A difference of natural log rates as the logarithm to base 2 of their ratio: 1 is twice the rate, -1 half of it.

    log2 of ((hits_a + 1/2) / (words_a + h)) / ((hits_b + 1/2) / (words_b + h)), where h is the number of words in which
    half a hit is expected at the rate of both together: the log ratio of Hardie (2014), Log Ratio: an informal
    introduction, with half a hit and these words added to each side, so that it is 0 if the rates are equal and
    otherwise has the sign of their difference. The ends of intervals are converted in the same way.

    By hand: with 10 hits in 2,000 words, half a hit is expected in 100; 7.5 in 600 is 7.5 times as much as 2.5 in
    1,500.

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
    evidence: Evidence | None = None,
) -> pd.DataFrame:
    """A row for each theme and pair of sections of a document, with the test whether the rates differ.

    rate_a and rate_b are hits per 1,000 words; `log2_ratio` is that of rate_a to rate_b, and empty if neither section
    has a hit. p is that of a studentised permutation test of blocks that allows for the autocorrelation within
    a text (`section_effects`). In each document the focus themes are one family and all others an exploratory one;
    p_corrected is Holm's in the first, Benjamini and Hochberg's in the second. Pairs with a section of fewer than
    `min_blocks` blocks have rows for focus themes only; these pairs, and pairs with fewer than five hits in total, have
    neither test nor interval. `evidence` is that of the tables, if it is known already.
    """
    listed, focus = _listed(tables.hits, themes, focus_themes)
    evidence = evidence or Evidence(tables, testing)
    counts = evidence.counted(theme_sets(listed))
    layout, compared = compare_sections(counts, LogRates(), evidence.themes, testing)
    # Most pairs of a large corpus cannot be tested, so they have rows for the focus themes only.
    shown = np.isin(listed, focus) | compared.tested[:, np.newaxis]
    table = _difference_rows(layout, compared, shown).rename(columns={"unit_a": "section_a", "unit_b": "section_b"})
    return _with_verdicts(table, focus, ["document"], testing.level).drop(columns=["unit", "role"])


def document_differences(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    focus_themes: Sequence[str] = (),
    reference: str | None = None,
    testing: Testing = AS_CONFIGURED,
    evidence: Evidence | None = None,
) -> pd.DataFrame:
    """A row for each theme and pair of documents, roles or groups, with the test whether the rates differ.

    Up to thirty documents are compared with each other, more than thirty with the rest, and with `reference` each with
    this document; of more than 3,000 documents without a reference there are no rows for single documents. The sections
    of a `role` that two documents have are compared as well. genre_a and genre_b are the documents' genres, if
    `documents` states them. `inference` says what was permuted: documents if both roles or groups have at least four,
    otherwise blocks. `evidence` is that of the tables, if it is known already.
    """
    listed, focus = _listed(tables.hits, themes, focus_themes)
    evidence = evidence or Evidence(tables, testing)
    counts = evidence.counted(theme_sets(listed))
    parts = []
    for layout, compared in compare_documents(counts, LogRates(), evidence.themes, reference, testing):
        shown = compared.tested | np.array([pair.role == "" for pair in layout.pairs], dtype=bool)
        parts.append(_difference_rows(layout, compared, np.repeat(shown[:, np.newaxis], len(listed), axis=1)))
    table, documents = pd.concat(parts, ignore_index=True), tables.documents
    genres = dict(documents[["document", "genre"]].fillna("").to_numpy()) if "genre" in documents else {}
    for side in ("a", "b"):
        names = table[f"unit_{side}"].where(table["unit"] == "document", REST)
        table[f"genre_{side}"] = [genres.get(name, "") for name in names]
    return _with_verdicts(table, focus, ["unit", "role"], testing.level).drop(columns="document")


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


def _difference_rows(layout: Layout, compared: Compared, shown: NDArray[np.bool_]) -> pd.DataFrame:
    """Rows of the pairs (rows) and themes (columns) that are `shown`, without families and verdicts."""
    theme_count = len(layout.counts.names)
    pair, theme = np.nonzero(shown)
    hits_a, hits_b = compared.first[:, 2 : 2 + theme_count], compared.second[:, 2 : 2 + theme_count]
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
            "rate_a": 1000 * rate_a[shown],
            "rate_b": 1000 * rate_b[shown],
            "log2_ratio": log2_ratio(compared.difference[shown]),
            "low": log2_ratio(compared.low[shown]),
            "high": log2_ratio(compared.high[shown]),
            "critical": compared.critical[shown],
            "p": compared.p[shown],
            "p_least": compared.least[shown],
            "words_a": compared.first[pair, 0].astype(np.int64),
            "words_b": compared.second[pair, 0].astype(np.int64),
            "blocks_a": compared.blocks[pair, 0].astype(np.int64),
            "blocks_b": compared.blocks[pair, 1].astype(np.int64),
            "inference": layout.inference,
        }
    )
    table.loc[(hits_a + hits_b < FEWEST_HITS)[shown], TESTED] = np.nan
    table.loc[(hits_a + hits_b == 0)[shown], "log2_ratio"] = np.nan
    table["inference"] = table["inference"].where(table["p"].notna(), "")
    return table


def _with_verdicts(table: pd.DataFrame, focus: Sequence[str], within: list[str], level: float) -> pd.DataFrame:
    """The table with columns for corrected p, family, size of the family and verdict after p_least."""
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
