"""Rates and shares by date of publication: text by text, period by period, and as a smooth line with its band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import theme_list
from framescope.compare.counts.groupings import group_column
from framescope.compare.emphasis.contrasts import contrasts as contrasts_of
from framescope.compare.emphasis.rates import rates_in_parts
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Contrasts, Tables, Testing
from framescope.compare.time.changes import PER_THOUSAND, RATE, SHARE, compared_series, smooth_band
from framescope.compare.time.periods import (
    chosen_period,
    first_and_last_days,
    holds,
    period_days,
    period_label,
    period_numbers,
)
from framescope.compare.time.series import Texts, dated_texts, parts_of

# A line is interrupted at a gap between texts of more than a tenth of the whole time and five times the median gap.
LONG_SHARE, LONG_TIMES = 0.1, 5.0
# Separates a group from a period in the names of combined groups; metadata cannot contain this character.
APART = "\x1f"
RATES = ["document", "group", "theme", "blocks", "words", "hits", "inference"]
TREND_COLUMNS = ["unit", "grouping", "group", "document", "period", "first", "last", "segment", "measure"]
TREND_COLUMNS += ["theme", "contrast", "documents", "blocks", "words", "hits", "hits_both"]
TREND_COLUMNS += ["estimate", "low", "high", "inference"]


def trends(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    contrasts: Contrasts | Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    period: str | None = None,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """All rows of `trends_in_parts` as one table."""
    parts = trends_in_parts(tables, themes=themes, contrasts=contrasts, period=period, testing=testing)
    return pd.concat(list(parts), ignore_index=True)


def trends_in_parts(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    contrasts: Contrasts | Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    period: str | None = None,
    testing: Testing = AS_CONFIGURED,
) -> Iterator[pd.DataFrame]:
    """Rates of themes and shares of contrasts over the dates of publication, in three kinds of rows (`unit`).

    - "document": each dated text, as in `theme_rates` and `contrasts`, top-level themes alone.
    - "period": the texts of each period, `period` or else the one that suits the dates (`chosen_period`), of all texts
      and of each group of each grouping. The interval is over texts from four on, over blocks below that (`inference`).
    - "smooth": the smooth line at each date and the ends of its band, of the same texts (`smooth_band`).

    `estimate`, `low` and `high` are hits per 1,000 words, or of contrasts the share of side a; `hits` are those of side
    a and `hits_both` of both. `segment` numbers the segments between gaps: a period without a text, and for smooth
    lines a tenth of the whole time without one, if that is five times as long as usual. Rows are in the order of dates.
    """
    listed = theme_list(tables.hits, themes)
    texts = dated_texts(tables, listed, contrasts)
    if not len(texts.documents):
        yield pd.DataFrame(columns=TREND_COLUMNS)
        return
    groupings = list(dict.fromkeys(grouping for grouping, _, _ in parts_of(texts)))
    yield _documents(tables, listed, contrasts, testing).reindex(columns=TREND_COLUMNS)
    length = period or chosen_period(texts.first, texts.last)
    yield _periods(tables, listed, contrasts, length, groupings, testing).reindex(columns=TREND_COLUMNS)
    for grouping, group, own in parts_of(texts):
        yield _smooth(own, testing).assign(grouping=grouping, group=group).reindex(columns=TREND_COLUMNS)


def segments(place: pd.Series | np.ndarray, longest: float) -> np.ndarray:
    """The number, from 1, of the segment without a gap that each place belongs to; places are in rising order.

    A step larger than `longest` is a gap.

    >>> segments(np.array([1, 2, 3, 7, 8]), 1.0).tolist()
    [1, 1, 1, 2, 2]
    """
    return np.asarray(1 + (np.diff(place, prepend=place[:1]) > longest).cumsum())


def _measured(
    tables: Tables, themes: Sequence[str], contrasts: Sequence[Mapping[str, Any]], unit: str, testing: Testing
) -> pd.DataFrame:
    """Rates and shares of all units of a kind with their intervals, in the columns of `trends`; of documents only the
    rates of top-level themes.
    """
    renamed = {"rate_per_1000": "estimate", "rate_low": "low", "rate_high": "high"}
    parts = rates_in_parts(tables, themes=themes, units=[unit], testing=testing)
    rates = pd.concat([part.loc[(part["level"] == 1) | (unit != "document"), [*RATES, *renamed]] for part in parts])
    rates = rates.rename(columns=renamed)
    shares = contrasts_of(tables, contrasts=contrasts, units=[unit], testing=testing)
    both = shares["hits_a"] + shares["hits_b"]
    shares = shares.rename(columns={"share_a": "estimate", "hits_a": "hits"}).drop(columns=["low", "high"])
    shares = shares.rename(columns={"share_low": "low", "share_high": "high"}).assign(hits_both=both)
    rows = pd.concat([rates.assign(measure=RATE, contrast=""), shares.assign(measure=SHARE, theme="")])
    sizes = rates.drop_duplicates(["document", "group"]).set_index(["document", "group"])["words"]
    return rows.drop(columns="words").join(sizes, on=["document", "group"]).assign(unit=unit)


def _documents(
    tables: Tables, themes: Sequence[str], contrasts: Sequence[Mapping[str, Any]], testing: Testing
) -> pd.DataFrame:
    # Overdispersion is estimated from all texts, dated or not, so that intervals are those of theme_rates.
    rows = _measured(tables, themes, contrasts, "document", testing)
    published = tables.documents.set_index("document")["published"].fillna("").astype(str)
    dates = published[published != ""].rename("period").to_frame()
    first, last = first_and_last_days(dates["period"].tolist())
    dates = dates.assign(first=first.astype(str), last=last.astype(str))
    rows = rows[rows["document"].isin(dates.index)].join(dates, on="document")
    order = ["first", "last", "document"]
    return rows.assign(documents=1, segment=1, grouping="").sort_values(order, kind="stable")


def _periods(
    tables: Tables,
    themes: Sequence[str],
    contrasts: Sequence[Mapping[str, Any]],
    period: str,
    groupings: Sequence[str],
    testing: Testing,
) -> pd.DataFrame:
    """Rates and shares of each period, of all texts ("" among the groupings) and of each group.

    Texts whose date covers several periods are left out.
    """
    published = tables.documents["published"].fillna("").astype(str)
    dated = published[published != ""]
    first, last = first_and_last_days(dated.tolist())
    kept = holds(first, last, period)
    numbers = pd.Series(period_numbers(first[kept], period).astype(str), dated.index[kept])
    parts = []
    for grouping in groupings:
        names = tables.documents.loc[numbers.index, group_column(grouping)].fillna("").astype(str) if grouping else ""
        labels = names + APART + numbers
        regrouped = tables.documents.assign(group=labels.reindex(tables.documents.index).fillna(""))
        rows = _measured(replace(tables, documents=regrouped), themes, contrasts, "group", testing)
        rows["documents"] = rows["group"].map(labels.value_counts())
        parted = {label: label.rpartition(APART) for label in rows["group"].unique()}
        group, number = (rows["group"].map({label: part[i] for label, part in parted.items()}) for i in (0, 2))
        rows = rows.assign(grouping=grouping, group=group, number=number.astype(np.int64))
        rows = rows[(rows["group"] != "") | (grouping == "")].sort_values(["group", "number"], kind="stable")
        parts.append(rows)
    rows = pd.concat(parts, ignore_index=True)
    places = rows[["grouping", "group", "number"]].drop_duplicates()
    begins, ends = (days.astype(str) for days in period_days(places["number"].to_numpy(), period))
    places = places.assign(first=begins, last=ends, period=[period_label(day, period) for day in begins])
    of_group = places.groupby(["grouping", "group"])["number"]
    places["segment"] = of_group.transform(lambda numbers: segments(numbers.to_numpy(), 1))
    return rows.assign(unit="period").merge(places, on=["grouping", "group", "number"], how="left")


def _smooth(texts: Texts, testing: Testing) -> pd.DataFrame:
    """The smooth line of each measure that has one, at each point of the series."""
    series = compared_series(texts, testing)
    if series is None or not series.tested.any():
        return pd.DataFrame(columns=TREND_COLUMNS)
    values, tested = series.series, np.flatnonzero(series.tested)
    scale = np.where(texts.shares, 1.0, PER_THOUSAND)[tested]
    line, low, high = (scale * part[tested].T for part in smooth_band(series, testing.confidence))
    step = np.diff(values.time)
    longest = max(LONG_SHARE * float(np.ptp(values.time)), LONG_TIMES * float(np.median(step)))
    share, names = texts.shares[tested], np.array(texts.names, dtype=object)[tested]
    facts = {
        "first": values.first.astype(str),
        "last": values.last.astype(str),
        "documents": values.texts,
        "segment": segments(values.time, longest),
    }
    rows = pd.DataFrame({name: np.repeat(values_of, len(tested)) for name, values_of in facts.items()})
    columns = {
        "measure": np.where(share, SHARE, RATE),
        "theme": np.where(share, "", names),
        "contrast": np.where(share, names, ""),
    }
    rows = rows.assign(**{name: np.tile(values_of, len(values.time)) for name, values_of in columns.items()})
    ends = {"estimate": line.ravel(), "low": low.ravel(), "high": high.ravel()}
    return rows.assign(unit="smooth", document="", period="", inference="document", **ends)
