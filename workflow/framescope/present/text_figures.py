"""Figures of whole texts: the years they mention, where in a text themes occur, and which texts are similar."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from framescope.present.figure_style import MOST_DOCUMENTS, MOST_THEMES, SPACED, Chart, Tables, remark, theme_order
from framescope.present.figures import figure

EARLIEST_SHARE = 0.05
ALL, ALL_ROW = "all", "all dates but own days"
OWN_DAYS, OWN_ROW = "own days", "the texts' own days"
# Longer periods are paler, because a decade says less about each of its years than a day does.
LENGTHS = {"a year or less": 1.0, "up to ten years": 0.6, "longer": 0.3}


@figure(
    "timeline",
    "Years the texts talk about",
    "Each date mention counts once, spread over the years it covers: in the first row whether its sentence has a "
    "theme or not, below it again for each of the six leading themes that its sentence has. Dates that only say "
    "when the text was written or spoken, such as tonight or this year, stand in a row of their own instead. Dates "
    "that cover several years are paler. Each row has a scale of its own.",
    tables=("timeline", "theme_rates"),
)
def timeline_by_theme(tables: Tables) -> Chart | None:
    """The weighted years that texts mention: all dates, those with each leading theme, and the texts' own days."""
    themes = theme_order(tables)[:MOST_THEMES]
    timeline = tables["timeline"].astype({"weight": float, "years": float})
    years = _years_of_rows(timeline, themes)
    if years.empty:
        return None
    first = earliest_year(years[years["theme"] == ALL])
    summed = years[years["year"] >= first].groupby(["year", "dates", "length"], as_index=False)[["weight"]].sum()
    return (
        alt.Chart(summed.assign(next=summed["year"] + 1))
        .mark_bar(color="#2f6f6a")
        .encode(
            x=alt.X(
                "year:Q",
                bin="binned",
                axis=alt.Axis(format="d", title="year the text talks about"),
                scale=alt.Scale(zero=False),
            ),
            x2="next",
            y=alt.Y("weight:Q", title=None, axis=alt.Axis(tickCount=3)),
            opacity=_by_length(),
            tooltip=["year", "dates", "length", "weight"],
        )
        .properties(width=640, height=64)
        .facet(
            row=alt.Row(
                "dates:N",
                sort=[ALL_ROW, *themes, OWN_ROW],
                title="date mentions, weighted",
                header=alt.Header(labelAngle=0, labelOrient="top", labelAnchor="start", labelExpr=SPACED),
            ),
            spacing=6,
        )
        .resolve_scale(y="independent")
        .properties(title=remark(mentions_not_shown(timeline, first)))
    )


def _by_length() -> alt.Opacity:
    """The opacity of dates by the number of years that they cover."""
    scale = alt.Scale(domain=list(LENGTHS), range=list(LENGTHS.values()))
    return alt.Opacity("length:O", sort=list(LENGTHS), scale=scale, legend=alt.Legend(title="date covers"))


def _years_of_rows(timeline: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """The rows of the timeline that the figure shows, with year, dates (the row of the figure) and length."""
    of_all = timeline["theme"] == ALL
    own_days = timeline["series"] == OWN_DAYS
    dated = (timeline["series"] == "years") & timeline["theme"].isin([ALL, *themes])
    years = timeline[(own_days & of_all) | dated]
    lengths = pd.cut(years["years"], [-1, 1, 10, math.inf], labels=list(LENGTHS)).astype(str)
    labels = years["theme"].replace(ALL, ALL_ROW).mask(years["series"] == OWN_DAYS, OWN_ROW)
    return years.assign(year=years["period"].astype(int), dates=labels, length=lengths)


def earliest_year(years: pd.DataFrame) -> int:
    """The first year to draw, so that a few mentions of past centuries do not compress all other years."""
    ordered = years.sort_values("year")
    return int(ordered.loc[ordered["weight"].cumsum() >= EARLIEST_SHARE * ordered["weight"].sum(), "year"].iloc[0])


def mentions_not_shown(timeline: pd.DataFrame, first: int) -> str:
    """A sentence about the mentions that a figure from the year `first` on does not show.

    A date with years both before and after the first year is partly left out, according to its weight.
    """
    once = timeline[timeline["theme"] == ALL]
    by_year = once["series"].isin(["years", OWN_DAYS])
    early = by_year & once["period"].where(by_year, "0").astype(int).lt(first)
    parts = {
        f"before {first}": early,
        "of eras": once["series"] == "era",
        "without known years": once["series"] == "undated",
    }
    counts = [
        f"{amount:.1f}".removesuffix(".0") + f" {what}"
        for what, rows in parts.items()
        if (amount := once.loc[rows, "weight"].sum()) > 0
    ]
    return f"Mentions not shown: {', '.join(counts)}." if counts else ""


@figure(
    "trajectory",
    "Where in the text each theme stands",
    "Hits per 1,000 words of the author in each tenth of a text, from its beginning to its end, on the six themes "
    "with most hits.",
    tables=("trajectory", "theme_rates"),
)
def narrative_arc(tables: Tables) -> Chart | None:
    """The rates of the leading themes in each tenth of a text, from the first to the last; a list selects the text."""
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


@figure(
    "profile-map",
    "Texts that are alike",
    "Each point is a text; the nearer two are, the more alike are their shares of themes, as far as a plane can "
    "show it: profile_distances.csv has the distances. Drawn from ten texts on.",
    tables=("profile_map", "documents"),
    view="texts",
)
def map_of_texts(tables: Tables) -> Chart | None:
    """Texts as points: the more similar their profiles of themes, the closer. Both axes have the same scale."""
    places = tables["profile_map"]
    if places.empty:
        return None
    reach = 1.05 * float(places[["x", "y"]].abs().to_numpy().max())
    scale = alt.Scale(domain=[-reach, reach])
    names = tables["documents"][["document", "title", "group"]]
    shown = places.merge(names, on="document")
    hidden = alt.Axis(labels=False, ticks=False, title=None, domain=False)
    return (
        alt.Chart(shown[["document", "title", "group", "x", "y"]])
        .mark_circle(size=70, opacity=0.8)
        .encode(
            x=alt.X("x:Q", axis=hidden, scale=scale),
            y=alt.Y("y:Q", axis=hidden, scale=scale),
            color=alt.Color("group:N", scale=alt.Scale(scheme="tableau10")),
            tooltip=["document", "title", "group"],
        )
        .properties(width=480, height=480)
    )
