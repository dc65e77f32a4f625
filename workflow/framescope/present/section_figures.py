"""Figures of themes in sections and whole texts: heat map, rates, ranked texts and contrasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from framescope.compare.emphasis.contrasts import said_once
from framescope.present.claims import asked_in_advance, claim_of_leans, claim_of_rates, tested
from framescope.present.drawing.ranked_dots import ranked_dots
from framescope.present.figure_style import (
    DARK,
    MOST_DOCUMENTS,
    MOST_ROWS,
    MOST_THEMES,
    NO_LINK,
    SHADES,
    SPACED,
    THEME_AXIS,
    Chart,
    Tables,
    colours,
    documents_drawn,
    labelled_sections,
    marks,
    theme_order,
    top_rates,
    wrapped_labels,
)
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address, unit_of
from framescope.present.page.formats import plain
from framescope.present.wording import in_order, many, number, records, short_titles

RATE = "hits per 1,000 words"
FEWEST_TO_RANK = 3
LETTERS_BESIDE_BARS = 44
NO_LEAN = {"neither": "#4a4f57", "too little text": "#8f949c", "no baseline": "#8f949c"}


@figure(
    "heat-map",
    "Themes by section",
    "Hits per 1,000 words of the author, by document where there are more than sixty sections, and below each rate its "
    "interval, from two paragraphs on. Darker is more, and white is none.",
    tables=("theme_rates", "sections", "documents"),
)
def heat_map(tables: Tables, settings: Settings) -> list[Drawing]:
    """The rate of each theme in each section, or in each document if there are many sections, as colour and number."""
    unit = "section" if len(tables["sections"]) <= MOST_ROWS else "document"
    rates = tables["theme_rates"]
    if rates.loc[rates["unit"] == unit, "document"].nunique() > MOST_DOCUMENTS:
        return []
    rates = top_rates(tables, unit, theme_order(tables))
    if rates.empty:
        return []
    rates = rates_said(rates, "sections")
    differences = tested(tables, settings.confidence)
    names = _names(rates, unit)
    asked, within = asked_in_advance(tables), differences[differences["unit"] == unit]
    claim = claim_of_rates(_by_unit(rates, unit), within, asked, names, "section" if unit == "section" else "text")
    note = f"{many(rates['label'].nunique(), unit)}, {many(rates['theme'].nunique(), 'theme')}. {settings.interval}"
    return [
        Drawing(
            _heat(rates, theme_order(tables)), rate_rows(rates, "section" if unit == "section" else "text"), claim, note
        )
    ]


def _heat(rates: pd.DataFrame, themes: list[str]) -> Chart:
    ends = [rates[end].map("{:.0f}".format) for end in ("rate_low", "rate_high")]
    rates = rates.assign(interval=(ends[0] + "–" + ends[1]).where(rates["rate_low"].notna(), ""))
    names = list(dict.fromkeys(rates["label"]))
    axis, height = wrapped_labels(names)
    base = marks(rates[["label", "theme", "rate_per_1000", "interval", "said", "address"]]).encode(
        x=alt.X("theme:N", sort=themes, title=None, axis=THEME_AXIS),
        y=alt.Y("label:N", sort=names, title=None, axis=axis),
    )
    dark = alt.when(alt.datum.rate_per_1000 > float(rates["rate_per_1000"].max()) * DARK)
    number_colour = dark.then(alt.value("white")).otherwise(alt.value("black"))
    shades = alt.Scale(range=SHADES, domainMin=0, interpolate="rgb")
    cells = base.mark_rect().encode(color=alt.Color("rate_per_1000:Q", title=RATE, scale=shades))
    plain_text = base.encode(href=NO_LINK)
    numbers = plain_text.mark_text(fontSize=10, dy=-5).encode(
        text=alt.Text("rate_per_1000:Q", format=".1f"), color=number_colour
    )
    intervals = plain_text.mark_text(fontSize=8, dy=7).encode(text=alt.Text("interval:N"), color=number_colour)
    return alt.layer(cells, numbers, intervals, width=alt.Step(44), height=alt.Step(max(30, height)))


@figure(
    "rates",
    "Rates by section, with intervals",
    "Hits per 1,000 words of the author on the six themes with most hits, each with a scale of its own. The line "
    "is the interval; sections without one have too few paragraphs.",
    tables=("theme_rates", "sections", "documents"),
    choice="text",
)
def rates_with_intervals(tables: Tables, settings: Settings) -> list[Drawing]:
    """The rates of the leading themes in each section with their intervals, a drawing for each document."""
    themes = theme_order(tables)[:MOST_THEMES]
    rates = top_rates(tables, "section", themes, several=False).sort_values("place", kind="stable")
    several = rates.groupby("document")["section"].transform("nunique") > 1
    documents, left_out = documents_drawn(tables, rates.loc[several, "document"])
    differences, asked = tested(tables, settings.confidence), asked_in_advance(tables)
    called, colour = short_titles(tables["documents"]), colours(tables, settings)
    made = []
    for document in documents:
        own = rates_said(rates[rates["document"] == document], "sections")
        within = differences[(differences["unit"] == "section") & (differences["document"] == document)]
        claim = claim_of_rates(_by_unit(own, "section"), within, asked, _names(own, "section"), "section")
        note = f"{called[document]}: {many(own['label'].nunique(), 'section')}. {settings.interval}{left_out}"
        chart = _bars(own, themes, colour)
        made.append(Drawing(chart, rate_rows(own, "section"), claim, note, called[document]))
    return made


def _bars(rates: pd.DataFrame, themes: list[str], colour: Mapping[str, str]) -> Chart:
    # Without an interval the line has no length; with missing values Vega would warn of an axis without data.
    ends = {end: rates[f"rate_{end}"].fillna(rates["rate_per_1000"]) for end in ("low", "high")}
    rates = rates.assign(**ends)
    names = list(dict.fromkeys(rates["label"]))
    labels, height = wrapped_labels(names, LETTERS_BESIDE_BARS)
    base = marks(rates[["label", "theme", "rate_per_1000", "low", "high", "said", "address"]]).encode(
        y=alt.Y("label:N", sort=names, title=None, axis=labels)
    )
    own = alt.Scale(domain=themes, range=[colour[theme] for theme in themes])
    bars = base.mark_bar(opacity=0.75).encode(
        x=alt.X("rate_per_1000:Q", title=RATE), color=alt.Color("theme:N", scale=own, legend=None)
    )
    lines = base.encode(href=NO_LINK).mark_rule(strokeWidth=1.6, color="#1d2528", aria=False)
    intervals = lines.encode(x=alt.X("low:Q", title=RATE), x2=alt.X2("high:Q"))
    header = alt.Header(labelFontWeight="bold", labelExpr=SPACED)
    layered = alt.layer(bars, intervals, width=150, height=alt.Step(height))
    column = alt.Column("theme:N", sort=themes, title=None, header=header)
    return layered.facet(column=column).resolve_scale(x="independent")


@figure(
    "ranked-texts",
    "Texts in order of emphasis",
    "Hits per 1,000 words of the author in each text, the highest rate first, or the share of the side that a contrast "
    "names first; the line is the interval, and the dashed line the rate or share of all texts together. Of more than "
    "sixty texts those with the highest and lowest values are drawn.",
    tables=("theme_rates", "contrasts", "documents"),
    view="texts",
    choice="theme or contrast",
)
def ranked_texts(tables: Tables, settings: Settings) -> list[Drawing]:
    """The texts in order of their rates of each leading theme and of their shares in each contrast."""
    rates, called = tables["theme_rates"], short_titles(tables["documents"])
    of_texts = (rates["unit"] == "document") & (rates["level"] == 1)
    if rates.loc[of_texts, "document"].nunique() < FEWEST_TO_RANK:
        return []
    differences, asked = tested(tables, settings.confidence), asked_in_advance(tables)
    between = differences[(differences["unit"] == "document") & (differences["role"].fillna("") == "")]
    made = []
    for theme in theme_order(tables)[:MOST_THEMES]:
        # One theme after another, because a study may have very many texts.
        own = in_order(rates[of_texts & (rates["theme"] == theme)], tables["documents"])
        own = own.assign(label=own["document"].map(called))
        together = 1000 * own["hits"].sum() / own["words"].sum()
        shown = rates_said(ends_of(own), "texts")
        chart = ranked_rates(shown, theme, together)
        claim = claim_of_rates(_by_unit(own, "document"), between, asked, _names(own, "document"), "text")
        which = f"{many(len(own), 'text')}"
        if len(shown) < len(own):
            half = len(shown) // 2
            which = f"Of {which} the {half} with the highest rates and the {half} with the lowest are drawn"
        note = f"{which}; all together {number(together)} {RATE}. {settings.interval}"
        made.append(Drawing(chart, rate_rows(shown, "text"), claim, note, plain(theme)))
    shares = tables["contrasts"]
    shares = shares[(shares["unit"] == "document") & shares["share_a"].notna()]
    shares = shares.assign(label=shares["document"].map(called))
    for contrast in settings.contrasts:
        own = shares[shares["contrast"] == contrast["name"]]
        if len(own) >= FEWEST_TO_RANK:
            claim = claim_of_leans(own, sides_of(contrast), called)
            made.append(ranked_shares(ends_of(own, "share_a"), own, contrast, "text", claim, settings))
    return made


def sides_of(contrast: Mapping[str, Any]) -> list[str]:
    """What the two sides of a contrast are called."""
    return [" and ".join(map(plain, contrast[side])) for side in ("a", "b")]


def ranked_shares(
    shown: pd.DataFrame, own: pd.DataFrame, contrast: Mapping[str, Any], unit: str, claim: str, settings: Settings
) -> Drawing:
    """The shares of side a of a contrast in order, with that of all these rows together as a line.

    `shown` are the rows of `contrasts` to draw, each with a label, among all rows `own`; `unit` is the word for one.
    """
    sides = sides_of(contrast)
    hits = own["hits_a"].sum(), own["hits_b"].sum()
    together = float(hits[0] / sum(hits))
    themes = "|".join([*contrast["a"], *contrast["b"]])
    said = shown["label"] + f": {sides[0]} has " + shown["share_a"].map("{:.0%}".format)
    addresses = [address("texts", theme=themes, unit=unit_of(row)) for _, row in records(shown)]
    rows = shown.assign(said=said + f" of the hits of {sides[0]} and {sides[1]}", address=addresses)
    # The columns low and high of contrasts are ends of log odds.
    rows = rows.drop(columns=["low", "high"], errors="ignore")
    rows = rows.rename(columns={"share_a": "value", "share_low": "low", "share_high": "high"})
    chart = ranked_dots(rows, f"share of {sides[0]} in the hits of {sides[0]} and {sides[1]}", together, shares=True)
    names = {"label": unit, "value": f"share of {sides[0]}", "low": "low", "high": "high"}
    names |= {"hits_a": f"hits of {sides[0]}", "hits_b": f"hits of {sides[1]}"}
    which = many(len(own), unit) + (f", of which {len(shown)} are drawn" if len(shown) < len(own) else "")
    note = f"{which}; all together {together:.0%}. {settings.interval}"
    return Drawing(chart, rows[list(names)].rename(columns=names), claim, note, str(contrast["name"]))


def ends_of(rows: pd.DataFrame, column: str = "rate_per_1000", most: int = MOST_ROWS) -> pd.DataFrame:
    """The rows with the highest and the lowest values of a column, as many of each, if there are more than `most`."""
    if len(rows) <= most:
        return rows
    ordered = rows.sort_values([column, "label"], ascending=[False, True], kind="stable")
    return pd.concat([ordered.head(most // 2), ordered.tail(most // 2)])


def rates_said(rates: pd.DataFrame, view: str) -> pd.DataFrame:
    """The rates with what their marks say and the address of the sentences behind them."""
    ends = [rates[end].map(number) for end in ("rate_low", "rate_high")]
    interval = (" (interval " + ends[0] + " to " + ends[1] + ")").where(rates["rate_low"].notna(), "")
    themes = rates["theme"].map(plain)
    said = themes + " in " + rates["label"] + ": " + rates["rate_per_1000"].map(number) + f" {RATE}" + interval
    addresses = [address(view, theme=str(row["theme"]), unit=unit_of(row)) for _, row in records(rates)]
    return rates.assign(said=said, address=addresses)


def _by_unit(rates: pd.DataFrame, unit: str) -> pd.DataFrame:
    return rates.assign(unit=rates[unit])


def _names(rates: pd.DataFrame, unit: str) -> dict[str, str]:
    """What each unit is called in a sentence."""
    names = rates["name"] if unit == "section" else rates["label"]
    return dict(zip(rates[unit].tolist(), names.tolist(), strict=True))


def rate_rows(rates: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The rates under names for readers; `unit` is that of the column of labels."""
    shown = {"label": unit, "theme": "theme", "rate_per_1000": RATE}
    shown |= {"rate_low": "low", "rate_high": "high", "hits": "hits", "words": "words"}
    return rates[list(shown)].assign(theme=rates["theme"].map(plain)).rename(columns=shown)


def ranked_rates(rates: pd.DataFrame, theme: str, together: float) -> Chart:
    """The rates of a theme in order, with the rate of all texts together, in hits per 1,000 words, as a line."""
    rows = rates.rename(columns={"rate_per_1000": "value", "rate_low": "low", "rate_high": "high"})
    return ranked_dots(rows, f"hits of {plain(theme)} per 1,000 words", together)


@figure(
    "contrasts",
    "Contrasts by section",
    "Of the hits on either side of the contrast, the share of the side named first; the line is the interval over "
    "paragraphs, and the grey tick the baseline. How large a share is depends on how many terms each side has; a text "
    "leans to a side only if its share differs from the baseline, corrected for all units of the kind.",
    tables=("contrasts", "sections", "documents"),
    view="sections",
    choice="contrast",
)
def contrast_by_section(tables: Tables, settings: Settings) -> list[Drawing]:
    """The share of the first side of a contrast in sections and whole texts, a drawing for each contrast."""
    contrasts = said_once(tables["contrasts"], tables["documents"])
    called = short_titles(tables["documents"])
    if len(tables["sections"]) > MOST_ROWS:
        contrasts = contrasts[_whole(contrasts)]
        contrasts = contrasts.assign(label=contrasts["document"].map(called), place=0)
    else:
        contrasts = contrasts[contrasts["unit"].isin(["section", "document"])]
        contrasts = contrasts.merge(labelled_sections(tables), on=["document", "section"], how="left")
        contrasts["label"] = contrasts["label"].fillna(contrasts["document"].map(called) + " · whole text")
    shown = contrasts[contrasts["hits_a"] + contrasts["hits_b"] > 0]
    shown = in_order(shown.sort_values("place", kind="stable"), tables["documents"])
    made = []
    for contrast in settings.contrasts:
        own = shown[shown["contrast"] == contrast["name"]]
        if own.empty:
            continue
        sides = sides_of(contrast)
        every, own = own, ends_of(own, "share_a", MOST_ROWS if _whole(own).all() else 2 * MOST_ROWS)
        own = _contrast_said(own, contrast, sides)
        leaning = [colours(tables, settings).get(contrast[side][0], colour) for side, colour in SIDES.items()]
        claim = claim_of_leans(
            contrasts[(contrasts["contrast"] == contrast["name"]) & _whole(contrasts)], sides, called
        )
        kinds = [
            many(int(n), kind) for kind, n in (("text", _whole(own).sum()), ("section", (~_whole(own)).sum())) if n
        ]
        note = f"{' and '.join(kinds)} with hits of {sides[0]} or {sides[1]}. {settings.interval}"
        if len(own) < len(every):
            note += f" Drawn are those with the highest and the lowest shares, of {len(every):,}."
        made.append(Drawing(_shares(own, sides, leaning), _share_rows(own, sides), claim, note, str(contrast["name"])))
    return made


# The colours of sides whose first theme has no hits, and thus no colour of its own.
SIDES = {"a": "#0072b2", "b": "#d55e00"}


def _whole(contrasts: pd.DataFrame) -> pd.Series:
    return contrasts["unit"] == "document"


def _contrast_said(contrasts: pd.DataFrame, contrast: Mapping[str, Any], sides: list[str]) -> pd.DataFrame:
    """The rows with the side to which each leans by name, what its mark says, and the address of its sentences."""
    themes = "|".join([*contrast["a"], *contrast["b"]])
    shares = contrasts["share_a"].map("{:.0%}".format)
    leans = contrasts["lean"].replace({"a": sides[0], "b": sides[1]})
    return contrasts.assign(
        lean=leans,
        said=contrasts["label"]
        + f": {sides[0]} has "
        + shares
        + f" of the hits of {sides[0]} and {sides[1]}, "
        + leans,
        address=[address("sections", theme=themes, unit=unit_of(row)) for _, row in records(contrasts)],
    )


def _shares(contrasts: pd.DataFrame, sides: list[str], leaning: list[str]) -> Chart:
    columns = ["label", "share_a", "share_low", "share_high", "share_baseline", "lean", "said", "address"]
    labels, height = wrapped_labels(contrasts["label"])
    base = marks(contrasts[columns]).encode(y=alt.Y("label:N", sort=list(contrasts["label"]), title=None, axis=labels))
    verdicts = dict(zip(sides, leaning, strict=True)) | NO_LEAN
    present = {verdict: colour for verdict, colour in verdicts.items() if verdict in set(contrasts["lean"])}
    scale = alt.Scale(domain=list(present), range=list(present.values()))
    colour = alt.Color("lean:N", title="leans to", scale=scale)
    title = f"share of {sides[0]} in the hits of {sides[0]} and {sides[1]}"
    axis = alt.Axis(format="%", title=title, values=[0, 0.25, 0.5, 0.75, 1], titleLimit=600)
    whole = alt.Scale(domain=[0, 1])
    share = {end: alt.X(f"share_{end}:Q", scale=whole, axis=axis) for end in ("a", "low", "baseline")}
    silent = base.encode(href=NO_LINK)
    baselines = silent.mark_tick(thickness=2, size=14, color="#888", aria=False).encode(x=share["baseline"])
    intervals = silent.mark_rule(strokeWidth=2, aria=False).encode(
        x=share["low"], x2=alt.X2("share_high:Q"), color=colour
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=share["a"], color=colour)
    return alt.layer(baselines, intervals, points, width=460, height=alt.Step(height))


def _share_rows(contrasts: pd.DataFrame, sides: list[str]) -> pd.DataFrame:
    shown = {"label": "text or section", "share_a": f"share of {sides[0]}", "share_low": "low", "share_high": "high"}
    shown |= {"share_baseline": "baseline", "lean": "leans to", "hits_a": f"hits of {sides[0]}"}
    shown |= {"hits_b": f"hits of {sides[1]}", "blocks": "paragraphs"}
    return contrasts[list(shown)].rename(columns=shown)
