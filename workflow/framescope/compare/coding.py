"""A study's hand codes against its lexicon, as tables; without hand codes these have no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from framescope.compare.correction import corrected_shares
from framescope.compare.validation import Coded, confusion, find_coded, validation

CODING_TABLES = ("validation", "confusion", "corrected_shares")
SHARES = ["unit", "document", "section", "role", "group", "theme", "sentences", "share_sentences"]
SHARES += ["share_corrected", "corrected_low", "corrected_high", "validated_on"]


def read_codes(paths: Sequence[str | Path], sentences: pd.DataFrame) -> Coded | None:
    """The codes of the first path, found among the study's sentences; None without a path.

    Raises ValueError where the file has not the columns that `find_coded` needs.
    """
    if not paths:
        return None
    return find_coded(pd.read_csv(paths[0], keep_default_na=False, na_values={"weight": [""]}), sentences)


def coding_tables(
    coded: Coded | None, counted: Mapping[str, pd.DataFrame], rates: pd.DataFrame, confidence: float, seed: int
) -> dict[str, pd.DataFrame]:
    """The tables validation, confusion and corrected_shares by name, over all themes that were coded.

    `counted` has sentences, hits and sections, `rates` is the theme_rates table. Shares are corrected where sentences,
    not paragraphs, were coded.
    """
    if coded is None:
        return dict.fromkeys(CODING_TABLES, pd.DataFrame())
    sentences, hits = counted["sentences"], counted["hits"]
    accuracy = validation(coded, hits, counted["sections"], sentences, confidence=confidence, seed=seed)
    shares = corrected_shares(rates, accuracy, confidence)[SHARES] if coded.kind == "sentence" else pd.DataFrame()
    return {"validation": accuracy, "confusion": confusion(coded, hits), "corrected_shares": shares}


def sentence_codes(coded: Coded | None) -> pd.DataFrame | None:
    """The codes as `lexicon_terms` takes them: document, sentence, theme; None unless sentences were coded."""
    return coded.rows.rename(columns={"unit": "sentence"}) if coded is not None and coded.kind == "sentence" else None
