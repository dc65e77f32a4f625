"""Figures of the models that a study states."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framescope.compare.models.design import INTERCEPT
from framescope.present.figure_style import MOST_ROWS, Tables, label_limit
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.wording import many, number, records

COLOUR, NO_DIFFERENCE = "#1f5a55", "#c0694e"


@figure(
    "models",
    "Coefficients of the models",
    "The ratio of rates (of shares: of odds) that belongs to each value of a column or step of a number, with its "
    "interval, if the other columns are equal. The red line is a ratio of 1: no difference from the first value of the "
    "column in alphabetical order.",
    tables=("models",),
)
def coefficients_of_models(tables: Tables, settings: Settings) -> list[Drawing]:
    """A point with its interval for each coefficient, a panel for each model."""
    rows = tables["models"].reset_index(drop=True)
    rows = rows[rows["ratio"].notna() & (rows["term"] != INTERCEPT)]
    if rows.empty:
        return []
    shown = rows.head(MOST_ROWS)
    apart = int(((rows["low"] > 1) | (rows["high"] < 1)).sum())
    claim = (
        f"{apart or 'None'} of {many(len(rows), 'coefficient')} {'have' if apart > 1 else 'has'} an interval without 1"
    )
    note = f"{many(rows['model'].nunique(), 'model')}, intervals of {100 * settings.confidence:g} %."
    note += f" {len(shown)} of {len(rows)} coefficients are drawn." if len(rows) > len(shown) else ""
    drawn = _said(shown)
    facts = ["model", "term", "ratio", "low", "high", "p", "documents", "clusters"]
    base = alt.Chart().encode(
        y=alt.Y("term:N", sort=None, title=None, axis=alt.Axis(labelLimit=label_limit(300))),
        tooltip=facts,
    )
    ratio = alt.X("ratio:Q", title="ratio", scale=alt.Scale(type="log", nice=False))
    line = alt.Chart().mark_rule(color=NO_DIFFERENCE, aria=False).encode(x=alt.datum(1.0, type="quantitative"))
    ends = base.mark_rule(color=COLOUR, strokeWidth=1.6, aria=False).encode(
        x=alt.X("low:Q", title="ratio"), x2=alt.X2("high:Q")
    )
    points = base.mark_point(color=COLOUR, filled=True, size=46)
    points = points.encode(x=ratio, description=alt.Description("said:N"), href=alt.Href("address:N"))
    header = alt.Header(labelAngle=0, labelAlign="left", labelOrient="top")
    chart = (
        alt.layer(line, ends, points, data=drawn[[*facts, "said", "address"]], width=420, height=alt.Step(20))
        .facet(row=alt.Row("model:N", sort=list(shown["model"].unique()), title=None, header=header))
        .resolve_scale(y="independent")
    )
    return [Drawing(chart, shown[facts], claim, note)]


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    """The coefficients with what their marks say, and the address of each row of the table, by its place from 0."""
    said, addresses = [], []
    for place, row in records(rows):
        ratio, low, high = (number(row[column]) for column in ("ratio", "low", "high"))
        said.append(f"{row['term']} in {row['model']}: ratio {ratio} (interval {low} to {high})")
        addresses.append(address("texts", row=f"models:{place}"))
    return rows.assign(said=said, address=addresses)
