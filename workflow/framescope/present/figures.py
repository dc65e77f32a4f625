"""Figures of the tables, as Altair charts: each takes tables by name and gives a chart, or None without rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd
from scipy.special import expit

Tables = Mapping[str, pd.DataFrame]
Chart = Any

MOST_ROWS = 60
MOST_DOCUMENTS = 150
LONGEST_LABEL = 40
MOST_ACTORS = 15
MOST_THEMES = 6
EARLIEST_SHARE = 0.05
# Paler the longer: a decade says less of each of its years than a day does.
LENGTHS = {"a year or less": 1.0, "up to ten years": 0.6, "longer": 0.3}
SIDE_COLOURS = {"a": "#7b3f61", "b": "#2f6f6a", "neither": "#8a8f98", "too little text": "#c9ccd1"}
AROUND_CIRCLE = alt.Scale(domain=[-1.3, 1.3])
SPACED = "replace(datum.label, /_/g, ' ')"
THEME_AXIS = alt.Axis(labelAngle=-40, orient="top", labelExpr=SPACED)
SCHEME: Final = "tealblues"
alt.data_transformers.disable_max_rows()


@dataclass(frozen=True)
class Figure:
    """A figure: its name in files, its title, how to read it, the tables behind it, and what draws it."""

    name: str
    title: str
    caption: str
    tables: tuple[str, ...]
    draw: Callable[[Tables], Chart | None]


def section_label(document: str, section: str, title: str, several: bool) -> str:
    """A section's name in a figure: its number and title, after its document where there are several."""
    name = f"{section.split('-')[0]} {title or 'before the first heading'}"
    name = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
    return f"{document} · {name}" if several else name


def labelled_sections(tables: Tables) -> pd.DataFrame:
    """The sections with a label and their place among all, in order: document, section, label, place."""
    sections = tables["sections"]
    several = sections["document"].nunique() > 1
    rows = zip(sections["document"], sections["section"], sections["title"], strict=True)
    labels = [section_label(document, section, title, several) for document, section, title in rows]
    return sections[["document", "section"]].assign(label=labels, place=range(len(sections)))


def top_rates(tables: Tables, unit: str) -> pd.DataFrame:
    """Rates of the themes of the highest level for a kind of unit, with labels and places of sections."""
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == unit) & (rates["level"] == 1)]
    return rates.merge(labelled_sections(tables), on=["document", "section"]) if unit == "section" else rates


def theme_order(tables: Tables) -> list[str]:
    """Themes of the highest level, most hits first, names in order where they tie; those without hits are left out."""
    rates = tables["theme_rates"]
    hits = rates[(rates["unit"] == "document") & (rates["level"] == 1)].groupby("theme")["hits"].sum()
    return list(hits[hits > 0].sort_index().sort_values(ascending=False, kind="stable").index)


def heat_map(tables: Tables) -> Chart | None:
    """Theme by section, or by document where there are many sections: the rate as colour and number."""
    unit = "section" if len(tables["sections"]) <= MOST_ROWS else "document"
    rates = top_rates(tables, unit)
    rates = rates[rates["theme"].isin(theme_order(tables))]
    if rates.empty or rates["document"].nunique() > MOST_DOCUMENTS:
        return None
    rates = rates.assign(row=rates["label"] if unit == "section" else rates["document"])
    base = alt.Chart(rates[["row", "theme", "rate_per_1000", "share_sentences", "hits", "words"]]).encode(
        x=alt.X("theme:N", sort=theme_order(tables), title=None, axis=THEME_AXIS),
        y=alt.Y("row:N", sort=list(dict.fromkeys(rates["row"])), title=None, axis=alt.Axis(labelLimit=300)),
        tooltip=["row", "theme", "rate_per_1000", "share_sentences", "hits", "words"],
    )
    highest = float(rates["rate_per_1000"].max())
    number_colour = (
        alt.when(alt.datum.rate_per_1000 > highest * 0.6).then(alt.value("white")).otherwise(alt.value("#222"))
    )
    cells = base.mark_rect().encode(
        color=alt.Color("rate_per_1000:Q", title="hits per 1,000 words", scale=alt.Scale(scheme=SCHEME, domainMin=0))
    )
    numbers = base.mark_text(fontSize=10).encode(text=alt.Text("rate_per_1000:Q", format=".1f"), color=number_colour)
    return (cells + numbers).properties(width=alt.Step(44), height=alt.Step(22))


def rates_with_intervals(tables: Tables) -> Chart | None:
    """Rates of the leading themes in each section with their intervals; a document is chosen from a list."""
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
        y=alt.Y("label:N", sort=list(dict.fromkeys(rates["label"])), title=None, axis=alt.Axis(labelLimit=260))
    )
    tooltip = ["label", "theme", "rate_per_1000", "rate_low", "rate_high", "hits", "note"]
    bars = base.mark_bar(color="#9db8bb").encode(
        x=alt.X("rate_per_1000:Q", title="hits per 1,000 words"), tooltip=tooltip
    )
    intervals = base.mark_rule(strokeWidth=1.6, color="#1f3b3d").encode(x="rate_low:Q", x2="rate_high:Q")
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


def contrast_by_section(tables: Tables) -> Chart | None:
    """Each contrast in each section and whole text: the share of side a with its interval, coloured by the lean."""
    contrasts = tables["contrasts"]
    contrasts = contrasts[contrasts["unit"].isin(["section", "document"])]
    contrasts = contrasts.merge(labelled_sections(tables), on=["document", "section"], how="left")
    contrasts["label"] = contrasts["label"].fillna(contrasts["document"] + " · whole text")
    if len(tables["sections"]) > MOST_ROWS:
        contrasts = contrasts[contrasts["unit"] == "document"]
    contrasts = contrasts[contrasts["hits_a"] + contrasts["hits_b"] > 0]
    if contrasts.empty or len(contrasts) > 6 * MOST_ROWS:
        return None
    contrasts = contrasts.sort_values(["document", "place"], kind="stable")
    shown = contrasts.assign(
        share=expit(contrasts["log_odds"]), share_low=expit(contrasts["low"]), share_high=expit(contrasts["high"])
    )
    columns = ["label", "contrast", "share", "share_low", "share_high", "lean", "hits_a", "hits_b", "blocks"]
    base = alt.Chart().encode(
        y=alt.Y("label:N", sort=list(dict.fromkeys(shown["label"])), title=None, axis=alt.Axis(labelLimit=300))
    )
    colour = alt.Color(
        "lean:N", title="leans to", scale=alt.Scale(domain=list(SIDE_COLOURS), range=list(SIDE_COLOURS.values()))
    )
    axis = alt.Axis(format="%", title="share of side a", values=[0, 0.25, 0.5, 0.75, 1])
    share = {name: alt.X(f"{name}:Q", scale=alt.Scale(domain=[0, 1]), axis=axis) for name in ("share", "share_low")}
    middle = alt.Chart().mark_rule(strokeDash=[3, 3], color="#888").encode(x=alt.datum(0.5))
    intervals = base.mark_rule(strokeWidth=2).encode(x=share["share_low"], x2="share_high:Q", color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=share["share"], color=colour, tooltip=columns)
    layered = alt.layer(middle, intervals, points).properties(width=240, height=alt.Step(20))
    header = alt.Column("contrast:N", title=None, header=alt.Header(labelFontWeight="bold"))
    return layered.facet(data=shown[columns], column=header)


def leading_actors(tables: Tables) -> list[str]:
    """The actors with most mentions in the study, at most fifteen; names in order where they tie."""
    actors = tables["actors"]
    actors = actors[(actors["unit"] == "document") & (actors["actor_id"] != "")]
    totals = (
        actors.groupby("actor", as_index=False)[["mentions"]]
        .sum()
        .sort_values(["mentions", "actor"], ascending=[False, True])
    )
    return list(totals["actor"].head(MOST_ACTORS))


def actor_theme_matrix(tables: Tables) -> Chart | None:
    """Actor by theme: the share of the sentences naming the actor that have the theme."""
    actors, themes = leading_actors(tables), theme_order(tables)
    shares = tables["actor_themes"]
    shares = shares[shares["actor"].isin(actors) & shares["theme"].isin(themes)]
    if shares.empty:
        return None
    summed = shares.groupby(["actor", "theme"], as_index=False)[["n_actor", "n_both"]].sum()
    summed = summed.assign(share=summed["n_both"].astype(float) / summed["n_actor"].astype(float))
    base = alt.Chart(summed).encode(
        x=alt.X("theme:N", sort=themes, title=None, axis=THEME_AXIS),
        y=alt.Y("actor:N", sort=actors, title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=["actor", "theme", "n_actor", "n_both", "share"],
    )
    dark = alt.when(alt.datum.share > float(summed["share"].max()) * 0.6)
    cells = base.mark_rect().encode(
        color=alt.Color("share:Q", title="share of its sentences", scale=alt.Scale(scheme=SCHEME, domainMin=0))
    )
    numbers = base.mark_text(fontSize=10).encode(
        text=alt.Text("n_both:Q"), color=dark.then(alt.value("white")).otherwise(alt.value("#222"))
    )
    return (cells + numbers).properties(width=alt.Step(44), height=alt.Step(22))


def actor_network(tables: Tables) -> Chart | None:
    """Leading actors on a circle, joined where sentences name both, in all or in the theme chosen from a list."""
    actors = leading_actors(tables)
    pairs = tables["actor_pairs"]
    themes = ["all", *theme_order(tables)]
    pairs = pairs[(pairs["section"] == "") & pairs["theme"].isin(themes)]
    pairs = pairs[pairs["actor"].isin(actors) & pairs["partner"].isin(actors)]
    if pairs.empty:
        return None
    pairs = pairs.groupby(["actor", "partner", "theme"], as_index=False)[["n"]].sum()
    chosen = alt.selection_point(
        fields=["theme"], bind=alt.binding_select(options=themes, name="theme "), value=themes[0]
    )
    angle = {actor: 2 * math.pi * place / len(actors) for place, actor in enumerate(actors)}
    nodes = pd.DataFrame(
        {"actor": actors, "x": [math.cos(angle[a]) for a in actors], "y": [math.sin(angle[a]) for a in actors]}
    )
    ends = pairs.merge(nodes, on="actor").merge(
        nodes.rename(columns={"actor": "partner", "x": "x2", "y": "y2"}), on="partner"
    )
    lines = (
        alt.Chart(ends[["actor", "partner", "theme", "n", "x", "y", "x2", "y2"]])
        .mark_rule(color="#2f6f6a", opacity=0.45)
        .add_params(chosen)
        .transform_filter(chosen)
        .encode(
            x=alt.X("x:Q", axis=None, scale=AROUND_CIRCLE),
            y=alt.Y("y:Q", axis=None, scale=AROUND_CIRCLE),
            x2="x2",
            y2="y2",
            strokeWidth=alt.StrokeWidth("n:Q", title="sentences", scale=alt.Scale(range=[0.5, 9], domainMin=0)),
            tooltip=["actor", "partner", "n"],
        )
    )
    points = (
        alt.Chart(nodes)
        .mark_point(filled=True, size=90, color="#1f3b3d", opacity=1)
        .encode(
            x=alt.X("x:Q", axis=None, scale=AROUND_CIRCLE),
            y=alt.Y("y:Q", axis=None, scale=AROUND_CIRCLE),
            tooltip=["actor"],
        )
    )
    sides: dict[Literal["left", "center", "right"], pd.Series] = {
        "right": nodes["x"] < -0.2,
        "left": nodes["x"] > 0.2,
        "center": nodes["x"].between(-0.2, 0.2),
    }
    names = [
        alt.Chart(nodes[side].assign(x=nodes["x"] * 1.06, y=nodes["y"] * 1.1))
        .mark_text(fontSize=11, align=align)
        .encode(
            x=alt.X("x:Q", axis=None, scale=AROUND_CIRCLE),
            y=alt.Y("y:Q", axis=None, scale=AROUND_CIRCLE),
            text="actor:N",
        )
        for align, side in sides.items()
    ]
    return alt.layer(lines, points, *names).properties(width=640, height=440)


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


def robustness_of_findings(tables: Tables) -> Chart | None:
    """Each finding under each variation: whether it stands."""
    robustness = tables["robustness"]
    if robustness.empty:
        return None
    shown = robustness.assign(
        stands=robustness["stands"].map({True: "stands", False: "falls"}).fillna("cannot be told")
    )
    findings = list(dict.fromkeys(shown["finding"]))[: MOST_ROWS // 2]
    shown = shown[shown["finding"].isin(findings)]
    colours = alt.Scale(domain=["stands", "falls", "cannot be told"], range=["#2f6f6a", "#c0694e", "#d5d7da"])
    return (
        alt.Chart(shown[["finding", "variation", "estimate", "low", "high", "stands"]])
        .mark_rect(stroke="white")
        .encode(
            x=alt.X(
                "variation:N",
                sort=list(dict.fromkeys(shown["variation"])),
                title=None,
                axis=alt.Axis(labelAngle=-40, orient="top"),
            ),
            y=alt.Y("finding:N", sort=findings, title=None, axis=alt.Axis(labelLimit=380)),
            color=alt.Color("stands:N", title=None, scale=colours),
            tooltip=["finding", "variation", "estimate", "low", "high", "stands"],
        )
        .properties(width=alt.Step(34), height=alt.Step(22))
    )


FIGURES = (
    Figure(
        "heat-map",
        "Themes by section",
        "Hits per 1,000 words of the author. Darker is more. Short sections swing widely: see the intervals below.",
        ("theme_rates", "sections"),
        heat_map,
    ),
    Figure(
        "rates",
        "Rates with intervals",
        "Hits per 1,000 words; the line is the interval over paragraphs. No line means too few paragraphs for one.",
        ("theme_rates", "sections"),
        rates_with_intervals,
    ),
    Figure(
        "contrasts",
        "Contrasts by section",
        "Of the hits on either side, the share of side a, the one named first, half a hit added to each; the line is "
        "the interval over paragraphs. A text leans to a side when its interval leaves the middle out.",
        ("contrasts", "sections"),
        contrast_by_section,
    ),
    Figure(
        "actor-themes",
        "Actors by theme",
        "Numbers are sentences that name the actor and have the theme; colour is their share of the actor's sentences.",
        ("actors", "actor_themes", "theme_rates"),
        actor_theme_matrix,
    ),
    Figure(
        "actor-network",
        "Who is named with whom",
        "A line joins two actors that sentences name together; the wider, the more sentences. Choose a theme for the "
        "sentences with that theme only.",
        ("actors", "actor_pairs", "theme_rates"),
        actor_network,
    ),
    Figure(
        "timeline",
        "Years the texts talk about",
        "Each date mention counts once, spread over the years it covers; where its sentence has several themes it "
        "stands in each. Dates that cover several years are paler.",
        ("timeline", "theme_rates"),
        timeline_by_theme,
    ),
    Figure(
        "trajectory",
        "Where in the text each theme stands",
        "Hits per 1,000 words in each tenth of a text, from its beginning to its end.",
        ("trajectory", "theme_rates"),
        narrative_arc,
    ),
    Figure(
        "profile-map",
        "Texts that are alike",
        "Each point is a text; the nearer two are, the more alike are their shares of themes. Drawn from ten texts on.",
        ("profile_map", "documents"),
        map_of_texts,
    ),
    Figure(
        "robustness",
        "Findings under variations",
        "Whether each finding stands when what counts is varied.",
        ("robustness",),
        robustness_of_findings,
    ),
)


def styled(chart: Chart) -> dict[str, Any]:
    """The chart's Vega-Lite specification in the house style."""
    return dict(
        chart.configure_view(stroke=None)
        .configure_axis(labelFont="system-ui", titleFont="system-ui", grid=False, titleFontWeight="normal")
        .configure_text(font="system-ui")
        .configure_header(labelFont="system-ui")
        .configure_legend(labelFont="system-ui", titleFont="system-ui", titleFontWeight="normal")
        .to_dict()
    )
