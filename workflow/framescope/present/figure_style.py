"""Labels, orders, limits and the style that all figures share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from framescope.present.wording import short_titles

Tables = Mapping[str, pd.DataFrame]
Chart = Any

MOST_ROWS = 60
MOST_DOCUMENTS = 150
LONGEST_LABEL = 40
# Pixels, enough for the name of a document and the title of a section.
LABEL_LIMIT = 480
MOST_THEMES = 6
SPACED = "replace(datum.label, /_/g, ' ')"
THEME_AXIS = alt.Axis(labelAngle=-40, orient="top", labelExpr=SPACED)
# From white for nothing to dark for the most.
SHADES: Final = ["#ffffff", "#12494d"]
# The second is for programs that know no fonts of the system.
FONT = "system-ui, sans-serif"
alt.data_transformers.disable_max_rows()


def section_label(document: str, section: str, title: str, several: bool) -> str:
    """The label of a section in a figure: its number and title, after its document if there are several documents."""
    name = f"{section.split('-')[0]} {title or 'before the first heading'}"
    name = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
    return f"{document} · {name}" if several else name


def labelled_sections(tables: Tables) -> pd.DataFrame:
    """The sections in order, with a label and their position among all: document, section, label, place."""
    sections = tables["sections"]
    several = sections["document"].nunique() > 1
    names = sections["document"].map(short_titles(tables["documents"]))
    rows = zip(names, sections["section"], sections["title"], strict=True)
    labels = [section_label(document, section, title, several) for document, section, title in rows]
    return sections[["document", "section"]].assign(label=labels, place=range(len(sections)))


def top_rates(tables: Tables, unit: str) -> pd.DataFrame:
    """The rates of the themes of the highest level for one kind of unit; sections have labels and positions."""
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == unit) & (rates["level"] == 1)]
    return rates.merge(labelled_sections(tables), on=["document", "section"]) if unit == "section" else rates


def theme_order(tables: Tables) -> list[str]:
    """Themes of the highest level that have hits: those with most hits first, and equal ones by name."""
    rates = tables["theme_rates"]
    hits = rates[(rates["unit"] == "document") & (rates["level"] == 1)].groupby("theme")["hits"].sum()
    return list(hits[hits > 0].sort_index().sort_values(ascending=False, kind="stable").index)


def remark(text: str) -> alt.Title:
    """A line above a figure that says how much of the data it shows and what it leaves out."""
    return alt.Title(text, anchor="start", fontSize=12, fontWeight="normal")


def styled(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification of a chart in the common style."""
    return dict(
        chart.configure_view(stroke=None)
        .configure_axis(labelFont=FONT, titleFont=FONT, grid=False, titleFontWeight="normal")
        .configure_text(font=FONT)
        .configure_header(labelFont=FONT)
        .configure_legend(labelFont=FONT, titleFont=FONT, titleFontWeight="normal")
        .to_dict()
    )
