"""The tables that compare hand codes with the lexicon; without hand codes they have no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from framescope.compare.coders.correction import corrected_shares
from framescope.compare.coders.validation import Coded, coded_hits, confusion, find_coded, validation
from framescope.compare.emphasis.contrasts import contrasts as contrast_table
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables, Testing

CODING_TABLES = ("validation", "confusion", "corrected_shares", "coded_theme_rates", "coded_contrasts")
SHARES = ["unit", "document", "section", "role", "group", "theme", "sentences", "share_sentences"]
SHARES += ["share_corrected", "corrected_low", "corrected_high", "validated_on"]


def read_codes(paths: Sequence[str | Path], sentences: pd.DataFrame) -> Coded | None:
    """The codes in the file of the first path, with the study's sentences that they belong to; None without a path.

    Raises:
        ValueError: the file lacks the columns that `find_coded` needs.
    """
    if not paths:
        return None
    return find_coded(pd.read_csv(paths[0], keep_default_na=False, na_values={"weight": [""]}), sentences)


def coding_tables(
    coded: Coded | None,
    tables: Tables,
    rates: pd.DataFrame,
    contrasts: Sequence[Mapping[str, Any]],
    testing: Testing,
) -> dict[str, pd.DataFrame]:
    """The tables of hand codes by name, for all themes that were coded.

    `rates` is the theme_rates table. Shares are corrected if sentences, not paragraphs, were coded. coded_theme_rates
    and coded_contrasts are computed from the codes themselves, with the weights of the sample.
    """
    if coded is None:
        return dict.fromkeys(CODING_TABLES, pd.DataFrame())
    accuracy = validation(coded, tables, testing)
    shares = pd.DataFrame()
    if coded.kind == "sentence":
        shares = corrected_shares(rates, accuracy, testing.confidence)[SHARES]
    sentences, hits = coded_hits(coded, tables.sentences)
    by_hand = replace(tables, sentences=sentences, hits=hits)
    return {
        "validation": accuracy,
        "confusion": confusion(coded, tables.hits),
        "corrected_shares": shares,
        "coded_theme_rates": theme_rates(by_hand, testing=testing),
        "coded_contrasts": contrast_table(by_hand, contrasts=contrasts, testing=testing),
    }


def sentence_codes(coded: Coded | None) -> pd.DataFrame | None:
    """The codes for `lexicon_terms`, with document, sentence and theme; None unless sentences were coded."""
    return coded.rows.rename(columns={"unit": "sentence"}) if coded is not None and coded.kind == "sentence" else None
