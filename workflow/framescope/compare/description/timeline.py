"""The years and eras that are mentioned together with each theme."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.ancestors import with_ancestors
from framescope.compare.inputs import headline, in_parts
from framescope.tables import DOCUMENTS_AT_ONCE

SENTENCE = ["document", "paragraph", "sentence"]
# The columns of sentences and hits that are used.
READ = {"sentences": [*SENTENCE, "voice"], "hits": [*SENTENCE, "theme", "voice"]}
COLUMNS = ["document", "period", "theme", "years", "mentions", "weight", "sentences", "series"]
REFERENCES = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
ALL = "all"
YEARS, OWN_DAYS = "years", "own days"
ANCHORED = r"publication (.*)"
YEAR_OR_LESS = r"\d{4}(-[^/]*)?"


def year_weights(years: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weight that a date gives to each of its years: 1 / years, so that the weights of a date sum to 1.

    The aoristic weight of Ratcliffe (2000), International Journal of Geographical Information Science 14, by years.

    >>> year_weights(np.array([1, 10])).tolist()  # May 1954, and the 1950s
    [1.0, 0.1]
    """
    return np.asarray(1 / years)


def timeline(dates: pd.DataFrame, hits: pd.DataFrame, sentences: pd.DataFrame, max_years: int = 1000) -> pd.DataFrame:
    """Dates counted by period and theme: a row for each document, series, period, theme and number of `years`.

    A date counts once for every theme with a headline hit in its sentence, for the parents of these themes, and in any
    case once for the theme "all". `series` is

    - "years": `period` is one year ("1954", "-0044"). A date of n years gives each of them the weight 1/n
      (`year_weights`), so that "the 1950s" has the same weight as "May 1954"; `years` is n.
    - "own days": dates relative to the document's publication that contain it and are no longer than a year ("tonight",
      "this week", "this year"), by years as above. Without a date of publication such dates are undated.
    - "era": `period` is the name of the era, each mention has the weight 1, and `years` is the era's length, or 0 if
      it has no end.
    - "undated": dates without a known interval, with only one end, or longer than `max_years`; `period` is "undated".

    `mentions` is the number of dates, `sentences` that of different sentences. Citations, durations without an interval
    ("three years", whereas "the past three years" has one), repetitions, references to present, past and future, and
    dates in sentences of other voices than the author's are left out. The columns used are document, paragraph,
    sentence, type, value, first, last, citation and anchor of `dates`; document, paragraph, sentence, theme and voice
    of `hits`; document, paragraph, sentence and voice of `sentences`.
    """
    counted = counted_dates(dates, sentences, max_years)
    themed = counted.merge(_themes_of(hits), on=SENTENCE, how="left")
    everything = counted.assign(theme=ALL)
    mentions = pd.concat([themed.dropna(subset="theme"), everything], ignore_index=True)
    spread = _spread(mentions)
    spread["place"] = spread.groupby(SENTENCE, sort=False).ngroup()
    keys = ["document", "series", "period", "theme", "years"]
    table = spread.groupby(keys, sort=True).agg(
        mentions=("mention", "nunique"),
        weight=("weight", "sum"),
        sentences=("place", "nunique"),
        year=("year", "first"),
    )
    table = table.reset_index().sort_values(["document", "series", "year", "period", "theme", "years"], kind="stable")
    return table[COLUMNS].reset_index(drop=True)


def timeline_in_parts(
    dates: pd.DataFrame, hits: pd.DataFrame, sentences: pd.DataFrame, most: int = DOCUMENTS_AT_ONCE
) -> Iterator[pd.DataFrame]:
    """The rows of `timeline` of at most so many documents at a time."""
    dates = dates[[*SENTENCE, "type", "value", "first", "last", "citation", "anchor"]]
    frames = {"hits": hits[READ["hits"]], "sentences": sentences[READ["sentences"]]}
    for part in in_parts({"dates": dates, **frames}, most):
        yield timeline(part["dates"], part["hits"], part["sentences"])


def counted_dates(dates: pd.DataFrame, sentences: pd.DataFrame, max_years: int = 1000) -> pd.DataFrame:
    """The dates that the timeline counts, in the author's sentences: document, paragraph, sentence, value and anchor;
    mention, the place of the date in `dates`, from 0; series and years as in `timeline`; weight, that of each of its
    years; and first and last, its years as astronomical numbers, in which 1 BC is 0, if it has both.
    """
    author = sentences.loc[sentences["voice"] == "author", SENTENCE].drop_duplicates()
    with_interval = dates["type"].eq("DURATION") & dates["first"].notna() & dates["last"].notna()
    wanted = (dates["type"].isin(["DATE", "TIME", "ERA"]) | with_interval) & ~dates["citation"].astype(bool)
    wanted &= ~dates["value"].isin(REFERENCES)
    kept = dates.assign(mention=np.arange(len(dates)))
    kept = kept.loc[wanted, [*SENTENCE, "type", "value", "first", "last", "anchor", "mention"]]
    kept = kept.merge(author, on=SENTENCE)
    first, last = _year_count(kept["first"]), _year_count(kept["last"])
    length = last - first + 1
    era = kept["type"].eq("ERA").to_numpy()
    dated = ~era & length.notna().to_numpy() & length.le(max_years).to_numpy()
    size = np.where(dated, length.fillna(1), 1).astype("int64")
    series = np.select([era, dated & _of_own_days(kept), dated], ["era", OWN_DAYS, YEARS], "undated")
    years = np.where(dated, size, np.where(era, length.fillna(0), 0)).astype("int64")
    return kept.assign(series=series, years=years, weight=year_weights(size), first=first, last=last)


def _themes_of(hits: pd.DataFrame) -> pd.DataFrame:
    """A row for each sentence and theme of a headline hit in it, or parent of such a theme."""
    return with_ancestors(headline(hits)[[*SENTENCE, "theme"]]).reset_index(drop=True)


def _spread(mentions: pd.DataFrame) -> pd.DataFrame:
    """A row for each date, theme and year of the date, with the weight of the year."""
    by_year = mentions["series"].isin([YEARS, OWN_DAYS])
    size = np.where(by_year, mentions["years"], 1).astype("int64")
    rows = np.repeat(np.arange(len(mentions)), size)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
    out = mentions.iloc[rows].reset_index(drop=True)
    by_year = out["series"].isin([YEARS, OWN_DAYS])
    count = np.where(by_year, out["first"].fillna(0), 0).astype("int64") + step
    out["year"] = np.where(by_year, calendar_year(count), 0)
    text = out["year"].abs().astype("str").str.zfill(4)
    year_text = text.where(out["year"] >= 0, "-" + text)
    out["period"] = np.select([by_year, out["series"].eq("era")], [year_text, out["value"]], "undated")
    return out


def calendar_year(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Years as they are written, in which -1 is 1 BC, from astronomical numbers, in which it is 0.

    >>> calendar_year(np.array([1954, 0, -43])).tolist()
    [1954, -1, -44]
    """
    return count - (count <= 0)


def _of_own_days(mentions: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each date is relative to the publication, contains it and is a year or less: "this year", not "last
    year".
    """
    day = mentions["anchor"].astype("object").fillna("").str.extract(f"^{ANCHORED}$")[0]
    short = mentions["value"].str.fullmatch(YEAR_OR_LESS)
    # The publication may be a day, a month or a year, so the ends are compared to the same precision.
    contains_publication = [
        isinstance(published, str) and str(first)[: len(published)] <= published <= str(last)[: len(published)]
        for published, first, last in zip(day, mentions["first"], mentions["last"], strict=True)
    ]
    return np.asarray(short & np.array(contains_publication, dtype=bool), dtype=bool)


def _year_count(days: pd.Series) -> pd.Series:
    """The years of ISO days as astronomical year numbers, in which 1 BC is 0 and 2 BC is -1."""
    year = pd.to_numeric(days.astype("object").where(days.notna(), "").astype("str").str.extract(r"^(-?\d+)-")[0])
    return year + (year < 0)
