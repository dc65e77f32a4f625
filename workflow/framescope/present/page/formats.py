"""Values of tables as the page shows them."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd


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


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with None for missing values."""
    return cast(list[dict[str, Any]], frame.astype(object).where(frame.notna(), None).to_dict("records"))
