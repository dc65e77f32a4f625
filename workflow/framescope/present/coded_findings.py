"""The part of the findings that rests on hand codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

MOST_THEMES = 12


def coded_findings(corrected_shares: pd.DataFrame, corrected_contrasts: pd.DataFrame, tables: str) -> list[str]:
    """Lines of Markdown about the study as a whole as its codes have it, each marked as estimated; none without codes.

    The tables are those of the same names, and `tables` is the folder to which links lead.
    """
    shares = corrected_shares[(corrected_shares["unit"] == "study") & corrected_shares["share_estimated"].notna()]
    shares = shares[~shares["theme"].astype(str).str.contains(".", regex=False)]
    if shares.empty:
        return []
    largest = shares.sort_values("share_estimated", ascending=False, kind="stable")
    number = int(shares["estimated_on"].iloc[0])
    sources = f"[corrected shares]({tables}/corrected_shares.csv), [contrasts]({tables}/corrected_contrasts.csv)"
    intro = (
        f"These shares of sentences are estimated from {number:,} coded sentences, with the lexicon's hits as "
        f"predictors ({sources}). All other findings are the lexicon's own."
    )
    lines = ["## What the codes say", "", intro, ""]
    lines += [_share(row) for row in _records(largest.head(MOST_THEMES))]
    of_study = corrected_contrasts[(corrected_contrasts["unit"] == "study") & corrected_contrasts["log_ratio"].notna()]
    lines += [_contrast(row) for row in _records(of_study)]
    return [*lines, ""]


def _records(table: pd.DataFrame) -> list[Mapping[str, Any]]:
    records: list[Any] = table.to_dict("records")
    return records


def _share(row: Mapping[str, Any]) -> str:
    interval = f"{_percent(row['estimated_low'])} to {_percent(row['estimated_high'])}"
    said = f"{_percent(row['share_estimated'])} of sentences have {_name(row['theme'])} ({interval})"
    return f"- Estimated from codes: {said}; the lexicon finds it in {_percent(row['share_sentences'])}."


def _contrast(row: Mapping[str, Any]) -> str:
    sides = {"a": "leans to its first side", "b": "leans to its second side", "neither": "leans to neither side"}
    return (
        f"- Estimated from codes: in {_name(row['contrast'])} the study {sides[row['lean']]}, "
        f"{_percent(row['share_a'])} of sentences against {_percent(row['share_b'])}."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _name(text: str) -> str:
    return "`" + " ".join(str(text).replace("`", "'").split()) + "`"
