"""Labels, orders, limits and the style that all figures share."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from framescope.present.colours import theme_colours
from framescope.present.figures import Settings
from framescope.present.wording import in_order, section_names, short_titles, value_rows

Tables = Mapping[str, pd.DataFrame]
Chart = Any

MOST_ROWS = 60
MOST_DOCUMENTS = 150
# Letters of a name in a label; a longer one is cut.
LONGEST_LABEL = 90
# Letters of a line of a label, its pixels, and those from line to line.
LETTERS_A_LINE, LABEL_LIMIT, LABEL_LINE = 64, 480, 12
MOST_THEMES = 6
# Choices of a figure, such as one for each document, that are drawn; and texts that are, of more than MOST_DOCUMENTS.
MOST_CHOICES, MOST_LONGEST = 24, 8
SPACED = "replace(datum.label, /_/g, ' ')"
# The pixels of the labels of an axis that has no limit of its own, as in Vega.
AXIS_LIMIT = 180
# Pixels that no letter of a label exceeds, in any of the fonts: small Latin letters and digits, and all others. An m is
# as wide as a capital.
NARROW, NARROW_PIXELS, WIDE_PIXELS = "[a-ln-vx-z0-9 .,:;_-]", 6.5, 15
THEME_AXIS = alt.Axis(labelAngle=-40, orient="top", labelExpr=SPACED)
# From white for nothing to dark for the most.
SHADES: Final = ["#ffffff", "#12494d"]
# On darker cells than this share of the most, white letters are read more easily than black ones.
DARK: Final = 0.72
# Fonts of the same widths, with which drawings are measured; where a reader has none of them, letters may be wider, and
# the sides leave room for that.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
SIDES = {"left": 36, "right": 36, "top": 6, "bottom": 6}


def label_limit(pixels: int) -> dict[str, str]:
    """The limit of the labels of an axis, as an expression for each: so many pixels, or none for one that must fit.

    Labels are cut at the same place as with a plain number. With a limit the renderer measures a label twice, and to
    measure labels takes more than half of its time. Lines of a label fit if they fit as one.
    """
    as_narrow = f"length(datum.label) * {NARROW_PIXELS}"
    more = f"length(replace(datum.label, /{NARROW}/g, '')) * {WIDE_PIXELS - NARROW_PIXELS}"
    return {"expr": f"{as_narrow} + {more} < {pixels} ? 0 : {pixels}"}


STYLE: Final[dict[str, dict[str, Any]]] = {
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "grid": False,
        "titleFontWeight": "normal",
        "labelLimit": label_limit(AXIS_LIMIT),
    },
    "text": {"font": FONT},
    "header": {"labelFont": FONT},
    "legend": {"labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal"},
    "view": {"stroke": None},
}
# For marks whose text leads nowhere. Altair builds a dictionary of all its classes to read a plain value.
NO_LINK: Final = alt.HrefValue(None)


def values(rows: Any, /, *options: Any, **named: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows as the data of a chart, with None for what is absent.

    `rows` is a DataFrame. Altair's own function reads every column several times to learn its type, which our charts
    declare.
    """
    columns = [_present(column) for _, column in rows.items()]
    return {"values": [dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True)]}


def _present(column: pd.Series) -> list[Any]:
    listed = column.tolist()
    return (
        [None if gap else value for value, gap in zip(listed, column.isna(), strict=True)] if column.hasnans else listed
    )


alt.data_transformers.register("values", values)
alt.data_transformers.enable("values")


def marks(rows: pd.DataFrame) -> Chart:
    """A chart of rows whose marks say `said` to readers who do not see them, and lead to `address`."""
    return alt.Chart(rows).encode(description=alt.Description("said:N"), href=alt.Href("address:N"))


def colours(tables: Tables, settings: Settings) -> dict[str, str]:
    """The colour of each theme of the highest level that has hits, as the study or the palette has it."""
    return theme_colours(theme_order(tables), settings.theme_colours)


def section_label(document: str, section: str, name: str, several: bool) -> str:
    """The label of a section in a figure: its number and name, after its document if there are several documents.

    >>> section_label("Embargo", "02-aid", "Aid", True), section_label("Embargo", "02-aid", "Aid", False)
    ('Embargo · 02 Aid', '02 Aid')
    """
    name = f"{section.split('-')[0]} {name}"
    return " · ".join(_cut(part) for part in ([document, name] if several else [name]))


def documents_drawn(tables: Tables, documents: Sequence[str] | pd.Series) -> tuple[list[str], str]:
    """Those of the documents for which a figure has a drawing each, and a sentence about those that it leaves out.

    Of many documents these are the longest.
    """
    listed = tables["documents"]["document"]
    every = listed[listed.isin(documents)].tolist()
    if len(every) <= MOST_DOCUMENTS:
        return every, ""
    words = tables["documents"].set_index("document")["words"].loc[every]
    longest = set(words.sort_values(ascending=False, kind="stable").index[:MOST_LONGEST])
    return (
        [document for document in every if document in longest],
        f" Drawn are the {MOST_LONGEST} longest of {len(every):,} texts.",
    )


def wrapped_labels(labels: Iterable[str], letters: int = LETTERS_A_LINE, **axis: Any) -> tuple[alt.Axis, int]:
    """An axis whose labels are wrapped into lines of so many letters, and the pixels that a label needs."""
    lines = {label: textwrap.wrap(label, letters, break_on_hyphens=False) or [""] for label in labels}
    most = max(map(len, lines.values()), default=1)
    written = f"({json.dumps(lines)})[datum.label]"
    return alt.Axis(
        labelExpr=written, labelLimit=label_limit(LABEL_LIMIT), labelLineHeight=LABEL_LINE, **axis
    ), LABEL_LINE * most + 8


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def labelled_sections(tables: Tables, several: bool = True) -> pd.DataFrame:
    """The sections in order: document, section, name, label, and place, its position among all.

    The label begins with the document, if there are several documents and `several` is true.
    """
    sections = in_order(tables["sections"], tables["documents"])
    several = several and sections["document"].nunique() > 1
    texts = sections["document"].map(short_titles(tables["documents"]))
    called = section_names(sections)
    names = [called[key] for key in value_rows(sections, ["document", "section"])]
    rows = zip(texts.tolist(), sections["section"].tolist(), names, strict=True)
    labels = [section_label(document, section, name, several) for document, section, name in rows]
    return sections[["document", "section"]].assign(name=names, label=labels, place=range(len(sections)))


def top_rates(tables: Tables, unit: str, themes: Sequence[str], several: bool = True) -> pd.DataFrame:
    """The rates of these themes of the highest level for one kind of unit, sections or documents, with labels."""
    rates = tables["theme_rates"]
    rates = rates[(rates["unit"] == unit) & (rates["level"] == 1) & rates["theme"].isin(themes)]
    if unit == "section":
        return rates.merge(labelled_sections(tables, several), on=["document", "section"])
    rates = in_order(rates, tables["documents"])
    return rates.assign(label=rates["document"].map(short_titles(tables["documents"])))


def theme_order(tables: Tables) -> list[str]:
    """Themes of the highest level that have hits: those with most hits first, and equal ones by name."""
    rates = tables["theme_rates"]
    hits = rates[(rates["unit"] == "document") & (rates["level"] == 1)].groupby("theme")["hits"].sum()
    return list(hits[hits > 0].sort_index().sort_values(ascending=False, kind="stable").index)


def styled(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification of a chart in the common style."""
    # Altair has validated each part when it was made.
    specification = chart.to_dict(validate=False)
    config = specification.get("config", {})
    own = {part: {**config.get(part, {}), **choices} for part, choices in STYLE.items()}
    return {**specification, "config": {**config, **own}, "padding": SIDES}
