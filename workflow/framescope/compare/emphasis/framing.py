"""Wide tables: a row for each section with its themes and contrasts side by side, and a plain row for each document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import add_up, count_blocks, units_of
from framescope.compare.emphasis.contrasts import contrasts as contrast_table
from framescope.compare.emphasis.rates import blocks_note
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing

SECTION = ["document", "section"]
SHORT = {"rate_per_1000": "rate", "rate_low": "low", "rate_high": "high", "baseline_per_1000": "baseline"}
PLAIN = ["document", "words", "sentences"]
BASELINE = ["baseline", "ratio", "ratio_low", "ratio_high"]


def framing_tables(
    rates: Iterable[pd.DataFrame],
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    testing: Testing = AS_CONFIGURED,
) -> dict[str, pd.DataFrame]:
    """The wide tables by name, from the parts of the table `theme_rates`.

    `framing_by_section` has a row for each section with its title and role: for each top-level theme its rate per 1,000
    words, low, high, share_sentences, and the baseline and the ratio to it with its interval, in columns "defence
    rate", "defence low" and so on; then for each contrast its share_a with its interval, log_odds and lean; and last
    note (`blocks_note`). `framing_by_document` has a row for each document: document, words, sentences, and the rate
    per 1,000 words of each theme and subtheme in a column of its name.
    """
    of_sections, of_documents = [], []
    for part in rates:
        of_sections += [_top_themes(part)] if (part["unit"] == "section").any() else []
        of_documents += [_plain_rates(part)] if (part["unit"] == "document").any() else []
    sections = pd.concat(of_sections, ignore_index=True) if of_sections else tables.sections[SECTION].iloc[:0]
    plain = pd.concat(of_documents, ignore_index=True) if of_documents else tables.documents[["document"]].iloc[:0]
    return {
        "framing_by_section": _by_section(sections, tables, contrasts, testing),
        "framing_by_document": plain.reindex(columns=[*PLAIN, *plain.columns.difference(PLAIN, sort=False)]),
    }


def _by_section(
    top: pd.DataFrame, tables: Tables, contrasts: Sequence[Mapping[str, Any]], testing: Testing
) -> pd.DataFrame:
    leans = contrast_table(tables, contrasts=contrasts, units=["section"], testing=testing)
    counts = count_blocks(tables.headline(), {})
    units = units_of(counts, "section")
    number = len(units.keys)
    wide = units.keys[["document", "section", "role"]].assign(
        words=add_up(counts.words[:, np.newaxis], units.codes, number)[:, 0].astype(np.int64),
        blocks=np.bincount(units.codes, minlength=number),
    )
    beside = _widen(leans, "contrast", ["share_a", "share_low", "share_high", "log_odds", "lean"])
    for part in (tables.sections[["document", "section", "title"]], top, beside):
        wide = wide.merge(part.astype(dict.fromkeys(SECTION, str)), on=SECTION, how="left")
    return wide.assign(note=[blocks_note(blocks, testing.min_blocks) for blocks in wide["blocks"]])


def _top_themes(rates: pd.DataFrame) -> pd.DataFrame:
    """A row for each section among the units of the rates, with the columns of its top-level themes."""
    top = rates[(rates["unit"] == "section") & (rates["level"] == 1)].rename(columns=SHORT)
    return _widen(top, "theme", ["rate", "low", "high", "share_sentences", *BASELINE])


def _plain_rates(rates: pd.DataFrame) -> pd.DataFrame:
    own = rates[rates["unit"] == "document"]
    plain = own.drop_duplicates("document")[PLAIN].reset_index(drop=True)
    (row, ids), (column, themes) = (pd.factorize(own[name]) for name in ("document", "theme"))
    rate = np.full((len(ids), len(themes)), np.nan)
    rate[row, column] = own["rate_per_1000"]
    return pd.concat([plain, pd.DataFrame(rate, columns=themes)], axis=1)


def _widen(table: pd.DataFrame, name: str, columns: list[str]) -> pd.DataFrame:
    """Columns of each theme or contrast side by side, in the order of their first rows."""
    keys = table.drop_duplicates(SECTION)[SECTION].reset_index(drop=True)
    of_key = table.set_axis(table.groupby(SECTION, sort=False).ngroup())
    parts = [part[columns].add_prefix(f"{value} ") for value, part in of_key.groupby(name, sort=False)]
    return pd.concat([keys, *parts], axis=1)
