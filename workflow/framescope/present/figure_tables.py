"""The rows of tables that figures draw or sum up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from framescope.compare.counts.groupings import DESCRIBING
from framescope.compare.inference.families import FOCUS
from framescope.present.actor_figures import leading_actors, named_actors
from framescope.present.figure_style import MOST_DOCUMENTS, MOST_ROWS, MOST_THEMES, documents_drawn, theme_order
from framescope.present.figures import DECLARED
from framescope.present.text_figures import ALL
from framescope.tables import Except, Where, read_table

Frames = dict[str, pd.DataFrame]
WHOLE = ["robustness", "changes", "models", "profile_map", "contrast_differences", "marginal_differences"]
DOCUMENTS = ["document", "title", "published", "words", "metadata", *DESCRIBING]
CONTRASTS = ["unit", "document", "section", "role", "group", "contrast", "hits_a", "hits_b", "blocks"]
CONTRASTS += ["share_a", "share_low", "share_high", "share_baseline", "p", "lean"]
TRENDS = ["unit", "grouping", "group", "document", "period", "first", "last", "segment", "measure", "theme", "contrast"]
TRENDS += ["words", "hits", "hits_both", "estimate", "low", "high"]
RATES = ["unit", "document", "section", "role", "group", "theme", "level", "words", "hits"]
RATES += ["rate_per_1000", "rate_low", "rate_high"]


def figure_tables(paths: Mapping[str, str | Path]) -> Frames:
    """The tables for `drawings`, without rows that no figure uses; a table of which nothing is said here is whole.

    Of more than `MOST_DOCUMENTS` documents, tables with many rows for each have those of the documents that are drawn,
    and of each other one row, by which documents are counted.
    """
    tables = {name: read_table(paths[name]) for name in WHOLE}
    tables["documents"] = read_table(paths["documents"], DOCUMENTS)
    tables["sections"] = read_table(paths["sections"], ["document", "section", "title"])
    for name in ("section_differences", "document_differences"):
        tables[name] = read_table(paths[name], where={"family": [FOCUS]})
    few_sections = len(tables["sections"]) <= MOST_ROWS
    by_unit: Where = {} if few_sections else {"unit": Except(["section"])}
    tables["contrasts"] = read_table(paths["contrasts"], CONTRASTS, where=by_unit)
    tables["lookback"] = read_table(paths["lookback"], ["document", "year"])
    tables["theme_rates"] = _rates(paths, tables, few_sections)
    themes = theme_order(tables)[:MOST_THEMES]
    tables["trajectory"] = _of_drawn(paths["trajectory"], tables, {"theme": themes})
    unit = "document" if len(tables["documents"]) > 1 else "section"
    tables["keywords"] = _of_drawn(paths["keywords"], tables, {"unit": [unit]})
    tables["trends"] = read_table(paths["trends"], TRENDS, where={"theme": [*themes, ""]})
    tables["timeline"] = read_table(paths["timeline"], where={"theme": [*themes, ALL]})
    tables |= _of_actors(paths)
    named = {name for figure in DECLARED for name in figure.tables}
    return tables | {name: read_table(paths[name]) for name in sorted(named - set(tables))}


def _rates(paths: Mapping[str, str | Path], tables: Frames, few_sections: bool) -> pd.DataFrame:
    """The rates of themes of the highest level; if there are many sections, those in sections are of the leading themes
    in the documents that are drawn, which have several sections, and a row for each section of others counts them.
    """
    top: Where = {"level": [1]}
    if few_sections:
        return read_table(paths["theme_rates"], RATES, where=top)
    sections = read_table(paths["framing_by_section"], ["document", "section"])
    several, drawn = sections[sections["document"].duplicated(keep=False)], sections["document"].unique().tolist()
    if len(tables["documents"]) > MOST_DOCUMENTS:
        drawn, _ = documents_drawn(tables, several["document"])
    # The file is the longest of all, and is read once.
    of_drawn: Where = {**top, "unit": ["section"], "document": drawn}
    rates = read_table(paths["theme_rates"], RATES, where=[{**top, "unit": Except(["section"])}, of_drawn])
    in_section, themes = rates["unit"] == "section", theme_order({"theme_rates": rates})[:MOST_THEMES]
    others = several[~several["document"].isin(drawn)].assign(unit="section", level=1, theme="".join(themes[:1]))
    return pd.concat([rates[in_section & rates["theme"].isin(themes)], others, rates[~in_section]], ignore_index=True)


def _of_drawn(path: str | Path, tables: Frames, where: Where) -> pd.DataFrame:
    """The rows of the documents that are drawn, and a row of each other one, by which it is counted."""
    if len(tables["documents"]) <= MOST_DOCUMENTS:
        return read_table(path, where=where)
    counted = read_table(path, ["document", *where], where=where).drop_duplicates("document")
    drawn, _ = documents_drawn(tables, counted["document"])
    others = counted[~counted["document"].isin(drawn)]
    return pd.concat([read_table(path, where={**where, "document": drawn}), others], ignore_index=True)


def _of_actors(paths: Mapping[str, str | Path]) -> Frames:
    """The actors of whole texts, and with what and with whom the leading ones are named."""
    columns = ["actor", "actor_id", "author_sentences", "unit"]
    actors = read_table(paths["actors"], columns, where={"unit": ["document"]})
    names = set(leading_actors(named_actors({"actors": actors}))["actor"])
    themes = read_table(paths["actor_themes"], where={"actor": names})
    pairs = read_table(paths["actor_pairs"], where={"section": [""], "actor": names, "partner": names})
    return {"actors": actors, "actor_themes": themes, "actor_pairs": pairs}
