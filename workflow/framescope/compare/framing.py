"""The wide table a researcher pastes: a row a section, its themes and contrasts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framescope.compare.contrasts import DEFAULT_CONTRASTS
from framescope.compare.contrasts import contrasts as contrast_table
from framescope.compare.rates import theme_rates

KEYS = ["document", "section", "role", "words", "blocks"]


def framing_by_section(
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    sections: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    min_blocks: int = 8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """A row a section with its title and role: for each top-level theme its rate per 1,000 words, low, high and
    share_sentences, named "defence rate", "defence low", ...; then for each contrast its share_a, log_odds, low, high
    and lean; note last.
    """
    rates = theme_rates(
        sentences,
        hits,
        sections,
        documents,
        themes=themes,
        units=["section"],
        min_blocks=min_blocks,
        confidence=confidence,
    )
    top = rates[rates["level"] == 1].rename(columns={"rate_per_1000": "rate", "rate_low": "low", "rate_high": "high"})
    leans = contrast_table(
        sentences,
        hits,
        sections,
        documents,
        contrasts=contrasts,
        units=["section"],
        min_blocks=min_blocks,
        confidence=confidence,
    )
    themed = _widen(top, "theme", ["rate", "low", "high", "share_sentences"])
    contrasted = _widen(leans, "contrast", ["share_a", "log_odds", "low", "high", "lean"])
    # Without a single theme there is no row of rates to take the sections' keys from.
    keys = (top if len(top) else leans).drop_duplicates(["document", "section"])
    left = keys[[column for column in [*KEYS, "note"] if column in keys]].set_index(["document", "section"])
    titles = sections.set_index(["document", "section"])["title"]
    wide = left.join(titles).join(themed).join(contrasted).reset_index()
    return wide[[*(c for c in wide if c != "note"), *(c for c in wide if c == "note")]]


def _widen(table: pd.DataFrame, name: str, columns: list[str]) -> pd.DataFrame:
    """Columns of each theme or contrast side by side, in the order of their first rows."""
    parts = [
        part.set_index(["document", "section"])[columns].add_prefix(f"{value} ")
        for value, part in table.groupby(name, sort=False)
    ]
    return pd.concat(parts, axis=1) if parts else pd.DataFrame()
