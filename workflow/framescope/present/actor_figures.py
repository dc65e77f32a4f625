"""Figures of actors: with which themes and with whom they are named."""

from __future__ import annotations

import math
from typing import Literal

import altair as alt
import pandas as pd

from framescope.present.figure_style import SCHEME, THEME_AXIS, Chart, Tables, theme_order

MOST_ACTORS = 15
AROUND_CIRCLE = alt.Scale(domain=[-1.3, 1.3])


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
