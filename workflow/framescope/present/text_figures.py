"""Figures of texts as wholes: the years they talk about, where in them themes stand, and which are alike."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from framescope.present.figure_style import MOST_DOCUMENTS, MOST_THEMES, SPACED, Chart, Tables, theme_order

EARLIEST_SHARE = 0.05
# Paler the longer: a decade says less of each of its years than a day does.
LENGTHS = {"a year or less": 1.0, "up to ten years": 0.6, "longer": 0.3}


def timeline_by_theme(tables: Tables) -> Chart | None:
    """The years a study's texts talk about, weighted, in the colours of the leading themes; eras apart."""
    themes = theme_order(tables)[:MOST_THEMES]
    timeline = tables["timeline"]
    years = timeline[(timeline["series"] == "years") & timeline["theme"].isin(themes)]
    if years.empty:
        return None
    years = years.assign(year=years["period"].astype(int), weight=years["weight"].astype(float)).sort_values("year")
    # A glance at centuries past would squeeze the years a text dwells on into a few points.
    first = int(years.loc[years["weight"].cumsum() >= EARLIEST_SHARE * years["weight"].sum(), "year"].iloc[0])
    lengths = pd.cut(years["years"].astype(float), [-1, 1, 10, math.inf], labels=list(LENGTHS)).astype(str)
    shown = years.assign(length=lengths)[years["year"] >= first]
    summed = shown.groupby(["year", "theme", "length"], as_index=False)[["weight"]].sum()
    return (
        alt.Chart(summed)
        .mark_bar()
        .encode(
            x=alt.X(
                "year:Q", axis=alt.Axis(format="d", title="year the text talks about"), scale=alt.Scale(zero=False)
            ),
            y=alt.Y("weight:Q", title="date mentions, weighted"),
            color=alt.Color(
                "theme:N",
                sort=themes,
                scale=alt.Scale(scheme="tableau10", domain=themes),
                legend=alt.Legend(title=None, labelExpr=SPACED),
            ),
            opacity=alt.Opacity(
                "length:N",
                scale=alt.Scale(domain=list(LENGTHS), range=list(LENGTHS.values())),
                legend=alt.Legend(title="date covers"),
            ),
            tooltip=["year", "theme", "length", "weight"],
        )
        .properties(width=640, height=220)
    )


def narrative_arc(tables: Tables) -> Chart | None:
    """The rates of the leading themes from the first tenth of a text to its last; a text is chosen from a list."""
    themes = theme_order(tables)[:MOST_THEMES]
    arcs = tables["trajectory"]
    arcs = arcs[arcs["theme"].isin(themes)]
    documents = list(dict.fromkeys(arcs["document"]))
    if arcs.empty or len(documents) > MOST_DOCUMENTS:
        return None
    chosen = alt.selection_point(
        fields=["document"], bind=alt.binding_select(options=documents, name="document "), value=documents[0]
    )
    colour = alt.Color(
        "theme:N",
        sort=themes,
        scale=alt.Scale(scheme="tableau10", domain=themes),
        legend=alt.Legend(title=None, labelExpr=SPACED),
    )
    return (
        alt.Chart(arcs[["document", "part", "theme", "rate_per_1000", "hits", "words"]])
        .mark_line(point=True, strokeWidth=1.8)
        .encode(
            x=alt.X("part:Q", title="tenth of the text", axis=alt.Axis(tickCount=10, format="d")),
            y=alt.Y("rate_per_1000:Q", title="hits per 1,000 words"),
            color=colour,
            tooltip=["theme", "part", "rate_per_1000", "hits", "words"],
        )
        .add_params(chosen)
        .transform_filter(chosen)
        .properties(width=640, height=220)
    )


def map_of_texts(tables: Tables) -> Chart | None:
    """Texts on a plane, nearer the more alike their profiles of themes; from ten texts on."""
    places = tables["profile_map"]
    if places.empty:
        return None
    names = tables["documents"][["document", "title", "group"]]
    shown = places.merge(names, on="document")
    hidden = alt.Axis(labels=False, ticks=False, title=None, domain=False)
    return (
        alt.Chart(shown[["document", "title", "group", "x", "y"]])
        .mark_circle(size=70, opacity=0.8)
        .encode(
            x=alt.X("x:Q", axis=hidden),
            y=alt.Y("y:Q", axis=hidden),
            color=alt.Color("group:N", scale=alt.Scale(scheme="tableau10")),
            tooltip=["document", "title", "group"],
        )
        .properties(width=560, height=420)
    )
