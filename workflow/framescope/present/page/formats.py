"""Values of tables as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pandas as pd

from framescope.compare.counts.groupings import name_column
from framescope.present.figure_style import Tables
from framescope.present.wording import section_names, short_titles


def number(value: Any, digits: int = 1) -> str:
    """A number formatted for readers, or empty text if there is none."""
    return "" if value is None or pd.isna(value) else f"{float(value):.{digits}f}"


def thousands(value: Any) -> str:
    """A count with separated thousands, or empty text if there is none."""
    return "" if value is None or pd.isna(value) else f"{int(value):,}"


def plain(name: Any) -> str:
    """The name of a theme or column in words.

    >>> plain("history_ideology.cold_war")
    'history ideology: cold war'
    """
    return str(name).replace("_", " ").replace(".", ": ")


def shown(value: Any) -> str:
    """A value of any table for readers: numbers with at most four digits, nothing for what is absent."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    # Years are numbers of four digits, and have no separator.
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)


def numeric_columns(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """The columns in which some row has a number.

    >>> numeric_columns([{"name": "a", "words": None}, {"name": "b", "words": 3}])
    {'words'}
    """
    return {name for row in rows for name, value in row.items() if isinstance(value, (int, float))}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with None for missing values."""
    return cast(list[dict[str, Any]], frame.astype(object).where(frame.notna(), None).to_dict("records"))


def unit_names(tables: Tables) -> Callable[[dict[str, Any]], tuple[str, str]]:
    """A function from a row to the name of its unit and the text below it: of a section, its document and role."""
    called = short_titles(tables["documents"])
    several = len(called) > 1
    sections = section_names(tables["sections"])

    def names(row: dict[str, Any]) -> tuple[str, str]:
        unit = row["unit"]
        if unit == "section":
            role = row["role"] if row["role"] not in ("", None, "body") else ""
            return sections[row["document"], row["section"]], " · ".join(
                filter(None, [called[row["document"]] if several else "", role])
            )
        if unit == "document":
            return called[row["document"]], row["group"] or ""
        return ("all texts" if unit == "study" else str(row[name_column(unit)])), ""

    return names
