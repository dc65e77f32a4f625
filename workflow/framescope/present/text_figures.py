"""Figures of whole texts: the years they mention, where in a text themes occur, and which texts are similar."""

from __future__ import annotations

import math
from collections.abc import Mapping

import altair as alt
import pandas as pd

from framescope.present.claims import sentence
from framescope.present.colours import PALETTE
from framescope.present.drawing.names_apart import name_layers, names_apart, spread
from framescope.present.figure_style import (
    MOST_DOCUMENTS,
    MOST_THEMES,
    NO_LINK,
    SPACED,
    Chart,
    Tables,
    colours,
    documents_drawn,
    marks,
    theme_order,
)
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.page.formats import plain
from framescope.present.wording import many, number, records, short_titles

EARLIEST_SHARE, LATEST_SHARE = 0.05, 0.01
ALL, ALL_ROW = "all", "all dates but own days"
OWN_DAYS, OWN_ROW = "own days", "the texts' own days"
OTHER_DAYS = "years"
# The colours of dates by their length, because a decade says less about each of its years than a day does.
LENGTHS = {"a year or less": "#12494d", "up to ten years": "#3b8f89", "longer": "#b07a1e"}
# The largest number of years of a date of each length.
MOST_YEARS = dict(zip(LENGTHS, (1, 10, math.inf), strict=True))
YEARS_TOLD = 10
# If there were more bars, years are counted in tens.
MOST_BARS = 800
TENTHS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "last")
ARC_WIDTH, ARC_HEIGHT, LABEL_GAP = 640, 240, 14
# Texts of a large study that are drawn as points, and the sides of the squares that count all of them.
MOST_OUTERMOST, SQUARE = 40, 20
MAP_WIDTH, LEAST_HEIGHT, MOST_HEIGHT, MAP_MARGIN, LONGEST_NAME = 900, 320, 640, 40, 28


@figure(
    "timeline",
    "Years the texts talk about",
    "Each date mention counts once, spread over the years it covers: in the first row whether its sentence has a "
    "theme or not, below it again for each of the six leading themes that its sentence has. Dates that only say "
    "when the text was written or spoken, such as tonight or this year, stand in a row of their own instead. Each row "
    "has a scale of its own.",
    tables=("timeline", "theme_rates"),
)
def timeline_by_theme(tables: Tables, settings: Settings) -> list[Drawing]:
    """The weighted years that texts mention: all dates, those with each leading theme, and the texts' own days."""
    themes = theme_order(tables)[:MOST_THEMES]
    timeline = tables["timeline"].astype({"weight": float, "years": float})
    years = _years_of_rows(timeline, themes)
    if years.empty:
        return []
    first, last = years_shown(years[years["theme"] == ALL])
    keys = ["year", "dates", "theme", "length"]
    shown = years[years["year"].between(first, last)]
    step = 1 if len(shown.drop_duplicates(keys)) <= MOST_BARS else 10
    summed = shown.assign(year=shown["year"] // step * step).groupby(keys, as_index=False)[["weight"]].sum()
    summed = summed.sort_values(keys, kind="stable", ignore_index=True)
    rows = summed[["dates", "year", "length", "weight"]].rename(
        columns={"dates": "date mentions", "length": "date covers", "weight": "weighted mentions"}
    )
    note = mentions_not_shown(timeline, first, last) + (" Years are counted in tens." if step > 1 else "")
    return [Drawing(_year_bars(_years_said(summed, step), themes), rows, _most_told(shown), note.strip())]


def _years_said(summed: pd.DataFrame, step: int) -> pd.DataFrame:
    """The rows with what each bar says and the address of the dates in it."""
    said, addresses = [], []
    for year, dates, theme, length, weight in summed.itertuples(index=False):
        years = str(year) if step == 1 else f"{year}/{year + step - 1}"
        said.append(f"{years.replace('/', ' to ')}, {plain(dates)}, {length}: {number(weight)} mentions")
        chosen = {} if theme == ALL else {"theme": theme}
        series = OWN_DAYS if dates == OWN_ROW else OTHER_DAYS
        covers = {"covers": _covers(length)} if series == OTHER_DAYS else {}
        addresses.append(address("time", mentioned=years, dates=series, unit="study:all", **covers, **chosen))
    return summed.assign(next=summed["year"] + step, said=said, address=addresses)


def _covers(length: str) -> str:
    """The numbers of years that dates of a length have, as in addresses: 2/10, or 11 for 11 and more."""
    least = max((int(most) + 1 for most in MOST_YEARS.values() if most < MOST_YEARS[length]), default=1)
    return f"{least}/{MOST_YEARS[length]}" if MOST_YEARS[length] < math.inf else str(least)


def _most_told(summed: pd.DataFrame) -> str:
    """Which ten years have most of the mentions that a figure shows."""
    weights = summed[summed["dates"] == ALL_ROW].groupby("year")["weight"].sum()
    if weights.empty:
        return "The texts talk of their own days only"
    ends = {
        first: weights[(weights.index >= first) & (weights.index < first + YEARS_TOLD)].sum() for first in weights.index
    }
    first = max(ends, key=lambda year: (ends[year], -year))
    last = max(year for year in weights.index if year < first + YEARS_TOLD)
    when = f"{first} to {last}" if last > first else str(first)
    return (
        f"Of the years that the texts talk about, {when} have {ends[first] / weights.sum():.0%} of the mentions shown"
    )


def _year_bars(years: pd.DataFrame, themes: list[str]) -> Chart:
    axis = alt.Axis(format="d", title="year the text talks about", labelFlush=False)
    header = alt.Header(labelAngle=0, labelOrient="top", labelAnchor="start", labelExpr=SPACED)
    return (
        marks(years[["year", "next", "dates", "length", "weight", "said", "address"]])
        .mark_bar()
        .encode(
            x=alt.X("year:Q", bin="binned", axis=axis, scale=alt.Scale(zero=False, nice=False)),
            x2="next",
            y=alt.Y("weight:Q", title=None, axis=alt.Axis(tickCount=3)),
            color=_by_length(),
        )
        .properties(width=640, height=64)
        .facet(
            row=alt.Row(
                "dates:N", sort=[ALL_ROW, *themes, OWN_ROW], title="mentions, each spread over its years", header=header
            ),
            spacing=6,
        )
        .resolve_scale(y="independent")
    )


def _by_length() -> alt.Color:
    """The colour of dates by the number of years that they cover."""
    scale = alt.Scale(domain=list(LENGTHS), range=list(LENGTHS.values()))
    return alt.Color("length:O", sort=list(LENGTHS), scale=scale, legend=alt.Legend(title="date covers"))


def _years_of_rows(timeline: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """The rows of the timeline that the figure shows, with year, dates (the row of the figure) and length."""
    of_all = timeline["theme"] == ALL
    own_days = timeline["series"] == OWN_DAYS
    dated = (timeline["series"] == "years") & timeline["theme"].isin([ALL, *themes])
    years = timeline[(own_days & of_all) | dated]
    lengths = pd.cut(years["years"], [-1, *MOST_YEARS.values()], labels=list(LENGTHS)).astype(str)
    labels = years["theme"].replace(ALL, ALL_ROW).mask(years["series"] == OWN_DAYS, OWN_ROW)
    return years.assign(year=years["period"].astype(int), dates=labels, length=lengths)


def years_shown(years: pd.DataFrame) -> tuple[int, int]:
    """The first and last year to draw, so that a few mentions of remote centuries do not compress all other years."""
    ordered = years.sort_values("year")
    share = ordered["weight"].cumsum() / ordered["weight"].sum()
    first = ordered.loc[share >= EARLIEST_SHARE, "year"].iloc[0]
    return int(first), int(ordered.loc[share >= 1 - LATEST_SHARE, "year"].iloc[0])


def mentions_not_shown(timeline: pd.DataFrame, first: int, last: int) -> str:
    """A sentence about the mentions that a figure of the years from `first` to `last` does not show.

    A date with years inside and outside these is partly left out, according to its weight.
    """
    once = timeline[timeline["theme"] == ALL]
    by_year = once["series"].isin(["years", OWN_DAYS])
    year = once["period"].where(by_year, str(first)).astype(int)
    parts = {
        f"before {first}": year < first,
        f"after {last}": year > last,
        "of eras": once["series"] == "era",
        "without known years": once["series"] == "undated",
    }
    counts = [
        f"{amount:,.1f}".removesuffix(".0") + f" {what}"
        for what, rows in parts.items()
        if (amount := once.loc[rows, "weight"].sum()) > 0
    ]
    return f"Mentions not shown: {', '.join(counts)}." if counts else ""


@figure(
    "trajectory",
    "Where in the text each theme stands",
    "Hits per 1,000 words of the author in each tenth of a text, from its beginning to its end, on the six themes "
    "with most hits. The tenths are not tested against each other.",
    tables=("trajectory", "theme_rates", "documents"),
    choice="text",
)
def narrative_arc(tables: Tables, settings: Settings) -> list[Drawing]:
    """The rates of the leading themes in each tenth of a text, from the first to the last, a drawing for each text."""
    themes = theme_order(tables)[:MOST_THEMES]
    arcs = tables["trajectory"]
    arcs = arcs[arcs["theme"].isin(themes)]
    documents, left_out = documents_drawn(tables, arcs["document"])
    called, colour = short_titles(tables["documents"]), colours(tables, settings)
    made = []
    for document in documents:
        own = arcs[arcs["document"] == document]
        words = int(own.drop_duplicates("part")["words"].sum())
        note = f"{words:,} words of the author in {called[document]}.{left_out}"
        rows = own[["part", "theme", "rate_per_1000", "hits", "words"]].assign(theme=own["theme"].map(plain))
        rows = rows.rename(columns={"part": "tenth of the text", "rate_per_1000": "hits per 1,000 words"})
        chart = _arcs(_arcs_said(own, called[document]), themes, colour)
        made.append(Drawing(chart, rows, _densest(own, called[document]), note, called[document]))
    return made


def _arcs_said(arcs: pd.DataFrame, called: str) -> pd.DataFrame:
    said, addresses = [], []
    for _, row in records(arcs):
        rate = f"{number(row['rate_per_1000'])} hits per 1,000 words, {many(row['hits'], 'hit')}"
        said.append(f"{plain(row['theme'])} in the {TENTHS[row['part'] - 1]} tenth of {called}: {rate}")
        unit = f"tenth:{row['document']}/{row['part']}"
        addresses.append(address("sections", theme=str(row["theme"]), unit=unit))
    return arcs.assign(said=said, address=addresses)


def _densest(arcs: pd.DataFrame, called: str) -> str:
    """Where a text has most of the theme that it has most hits of."""
    hits = arcs.groupby("theme", sort=False)["hits"].sum()
    if not hits.max():
        return f"{called} has none of the leading themes"
    theme = hits.idxmax()
    own = arcs[arcs["theme"] == theme].set_index("part")["rate_per_1000"]
    return f"{sentence(plain(theme))} stands most in the {TENTHS[int(str(own.idxmax())) - 1]} tenth of {called}"


def _arcs(arcs: pd.DataFrame, themes: list[str], colour: Mapping[str, str]) -> Chart:
    scale = alt.Scale(domain=themes, range=[colour[theme] for theme in themes])
    highest = max(float(arcs["rate_per_1000"].max()), 1.0)
    y = alt.Y("rate_per_1000:Q", title="hits per 1,000 words", scale=alt.Scale(domain=[0, highest], nice=False))
    x = alt.X("part:Q", title="tenth of the text", axis=alt.Axis(values=list(range(1, 11)), format="d"))
    x = x.scale(domain=[1, 10], nice=False)
    base = marks(arcs[["part", "theme", "rate_per_1000", "said", "address"]]).encode(x=x, y=y)
    base = base.encode(color=alt.Color("theme:N", scale=scale, legend=None))
    lines = base.encode(href=NO_LINK).mark_line(strokeWidth=1.8, aria=False)
    points = base.mark_point(filled=True, size=50, opacity=1)
    # Names stand at the ends of their lines, moved apart where they would overlap.
    ends = arcs.sort_values("part", kind="stable").groupby("theme", as_index=False, sort=False).last()
    gap = LABEL_GAP * highest / ARC_HEIGHT
    ends = ends.assign(y=spread(ends["rate_per_1000"].tolist(), gap, highest), name=ends["theme"].map(plain))
    names = alt.Chart(ends[["theme", "part", "y", "name"]]).mark_text(align="left", dx=9, fontSize=12, clip=False)
    names = names.encode(
        x=x, y=alt.Y("y:Q"), text=alt.Text("name:N"), color=alt.Color("theme:N", scale=scale, legend=None)
    )
    return alt.layer(lines, points, names, width=ARC_WIDTH, height=ARC_HEIGHT)


@figure(
    "profile-map",
    "Texts that are alike",
    "Each point is a text; the nearer two are, the more alike are their shares of themes, as far as a plane can "
    "show it: profile_distances.csv has the distances of up to 1,448 texts. Drawn for ten to 3,000 texts.",
    tables=("profile_map", "documents"),
    view="texts",
)
def map_of_texts(tables: Tables, settings: Settings) -> list[Drawing]:
    """Texts as points: the more similar their profiles of themes, the closer. Both axes have the same scale."""
    places = tables["profile_map"]
    if places.empty:
        return []
    called = short_titles(tables["documents"])
    groups = tables["documents"].set_index("document")["group"].fillna("")
    shown = places.assign(title=places["document"].map(called), group=places["document"].map(groups))
    shown["name"] = [
        title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 1] + "…" for title in shown["title"]
    ]
    shown, height = _in_pixels(shown)
    every, shown = shown, _outermost(shown)
    shown = names_apart(shown, MAP_WIDTH, height)
    shown = shown.assign(
        said=shown["title"] + (", " + shown["group"]).where(shown["group"] != "", ""),
        address=[address("texts", theme="*", unit=f"document:{document}") for document in shown["document"]],
    )
    unnamed = int(shown["name_x"].isna().sum())
    note = f"{many(len(every), 'text')}." + (f" Without room for a name: {unnamed}." if unnamed else "")
    if len(every) > len(shown):
        note += f" The {len(shown)} that are least like most others are drawn as points; squares are darker the more"
        note += " texts they have."
    rows = every.assign(x=places["x"], y=places["y"], drawn=every["document"].isin(shown["document"]))
    rows = rows[["title", "group", "x", "y", "drawn"]]
    claim = _nearest(every) if len(every) == len(shown) else f"Where most of the {len(every):,} texts are alike"
    crowd = every if len(every) > len(shown) else every.head(0)
    return [Drawing(_map(shown, crowd, height), rows, claim, note)]


def _outermost(places: pd.DataFrame) -> pd.DataFrame:
    """The texts that are furthest from the middle of the map, if there are many; else all."""
    if len(places) <= MOST_DOCUMENTS:
        return places
    away = (places["x"] - places["x"].median()) ** 2 + (places["y"] - places["y"].median()) ** 2
    return places.loc[away.sort_values(ascending=False, kind="stable").index[:MOST_OUTERMOST]].sort_index()


def _squares(crowd: pd.DataFrame) -> pd.DataFrame:
    """Squares of the map with texts: left, top, and the number of texts in each."""
    corners = crowd[["x", "y"]] // SQUARE * SQUARE
    return corners.groupby(["x", "y"]).size().rename("texts").reset_index()


def _in_pixels(places: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The places in pixels of the map, at the same scale in both directions, and the height of the map."""
    low, high = places[["x", "y"]].min(), places[["x", "y"]].max()
    span = high - low
    room = MAP_WIDTH - 2 * MAP_MARGIN
    scale = min(room / max(span["x"], 1e-9), (MOST_HEIGHT - 2 * MAP_MARGIN) / max(span["y"], 1e-9))
    height = int(max(LEAST_HEIGHT, scale * span["y"] + 2 * MAP_MARGIN))
    middle = (low + high) / 2
    x = MAP_WIDTH / 2 + scale * (places["x"] - middle["x"])
    return places.assign(x=x, y=height / 2 - scale * (places["y"] - middle["y"])), height


def _nearest(shown: pd.DataFrame) -> str:
    """Which two texts stand nearest to each other."""
    points = list(shown[["title", "x", "y"]].itertuples(index=False))
    pairs = ((math.dist(a[1:], b[1:]), a[0], b[0]) for place, a in enumerate(points) for b in points[:place])
    _, a, b = min(pairs)
    return f"{b} and {a} stand nearest to each other in their shares of themes"


def _map(shown: pd.DataFrame, crowd: pd.DataFrame, height: int) -> Chart:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, MAP_WIDTH], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    points = marks(shown[["x", "y", "group", "said", "address"]]).mark_circle(size=70, opacity=0.85).encode(x=x, y=y)
    groups = sorted(set(shown["group"]) - {""})
    if 1 < len(groups) <= len(PALETTE):
        scale = alt.Scale(domain=groups, range=list(PALETTE[: len(groups)]))
        points = points.encode(color=alt.Color("group:N", title=None, scale=scale, legend=alt.Legend(orient="top")))
    layers = [points, *name_layers(shown, x, y)]
    if len(crowd):
        squares = _squares(crowd)
        right, bottom = squares["x"] + SQUARE, squares["y"] + SQUARE
        drawn = alt.Chart(squares.assign(right=right, bottom=bottom)).mark_rect(aria=False)
        shade = alt.Color("texts:Q", title="texts", scale=alt.Scale(range=["#d9eeec", "#3b8f89"], interpolate="rgb"))
        layers.insert(0, drawn.encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("bottom:Q"), color=shade))
    return alt.layer(*layers, width=MAP_WIDTH, height=height).resolve_scale(color="independent")
