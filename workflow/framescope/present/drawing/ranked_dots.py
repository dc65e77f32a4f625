"""A drawing of values with their intervals as dots in order, for any kind of unit."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framescope.present.figure_style import Chart, wrapped_labels

DOT, INTERVAL, REFERENCE = "#12494d", "#5f8a8c", "#8a8f98"
WIDTH, LETTERS_BESIDE_DOTS = 460, 52


def ranked_dots(rows: pd.DataFrame, measure: str, reference: float | None = None, shares: bool = False) -> Chart:
    """Dots one below another, the largest value first, each with its interval as a line.

    `rows` has a row for each dot: label, its name, which no other row has; value; and low and high, the ends of its
    interval, which are missing where there is none. It may also have said, the text for readers who do not see the dot,
    and address, the address of the sentences behind it (`page.addresses.address`); without said, label and value are
    read out. `measure` is the title of the axis with its unit, such as "hits per 1,000 words"; a dashed line marks the
    value `reference`. With `shares` the axis is in per cent. Rows without a value are left out, and rows of equal
    values are in the order of their labels.
    """
    ordered = rows.dropna(subset="value").sort_values(["value", "label"], ascending=[False, True], kind="stable")
    if "said" not in ordered:
        ordered = ordered.assign(said=ordered["label"].astype(str) + ": " + ordered["value"].map("{:.3g}".format))
    if "address" not in ordered:
        ordered = ordered.assign(address=None)
    # Without an interval the line has no length; with missing values Vega would warn of an axis without data.
    ordered = ordered.assign(**{end: ordered[end].fillna(ordered["value"]) for end in ("low", "high")})
    axis = alt.Axis(orient="top", tickCount=6, format="%" if shares else alt.Undefined, titleLimit=WIDTH)
    labels, height = wrapped_labels(ordered["label"].astype(str), LETTERS_BESIDE_DOTS)
    base = alt.Chart(ordered[["label", "value", "low", "high", "said", "address"]]).encode(
        y=alt.Y("label:N", sort=list(ordered["label"]), title=None, axis=labels)
    )
    lines = base.mark_rule(color=INTERVAL, strokeWidth=2, aria=False).encode(
        x=alt.X("low:Q", title=measure, axis=axis), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=64, color=DOT, opacity=1).encode(
        x=alt.X("value:Q", title=measure, axis=axis), description=alt.Description("said:N"), href=alt.Href("address:N")
    )
    layers = [lines, dots]
    if reference is not None:
        marked = alt.Chart(pd.DataFrame({"value": [reference]}))
        layers.insert(0, marked.mark_rule(color=REFERENCE, strokeDash=[4, 3], aria=False).encode(x=alt.X("value:Q")))
    return alt.layer(*layers, width=WIDTH, height=alt.Step(height))
