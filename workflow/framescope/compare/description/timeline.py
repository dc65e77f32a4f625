"""Which years, and which eras, each theme is spoken of with."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.inputs import headline
from framescope.theme_paths import with_ancestors

SENTENCE = ["document", "paragraph", "sentence"]
COLUMNS = ["document", "period", "theme", "years", "mentions", "weight", "sentences", "series"]
REFERENCES = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
ALL = "all"
ANCHORED = r"publication (.*)"
YEAR_OR_LESS = r"\d{4}(-[^/]*)?"


def year_weights(years: NDArray[np.int64]) -> NDArray[np.float64]:
    """What a date of so many years adds to each of them: 1 / years, so that every date weighs 1 in all.

    The aoristic weight of Ratcliffe (2000), International Journal of Geographical Information Science 14, by years.

    >>> year_weights(np.array([1, 10])).tolist()  # May 1954, and the 1950s
    [1.0, 0.1]
    """
    return np.asarray(1 / years)


def timeline(dates: pd.DataFrame, hits: pd.DataFrame, sentences: pd.DataFrame, max_years: int = 1000) -> pd.DataFrame:
    """Dates of each document counted by period and theme, one row a document, series, period, theme and `years`.

    A date counts once for every theme with a headline hit in its sentence, and once for the theme "all" in any case. A
    theme counts for its parents too. `series` is

    - "years": `period` is one year ("1954", "-0044"). A date of n years adds 1/n to each of them (`year_weights`), so
      that "the 1950s" weighs no more than "May 1954"; `years` is that n, which keeps the two apart.
    - "own days": dates counted from the document's publication that hold it and are no longer than a year ("tonight",
      "this week", "this year"), by years as above. Without a date of publication such dates are undated.
    - "era": `period` is the era's name, the weight 1 a mention, `years` its length, 0 of an open one.
    - "undated": dates without a known interval, or open on one side, or longer than `max_years`; `period` is "undated".

    `mentions` are date mentions, `sentences` distinct sentences. Citations, lengths of time without an interval
    ("three years"; "the past three years" have one), repetitions, references to present, past and future, and dates in
    sentences of other voices than the author's are left out. Takes the columns
    document, paragraph, sentence, type, value, first, last, citation and anchor of `dates`; document, paragraph,
    sentence, theme and voice of `hits`; document, paragraph, sentence and voice of `sentences`.
    """
    counted = _counted(dates, sentences)
    themed = counted.merge(_themes_of(hits), on=SENTENCE, how="left")
    everything = counted.assign(theme=ALL)
    mentions = pd.concat([themed.dropna(subset="theme"), everything], ignore_index=True)
    spread = _spread(mentions, max_years)
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


def _counted(dates: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The date mentions of author's sentences that may stand in a timeline."""
    own = sentences.loc[sentences["voice"] == "author", SENTENCE].drop_duplicates()
    lies_in_calendar = dates["type"].eq("DURATION") & dates["first"].notna() & dates["last"].notna()
    wanted = (dates["type"].isin(["DATE", "TIME", "ERA"]) | lies_in_calendar) & ~dates["citation"].astype(bool)
    wanted &= ~dates["value"].isin(REFERENCES)
    kept = dates.loc[wanted, [*SENTENCE, "type", "value", "first", "last", "anchor"]].merge(own, on=SENTENCE)
    kept["mention"] = np.arange(len(kept))
    return kept


def _themes_of(hits: pd.DataFrame) -> pd.DataFrame:
    """Each sentence with each theme of a headline hit in it, and the theme's parents: defence.threat and defence."""
    return with_ancestors(headline(hits)[[*SENTENCE, "theme"]]).reset_index(drop=True)


def _spread(mentions: pd.DataFrame, max_years: int) -> pd.DataFrame:
    """One row a mention, theme and year of it, with the year's share of the mention."""
    first, last = _year_count(mentions["first"]), _year_count(mentions["last"])
    length = last - first + 1
    era = mentions["type"].eq("ERA").to_numpy()
    dated = ~era & length.notna().to_numpy() & length.le(max_years).to_numpy()
    size = np.where(dated, length.fillna(1), 1).astype("int64")
    series = np.select([era, dated & _of_own_days(mentions), dated], ["era", "own days", "years"], "undated")
    out = mentions.assign(series=series)
    out = out.assign(
        years=np.where(dated, size, np.where(era, length.fillna(0), 0)).astype("int64"), weight=year_weights(size)
    )
    rows = np.repeat(np.arange(len(out)), size)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
    out = out.iloc[rows].reset_index(drop=True)
    count = np.where(dated, first.fillna(0), 0).astype("int64")[rows] + step
    by_year = out["series"].isin(["years", "own days"])
    out["year"] = np.where(by_year, count - (count <= 0), 0)
    text = out["year"].abs().astype("str").str.zfill(4)
    year_text = text.where(out["year"] >= 0, "-" + text)
    out["period"] = np.select([by_year, out["series"].eq("era")], [year_text, out["value"]], "undated")
    return out


def _of_own_days(mentions: pd.DataFrame) -> NDArray[np.bool_]:
    """Which mentions count from the publication, hold it and last a year at most: "this year", not "last year"."""
    day = mentions["anchor"].astype("object").fillna("").str.extract(f"^{ANCHORED}$")[0]
    short = mentions["value"].str.fullmatch(YEAR_OR_LESS)
    # A day, month or year of publication: as much of an end as it says is compared.
    held = [
        isinstance(published, str) and str(first)[: len(published)] <= published <= str(last)[: len(published)]
        for published, first, last in zip(day, mentions["first"], mentions["last"], strict=True)
    ]
    return np.asarray(short & np.array(held, dtype=bool), dtype=bool)


def _year_count(days: pd.Series) -> pd.Series:
    """The years of ISO days as numbers to reckon with: 1 BC is 0, 2 BC is -1."""
    year = pd.to_numeric(days.astype("object").where(days.notna(), "").astype("str").str.extract(r"^(-?\d+)-")[0])
    return year + (year < 0)
