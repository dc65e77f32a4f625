"""Figures of groups of texts and of the periods of their publication, in order of emphasis."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from framescope.compare.counts.groupings import name_column, spans_documents
from framescope.present.claims import asked_in_advance, claim_of_rates, sentence, tested
from framescope.present.figure_style import Tables, theme_order
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.page.formats import plain
from framescope.present.section_figures import ranked_rates, ranked_shares, rate_rows, rates_said, sides_of
from framescope.present.wording import many, number

MOST_THEMES, MOST_GROUPS, FEWEST_PERIODS = 4, 24, 3


@figure(
    "groups",
    "Themes by group",
    "Hits per 1,000 words of the author in each group of texts, the highest rate first, or the share of the side that "
    "a contrast names first, each with its interval. The dashed line is the rate or share of all texts together.",
    tables=("theme_rates", "contrasts"),
    view="texts",
    choice="theme or contrast",
)
def themes_by_group(tables: Tables, settings: Settings) -> list[Drawing]:
    """Ranked dots: a drawing for each of the leading themes and contrasts and each way to group texts."""
    rates = tables["theme_rates"]
    kinds = [kind for kind in rates["unit"].unique() if spans_documents(kind) and kind != "role"]
    differences, asked = tested(tables, settings.confidence), asked_in_advance(tables)
    made = []
    for kind in kinds:
        for theme in theme_order(tables)[:MOST_THEMES]:
            own = rates[(rates["unit"] == kind) & (rates["theme"] == theme)]
            if len(own) < 2:
                continue
            shown = own.nlargest(MOST_GROUPS, "words")
            shown = rates_said(shown.assign(label=shown[name_column(kind)]), "texts")
            texts = rates[(rates["unit"] == "document") & (rates["theme"] == theme)]
            together = 1000 * float(texts["hits"].sum()) / float(texts["words"].sum())
            chart = ranked_rates(shown, theme, together)
            names = {str(name): f"the group {name}" for name in shown["label"]}
            within = differences[differences["unit"] == kind]
            claim = claim_of_rates(shown.assign(unit=shown["label"]), within, asked, names, "group")
            note = f"{many(len(own), 'group')}" + (
                f", the {len(shown)} with most words" if len(own) > len(shown) else ""
            )
            note += f"; all texts together {number(together)}. {settings.interval}"
            made.append(Drawing(chart, rate_rows(shown, kind), claim, note, f"{plain(theme)}, by {kind}"))
        for contrast in settings.contrasts:
            shares = tables["contrasts"]
            shares = shares[(shares["unit"] == kind) & (shares["contrast"] == contrast["name"])]
            shares = shares[shares["share_a"].notna()]
            if len(shares) >= 2:
                own = shares.assign(label=shares[name_column(kind)])
                within = differences[(differences["unit"] == kind) & (differences["contrast"] == contrast["name"])]
                claim = _claim_of_shares(own, within, sides_of(contrast)[0], "group")
                shown = own.assign(both=own["hits_a"] + own["hits_b"]).nlargest(MOST_GROUPS, "both")
                drawn = ranked_shares(shown, own, contrast, "group", claim, settings)
                made.append(replace(drawn, option=f"{drawn.option}, by {kind}"))
    return made


def _claim_of_shares(shares: pd.DataFrame, differences: pd.DataFrame, side: str, of: str) -> str:
    """Where the share of a side is largest, and whether findings may state a difference between these units."""
    standing = differences[differences["stands"]].sort_values("size", ascending=False, kind="stable")
    if len(standing):
        row = standing.iloc[0]
        more, less = ("unit_a", "unit_b") if float(row["effect"]) > 0 else ("unit_b", "unit_a")
        return f"{sentence(side)} has a larger share in the {of} {row[more]} than in the {of} {row[less]}"
    largest = shares["label"].iloc[shares["share_a"].argmax()]
    why = f"no difference between {of}s is established" if len(differences) else f"the {of}s are too short for a test"
    return f"{sentence(side)} has its largest share in the {of} {largest}; {why}"


@figure(
    "periods",
    "Periods in order of emphasis",
    "Hits per 1,000 words of the author in the texts of each period of publication, the highest rate first, or the "
    "share of the side that a contrast names first, each with its interval. The dashed line is that of all "
    "these texts together. Periods are not tested one against another: trends and breaks are tested over all dates.",
    tables=("trends", "theme_rates"),
    view="time",
    choice="theme or contrast",
)
def periods_in_order(tables: Tables, settings: Settings) -> list[Drawing]:
    """Ranked dots of the periods: a drawing for each of the leading themes and each contrast."""
    trends = tables["trends"]
    rows = trends[(trends["unit"] == "period") & (trends["grouping"] == "")]
    ends = {"estimate": "rate_per_1000", "low": "rate_low", "high": "rate_high"}
    made = []
    for theme in theme_order(tables)[:MOST_THEMES]:
        own = rows[rows["theme"] == theme].rename(columns=ends)
        if len(own) < FEWEST_PERIODS:
            continue
        together = 1000 * float(own["hits"].sum()) / float(own["words"].sum())
        shown = own.nlargest(MOST_GROUPS, "words").assign(unit="period")
        shown = rates_said(shown.assign(label=shown["period"]), "time")
        shown["address"] = [address("time", theme=theme, unit=f"published:{place}") for place in _days(shown)]
        highest = shown["label"].iloc[shown["rate_per_1000"].argmax()]
        claim = f"{sentence(plain(theme))} has its highest rate in {_said(highest)}"
        note = f"{many(len(own), 'period')}" + (f", the {len(shown)} with most words" if len(own) > len(shown) else "")
        note += f"; all together {number(together)}. {settings.interval}"
        made.append(
            Drawing(ranked_rates(shown, theme, together), rate_rows(shown, "period"), claim, note, plain(theme))
        )
    for contrast in settings.contrasts:
        own = rows[(rows["contrast"] == contrast["name"]) & rows["estimate"].notna()]
        if len(own) < FEWEST_PERIODS:
            continue
        names = {"estimate": "share_a", "low": "share_low", "high": "share_high", "hits": "hits_a"}
        own = own.rename(columns=names).assign(label=own["period"], hits_b=own["hits_both"] - own["hits"])
        own = own.assign(unit="published", group=_days(own))
        largest = own["label"].iloc[own["share_a"].argmax()]
        claim = f"{sentence(sides_of(contrast)[0])} has its largest share in {_said(largest)}"
        shown = own.nlargest(MOST_GROUPS, "hits_both")
        made.append(ranked_shares(shown, own, contrast, "period", claim, settings))
    return made


def _said(period: str) -> str:
    """A period in a sentence.

    >>> _said("1930s"), _said("1934")
    ('the 1930s', '1934')
    """
    return f"the {period}" if period.endswith("s") else period


def _days(rows: pd.DataFrame) -> pd.Series:
    return rows["first"].astype(str) + "/" + rows["last"].astype(str)
