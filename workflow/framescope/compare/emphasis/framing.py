"""The wide table a researcher pastes: a row a section, its themes and contrasts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import add_up, count_blocks, headline, units_of
from framescope.compare.emphasis.contrasts import DEFAULT_CONTRASTS
from framescope.compare.emphasis.contrasts import contrasts as contrast_table
from framescope.compare.emphasis.rates import description_note, theme_rates

SECTION = ["document", "section"]


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
    counts = count_blocks(sentences, headline(hits), sections, documents, {})
    units = units_of(counts, "section")
    number = len(units.keys)
    wide = units.keys[["document", "section", "role"]].assign(
        words=add_up(counts.words[:, np.newaxis], units.codes, number)[:, 0].astype(np.int64),
        blocks=np.bincount(units.codes, minlength=number),
    )
    for part in (
        sections[["document", "section", "title"]],
        _widen(top, "theme", ["rate", "low", "high", "share_sentences"]),
        _widen(leans, "contrast", ["share_a", "log_odds", "low", "high", "lean"]),
    ):
        wide = wide.merge(part.astype(dict.fromkeys(SECTION, str)), on=SECTION, how="left")
    return wide.assign(note=[description_note(blocks, min_blocks) for blocks in wide["blocks"]])


def _widen(table: pd.DataFrame, name: str, columns: list[str]) -> pd.DataFrame:
    """Columns of each theme or contrast side by side, in the order of their first rows."""
    parts = [
        part.set_index(SECTION)[columns].add_prefix(f"{value} ") for value, part in table.groupby(name, sort=False)
    ]
    return pd.concat(parts, axis=1).reset_index() if parts else table[SECTION]
