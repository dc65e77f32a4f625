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
from framescope.compare.time.fits import FEWEST_POINTS, fit_break, fit_trend, likeness
from framescope.compare.time.series import Series, Texts, dated_texts, of_group, series_of
from framescope.compare.time.simulated import (
    MOST_THEMES,
    Bank,
    band_reach,
    bank,
    break_reach,
    held,
    null_p,
    pooled,
)
from framescope.compare.time.smooth import smooth

# Fewer points say nothing of how alike neighbours are.
FEWEST_DATES = 4 * FEWEST_POINTS
FEWEST_HITS = 20
PER_THOUSAND, TEN_YEARS = 1000.0, 10.0
OVER_TIME = "over time"
RATE, SHARE = "rate_per_1000", "share_a"
FACTS = ["measure", "theme", "contrast", "group", "test", "points", "documents", "first", "last", "hits"]
DATES = ["break_at", "break_low", "break_high"]
NUMBERS = ["before", "after", "slope", "low", "high", "autocorrelation", "statistic", "critical", "p"]
CHANGE_COLUMNS = [*FACTS, *NUMBERS[:5], *DATES, *NUMBERS[5:], "p_corrected", "family", "tests_in_family", "verdict"]


@dataclass(frozen=True)
class Held:
    """A series with what it is held against: its bank, the themes that lend their likeness, and the rows that have
    points and hits enough.
    """

    series: Series
    simulated: Bank
    lenders: NDArray[np.bool_]
    told: NDArray[np.bool_]


def held_against(texts: Texts, testing: Testing) -> Held | None:
    """The series of these texts with the simulated ones; none where there are under twenty points."""
    series = series_of(texts)
    if len(series.time) < FEWEST_DATES:
        return None
    told = ((series.weight > 0).sum(axis=1) >= FEWEST_DATES) & (series.hits >= FEWEST_HITS)
    top = np.array(["." not in name for name in texts.names], dtype=bool)
    lenders = told & top & ~series.shares
    themes = int(np.clip(lenders.sum(), 1, MOST_THEMES))
    return Held(series, bank(tuple(series.time.tolist()), themes, testing.seed), lenders, told)


def alike(series: Held, residuals: Array) -> Array:
    """The likeness of each measure's neighbours, drawn to the mean of the study's themes (`pooled`)."""
    own = likeness(residuals)
    return pooled(own, own[series.lenders].mean() if series.lenders.any() else own)


def smooth_band(series: Held, confidence: float) -> tuple[Array, Array, Array]:
    """The smooth line of each measure at each point with the ends of its band; not numbers where not told."""
    values = series.series
    reach = band_reach(
        series.simulated.smooth, alike(series, fit_break(values.value, values.weight).residuals), confidence
    )
    line, low, high = np.full((3, *values.value.shape), np.nan)
    for row in np.flatnonzero(series.told):
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
    """Two rows for each theme and contrast: its trend, and its break; then the same for each group (`group`).

    Of a trend `before` and `after` are the means of the first and the last third of the points, `slope` what the line
    rises by in ten years, low and high the slope's interval (`fit_trend`). Of a break they are the means of the
    texts before and after it (`fit_break`), `break_at` is the date of the first text after it, break_low and break_high
    the ends of its interval (`held`, `break_reach`). Rates are per 1,000 words, contrasts shares of side a.
    `autocorrelation` is the `likeness` of neighbours that p allows for (`null_p`), critical what the statistic has to
    exceed.

    Contrasts and focus themes over all texts are a family each, corrected by Holm's method; all else is exploratory
    (`adjust`). Under twenty dates, or twenty hits, there is no test: "too little text".
    """
    listed = theme_list(tables.hits, themes)
    texts = dated_texts(tables, listed, contrasts)
    if not len(texts.documents):
        return pd.DataFrame(columns=CHANGE_COLUMNS)
    groups = [group for group in sorted(set(texts.groups)) if group]
    parts = [_rows(texts, "", testing)]
    parts += [_rows(of_group(texts, group), group, testing) for group in groups if len(groups) > 1]
    return _judged(pd.concat(parts, ignore_index=True), focus_themes, testing.level)[CHANGE_COLUMNS]


def _rows(texts: Texts, group: str, testing: Testing) -> pd.DataFrame:
    """Trend and break of each measure of these texts, without corrections."""
    names = np.array(texts.names, dtype=object)
    series = held_against(texts, testing)
    facts = pd.DataFrame(
        {
            "measure": np.where(texts.shares, SHARE, RATE),
            "theme": np.where(texts.shares, "", names),
            "contrast": np.where(texts.shares, names, ""),
            "group": group,
            "points": 0 if series is None else len(series.series.time),
            "documents": len(texts.documents),
            "first": str(texts.first.min()) if len(texts.first) else "",
            "last": str(texts.last.max()) if len(texts.last) else "",
            "hits": texts.y.sum(axis=0).astype(np.int64),
        }
    )
    nothing = facts.assign(**dict.fromkeys(NUMBERS, np.nan), **dict.fromkeys(DATES, ""))
    if series is None:
        found = dict.fromkeys(("trend", "break"), nothing)
    else:
        scale = np.where(texts.shares, 1.0, PER_THOUSAND)
        numbers = {"trend": _trend(series, scale, testing), "break": _break(series, scale, testing)}
        told = series.told
        found = {
            test: nothing.assign(**{name: np.where(told, of, nothing[name]) for name, of in columns.items()})
            for test, columns in numbers.items()
        }
    both = pd.concat([rows.assign(test=test) for test, rows in found.items()])
    return both.sort_index(kind="stable").reset_index(drop=True)


def _trend(series: Held, scale: Array, testing: Testing) -> dict[str, Array]:
    values = series.series
    line = fit_trend(values.value, values.weight, values.time)
    likenesses = alike(series, line.residuals)
    p, critical = null_p(series.simulated.trend, likenesses, line.statistic, testing.confidence)
    ends = (line.slope - critical * line.error, line.slope + critical * line.error)
    slope, low, high = (scale * TEN_YEARS * part for part in (line.slope, *ends))
    return {
        **{"before": scale * line.first, "after": scale * line.last},
        **{"slope": slope, "low": low, "high": high},
        **{"autocorrelation": likenesses, "statistic": line.statistic, "critical": critical, "p": p},
    }


def _break(series: Held, scale: Array, testing: Testing) -> dict[str, NDArray[Any]]:
    values = series.series
    found = fit_break(values.value, values.weight)
    likenesses = alike(series, found.residuals)
    p, critical = null_p(series.simulated.broken, likenesses, found.statistic, testing.confidence)
    reach = break_reach(series.simulated, likenesses, found.size, testing.confidence)
    days = values.first.astype(str).astype(object)
    low, high = (days[place] for place in held(found.misfit, reach, found.places))
    return {
        **{"before": scale * found.before, "after": scale * found.after},
        **{"break_at": days[found.place], "break_low": low, "break_high": high},
        **{"autocorrelation": likenesses, "statistic": found.statistic, "critical": critical, "p": p},
    }


def _judged(table: pd.DataFrame, focus_themes: Sequence[str], level: float) -> pd.DataFrame:
    """The rows with their families, corrected p and verdicts."""
    whole = table["group"] == ""
    focal = whole & table["theme"].isin(list(focus_themes))
    family = pd.Series(EXPLORATORY, table.index).mask(focal, f"{FOCUS}, {OVER_TIME}")
    family = family.mask(whole & (table["contrast"] != ""), "contrast: " + table["contrast"] + f", {OVER_TIME}")
    families = family.to_frame("family")
    holm, rest = (adjust(table["p"], families, method) for method in ("holm", "fdr_bh"))
    corrected = rest.where(family == EXPLORATORY, holm)
    return table.assign(
        p_corrected=corrected,
        family=family,
        tests_in_family=family_sizes(table["p"], families),
        verdict=verdicts(corrected, level),
    )
