"""Shares, contrasts and differences of units, estimated from codes with the lexicon's hits as predictors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log, nan, sqrt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from framescope.compare.coders.survey import Estimate, Sampled, Survey, share_interval

FEWEST_CODES = 30
KEYS = ["unit", "document", "section", "role", "group"]


def coded_units(survey: Survey) -> Iterator[tuple[dict[str, str], NDArray[np.bool_]]]:
    """The study and its documents, sections, roles and groups with at least 30 coded sentences, and their sentences.

    As in other tables, a role is a unit if at least two documents have it and it was recognised or given.
    """
    frame = survey.frame
    yield dict(zip(KEYS, ("study", "", "", "", ""), strict=True)), np.ones(len(frame), dtype=bool)
    named = frame[frame["role_source"] != "default"]
    shared = named.groupby("role")["document"].nunique()
    usable = {
        "document": np.ones(len(frame), dtype=bool),
        "section": np.ones(len(frame), dtype=bool),
        "role": ((frame["role_source"] != "default") & frame["role"].isin(shared.index[shared >= 2])).to_numpy(bool),
        "group": (frame["group"] != "").to_numpy(bool),
    }
    for unit, use in usable.items():
        columns = ["document", "section"] if unit == "section" else [unit]
        codes = frame[columns].groupby(columns, sort=True).ngroup().to_numpy()
        coded = np.bincount(codes[survey.at][use[survey.at]], minlength=codes.max(initial=-1) + 1)
        for code in np.flatnonzero(coded >= FEWEST_CODES):
            inside = (codes == code) & use
            first = frame.iloc[int(np.argmax(inside))]
            further = {"section": ["role", "group"], "document": ["group"]}.get(unit, [])
            yield dict.fromkeys(KEYS, "") | {"unit": unit} | {c: str(first[c]) for c in [*columns, *further]}, inside


def estimated_shares(survey: Survey, themes: Sequence[str], confidence: float) -> pd.DataFrame:
    """A row for each coded unit and theme: its keys, theme, sentences, and the share that the codes give, estimated.

    Adds share_estimated, estimated_low, estimated_high (`Survey.share`) and estimated_on, the coded sentences in the
    unit. A share below 0 or above 1, which few codes can give, is cut.
    """
    units = list(coded_units(survey))
    rows: list[list[dict[str, Any]]] = [[] for _ in units]
    for theme in themes:
        for of_unit, (keys, inside) in zip(rows, units, strict=True):
            coded, sentences = int(inside[survey.at].sum()), int(inside.sum())
            estimate = survey.share([theme], inside)
            low, high = _interval(survey, estimate, coded, sentences, confidence)
            figures = {"share_estimated": _cut(estimate.share), "estimated_low": low, "estimated_high": high}
            of_unit.append({**keys, "theme": theme, "sentences": sentences, **figures, "estimated_on": coded})
    return pd.DataFrame([row for of_unit in rows for row in of_unit])


def _interval(survey: Survey, estimate: Estimate, coded: int, sentences: int, confidence: float) -> tuple[float, float]:
    drawn = min(coded / sentences, 1 - 1 / (sentences + 1))
    variance = survey.sampled.variance(estimate.effects)
    return share_interval(estimate.share, variance, coded / (1 - drawn), survey.sampled.freedom, confidence)


def _cut(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def estimated_contrasts(survey: Survey, contrasts: Sequence[Mapping[str, Any]], confidence: float) -> pd.DataFrame:
    """A row for each coded unit and contrast: the estimated share of sentences of either side, and their log ratio.

    log_ratio is empty where a share is 0. lean is the side on which the whole interval lies, or "neither".
    """
    units = list(coded_units(survey))
    rows = []
    for contrast in contrasts:
        for keys, inside in units:
            a, b = survey.share(contrast["a"], inside), survey.share(contrast["b"], inside)
            ratio, low, high = log_ratio(a, b, survey.sampled, confidence)
            figures = {"share_a": _cut(a.share), "share_b": _cut(b.share), "log_ratio": ratio, "low": low, "high": high}
            lean = "a" if low > 0 else "b" if high < 0 else "neither"
            coded = int(inside[survey.at].sum())
            rows.append({**keys, "contrast": contrast["name"], **figures, "lean": lean, "estimated_on": coded})
    return pd.DataFrame(rows)


def log_ratio(a: Estimate, b: Estimate, survey: Sampled, confidence: float) -> tuple[float, float, float]:
    """ln(share_a / share_b) and its interval by the delta method (Oehlert 1992, The American Statistician 46).

    The variance is that of the sum of effects_a / share_a - effects_b / share_b, what each coded sentence adds to the
    error of both shares. Not a number if a share is not above 0.

    By hand: ln(0.4 / 0.2) = ln 2; both shares are in error by the same part, so that their ratio has no error.

    >>> a, b = Estimate(0.4, np.array([0.02, -0.02])), Estimate(0.2, np.array([0.01, -0.01]))
    >>> [round(figure, 3) for figure in log_ratio(a, b, Sampled(lambda effects: float(effects @ effects), 99), 0.95)]
    [0.693, 0.693, 0.693]
    """
    if a.share <= 0 or b.share <= 0:
        return nan, nan, nan
    ratio = log(a.share / b.share)
    return ratio, *_around(ratio, survey.variance(a.effects / a.share - b.effects / b.share), survey, confidence)


def difference(a: Estimate, b: Estimate, survey: Sampled, confidence: float) -> tuple[float, float, float]:
    """share_a - share_b and its interval, from the variance of the sum of effects_a - effects_b (Cochran 1977, 5A.12).

    By hand: 0.4 - 0.1, of variance 0.01, and 1.984 is the quantile of t with 99 degrees of freedom.

    >>> a, b = Estimate(0.4, np.array([0.1, 0.0])), Estimate(0.1, np.array([0.0, 0.0]))
    >>> [round(figure, 3) for figure in difference(a, b, Sampled(lambda effects: float(effects @ effects), 99), 0.95)]
    [0.3, 0.102, 0.498]
    """
    value = a.share - b.share
    return value, *_around(value, survey.variance(a.effects - b.effects), survey, confidence)


def _around(value: float, variance: float, survey: Sampled, confidence: float) -> tuple[float, float]:
    reach = float(stats.t.ppf((1 + confidence) / 2, survey.freedom)) * sqrt(variance)
    return value - reach, value + reach


def estimated_differences(survey: Survey, themes: Sequence[str], confidence: float) -> pd.DataFrame:
    """A row for each pair of coded documents, sections of a document, roles or groups, and theme: share_a - share_b.

    The interval is from what each coded sentence adds to the error of both shares, which are not independent where the
    units share sentences. It is not corrected for the number of pairs.
    """
    rows = []
    units = list(coded_units(survey))[1:]
    pairs = [(a, b) for a, b in combinations(units, 2) if a[0]["unit"] == b[0]["unit"] and _comparable(a[0], b[0])]
    for theme in themes:
        shares = {id(inside): survey.share([theme], inside) for _, inside in units}
        for (keys_a, inside_a), (keys_b, inside_b) in pairs:
            a, b = shares[id(inside_a)], shares[id(inside_b)]
            value, low, high = difference(a, b, survey.sampled, confidence)
            unit = keys_a["unit"]
            rows.append(
                {
                    "unit": unit,
                    "document": keys_a["document"] if unit == "section" else "",
                    "unit_a": keys_a[unit],
                    "unit_b": keys_b[unit],
                    "theme": theme,
                    "share_a": _cut(a.share),
                    "share_b": _cut(b.share),
                    "difference": value,
                    "low": low,
                    "high": high,
                }
            )
    return pd.DataFrame(rows)


def _comparable(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    return a["unit"] != "section" or a["document"] == b["document"]
