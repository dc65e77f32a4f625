"""Figures of groups of texts."""

from __future__ import annotations

import altair as alt

from framescope.compare.counts.groupings import name_column, spans_documents
from framescope.present.figure_style import Chart, Tables, remark, theme_order
from framescope.present.figures import figure
from framescope.present.ranked_dots import ranked_dots

MOST_THEMES, MOST_GROUPS = 4, 24


@figure(
    "groups",
    "Themes by group",
    "Hits per 1,000 words of the themes with most hits in each group of texts, the highest rate first, each with its "
    "interval. The dashed line is the rate of all texts together.",
    tables=("theme_rates",),
    view="texts",
)
def themes_by_group(tables: Tables) -> Chart | None:
    """Ranked dots: a panel for each of the leading themes and each way to group texts."""
    rates = tables["theme_rates"]
    themes = theme_order(tables)[:MOST_THEMES]
    kinds = [kind for kind in rates["unit"].unique() if spans_documents(kind) and kind != "role"]
    rows = rates[rates["unit"].isin(kinds) & rates["theme"].isin(themes)]
    panels, left_out = [], 0
    for kind in kinds:
        for theme in themes:
            own = rows[(rows["unit"] == kind) & (rows["theme"] == theme)]
            if len(own) < 2:
                continue
            shown = own.nlargest(MOST_GROUPS, "words")
            left_out = max(left_out, len(own) - len(shown))
            names = {"rate_per_1000": "value", "rate_low": "low", "rate_high": "high", name_column(kind): "label"}
            texts = rates[(rates["unit"] == "document") & (rates["theme"] == theme)]
            together = 1000 * float(texts["hits"].sum()) / float(texts["words"].sum())
            chart = ranked_dots(shown.rename(columns=names), "hits per 1,000 words", reference=together)
            panels.append(chart.properties(title=alt.Title(f"{theme}, by {kind}", anchor="start", fontSize=12)))
    if not panels:
        return None
    said = f"Of each way to group texts the {MOST_GROUPS} groups with most words." if left_out else ""
    return alt.vconcat(*panels).properties(title=remark(said))
