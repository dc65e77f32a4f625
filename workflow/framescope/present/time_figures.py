"""Figures over the dates of publication: emphasis over time, and the years that texts talk about."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framescope.present.figure_style import MOST_THEMES, SPACED, Chart, Tables, remark, theme_order
from framescope.present.figures import figure

EVERYTHING, ALL_TEXTS = "all", "all texts"
MOST_GROUPS = 6
# Intervals are drawn up to so many times the highest rate of a text.
HIGHEST = 1.1
POINT, LINE, BREAK = "#9bb8b5", "#1f5a55", "#c0694e"


@figure(
    "trends",
    "Emphasis over time",
    "Hits per 1,000 words by date of publication, on the six themes with most hits. A point is a text, a bar the "
    "interval of a period, drawn up to a tenth above the highest text, the line a smooth one with its band, broken "
    "where no texts stand. A red line marks a break that is established, its shade the interval of the date. Each "
    "theme has a scale of its own; groups of texts have columns of their own.",
    tables=("trends", "changes", "theme_rates"),
)
def trends_by_theme(tables: Tables) -> Chart | None:
    """Texts, periods, smooth lines and breaks of the leading themes, a row a theme and a column a group."""
    themes = theme_order(tables)[:MOST_THEMES]
    rows = tables["trends"]
    rows = rows[rows["theme"].isin(themes)]
    if rows.empty or rows["first"].nunique() < 2:
        return None
    groups = sorted({group for group in rows.loc[rows["unit"] == "period", "group"] if group})[:MOST_GROUPS]
    columns = [ALL_TEXTS, *groups]
    texts = rows[rows["unit"] == "document"]
    parts = [texts.assign(group=""), texts[texts["group"].isin(groups)], rows[rows["unit"] != "document"]]
    shown = pd.concat(parts)
    shown = shown.assign(texts=shown["group"].where(shown["group"] != "", ALL_TEXTS), day=_middle(shown))
    shown = shown[shown["texts"].isin(columns)]
    # A period of few texts may have an interval that would leave the others no height.
    most = shown[shown["unit"] == "document"].groupby(["texts", "theme"])["estimate"].max()
    tallest = HIGHEST * shown.join(most.rename("most"), on=["texts", "theme"])["most"]
    shown = shown.assign(high=shown["high"].clip(upper=tallest))
    breaks = tables["changes"]
    breaks = breaks[(breaks["test"] == "break") & (breaks["verdict"] == "differs") & breaks["theme"].isin(themes)]
    breaks = breaks.assign(texts=breaks["group"].where(breaks["group"] != "", ALL_TEXTS), unit="break")
    breaks = breaks[breaks["texts"].isin(columns)]
    kept = ["unit", "texts", "theme", "document", "period", "first", "last", "day", "segment", "estimate", "low"]
    data = pd.concat([shown[[*kept, "high", "documents"]], breaks[["unit", "texts", "theme", "break_at"]]])
    ends = breaks[["unit", "texts", "theme"]].assign(first=breaks["break_low"], last=breaks["break_high"])
    data = pd.concat([data, ends.assign(unit="break interval")])
    return (
        alt.layer(*_layers(), data=data)
        .properties(width=max(180, 640 // len(columns)), height=110)
        .facet(
            row=alt.Row("theme:N", sort=themes, title=None, header=alt.Header(labelExpr=SPACED)),
            column=alt.Column("texts:N", sort=columns, title=None),
        )
        .resolve_scale(y="independent")
        .properties(title=remark(_what_is_shown(rows, groups)))
    )


def _layers() -> list[alt.Chart]:
    """Interval of a break, break, periods, band, texts and line, each of its own kind of rows."""
    # Days are drawn as UTC, so that the figure is the same in every time zone.
    utc = alt.Scale(type="utc")
    day = alt.X("day:T", title="published", scale=utc)
    value = alt.Y("estimate:Q", title="hits per 1,000 words")
    facts = ["document", "period", "estimate", "low", "high", "documents"]

    def of(unit: str) -> alt.Chart:
        return alt.Chart().transform_filter(alt.datum.unit == unit)

    segment = alt.Detail("segment:N")
    return [
        of("break interval").mark_rect(color=BREAK, opacity=0.12).encode(alt.X("first:T", scale=utc), x2="last:T"),
        of("break").mark_rule(color=BREAK).encode(alt.X("break_at:T", scale=utc), tooltip=["theme", "break_at"]),
        of("period")
        .mark_rule(color=POINT, strokeWidth=5, opacity=0.45)
        .encode(day, y="low:Q", y2="high:Q", tooltip=facts),
        of("smooth").mark_area(color=LINE, opacity=0.12).encode(day, y="low:Q", y2="high:Q", detail=segment),
        of("document").mark_point(color=LINE, opacity=0.55, size=14, filled=True).encode(day, value, tooltip=facts),
        of("smooth").mark_line(color=LINE, strokeWidth=1.6).encode(day, value, detail=segment),
    ]


def _middle(rows: pd.DataFrame) -> pd.Series:
    """The middle day of each row, as ISO text."""
    first, last = (rows[end].to_numpy(str).astype("M8[D]") for end in ("first", "last"))
    return pd.Series((first + (last - first) // 2).astype(str), rows.index)


def _what_is_shown(rows: pd.DataFrame, groups: list[str]) -> str:
    """A line about what the figure leaves out."""
    present = {group for group in rows.loc[rows["unit"] == "period", "group"] if group}
    without = "" if (rows["unit"] == "smooth").any() else "Under twenty dates there is no smooth line and no test. "
    return without + (f"{len(groups)} of {len(present)} groups." if len(present) > len(groups) else "")


@figure(
    "lookback",
    "Years talked about, by year of speaking",
    "Each circle is a year that the texts of a year mention, the larger the more mentions; the line is the year of "
    "publication itself, so that what lies below it is the past and what lies above it the future.",
    tables=("timeline", "lookback"),
)
def years_talked_about(tables: Tables) -> Chart | None:
    """Mentioned years over years of publication, with the line where both are the same."""
    years = tables["lookback"].drop_duplicates("document").set_index("document")["year"]
    timeline = tables["timeline"]
    rows = timeline[timeline["series"].isin(["years", "own days"]) & (timeline["theme"] == EVERYTHING)]
    rows = rows.assign(published=rows["document"].map(years)).dropna(subset="published")
    if rows["published"].nunique() < 2:
        return None
    rows = rows.assign(year=rows["period"].astype(int), published=rows["published"].astype(int))
    shown = rows.groupby(["published", "year"], as_index=False)[["weight"]].sum()
    first, last = int(shown["published"].min()), int(shown["published"].max())
    # Mentions of remote centuries would leave the others no room.
    furthest = 2 * (last - first) + 50
    near = shown[(shown["year"] > first - furthest) & (shown["year"] < last + furthest)]
    left_out = shown["weight"].sum() - near["weight"].sum()
    scale = alt.Scale(zero=False)
    axis = alt.Axis(format="d")
    circles = (
        alt.Chart(near)
        .mark_circle(color=LINE, opacity=0.5)
        .encode(
            x=alt.X("published:Q", title="year of publication", scale=scale, axis=axis),
            y=alt.Y("year:Q", title="year talked about", scale=scale, axis=axis),
            size=alt.Size("weight:Q", title="mentions, weighted"),
            tooltip=["published", "year", "weight"],
        )
    )
    same = pd.DataFrame({"published": [first, last], "year": [first, last]})
    diagonal = alt.Chart(same).mark_line(color=BREAK, strokeWidth=1).encode(x="published:Q", y="year:Q")
    said = f"Mentions of years further away are not shown: {left_out:.0f}." if left_out >= 1 else ""
    return alt.layer(circles, diagonal).properties(width=640, height=320, title=remark(said))
