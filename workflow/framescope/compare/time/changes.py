"""Does emphasis change over time? A trend and a break of each theme and contrast, tested and with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framescope.compare.counts.blocks import Array, theme_list
from framescope.compare.inference.families import EXPLORATORY, FOCUS, adjust, family_sizes, verdicts
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing
from framescope.compare.time.fits import FEWEST_POINTS, autocorrelation, fit_break, fit_trend
from framescope.compare.time.series import Series, Texts, dated_texts, parts_of, series_of
from framescope.compare.time.simulated import (
    MOST_THEMES,
    Bank,
    band_reach,
    bank,
    break_interval,
    break_reach,
    null_p,
    pooled,
    smooth_null,
)
from framescope.compare.time.smooth import smooth

# From fewer points the autocorrelation cannot be estimated.
FEWEST_DATES = 4 * FEWEST_POINTS
FEWEST_HITS = 20
PER_THOUSAND, TEN_YEARS = 1000.0, 10.0
OVER_TIME = "over time"
RATE, SHARE = "rate_per_1000", "share_a"
FACTS = ["measure", "theme", "contrast", "grouping", "group", "test", "points", "documents", "first", "last", "hits"]
DATES = ["break_at", "break_low", "break_high"]
NUMBERS = ["before", "after", "slope", "low", "high", "autocorrelation", "statistic", "critical", "p"]
CHANGE_COLUMNS = [*FACTS, *NUMBERS[:5], *DATES, *NUMBERS[5:], "p_corrected", "family", "tests_in_family", "verdict"]


@dataclass(frozen=True)
class ComparedSeries:
    """A series with the simulated series that it is compared with.

    `tested` are the rows with enough points and hits for a test, `top_themes` those of them that are top-level themes,
    over which the mean autocorrelation of the study is taken.
    """

    series: Series
    simulated: Bank
    top_themes: NDArray[np.bool_]
    tested: NDArray[np.bool_]


def compared_series(texts: Texts, testing: Testing) -> ComparedSeries | None:
    """The series of these texts with the simulated ones, or None if it has fewer than twenty points."""
    series = series_of(texts)
    if len(series.time) < FEWEST_DATES:
        return None
    tested = ((series.weight > 0).sum(axis=1) >= FEWEST_DATES) & (series.hits >= FEWEST_HITS)
    top = np.array(["." not in name for name in texts.names], dtype=bool)
    top_themes = tested & top & ~series.shares
    themes = int(np.clip(top_themes.sum(), 1, MOST_THEMES))
    return ComparedSeries(series, bank(tuple(series.time.tolist()), themes, testing.seed), top_themes, tested)


def autocorrelations(series: ComparedSeries, residuals: Array) -> Array:
    """The autocorrelation of each measure, shrunk towards the mean of the study's themes (`pooled`)."""
    own = autocorrelation(residuals)
    return pooled(own, own[series.top_themes].mean() if series.top_themes.any() else own)


def smooth_band(series: ComparedSeries, confidence: float) -> tuple[Array, Array, Array]:
    """The smooth line of each measure at each point with the limits of its band; NaN for measures without a test."""
    values = series.series
    correlation = autocorrelations(series, fit_break(values.value, values.weight).residuals)
    reach = band_reach(smooth_null(series.simulated), correlation, confidence)
    line, low, high = np.full((3, *values.value.shape), np.nan)
    for row in np.flatnonzero(series.tested):
        drawn = smooth(values.value[row : row + 1], values.weight[row], values.time)
        line[row] = drawn.line[0]
        low[row], high[row] = line[row] - reach[row] * drawn.error[0], line[row] + reach[row] * drawn.error[0]
    top = np.where(values.shares, 1.0, np.inf)[:, np.newaxis]
    return np.clip(line, 0, top), np.clip(low, 0, top), np.clip(high, 0, top)


def changes(
    tables: Tables,
    *,
    themes: Sequence[str] | None = None,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    focus_themes: Sequence[str] = (),
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """Two rows for each theme and contrast: its trend, and its break; then the same for each group of each grouping.

    For a trend, `before` and `after` are the means of the first and the last third of the points, `slope` is the change
    of the line in ten years, and low and high are the limits of its interval (`fit_trend`). For a break, `before` and
    `after` are the means of the texts before and after it (`fit_break`), `break_at` is the date of the first text after
    it, and break_low and break_high are the limits of its interval (`break_interval`, `break_reach`). Rates are per
    1,000 words, contrasts are shares of side a. `autocorrelation` is that of the residuals, for which p allows
    (`null_p`), and `critical` is the value that the statistic has to exceed.

    Contrasts and focus themes over all texts are a family each, corrected by Holm's method; all other tests are
    exploratory, corrected within all texts and within each grouping (`adjust`). With fewer than twenty dates or twenty
    hits there is no test: "too little text".
    """
    listed = theme_list(tables.hits, themes)
    texts = dated_texts(tables.tested(testing), listed, contrasts)
    if not len(texts.documents):
        return pd.DataFrame(columns=CHANGE_COLUMNS)
    parts = [_rows(own, testing).assign(grouping=grouping, group=group) for grouping, group, own in parts_of(texts)]
    return _judged(pd.concat(parts, ignore_index=True), focus_themes, testing.level)[CHANGE_COLUMNS]


def _rows(texts: Texts, testing: Testing) -> pd.DataFrame:
    """Trend and break of each measure of these texts, without corrections."""
    names = np.array(texts.names, dtype=object)
    series = compared_series(texts, testing)
    facts = pd.DataFrame(
        {
            "measure": np.where(texts.shares, SHARE, RATE),
            "theme": np.where(texts.shares, "", names),
            "contrast": np.where(texts.shares, names, ""),
            "points": 0 if series is None else len(series.series.time),
            "documents": len(texts.documents),
            "first": str(texts.first.min()) if len(texts.first) else "",
            "last": str(texts.last.max()) if len(texts.last) else "",
            "hits": texts.y.sum(axis=0).astype(np.int64),
        }
    )
    nothing = facts.assign(**dict.fromkeys(NUMBERS, np.nan), **dict.fromkeys(DATES, ""))
    if series is None:
        results = dict.fromkeys(("trend", "break"), nothing)
    else:
        scale = np.where(texts.shares, 1.0, PER_THOUSAND)
        numbers = {"trend": _trend(series, scale, testing), "break": _break(series, scale, testing)}
        results = {
            test: nothing.assign(**{name: np.where(series.tested, of, nothing[name]) for name, of in columns.items()})
            for test, columns in numbers.items()
        }
    both = pd.concat([rows.assign(test=test) for test, rows in results.items()])
    return both.sort_index(kind="stable").reset_index(drop=True)


def _trend(series: ComparedSeries, scale: Array, testing: Testing) -> dict[str, Array]:
    values = series.series
    line = fit_trend(values.value, values.weight, values.time)
    correlation = autocorrelations(series, line.residuals)
    p, critical = null_p(series.simulated.trend, correlation, line.statistic, testing.confidence)
    ends = (line.slope - critical * line.error, line.slope + critical * line.error)
    slope, low, high = (scale * TEN_YEARS * part for part in (line.slope, *ends))
    return {
        **{"before": scale * line.first, "after": scale * line.last},
        **{"slope": slope, "low": low, "high": high},
        **{"autocorrelation": correlation, "statistic": line.statistic, "critical": critical, "p": p},
    }


def _break(series: ComparedSeries, scale: Array, testing: Testing) -> dict[str, NDArray[Any]]:
    values = series.series
    fit = fit_break(values.value, values.weight)
    correlation = autocorrelations(series, fit.residuals)
    p, critical = null_p(series.simulated.broken, correlation, fit.statistic, testing.confidence)
    reach = break_reach(series.simulated, correlation, fit.size, testing.confidence)
    days = values.first.astype(str).astype(object)
    low, high = (days[place] for place in break_interval(fit.misfit, reach, fit.places))
    return {
        **{"before": scale * fit.before, "after": scale * fit.after},
        **{"break_at": days[fit.place], "break_low": low, "break_high": high},
        **{"autocorrelation": correlation, "statistic": fit.statistic, "critical": critical, "p": p},
    }


def _judged(table: pd.DataFrame, focus_themes: Sequence[str], level: float) -> pd.DataFrame:
    """The rows with their families, corrected p and verdicts."""
    whole = table["grouping"] == ""
    focal = whole & table["theme"].isin(list(focus_themes))
    family = pd.Series(EXPLORATORY, table.index).mask(focal, f"{FOCUS}, {OVER_TIME}")
    family = family.mask(whole & (table["contrast"] != ""), "contrast: " + table["contrast"] + f", {OVER_TIME}")
    families = family.to_frame("family").assign(grouping=table["grouping"])
    holm, rest = (adjust(table["p"], families, method) for method in ("holm", "fdr_bh"))
    corrected = rest.where(family == EXPLORATORY, holm)
    return table.assign(
        p_corrected=corrected,
        family=family,
        tests_in_family=family_sizes(table["p"], families),
        verdict=verdicts(corrected, level),
    )
