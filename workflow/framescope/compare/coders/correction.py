"""Shares of sentences, corrected for the errors of the lexicon that are known from hand codes."""

from __future__ import annotations

from collections.abc import Hashable
from math import isnan, nan, sqrt
from typing import Any

import pandas as pd
from scipy import stats

from framescope.compare.inputs import CONFIDENCE


def rogan_gladen(
    share: float,
    sentences: float,
    sensitivity: tuple[float, float],
    specificity: tuple[float, float],
    confidence: float = CONFIDENCE,
) -> tuple[float, float, float]:
    """The true share estimated from an observed one, and its interval; sensitivity and specificity are given with the
    numbers of units from which they were estimated.

    (share + specificity - 1) / (sensitivity + specificity - 1), limited to 0 to 1 (Rogan and Gladen 1978, American
    Journal of Epidemiology 107); the interval is that of Lang and Reiczigel (2014), Preventive Veterinary Medicine 113.
    NaN unless the sum of the two is above 1, because otherwise the lexicon is no better than chance. All are shares,
    0 to 1.

    By hand: (0.3 + 0.9 - 1) / (0.8 + 0.9 - 1) = 2/7.

    >>> [round(value, 3) for value in rogan_gladen(0.3, 500, (0.8, 100), (0.9, 200))]
    [0.286, 0.208, 0.367]
    """
    (se, n_se), (sp, n_sp) = sensitivity, specificity
    if isnan(se) or isnan(sp) or se + sp <= 1:
        return nan, nan, nan
    estimate = (share + sp - 1) / (se + sp - 1)
    z = float(stats.norm.ppf((1 + confidence) / 2))
    p = (sentences * share + z * z / 2) / (sentences + z * z)
    se, sp = (n_se * se + 1) / (n_se + 2), (n_sp * sp + 1) / (n_sp + 2)
    centre = (p + sp - 1) / (se + sp - 1)
    spread_se, spread_sp = se * (1 - se) / (n_se + 2), sp * (1 - sp) / (n_sp + 2)
    shift = 2 * z * z * (centre * spread_se - (1 - centre) * spread_sp)
    variance = p * (1 - p) / (sentences + z * z) + centre**2 * spread_se + (1 - centre) ** 2 * spread_sp
    reach = z * sqrt(variance) / (se + sp - 1)
    low, high = centre + shift - reach, centre + shift + reach
    return _limited(estimate), _limited(low), _limited(high)


def _limited(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def corrected_shares(rates: pd.DataFrame, accuracy: pd.DataFrame, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Shares of sentences corrected by the measured recall and specificity: rows of `rates` with four more columns.

    `rates` has unit, document, section, role, theme, sentences and share_sentences, like the table of theme rates;
    `accuracy` is that of `validation` over sentences. A unit is corrected with the figures of its role if the role was
    validated, and otherwise with those of the study. The new columns are share_corrected, corrected_low,
    corrected_high and validated_on.
    """
    measured = {
        (row["role"] if row["unit"] == "role" else "", row["theme"]): row for row in accuracy.to_dict("records")
    }
    rows: list[dict[Hashable, Any]] = []
    for row in rates[rates["theme"].isin(accuracy["theme"])].to_dict("records"):
        role = str(row.get("role") or "")
        on = role if (role, row["theme"]) in measured else ""
        facts = measured[on, row["theme"]]
        positive = facts["coded_with_theme"]
        corrected, low, high = rogan_gladen(
            row["share_sentences"],
            row["sentences"],
            (facts["recall"], positive),
            (facts["specificity"], facts["coded"] - positive),
            confidence,
        )
        figures: dict[Hashable, Any] = {"share_corrected": corrected, "corrected_low": low, "corrected_high": high}
        rows.append({**row, **figures, "validated_on": on or "study"})
    return pd.DataFrame(rows)
