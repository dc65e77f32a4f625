"""Figures of themes in sections and whole texts: heat map, rates and contrasts."""

from __future__ import annotations

import altair as alt

from framescope.compare.emphasis.contrasts import said_once
from framescope.present.figure_style import (
    LABEL_LIMIT,
    MOST_DOCUMENTS,
    MOST_ROWS,
    MOST_THEMES,
    SHADES,
    SPACED,
    THEME_AXIS,
    Chart,
    Tables,
    labelled_sections,
    theme_order,
    top_rates,
)
from framescope.present.figures import figure
from framescope.present.wording import short_titles

SIDE_COLOURS = {
    "a": "#7b3f61",
    "b": "#2f6f6a",
    "neither": "#8a8f98",
    "too little text": "#c9ccd1",
    "no baseline": "#b5b8bd",
}


@figure(
    "heat-map",
    "Themes by section",
    "Hits per 1,000 words of the author, by document where there are more than sixty sections, and below each rate its "
    "interval, from two paragraphs on. Darker is more.",
    tables=("theme_rates", "sections", "documents"),
)
def heat_map(tables: Tables) -> Chart | None:
    """The rate of each theme in each section, or in each document if there are many sections, as colour and number."""
    unit = "section" if len(tables["sections"]) <= MOST_ROWS else "document"
    rates = top_rates(tables, unit)
    rates = rates[rates["theme"].isin(theme_order(tables))]
    if rates.empty or rates["document"].nunique() > MOST_DOCUMENTS:
        return None
    names = rates["document"].map(short_titles(tables["documents"]))
    rates = rates.assign(row=rates["label"] if unit == "section" else names)
    ends = [rates[end].map("{:.0f}".format) for end in ("rate_low", "rate_high")]
    rates["interval"] = (ends[0] + "–" + ends[1]).where(rates["rate_low"].notna(), "")
    shown = ["row", "theme", "rate_per_1000", "rate_low", "rate_high", "interval", "share_sentences", "hits", "words"]
    base = alt.Chart(rates[shown]).encode(
        x=alt.X("theme:N", sort=theme_order(tables), title=None, axis=THEME_AXIS),
        y=alt.Y("row:N", sort=list(dict.fromkeys(rates["row"])), title=None, axis=alt.Axis(labelLimit=LABEL_LIMIT)),
        tooltip=[column for column in shown if column != "interval"],
    )
    highest = float(rates["rate_per_1000"].max())
    number_colour = (
        alt.when(alt.datum.rate_per_1000 > highest * 0.6).then(alt.value("white")).otherwise(alt.value("#222"))
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "rate_per_1000:Q",
            title="hits per 1,000 words",
            scale=alt.Scale(range=SHADES, domainMin=0, interpolate="rgb"),
        )
    )
    numbers = base.mark_text(fontSize=10, dy=-5).encode(
        text=alt.Text("rate_per_1000:Q", format=".1f"), color=number_colour
    )
    intervals = base.mark_text(fontSize=8, dy=7).encode(text="interval:N", color=number_colour)
    return (cells + numbers + intervals).properties(width=alt.Step(44), height=alt.Step(30))


@figure(
    "rates",
    "Rates with intervals",
    "Hits per 1,000 words of the author on the six themes with most hits, each with a scale of its own; the line "
    "is the interval over paragraphs. No line means too few paragraphs for one.",
    tables=("theme_rates", "sections", "documents"),
)
def rates_with_intervals(tables: Tables) -> Chart | None:
    """The rates of the leading themes in each section with their intervals; a list selects the document."""
    themes = theme_order(tables)[:MOST_THEMES]
    rates = top_rates(tables, "section")
    rates = rates[rates["theme"].isin(themes)].sort_values(["document", "place"], kind="stable")
    if rates.empty or rates["document"].nunique() > MOST_DOCUMENTS:
        return None
    documents = list(dict.fromkeys(rates["document"]))
    chosen = alt.selection_point(
        fields=["document"], bind=alt.binding_select(options=documents, name="document "), value=documents[0]
    )
    columns = ["document", "label", "theme", "rate_per_1000", "rate_low", "rate_high", "hits", "note"]
    base = alt.Chart(rates[columns]).encode(
        y=alt.Y("label:N", sort=list(dict.fromkeys(rates["label"])), title=None, axis=alt.Axis(labelLimit=LABEL_LIMIT))
    )
    tooltip = ["label", "theme", "rate_per_1000", "rate_low", "rate_high", "hits", "note"]
    bars = base.mark_bar(color="#9db8bb").encode(
        x=alt.X("rate_per_1000:Q", title="hits per 1,000 words"), tooltip=tooltip
    )
    # Without an interval the line has no length; with missing values Vega would warn of an axis without data.
    ends = {end: f"isValid(datum.rate_{end}) ? datum.rate_{end} : datum.rate_per_1000" for end in ("low", "high")}
    intervals = (
        base.transform_calculate(**ends)
        .mark_rule(strokeWidth=1.6, color="#1f3b3d")
        .encode(x=alt.X("low:Q", title="hits per 1,000 words"), x2="high:Q")
    )
    layered = (bars + intervals).properties(width=150, height=alt.Step(20)).add_params(chosen)
    return (
        layered.transform_filter(chosen)
        .facet(
            column=alt.Column(
                "theme:N", sort=themes, title=None, header=alt.Header(labelFontWeight="bold", labelExpr=SPACED)
            )
        )
        .resolve_scale(x="independent")
    )


@figure(
    "contrasts",
    "Contrasts by section",
    "Of the hits on either side, the share of side a, the one named first; the line is the interval over paragraphs, "
    "and the tick the baseline. How large a share is depends on how many terms each side has; a text leans to a side "
    "only if its share differs from the baseline, corrected for all units of the kind.",
    tables=("contrasts", "sections", "documents"),
    view="sections",
)
def contrast_by_section(tables: Tables) -> Chart | None:
    """The share of side a of each contrast in sections and whole texts, with its interval and baseline; colour shows
    the lean.
    """
    contrasts = said_once(tables["contrasts"], tables["documents"])
    contrasts = contrasts[contrasts["unit"].isin(["section", "document"])]
    contrasts = contrasts.merge(labelled_sections(tables), on=["document", "section"], how="left")
    names = contrasts["document"].map(short_titles(tables["documents"]))
    contrasts["label"] = contrasts["label"].fillna(names + " · whole text")
    if len(tables["sections"]) > MOST_ROWS:
        contrasts = contrasts[contrasts["unit"] == "document"]
    contrasts = contrasts[contrasts["hits_a"] + contrasts["hits_b"] > 0]
    if contrasts.empty or len(contrasts) > 6 * MOST_ROWS:
        return None
    contrasts = contrasts.sort_values(["document", "place"], kind="stable")
    columns = ["label", "contrast", "share_a", "share_low", "share_high", "share_baseline", "lean"]
    columns += ["hits_a", "hits_b", "blocks"]
    base = alt.Chart().encode(
        y=alt.Y(
            "label:N", sort=list(dict.fromkeys(contrasts["label"])), title=None, axis=alt.Axis(labelLimit=LABEL_LIMIT)
        )
    )
    colour = alt.Color(
        "lean:N", title="leans to", scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values()))
    )
    axis = alt.Axis(format="%", title="share of side a", values=[0, 0.25, 0.5, 0.75, 1])
    scale = alt.Scale(domain=[0, 1])
    share = {end: alt.X(f"share_{end}:Q", scale=scale, axis=axis) for end in ("a", "low", "baseline")}
    baselines = base.mark_tick(thickness=2, size=14, color="#888").encode(x=share["baseline"])
    intervals = base.mark_rule(strokeWidth=2).encode(x=share["low"], x2="share_high:Q", color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=share["a"], color=colour, tooltip=columns)
    layered = alt.layer(baselines, intervals, points).properties(width=240, height=alt.Step(20))
    header = alt.Column("contrast:N", title=None, header=alt.Header(labelFontWeight="bold"))
    return layered.facet(data=contrasts[columns], column=header)
