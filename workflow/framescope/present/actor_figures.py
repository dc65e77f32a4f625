"""Figures of actors: with which themes and with whom they are named."""

from __future__ import annotations

import math
from typing import Any, Literal

import altair as alt
import pandas as pd

from framescope.present.figure_style import SHADES, THEME_AXIS, Chart, Tables, remark, theme_order
from framescope.present.figures import figure

ACTOR = ["actor", "actor_id"]
MOST_ACTORS = 15
AROUND_CIRCLE = alt.Scale(domain=[-1.3, 1.3])


def named_actors(tables: Tables) -> pd.DataFrame:
    """The actors that the author names, those in most sentences first: actor, actor_id, sentences."""
    actors = tables["actors"]
    totals = actors[actors["unit"] == "document"].groupby(ACTOR, as_index=False)[["author_sentences"]].sum()
    totals = totals[totals["author_sentences"] > 0].rename(columns={"author_sentences": "sentences"})
    return totals.sort_values(["sentences", *ACTOR], ascending=[False, True, True], ignore_index=True)


def leading_actors(named: pd.DataFrame) -> pd.DataFrame:
    """The first of the named actors, each with a label: the name, followed by the id if two actors share the name."""
    leading = named.head(MOST_ACTORS)
    name_and_id = leading["actor"] + " (" + leading["actor_id"].where(leading["actor_id"] != "", "in no table") + ")"
    return leading.assign(label=leading["actor"].mask(leading["actor"].duplicated(keep=False), name_and_id))


def drawn_of(leading: pd.DataFrame, named: pd.DataFrame) -> str:
    """A sentence that says how many of the named actors a figure shows."""
    if len(leading) == len(named):
        return f"All {len(named):,} actors that are named."
    return f"{len(leading)} of {len(named):,} actors: those named in most sentences."


@figure(
    "actor-themes",
    "Actors by theme",
    "The actors named in most sentences of the author, at most fifteen. Numbers are sentences that name the actor "
    "and have the theme, by another word than the actor's own name; colour is their share of all the sentences of "
    "the author that name the actor.",
    tables=("actors", "actor_themes", "theme_rates"),
)
def actor_theme_matrix(tables: Tables) -> Chart | None:
    """Actor by theme: the number of the author's sentences that name the actor and have the theme, and their share."""
    named, themes = named_actors(tables), theme_order(tables)
    if named.empty or not themes:
        return None
    leading = leading_actors(named)
    shares = actor_theme_shares(leading, tables["actor_themes"], themes)
    base = alt.Chart(shares).encode(
        x=alt.X("theme:N", sort=themes, title=None, axis=THEME_AXIS),
        y=alt.Y("label:N", sort=list(leading["label"]), title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=["label", "theme", "n_actor", "n_both", "share"],
    )
    dark = alt.when(alt.datum.share > float(shares["share"].max()) * 0.6)
    cells = base.mark_rect().encode(
        color=alt.Color(
            "share:Q", title="share of its sentences", scale=alt.Scale(range=SHADES, domainMin=0, interpolate="rgb")
        )
    )
    numbers = (
        base.transform_filter(alt.datum.n_both > 0)
        .mark_text(fontSize=10)
        .encode(text=alt.Text("n_both:Q"), color=dark.then(alt.value("white")).otherwise(alt.value("#222")))
    )
    return (cells + numbers).properties(width=alt.Step(44), height=alt.Step(22), title=remark(drawn_of(leading, named)))


def actor_theme_shares(leading: pd.DataFrame, actor_themes: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Each leading actor with each theme in the study: label, theme, n_actor, n_both, and share (n_both / n_actor).

    A row of `actor_themes` is there only for a document in which actor and theme share a sentence, so that the
    sentences naming the actor come from `leading`.
    """
    both = actor_themes.groupby([*ACTOR, "theme"], as_index=False)[["n_both"]].sum()
    grid = leading.rename(columns={"sentences": "n_actor"}).merge(pd.DataFrame({"theme": themes}), how="cross")
    grid = grid.merge(both, on=[*ACTOR, "theme"], how="left").fillna({"n_both": 0})
    grid = grid.astype({"n_actor": int, "n_both": int})
    return grid.assign(share=grid["n_both"] / grid["n_actor"])[["label", "theme", "n_actor", "n_both", "share"]]


@figure(
    "actor-network",
    "Who is named with whom",
    "The actors named in most sentences of the author, at most fifteen. A line joins two that sentences name "
    "together; the wider, the more sentences. Choose a theme for the sentences with that theme only.",
    tables=("actors", "actor_pairs", "theme_rates"),
)
def actor_network(tables: Tables) -> Chart | None:
    """Leading actors on a circle, joined by lines if sentences name both; a list selects one theme or all."""
    named = named_actors(tables)
    leading = leading_actors(named)
    themes = ["all", *theme_order(tables)]
    pairs = pairs_of_leading(tables["actor_pairs"], leading, themes)
    if pairs.empty:
        return None
    nodes = on_circle(list(leading["label"]))
    layers = alt.layer(_lines(pairs, nodes, themes), _points(nodes), *_names(nodes))
    return layers.properties(width=640, height=440, title=remark(drawn_of(leading, named)))


def pairs_of_leading(pairs: pd.DataFrame, leading: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """The number of sentences that name two leading actors: actor, partner, theme, n."""
    pairs = pairs[(pairs["section"] == "") & pairs["theme"].isin(themes)]
    for side in ("actor", "partner"):
        columns = {"actor": side, "actor_id": f"{side}_id", "label": f"{side}_label"}
        pairs = pairs.merge(leading[list(columns)].rename(columns=columns), on=[side, f"{side}_id"])
    pairs = pairs.groupby(["actor_label", "partner_label", "theme"], as_index=False)[["n"]].sum()
    return pairs.rename(columns={"actor_label": "actor", "partner_label": "partner"})


def on_circle(actors: list[str]) -> pd.DataFrame:
    """Points at equal distances on a circle of radius 1: actor, x, y."""
    angles = [2 * math.pi * place / len(actors) for place in range(len(actors))]
    return pd.DataFrame({"actor": actors, "x": [math.cos(a) for a in angles], "y": [math.sin(a) for a in angles]})


def _lines(pairs: pd.DataFrame, nodes: pd.DataFrame, themes: list[str]) -> Chart:
    chosen = alt.selection_point(
        fields=["theme"], bind=alt.binding_select(options=themes, name="theme "), value=themes[0]
    )
    ends = pairs.merge(nodes, on="actor").merge(
        nodes.rename(columns={"actor": "partner", "x": "x2", "y": "y2"}), on="partner"
    )
    # All choices share one scale, so that a width means the same in each, even in a theme without pairs.
    width = alt.Scale(range=[0.5, 9], domain=[0, int(pairs["n"].max())])
    return (
        alt.Chart(ends[["actor", "partner", "theme", "n", "x", "y", "x2", "y2"]])
        .mark_rule(color="#2f6f6a", opacity=0.45)
        .add_params(chosen)
        .transform_filter(chosen)
        .encode(
            **_place(),
            x2="x2",
            y2="y2",
            strokeWidth=alt.StrokeWidth("n:Q", title="sentences", scale=width),
            tooltip=["actor", "partner", "n"],
        )
    )


def _points(nodes: pd.DataFrame) -> Chart:
    points = alt.Chart(nodes).mark_point(filled=True, size=90, color="#1f3b3d", opacity=1)
    return points.encode(**_place(), tooltip=["actor"])


def _names(nodes: pd.DataFrame) -> list[Chart]:
    """The names outside the circle, aligned according to the side on which they are."""
    sides: dict[Literal["left", "center", "right"], pd.Series] = {
        "right": nodes["x"] < -0.2,
        "left": nodes["x"] > 0.2,
        "center": nodes["x"].between(-0.2, 0.2),
    }
    return [
        alt.Chart(nodes[side].assign(x=nodes["x"] * 1.06, y=nodes["y"] * 1.1))
        .mark_text(fontSize=11, align=align)
        .encode(**_place(), text="actor:N")
        for align, side in sides.items()
    ]


def _place() -> dict[str, Any]:
    return {
        axis: channel(f"{axis}:Q", axis=None, scale=AROUND_CIRCLE) for axis, channel in (("x", alt.X), ("y", alt.Y))
    }
