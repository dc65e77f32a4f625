"""The rows of tables that figures draw or sum up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framescope.compare.inference.families import FOCUS
from framescope.present.actor_figures import leading_actors, named_actors
from framescope.present.figure_style import MOST_DOCUMENTS, MOST_ROWS, MOST_THEMES, documents_drawn, theme_order
from framescope.present.figures import DECLARED
from framescope.present.text_figures import ALL
from framescope.tables import Except, Where, read_table

Frames = dict[str, pd.DataFrame]
WHOLE = ["documents", "sections", "robustness", "changes", "lookback", "models", "profile_map"]
WHOLE += ["contrast_differences", "marginal_differences"]
RATES = ["unit", "document", "section", "role", "group", "theme", "level", "words", "hits"]
RATES += ["rate_per_1000", "rate_low", "rate_high"]


def figure_tables(paths: Mapping[str, str | Path]) -> Frames:
    """The tables for `drawings`, without rows that no figure uses; a table of which nothing is said here is whole.

    Of more than `MOST_DOCUMENTS` documents, tables with many rows for each have those of the documents that are drawn,
    and of each other one row, by which documents are counted.
    """
    tables = {name: read_table(paths[name]) for name in WHOLE}
    for name in ("section_differences", "document_differences"):
        tables[name] = read_table(paths[name], where={"family": [FOCUS]})
    few_sections = len(tables["sections"]) <= MOST_ROWS
    by_unit: Where = {} if few_sections else {"unit": Except(["section"])}
    tables["contrasts"] = read_table(paths["contrasts"], where=by_unit)
    tables["theme_rates"] = read_table(paths["theme_rates"], RATES, where={**by_unit, "level": [1]})
    themes = theme_order(tables)[:MOST_THEMES]
    if not few_sections:
        tables["theme_rates"] = pd.concat([_rates_of_sections(paths, tables, themes), tables["theme_rates"]])
    tables["trajectory"] = _of_drawn(paths["trajectory"], tables, {"theme": themes})
    unit = "document" if len(tables["documents"]) > 1 else "section"
    tables["keywords"] = _of_drawn(paths["keywords"], tables, {"unit": [unit]})
    tables["trends"] = read_table(paths["trends"], where={"theme": [*themes, ""]})
    tables["timeline"] = read_table(paths["timeline"], where={"theme": [*themes, ALL]})
    tables |= _of_actors(paths)
    named = {name for figure in DECLARED for name in figure.tables}
    return tables | {name: read_table(paths[name]) for name in sorted(named - set(tables))}


def _rates_of_sections(paths: Mapping[str, str | Path], tables: Frames, themes: Sequence[str]) -> pd.DataFrame:
    """The rates of themes in the sections of the documents that are drawn, which have several sections."""
    where: dict[str, Collection[Any]] = {"unit": ["section"], "level": [1], "theme": themes}
    counted = read_table(paths["theme_rates"], ["document", "section", *where], where={**where, "theme": themes[:1]})
    several = counted["document"].duplicated(keep=False)
    return _of_drawn(paths["theme_rates"], tables, where, counted[several], RATES)


def _of_drawn(
    path: str | Path,
    tables: Frames,
    where: Where,
    counted: pd.DataFrame | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The rows of the documents that are drawn of those counted, and the rows by which the others are counted."""
    if len(tables["documents"]) <= MOST_DOCUMENTS:
        return read_table(path, columns, where=where)
    if counted is None:
        counted = read_table(path, ["document", *where], where=where).drop_duplicates("document")
    drawn, _ = documents_drawn(tables, counted["document"])
    others = counted[~counted["document"].isin(drawn)]
    return pd.concat([read_table(path, columns, where={**where, "document": drawn}), others], ignore_index=True)


def _of_actors(paths: Mapping[str, str | Path]) -> Frames:
    """The actors of whole texts, and with what and with whom the leading ones are named."""
    columns = ["actor", "actor_id", "author_sentences", "unit"]
    actors = read_table(paths["actors"], columns, where={"unit": ["document"]})
    names = set(leading_actors(named_actors({"actors": actors}))["actor"])
    themes = read_table(paths["actor_themes"], where={"actor": names})
    pairs = read_table(paths["actor_pairs"], where={"section": [""], "actor": names, "partner": names})
    return {"actors": actors, "actor_themes": themes, "actor_pairs": pairs}
