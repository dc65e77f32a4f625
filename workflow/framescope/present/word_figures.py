"""The figure of the words that set a text apart."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from framescope.present.claims import listed
from framescope.present.drawing.names_apart import name_layers, names_apart
from framescope.present.figure_style import Chart, Tables, documents_drawn, labelled_sections, marks
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.wording import in_order, many, number, short_titles, value_rows

WIDTH, HEIGHT, MARGIN = 760, 420, 18
# Pixels between words of the same place.
BESIDE = 11
NAMED_IN_CLAIM = 3
DOT = "#12494d"


@figure(
    "keyness",
    "Words that set a text apart",
    "Each point is a word that a text uses more than the rest of the study does, or a section more than the rest of "
    "its text: the further to the right, the more; the higher, the more frequent in the text itself. Both scales are "
    "logarithmic, and words of the same place stand side by side. The words are ranked, not tested.",
    tables=("keywords", "documents", "sections"),
    view="words",
    choice="text",
)
def keyness_plane(tables: Tables, settings: Settings) -> list[Drawing]:
    """The keywords of each document, or of each section of a single one, by how much more frequent they are and how
    frequent.
    """
    unit = "document" if len(tables["documents"]) > 1 else "section"
    keywords = tables["keywords"]
    keywords = keywords[keywords["unit"] == unit]
    called = short_titles(tables["documents"])
    labelled = labelled_sections(tables)
    sections = dict(zip(value_rows(labelled, ["document", "section"]), labelled["label"].tolist(), strict=True))
    documents, left_out = documents_drawn(tables, keywords["document"])
    keywords = in_order(keywords[keywords["document"].isin(documents)], tables["documents"])
    made = []
    for (document, section), own in keywords.groupby(["document", "section"], sort=False):
        name = sections[str(document), str(section)] if section else called[str(document)]
        code = f"section:{document}/{section}" if section else f"document:{document}"
        places = _placed(own)
        unnamed = int(places["name_x"].isna().sum())
        leading = [f"“{term}”" for term in own["term"].head(NAMED_IN_CLAIM)]
        claim = f"{listed(leading)} set{'s' * (len(leading) == 1)} {name} apart most"
        note = f"{many(len(own), 'word')}." + (f" Without room for a name: {unnamed}." if unnamed else "")
        note += left_out
        shown = {"term": "word", "count": "times", "rate": "times per 1,000 words", "log_ratio": "log2 of the ratio"}
        shown |= {"log_ratio_low": "lower end"}
        made.append(Drawing(_plane(places, code), own[list(shown)].rename(columns=shown), claim, note, name))
    return made


def _placed(keywords: pd.DataFrame) -> pd.DataFrame:
    """The words with x and y, their places in pixels, and name_x and name_y, those of their names."""
    right = _pixels(keywords["log_ratio"], keywords["log_ratio"], WIDTH)
    up = HEIGHT - _pixels(np.log2(keywords["rate"]), np.log2(keywords["rate"]), HEIGHT)
    beside = pd.DataFrame({"right": right.round(1), "up": up.round(1)}).groupby(["right", "up"]).cumcount()
    return names_apart(keywords.assign(name=keywords["term"], x=right - BESIDE * beside, y=up), WIDTH, HEIGHT)


def _pixels(values: pd.Series, all_values: pd.Series, length: int) -> pd.Series:
    """The distance in pixels of values from the beginning of a scale that shows all values."""
    low, high = float(all_values.min()), float(all_values.max())
    return MARGIN + (length - 2 * MARGIN) * (values - low) / max(high - low, 1e-9)


def _plane(words: pd.DataFrame, unit: str) -> Chart:
    said, addresses = [], []
    for term, count, rate, ratio in words[["term", "count", "rate", "log_ratio"]].itertuples(index=False):
        times = f"{number(2.0**ratio)} times as frequent as elsewhere"
        said.append(f"{term}: {times}, {count} times, {number(rate)} per 1,000 words")
        addresses.append(address("words", word=term, unit=unit))
    x_axis = _axis(words["log_ratio"], WIDTH, "times as frequent as elsewhere")
    y_axis = _axis(np.log2(words["rate"]), HEIGHT, "times per 1,000 words of the text", upwards=True)
    x = alt.X("x:Q", axis=x_axis, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    y = alt.Y("y:Q", axis=y_axis, scale=alt.Scale(domain=[HEIGHT, 0], nice=False))
    drawn = words[["x", "y"]].assign(said=said, address=addresses)
    points = marks(drawn).mark_circle(size=60, color=DOT, opacity=0.85).encode(x=x, y=y)
    return alt.layer(points, *name_layers(words, x, y), width=WIDTH, height=HEIGHT)


def _axis(logarithms: pd.Series, length: int, title: str, upwards: bool = False) -> alt.Axis:
    """An axis of pixels, in which names were placed, with labels of what they stand for, whose logarithms are given."""
    values = _ticks(2.0 ** float(logarithms.min()), 2.0 ** float(logarithms.max()))
    labels = [f"{value:,.2g}" if value < 1 else f"{value:,.0f}" for value in values]
    places = _pixels(pd.Series(np.log2(values)), logarithms, length)
    # If all words have one value, it has one place and one label.
    named = {round(length - place if upwards else place, 2): label for place, label in zip(places, labels, strict=True)}
    written = ", ".join(f"'{place:.2f}': '{label}'" for place, label in named.items())
    return alt.Axis(values=list(named), labelExpr=f"({{{written}}})[format(datum.value, '.2f')]", title=title)


def _ticks(low: float, high: float) -> list[float]:
    """Round values from low to high for a logarithmic scale, or the two ends where fewer than two lie between them.

    >>> _ticks(29.0, 820.0), _ticks(3.1, 3.9)
    ([50.0, 100.0, 200.0, 500.0], [3.1, 3.9])
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    between = [step * 10.0**power for power in powers for step in (1, 2, 5) if low <= step * 10.0**power <= high]
    return between if len(between) > 1 else [low, high]
