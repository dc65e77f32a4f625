"""Rates by theme as tables of the page: a row for each unit, a cell with its interval for each theme."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framescope.compare.counts.groupings import name_column
from framescope.identifiers import slug
from framescope.present.figure_style import Tables, theme_order
from framescope.present.page.addresses import address, unit_of
from framescope.present.page.budget import MOST_TABLE_ROWS, MOST_THEME_COLUMNS
from framescope.present.page.formats import number, plain, records, unit_names
from framescope.present.wording import in_order

SHADES = 6
LONGEST_WORD = 9
IGNORED = 0.01


@dataclass(frozen=True)
class RateTable:
    """A table of rates. Every row has the unit's name, what is said of it, and one cell for each of the themes."""

    name: str
    caption: str
    head: str
    themes: list[str]
    rows: list[dict[str, Any]]
    total: int
    source: str

    @property
    def upright(self) -> bool:
        """Whether a word of a theme's name is too long for the head of its column, and heads are written upwards."""
        return any(len(word) > LONGEST_WORD for theme in self.themes for word in plain(theme).split())

    @property
    def first(self) -> bool:
        """Whether the table begins with the themes that have most hits; others continue it."""
        return not self.name.rpartition("-")[2].isdigit()


def rate_tables(tables: Tables, unit: str, view: str) -> list[RateTable]:
    """The rates of one kind of unit: themes of the highest level, those with most hits first.

    A table has at most `MOST_THEME_COLUMNS` themes, and further themes are in further tables.
    """
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == unit) & (rates["level"] == 1)]
    themes = theme_order(tables)
    keys = ["document", "section", "role", "group"] if unit == "section" else [name_column(unit)]
    units = rates.drop_duplicates(keys)
    if unit in ("section", "document"):
        units = in_order(units, tables["documents"])
    shown = rates.merge(units.head(MOST_TABLE_ROWS)[keys], on=keys)
    reach = _reach(shown[shown["theme"].isin(themes)])
    cells = {(unit_of(row), row["theme"]): row for row in records(shown)}
    names = unit_names(tables)
    made = []
    for start in range(0, max(len(themes), 1), MOST_THEME_COLUMNS):
        part = themes[start : start + MOST_THEME_COLUMNS]
        rows = []
        for row in records(units.head(MOST_TABLE_ROWS)):
            code = unit_of(row)
            drawn = [_cell(cells[code, theme], code, view, reach) for theme in part]
            name, about = names(row)
            rows.append({"code": code, "name": name, "about": about, "words": row["words"], "cells": drawn})
        table = f"{slug(unit)}-rates" + (f"-{1 + start // MOST_THEME_COLUMNS}" if start else "")
        caption = f"Rates by {unit}" + (", further themes" if start else "")
        # Of many sections only the rates of the first are read.
        total = len(tables["framing_by_section"]) if unit == "section" else len(units)
        made.append(RateTable(table, caption, unit.title(), part, rows, total, "theme_rates"))
    return made


def _reach(rates: pd.DataFrame) -> float:
    """The rate at which bars of a table end: its highest upper end, but not far above the highest rate itself.

    The cells of highest rate that together have at most `IGNORED` of the words of all cells do not count, because they
    are those of very short units, beside which all other bars would be too short to see.
    """
    if rates.empty:
        return 1.0
    ordered = rates.sort_values("rate_per_1000", ascending=False, kind="stable")
    rates = ordered[ordered["words"].cumsum() > IGNORED * ordered["words"].sum()]
    highest = float(rates["rate_per_1000"].max())
    ends = float(rates["rate_high"].max()) if rates["rate_high"].notna().any() else highest
    return max(min(ends, 1.5 * highest), 1e-9)


def _cell(row: dict[str, Any], code: str, view: str, reach: float) -> dict[str, Any]:
    rate = row["rate_per_1000"] or 0.0
    bar = {name: _percent(row[f"rate_{name}"], reach) for name in ("low", "high")}
    return {
        "theme": row["theme"],
        "rate": number(row["rate_per_1000"]),
        "low": number(row["rate_low"]),
        "high": number(row["rate_high"]),
        "hits": row["hits"],
        "ratio": {end: _times(row[f"ratio{end}"]) for end in ("", "_low", "_high")},
        "bar": {"rate": _percent(rate, reach), **bar} if bar["high"] is not None else None,
        "shade": math.ceil(min(rate / reach * 1.5, 1.0) * SHADES),
        "address": address(view, theme=row["theme"], unit=code),
    }


def _times(ratio: float | None) -> str | None:
    """A ratio with two digits.

    >>> _times(0.254), _times(3.0), _times(12.4)
    ('0.25', '3.0', '12')
    """
    if ratio is None:
        return None
    return f"{ratio:.2f}" if ratio < 0.995 else f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}"


def _percent(value: float | None, reach: float) -> float | None:
    return None if value is None else round(min(value / reach, 1.0) * 100, 1)
