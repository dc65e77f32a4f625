"""Rates and shares by date of publication: text by text, period by period, and as a smooth line with its band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    for part in _documents(tables, listed, contrasts, testing):
        yield part.reindex(columns=TREND_COLUMNS)
    length = period or chosen_period(texts.first, texts.last)
    for part in _periods(tables, listed, contrasts, length, groupings, testing):
        yield part.reindex(columns=TREND_COLUMNS)
    for grouping, group, own in parts_of(texts):
        yield _smooth(own, testing).assign(grouping=grouping, group=group).reindex(columns=TREND_COLUMNS)


def segments(place: pd.Series | np.ndarray, longest: float) -> np.ndarray:
    """The number, from 1, of the segment without a gap that each place belongs to; places are in rising order.

    A step larger than `longest` is a gap.

    >>> segments(np.array([1, 2, 3, 7, 8]), 1.0).tolist()
    [1, 1, 1, 2, 2]
    """
    return np.asarray(1 + (np.diff(place, prepend=place[:1]) > longest).cumsum())


def _rates(parts: Iterable[pd.DataFrame], level: int | None = None) -> Iterator[pd.DataFrame]:
    """Rates of themes in the columns of `trends`, of one level or of all."""
    renamed = {"rate_per_1000": "estimate", "rate_low": "low", "rate_high": "high"}
    for part in parts:
        rows = part if level is None else part[part["level"] == level]
        yield rows[[*RATES, *renamed]].rename(columns=renamed).assign(measure=RATE, contrast="")


def _shares(tables: Tables, contrasts: Sequence[Mapping[str, Any]], unit: str, testing: Testing) -> pd.DataFrame:
    """Shares of contrasts in the columns of `trends`, but for words."""
    shares = contrasts_of(tables, contrasts=contrasts, units=[unit], testing=testing)
    both = shares["hits_a"] + shares["hits_b"]
    shares = shares.rename(columns={"share_a": "estimate", "hits_a": "hits"}).drop(columns=["low", "high"])
    shares = shares.rename(columns={"share_low": "low", "share_high": "high"}).assign(hits_both=both)
    return shares.assign(measure=SHARE, theme="")


def _together(rates: pd.DataFrame, shares: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Rates and shares of the same units, and the words of each unit."""
    rows = pd.concat([rates, shares])
    sizes = rates.drop_duplicates(["document", "group"]).set_index(["document", "group"])["words"]
    return rows.drop(columns="words").join(sizes, on=["document", "group"]).assign(unit=unit)


def _documents(
    tables: Tables, themes: Sequence[str], contrasts: Sequence[Mapping[str, Any]], testing: Testing
) -> Iterator[pd.DataFrame]:
    """The rows of documents in the order of their dates, some documents at a time."""
    published = tables.documents.set_index("document")["published"].fillna("").astype(str)
    dates = published[published != ""].rename("period").to_frame()
    first, last = first_and_last_days(dates["period"].tolist())
    dates = dates.assign(first=first.astype(str), last=last.astype(str))
    dates = dates.sort_values(["first", "last", "document"], kind="stable")
    # Units are in the order of their sentences. Overdispersion is estimated from all texts, dated or not, so that
    # intervals are those of theme_rates.
    order = pd.Series(range(len(dates)), dates.index)
    place = tables.sentences["document"].map(order).fillna(len(order))
    dated = replace(tables, sentences=tables.sentences.loc[place.sort_values(kind="stable").index])
    shares = _shares(tables, contrasts, "document", testing)
    for rates in _rates(rates_in_parts(dated, themes=themes, units=["document"], testing=testing), level=1):
        of_part = rates["document"].unique()
        rows = _together(rates, shares[shares["document"].isin(of_part)], "document")
        rows = rows[rows["document"].isin(dates.index)].join(dates, on="document")
        rows = rows.sort_values("document", kind="stable", key=lambda column: column.map(order))
        yield rows.assign(documents=1, segment=1, grouping="")


def _periods(
    tables: Tables,
    themes: Sequence[str],
    contrasts: Sequence[Mapping[str, Any]],
    period: str,
    groupings: Sequence[str],
    testing: Testing,
) -> Iterator[pd.DataFrame]:
    """Rates and shares of each period, of all texts ("" among the groupings) and of each group, in parts.

    Texts whose date covers several periods are left out.
    """
    published = tables.documents["published"].fillna("").astype(str)
    dated = published[published != ""]
    first, last = first_and_last_days(dated.tolist())
    kept = holds(first, last, period)
    if not kept.any():
        return
    numbers = pd.Series(period_numbers(first[kept], period), dated.index[kept])
    # Periods are called by their places in time with as many digits as the last, so that their names are in order too.
    place = numbers.rank(method="dense").astype(int).astype(str)
    place = place.str.zfill(place.str.len().max())
    counted = tables.documents["document"].isin(tables.sentences["document"])
    for grouping in groupings:
        groups = tables.documents[group_column(grouping)].fillna("").astype(str) if grouping else ""
        texts = pd.DataFrame({"number": numbers, "of": groups}, index=numbers.index)
        labels = texts["of"] + APART + place
        periods = _places(texts.assign(label=labels)[counted.loc[texts.index]], period)
        periods = periods.assign(documents=labels.value_counts())
        regrouped = tables.documents.assign(group=labels.reindex(tables.documents.index).fillna(""))
        grouped = replace(tables, documents=regrouped)
        shares = _shares(grouped, contrasts, "group", testing)
        for rates in _rates(rates_in_parts(grouped, themes=themes, units=["group"], testing=testing)):
            rows = _together(rates, shares[shares["group"].isin(rates["group"].unique())], "period")
            rows = rows.sort_values("group", kind="stable").rename(columns={"group": "label"})
            rows = rows.merge(periods, left_on="label", right_index=True).assign(grouping=grouping)
            yield rows[(rows["group"] != "") | (grouping == "")]


def _places(texts: pd.DataFrame, period: str) -> pd.DataFrame:
    """The periods of these texts by `label`: group, first and last day, name, and the segment between gaps."""
    places = texts.drop_duplicates("label").set_index("label").sort_index()
    begins, ends = (days.astype(str) for days in period_days(places["number"].to_numpy(), period))
    places = places.assign(first=begins, last=ends, period=[period_label(day, period) for day in begins])
    of_group = places.groupby("of")["number"]
    places["segment"] = of_group.transform(lambda numbers: segments(numbers.to_numpy(), 1))
    return places.rename(columns={"of": "group"}).drop(columns="number")


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
