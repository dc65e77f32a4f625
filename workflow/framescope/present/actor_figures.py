"""Figures of actors: with which themes and with whom they are named."""

from __future__ import annotations

import math
from typing import Any, Literal

import altair as alt
import pandas as pd

from framescope.present.figure_style import (
    DARK,
    NO_LINK,
    SHADES,
    THEME_AXIS,
    Chart,
    Tables,
    label_limit,
    marks,
    theme_order,
)
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.page.formats import plain
from framescope.present.wording import many, records

ACTOR = ["actor", "actor_id"]
MOST_ACTORS = 15
# Lines of a network that can be told apart.
MOST_TIES = 24
AROUND_CIRCLE = alt.Scale(domain=[-1.3, 1.3])
EVERYWHERE = "study:all"
ANY = "all"


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
    "the author that name the actor, and white is none.",
    tables=("actors", "actor_themes", "theme_rates"),
)
def actor_theme_matrix(tables: Tables, settings: Settings) -> list[Drawing]:
    """Actor by theme: the number of the author's sentences that name the actor and have the theme, and their share."""
    named, themes = named_actors(tables), theme_order(tables)
    if named.empty or not themes:
        return []
    leading = leading_actors(named)
    shares = actor_theme_shares(leading, tables["actor_themes"], themes)
    drawn = _themes_said(shares)
    most = shares.sort_values("n_both", ascending=False, kind="stable").iloc[0]
    claim = (
        f"{most['label']} is named with {plain(most['theme'])} in {most['n_both']:,} of "
        f"{many(most['n_actor'], 'sentence')}; no actor is named with a theme in more"
    )
    shown = {"label": "actor", "theme": "theme", "n_actor": "sentences with the actor"}
    shown |= {"n_both": "sentences with both", "share": "share"}
    rows = shares[list(shown)].assign(theme=shares["theme"].map(plain)).rename(columns=shown)
    return [Drawing(_matrix(drawn, leading, themes), rows, claim, drawn_of(leading, named))]


def _themes_said(shares: pd.DataFrame) -> pd.DataFrame:
    cells = zip(*(shares[name] for name in ("label", "theme", "n_both", "n_actor", "actor")), strict=True)
    said, addresses = [], []
    for label, theme, both, total, actor in cells:
        said.append(f"{label} with {plain(theme)}: {both} of {many(total, 'sentence')}")
        addresses.append(address("actors", actor=actor, theme=theme, unit=EVERYWHERE))
    return shares.assign(said=said, address=addresses)


def _matrix(shares: pd.DataFrame, leading: pd.DataFrame, themes: list[str]) -> Chart:
    base = marks(shares).encode(
        x=alt.X("theme:N", sort=themes, title=None, axis=THEME_AXIS),
        y=alt.Y("label:N", sort=list(leading["label"]), title=None, axis=alt.Axis(labelLimit=label_limit(220))),
    )
    dark = alt.when(alt.datum.share > float(shares["share"].max()) * DARK)
    shades = alt.Scale(range=SHADES, domainMin=0, interpolate="rgb")
    colour = alt.Color("share:Q", title="share of its sentences", scale=shades, legend=alt.Legend(format="%"))
    numbers = (
        base.encode(href=NO_LINK)
        .transform_filter(alt.datum.n_both > 0)
        .mark_text(fontSize=10)
        .encode(text=alt.Text("n_both:Q"), color=dark.then(alt.value("white")).otherwise(alt.value("black")))
    )
    cells = base.mark_rect().encode(color=colour)
    return alt.layer(cells, numbers, width=alt.Step(44), height=alt.Step(22))


def actor_theme_shares(leading: pd.DataFrame, actor_themes: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Each leading actor with each theme: label, actor, theme, n_actor, n_both, and share (n_both / n_actor).

    A row of `actor_themes` is there only for a document in which actor and theme share a sentence, so that the
    sentences naming the actor come from `leading`.
    """
    both = actor_themes.groupby([*ACTOR, "theme"], as_index=False)[["n_both"]].sum()
    grid = leading.rename(columns={"sentences": "n_actor"}).merge(pd.DataFrame({"theme": themes}), how="cross")
    grid = grid.merge(both, on=[*ACTOR, "theme"], how="left").fillna({"n_both": 0})
    grid = grid.astype({"n_actor": int, "n_both": int})
    return grid.assign(share=grid["n_both"] / grid["n_actor"])[
        ["label", "actor", "theme", "n_actor", "n_both", "share"]
    ]


@figure(
    "actor-network",
    "Who is named with whom",
    "The actors named in most sentences of the author, at most fifteen. A line joins two that sentences name "
    "together; the wider, the more sentences. Only the widest lines are drawn, so that they can be told apart. Choose "
    "a theme for the sentences with that theme only.",
    tables=("actors", "actor_pairs", "theme_rates"),
    choice="theme",
)
def actor_network(tables: Tables, settings: Settings) -> list[Drawing]:
    """Leading actors on a circle, joined by lines if sentences name both: for all sentences, and for each theme."""
    named = named_actors(tables)
    leading = leading_actors(named)
    themes = [ANY, *theme_order(tables)]
    pairs = pairs_of_leading(tables["actor_pairs"], leading, themes)
    if pairs.empty:
        return []
    nodes = on_circle(list(leading["label"]))
    nodes = nodes.assign(
        said=[f"{row['label']}: {many(row['sentences'], 'sentence')}" for _, row in records(leading)],
        address=[address("actors", actor=actor, unit=EVERYWHERE) for actor in leading["actor"]],
    )
    names = dict(zip(leading["label"], leading["actor"], strict=True))
    # All choices share one scale, so that a width means the same in each.
    most = int(pairs["n"].max())
    return [
        _network(pairs[pairs["theme"] == theme], theme, nodes, names, most, drawn_of(leading, named))
        for theme in themes
        if (pairs["theme"] == theme).any()
    ]


def _network(
    pairs: pd.DataFrame, theme: str, nodes: pd.DataFrame, names: dict[str, str], most: int, note: str
) -> Drawing:
    ordered = pairs.sort_values(["n", "actor", "partner"], ascending=[False, True, True], kind="stable")
    widest = ordered.head(MOST_TIES)
    first = widest.iloc[0]
    of = "" if theme == ANY else f" with {plain(theme)}"
    equal = int((ordered["n"] == first["n"]).sum())
    claim = f"{first['actor']} and {first['partner']} are named together "
    claim += (
        f"most: in {many(int(first['n']), 'sentence')}{of}"
        if equal == 1
        else (f"in {many(int(first['n']), 'sentence')}{of}; {many(equal - 1, 'other pair')} as often, none more often")
    )
    left_out = f" {len(widest)} of {len(ordered)} pairs are drawn." if len(ordered) > len(widest) else ""
    chosen = {} if theme == ANY else {"theme": theme}
    drawn = widest.assign(
        said=[f"{a} and {b}: {many(n, 'sentence')}{of}" for a, b, n in widest[["actor", "partner", "n"]].to_numpy()],
        address=[
            address("actors", actor=names[a], partner=names[b], unit=EVERYWHERE, **chosen)
            for a, b in zip(widest["actor"], widest["partner"], strict=True)
        ],
    )
    chart = alt.layer(_lines(drawn, nodes, most), _points(nodes), *_names(nodes), width=640, height=440)
    rows = ordered[["actor", "partner", "n"]].rename(columns={"n": "sentences"})
    rows = rows.assign(drawn=[place < len(widest) for place in range(len(rows))])
    return Drawing(chart, rows, claim, note + left_out, plain(theme) if theme != ANY else "all sentences")


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


def _lines(pairs: pd.DataFrame, nodes: pd.DataFrame, most: int) -> Chart:
    places = nodes[["actor", "x", "y"]]
    ends = pairs.merge(places, on="actor").merge(
        places.rename(columns={"actor": "partner", "x": "x2", "y": "y2"}), on="partner"
    )
    width = alt.Scale(range=[1, 10], domain=[1, max(most, 2)])
    values = sorted({1, *(round(most * share) for share in (0.33, 0.66, 1))} - {0})
    return (
        marks(ends[["n", "x", "y", "x2", "y2", "said", "address"]])
        .mark_rule(color="#2f6f6a", opacity=0.5)
        .encode(
            **_place(),
            x2="x2",
            y2="y2",
            strokeWidth=alt.StrokeWidth(
                "n:Q", title="sentences", scale=width, legend=alt.Legend(format="d", values=values)
            ),
        )
    )


def _points(nodes: pd.DataFrame) -> Chart:
    return marks(nodes).mark_point(filled=True, size=110, color="#1f3b3d", opacity=1).encode(**_place())


def _names(nodes: pd.DataFrame) -> list[Chart]:
    """The names outside the circle, aligned according to the side on which they are."""
    sides: dict[Literal["left", "center", "right"], pd.Series] = {
        "right": nodes["x"] < -0.2,
        "left": nodes["x"] > 0.2,
        "center": nodes["x"].between(-0.2, 0.2),
    }
    return [
        alt.Chart(nodes[side].assign(x=nodes["x"] * 1.06, y=nodes["y"] * 1.1))
        .mark_text(fontSize=12, align=align)
        .encode(**_place(), text=alt.Text("actor:N"))
        for align, side in sides.items()
    ]


def _place() -> dict[str, Any]:
    return {
        axis: channel(f"{axis}:Q", axis=None, scale=AROUND_CIRCLE) for axis, channel in (("x", alt.X), ("y", alt.Y))
    }
