"""The rows and columns of tables that the page shows or sums up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from framescope.present.page.budget import MOST_RATES, MOST_TABLE_ROWS
from framescope.tables import Except, Where, read_table

Paths = Mapping[str, str | Path]
# Tables that are shown as figures only, or in other files.
NOT_SHOWN = {"actor_pairs", "actor_themes", "concordance", "lookback", "profile_map", "robustness", "timeline"}
NOT_SHOWN |= {"trajectory"}
NAMES = ("unit", "document", "section", "role", "group", "theme")
COLUMNS = {
    "actors": ["unit", "document", "actor", "actor_id", "kind", "mentions", "sentences", "author_sentences"],
    "contrasts": ["contrast"],
    "framing_by_section": ["document", "words"],
    "keywords": ["unit", "document", "section", "term"],
    "sentences": [
        *("document", "section", "block", "paragraph", "sentence", "start", "end", "words", "quoted_words", "voice"),
    ],
    "hits": ["document", "paragraph", "sentence", "start", "end", "theme", "term", "set_aside"],
    "entities": ["document", "paragraph", "sentence", "start", "end", "label", "actor"],
    "dates": [
        *("document", "paragraph", "sentence", "start", "end", "type", "value", "first", "last", "citation", "anchor"),
    ],
    "theme_rates": [
        *(*NAMES, "level", "words", "hits"),
        *("rate_per_1000", "rate_low", "rate_high", "ratio", "ratio_low", "ratio_high"),
    ],
    "trends": [
        *("unit", "measure", "group", "theme", "period", "first", "last", "words", "hits"),
        *("estimate", "low", "high"),
    ],
}
WHERE: dict[str, Where] = {"actors": {"unit": ["document"]}}


def report_tables(paths: Paths) -> dict[str, pd.DataFrame]:
    """The tables for `report_files`, without rows and columns that the page does not use.

    Sentences, hits, names and dates are best read from Parquet.

    Rates are those of themes of the highest level, and those of subthemes in one document. Those of sections are all
    read if the page has all of them, or else those of the first documents.
    """
    later = ("theme_rates", "keywords", "trends")
    tables = {
        name: read_table(path, COLUMNS.get(name), where=WHERE.get(name, ()))
        for name, path in paths.items()
        if name not in NOT_SHOWN.union(later)
    }
    unit = "document" if len(tables["documents"]) > 1 else "section"
    rates = _rates(paths["theme_rates"], tables)
    themes = rates.loc[rates["level"] == 1, "theme"].unique()
    of_all_texts: Where = {"unit": ["period"], "measure": ["rate_per_1000"], "group": [""], "theme": themes}
    return tables | {
        "theme_rates": rates,
        "keywords": read_table(paths["keywords"], COLUMNS["keywords"], where={"unit": [unit]}),
        "trends": read_table(paths["trends"], COLUMNS["trends"], where=of_all_texts),
    }


def _rates(path: str | Path, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    columns, documents, sections = COLUMNS["theme_rates"], tables["documents"]["document"], tables["framing_by_section"]
    places = {document: place for place, document in enumerate(documents)}
    first = sections["document"].sort_values(kind="stable", key=lambda c: c.map(places)).head(MOST_TABLE_ROWS)
    of_units: Where = {"level": [1], "unit": Except(["section"])}
    of_sections: Where = {"level": [1], "unit": ["section"]}
    # Every document has a row for each theme; those of one tell which themes there are.
    of_subthemes: Where = {"level": Except([1]), "document": documents.head(1)}
    # The file is the longest of all, and is read once unless the study is small.
    rates = read_table(path, columns, where=[of_units, {**of_sections, "document": first.unique()}, of_subthemes])
    # Names as numbers take a third of the memory, of which the rates of many texts take most.
    rates = rates.astype(dict.fromkeys(NAMES, "category"))
    top, in_section = rates["level"] == 1, rates["unit"] == "section"
    whole, shown = rates[top & ~in_section], rates[top & in_section]
    if len(sections) * whole["theme"].nunique() <= MOST_RATES:
        shown = read_table(path, columns, where=of_sections)
    return pd.concat([shown, whole, rates[~top]], ignore_index=True)
