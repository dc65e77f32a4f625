"""The formulas of docs/statistics.md, for arrays with a row a block or document and a column a theme or contrast."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import stats

# Value and variance from sums over rows (`rate_sums`, `odds_sums`), their number, and sums of all that is compared.
Estimate = Callable[[np.ndarray, float, np.ndarray], tuple[np.ndarray, np.ndarray]]


def t_quantile(confidence: float, rows: int) -> float:
    """Two-sided quantile of Student's t with rows - 1 degrees of freedom."""
    return float(stats.t.ppf((1 + confidence) / 2, rows - 1)) if rows > 1 else float("nan")


def ratio_interval(
    y: np.ndarray, x: np.ndarray, confidence: float, *, of_sentences: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the interval of sum y / sum x over rows: of a share on the logit scale, else of a rate on the log scale.

    Student's t with the linearised variance, squares times (m/(m - 1))^2, no less than binomial for a share and 1.5/H
    relative to the square of a rate. Where under four rows have a hit, or under four sentences none, Wilson's with the
    size divided by the dispersion of Pearson's chi-squared.
    """
    rows, total_y, total_x = len(x), y.sum(axis=0), x.sum()
    if rows < 2:
        nothing = np.full(total_y.shape, np.nan)
        return nothing, nothing
    p = total_y / total_x
    square = ((y - p * x[:, np.newaxis]) ** 2).sum(axis=0) * (rows / (rows - 1)) ** 2 / total_x**2
    t = t_quantile(confidence, rows)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if of_sentences:
            scale = p * (1 - p)
            reach = t * np.sqrt(np.maximum(square, scale / total_x)) / scale
            low, high = (1 / (1 + np.exp(-(np.log(p / (1 - p)) + side * reach))) for side in (-1, 1))
            few = ((y > 0).sum(axis=0) < 4) | (total_x - total_y < 4)
        else:
            reach = t * np.sqrt(np.maximum(square / p**2, 1.5 / total_y))
            low, high = p * np.exp(-reach), p * np.exp(reach)
            few = (y > 0).sum(axis=0) < 4
    wilson_low, wilson_high = _wilson(y, x, confidence, 1.0 if of_sentences else 1.5)
    return np.where(few, wilson_low, low), np.where(few, wilson_high, high)


def _wilson(y: np.ndarray, x: np.ndarray, confidence: float, least: float) -> tuple[np.ndarray, np.ndarray]:
    p = y.sum(axis=0) / x.sum()
    expected = p * x[:, np.newaxis]
    # Where all or none have a hit nothing is dispersed.
    inner = (p > 0) & (p < 1)
    terms = (y - expected) ** 2 / np.where(inner, expected * (1 - p), 1)
    dispersion = np.where(inner, np.maximum(terms.sum(axis=0) / (len(x) - 1), least), least)
    n, z = x.sum() / dispersion, stats.norm.ppf((1 + confidence) / 2)
    centre, reach = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (centre - reach) / (1 + z**2 / n), (centre + reach) / (1 + z**2 / n)
    return np.where(p == 0, 0, np.maximum(low, 0)), np.minimum(high, 1)


def rate_sums(words: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """Per row what sums to a log rate and its variance: words, words squared, hits, hits x words, hits squared."""
    w = words[:, np.newaxis] * np.ones_like(hits)
    return np.stack([w, w * w, hits, hits * w, hits * hits])


def with_half(
    hits: np.ndarray, words: np.ndarray, all_hits: np.ndarray, all_words: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Half a hit more, and the words that it takes at the rate of all together; without any hit half a word."""
    half = np.where(all_hits > 0, 0.5 * all_words / np.maximum(all_hits, 1), np.nan)
    return hits + 0.5, np.where(all_hits > 0, words + half, 0.5)


def log_rate(sums: np.ndarray, rows: float, together: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """ln(H / W) with half a hit and its words added, and the sum of squared h - H/W w, over H^2, times (m/(m - 1))^2.

    The variance is no less than 1.25/H.
    """
    w, ww, h, hw, hh = sums
    total, length = with_half(h, w, together[2], together[0])
    rate = total / length
    squares = np.maximum(hh - 2 * rate * hw + rate**2 * ww, 0)
    return np.log(rate), np.maximum(squares / total**2 * _correction(rows), 1.25 / total)


def place_log_rate(sums: np.ndarray, together: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As `log_rate`, from words and hits alone; the variance is that of independent hits, 1/H."""
    total, length = with_half(sums[1], sums[0], together[1], together[0])
    return np.log(total / length), 1 / total


def odds_sums(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Per row what sums to log-odds and their variance: a, b, their squares and their product."""
    return np.stack([a, b, a * a, b * b, a * b])


def with_one(a: np.ndarray, b: np.ndarray, together: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """One hit more, dealt to the sides as those of all together are, by halves where nothing is compared.

    Where one side has no hit at all both are 1/2.
    """
    if together is None:
        return a + 0.5, b + 0.5
    all_a, all_b = together[:2]
    both = (all_a > 0) & (all_b > 0)
    part = all_a / np.maximum(all_a + all_b, 1)
    return np.where(both, a + part, 0.5), np.where(both, b + 1 - part, 0.5)


def log_odds(sums: np.ndarray, rows: float, together: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """ln(A / B) with one hit added, and the sum of squared a/A - b/B, times (m/(m - 1))^2.

    The variance is no less than 1.25 (1/A + 1/B).
    """
    a, b, aa, bb, ab = sums
    a, b = with_one(a, b, together)
    squares = np.maximum(aa / a**2 - 2 * ab / (a * b) + bb / b**2, 0)
    return np.log(a / b), np.maximum(squares * _correction(rows), 1.25 * (1 / a + 1 / b))


def place_log_odds(sums: np.ndarray, together: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As `log_odds`; the variance is that of independent hits, 1/A + 1/B."""
    a, b = with_one(sums[0], sums[1], together)
    return np.log(a / b), 1 / a + 1 / b


def _correction(rows: float) -> float:
    return (rows / (rows - 1)) ** 2 if rows > 1 else math.nan


def design_effects(hits: np.ndarray, words: np.ndarray, document: np.ndarray, section: np.ndarray) -> np.ndarray:
    """By row 1 + 2 (rho_1 + rho_2 + rho_3) of its document, at least 1.

    rho_h: the correlation of themes' residuals from their section's rate in rows h apart within sections, less what
    rows in random order would have, the mean of the themes; nothing from the first on that is not above 0.
    """
    effects = np.ones(len(words))
    for name in dict.fromkeys(document):
        of_document = np.flatnonzero(document == name)
        effect = 1.0
        for lag in (1, 2, 3):
            surplus, variance = np.zeros(hits.shape[1]), np.zeros(hits.shape[1])
            for part in dict.fromkeys(section[of_document]):
                rows = of_document[section[of_document] == part]
                number, w = len(rows), words[rows]
                if number <= lag:
                    continue
                own = hits[rows] - np.outer(w, hits[rows].sum(axis=0)) / max(w.sum(), 1e-300)
                mean_square = (own**2).sum(axis=0) / number
                surplus += (own[lag:] * own[:-lag]).sum(axis=0) + mean_square * (number - lag) / (number - 1)
                variance += mean_square * (number - lag)
            told = variance > 1e-9
            rho = float((surplus[told] / variance[told]).mean()) if told.any() else 0.0
            if rho <= 0:
                break
            effect += 2 * rho
        effects[of_document] = effect
    return effects
