"""The views of the page, and which figures and tables are in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framescope.present.figure_style import Tables
from framescope.table_schemas import Table, table_schemas


@dataclass(frozen=True)
class View:
    """A view: its name in addresses, its title, and the headings of tables.yaml whose tables belong to it."""

    name: str
    title: str
    headings: tuple[str, ...] = ()


VIEWS = (
    View("overview", "Overview"),
    View("story", "Story"),
    View("sections", "Sections", ("Themes",)),
    View("texts", "Texts and groups", ("Texts", "Contrasts and differences", "Models", "Copied passages", "Editions")),
    View("time", "Time", ("Years", "Time")),
    View("actors", "Actors", ("Actors",)),
    View("words", "Words", ("Terms", "Mentions")),
    View("read", "Read"),
    View("compare", "Compare two"),
    View("validity", "Validity", ("Hand codes",)),
    View("methods", "Methods"),
)
# Tables that a view shows in a form of its own; others under its headings are shown row by row.
SHOWN_OTHERWISE = frozenset(
    {
        *("documents", "sections", "text_accounting", "skipped", "framing_by_section", "theme_rates", "contrasts"),
        *("contrast_differences", "section_differences", "document_differences", "robustness", "actors"),
        *("actor_themes", "actor_pairs", "timeline", "trajectory", "profile_map", "keywords", "concordance"),
        *("reuse", "editions", "trends", "lookback"),
    }
)


# Tables that say nothing if another has no rows.
SAID_BY = {"reuse_by_document": "reuse"}


def view_of_heading(heading: str) -> str:
    """The view in which tables of a heading are; tables of a heading that no view names are about texts."""
    return next((view.name for view in VIEWS if heading in view.headings), "texts")


def view_of_figure(drawn: Mapping[str, Any]) -> str:
    """The view in which a drawn figure is: the one it names, else that of the first of its tables."""
    return drawn["view"] or view_of_heading(table_schemas()[drawn["tables"][0]].report)


def further_tables(tables: Tables) -> dict[str, list[Table]]:
    """The tables that say something and that no view shows in a form of its own, by view."""
    further: dict[str, list[Table]] = {}
    for table in table_schemas().values():
        if not table.sheet or table.name in SHOWN_OTHERWISE or table.name not in tables:
            continue
        if len(shown_rows(tables, table.name)) and len(tables[SAID_BY.get(table.name, table.name)]):
            further.setdefault(view_of_heading(table.report), []).append(table)
    return further


# The columns of a wide table that readers need; its file has all.
COLUMNS = {
    "changes": (
        *("theme", "contrast", "grouping", "group", "test", "documents", "before", "after", "slope", "low", "high"),
        *("break_at", "p_corrected", "verdict"),
    )
}


def shown_rows(tables: Tables, name: str) -> pd.DataFrame:
    """The rows of a table that is shown row by row; of changes those that were tested."""
    table = tables[name]
    return table[table["p"].notna()] if name == "changes" else table


def shown_columns(rows: pd.DataFrame, name: str) -> list[str]:
    """The columns of a table that is shown row by row: those that readers need and that have a value in some row."""
    return [str(column) for column in COLUMNS.get(name, rows) if (rows[column].notna() & (rows[column] != "")).any()]


def table_list() -> Mapping[str, list[Table]]:
    """The tables of the study by the heading under which the report lists them."""
    listed: dict[str, list[Table]] = {}
    for table in table_schemas().values():
        if table.made_by:
            listed.setdefault(table.report, []).append(table)
    return listed
