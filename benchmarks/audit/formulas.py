"""The formulas of docs/statistics.md, for arrays with a row a block or document and a column a theme or contrast."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import stats

# Value and variance from sums over rows (`rate_sums`, `odds_sums`), and sums of all that is compared.
Estimate = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def own_dispersion(y: np.ndarray, x: np.ndarray, of_parts: bool) -> tuple[np.ndarray, np.ndarray]:
    """Overdispersion of sum y / sum x over rows, a value a column, and its degrees of freedom; 0 and 0 where unknown.

    Squared residuals over what they would be at phi = 1, each row with its leverage x/X; `of_parts` where y is a part
    of x. The effective number of rows is X squared over the sum of squares, the degrees one less.
    """
    x = x[:, np.newaxis] * np.ones_like(y) if x.ndim == 1 else x
    total = x.sum(axis=0)
    r = np.divide(y.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    expected = x * (r * (1 - r) if of_parts else r)
    room = (expected * (1 - np.divide(x, total, out=np.zeros_like(x), where=total > 0))).sum(axis=0)
    squares = ((y - r * x) ** 2).sum(axis=0)
    known = room > 1e-9
    freedom = np.divide(total**2, (x**2).sum(axis=0), out=np.zeros_like(total), where=total > 0) - 1
    phi = np.divide(squares, room, out=np.zeros_like(squares), where=known)
    return phi, np.where(known, np.maximum(freedom, 0), 0)


def study_dispersion(sections: list[tuple[np.ndarray, np.ndarray]], of_parts: bool) -> np.ndarray:
    """Overdispersion of each column over all sections (y, x by row), shrunk towards a trend with the weight of 30."""
    weighted, weight, freedom, size, squares, sizes, rows = (0.0 for _ in range(7))
    for y, x in sections:
        wide = x[:, np.newaxis] * np.ones_like(y) if x.ndim == 1 else x
        total = wide.sum(axis=0)
        phi, own = own_dispersion(y, x, of_parts)
        r = np.divide(y.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
        expected = np.where(own > 0, total * (r * (1 - r) if of_parts else r), 0)
        weighted, weight, freedom = weighted + phi * expected, weight + expected, freedom + own
        squares, sizes = squares + (wide**2).sum(axis=0), sizes + total
        size = size + y.sum(axis=0)
        rows = rows + np.divide(total**2, (wide**2).sum(axis=0), out=np.zeros_like(total), where=total > 0)
    own = np.divide(weighted, weight, out=np.ones_like(weighted), where=weight > 0)
    if of_parts:
        m = np.maximum(np.divide(squares, sizes, out=np.ones_like(sizes), where=sizes > 0) - 1, 0)
    else:
        m = size / np.maximum(rows, 1)
    k = min(6.0, max(0.0, (freedom * m * (own - 1)).sum() / max((freedom * m**2).sum(), 1e-9)))
    return np.maximum((freedom * own + 30 * (1 + k * m)) / (freedom + 30), 1)


def shrunk_dispersion(
    y: np.ndarray, x: np.ndarray, pooled: np.ndarray | None, of_parts: bool
) -> tuple[np.ndarray, np.ndarray]:
    """The rows' overdispersion, at least 1, shrunk towards that of the study with weight 12; and degrees of freedom."""
    own, freedom = own_dispersion(y, x, of_parts)
    more = 0 if pooled is None else 12
    both = freedom * own + more * (1 if pooled is None else pooled)
    phi = np.maximum(np.divide(both, freedom + more, out=np.ones_like(own), where=freedom + more > 0), 1)
    wide = x[:, np.newaxis] * np.ones_like(y) if x.ndim == 1 else x
    squares = (wide**2).sum(axis=0)
    rows = np.divide(wide.sum(axis=0) ** 2, squares, out=np.zeros_like(squares), where=squares > 0)
    degrees = np.maximum(rows - 1, 0) + more
    return phi, np.where((len(y) > 1) & (degrees > 0), degrees, np.nan)


def score_interval(
    y: np.ndarray, x: np.ndarray, pooled: np.ndarray | None, confidence: float, *, of_parts: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the interval of sum y / sum x: where (Y - mu)^2 is t^2 phi times the variance of Y at mu."""
    phi, freedom = shrunk_dispersion(y, x, pooled, of_parts)
    c = stats.t.ppf((1 + confidence) / 2, freedom) ** 2 * phi
    total, size = y.sum(axis=0), (x.sum() if x.ndim == 1 else x.sum(axis=0)) * np.ones_like(c)
    with np.errstate(divide="ignore", invalid="ignore"):
        # size r^2 (1 + c / size if of_parts) - r (2 total + c) + total^2 / size = 0
        first = size + c if of_parts else size
        second, third = 2 * total + c, total**2 / size
        root = np.sqrt(np.maximum(second**2 - 4 * first * third, 0))
        return (second - root) / (2 * first), (second + root) / (2 * first)


def equal_p(
    y: np.ndarray, x: np.ndarray, pooled: np.ndarray | None, share: np.ndarray, spread: np.ndarray
) -> np.ndarray:
    """Two-sided p of "the share is this one", whose variance is share (1 - share) times `spread`."""
    phi, freedom = shrunk_dispersion(y, x, pooled, True)
    total = x.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(share * (1 - share) * (phi * total + spread * total**2))
        return 2 * stats.t.sf(np.abs(y.sum(axis=0) - total * share) / error, freedom)


def text_baseline(a: np.ndarray, b: np.ndarray, pooled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of side a in rows of other texts, half a hit added to each side, and its spread; none under five hits."""
    total = (a + b).sum(axis=0)
    enough = total >= 5
    phi, _ = shrunk_dispersion(a, a + b, pooled, True)
    share = np.where(enough, (a.sum(axis=0) + 0.5) / (total + 1), np.nan)
    return share, np.where(enough, phi / np.where(enough, total, 1), np.nan)


def document_dispersion(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Overdispersion of documents in ratios to a baseline, m / (m - 1) times their own, and its degrees of freedom."""
    phi, freedom = shrunk_dispersion(y, x, None, False)
    m = max(x.sum() ** 2 / (x**2).sum(), 2.0)
    return phi * m / (m - 1), freedom


def rate_ratio(
    own: tuple[np.ndarray, np.ndarray, np.ndarray], base: tuple[np.ndarray, np.ndarray, np.ndarray], confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the interval of a ratio of rates; of both rates: rate, effective words (infinite if given), freedom.

    The ratios R at which (a - R b)^2 = t^2 R (a/x_0 + b/x), a and b the rates, with the degrees of freedom of
    Satterthwaite for a variance of 1/x + 1/x_0.
    """
    (a, x, d), (b, x_0, d_0) = own, base
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (1 / x + 1 / x_0) ** 2 / (1 / (d * x**2) + 1 / (d_0 * x_0**2))
        c = stats.t.isf((1 - confidence) / 2, freedom) ** 2 * (a / x_0 + b / x)
        middle = 2 * a * b + c
        root = np.sqrt(np.maximum(middle**2 - 4 * a**2 * b**2, 0))
        return (middle - root) / (2 * b**2), (middle + root) / (2 * b**2)


def section_p(p: float, level: float) -> float:
    """p between sections of one text, from t with 8 degrees of freedom, scaled so that p at the level is unchanged."""
    scale = stats.t.isf(level / 2, 8) / stats.norm.isf(level / 2)
    return float(2 * stats.t.sf(stats.norm.isf(p / 2) * scale, 8))


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


def log_rate(sums: np.ndarray, together: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """ln(H / W) with half a hit and its words added, and the sum of squared h - H/W w, over H^2, times (m/(m - 1))^2.

    The variance is no less than 1.25/H.
    """
    w, ww, h, hw, hh = sums
    total, length = with_half(h, w, together[2], together[0])
    rate = total / length
    squares = np.maximum(hh - 2 * rate * hw + rate**2 * ww, 0)
    return np.log(rate), np.maximum(squares / total**2 * _leverage(w, ww), 1.25 / total)


def odds_sums(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For each row the summands of log-odds and their variance: a, b, their squares and their product."""
    return np.stack([a, b, a * a, b * b, a * b])


def with_one(a: np.ndarray, b: np.ndarray, together: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """One additional hit, divided between the sides like the hits of both units together, or in halves without these.

    If one side has no hit at all, both sides get 1/2.
    """
    if together is None:
        return a + 0.5, b + 0.5
    all_a, all_b = together[:2]
    both = (all_a > 0) & (all_b > 0)
    part = all_a / np.maximum(all_a + all_b, 1)
    return np.where(both, a + part, 0.5), np.where(both, b + 1 - part, 0.5)


def log_odds(sums: np.ndarray, together: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """ln(A / B) with one hit added, and the sum of squared a/A - b/B, times (m/(m - 1))^2.

    The variance is no less than 1.25 (1/A + 1/B).
    """
    a, b, aa, bb, ab = sums
    factor = _leverage(a + b, aa + 2 * ab + bb)
    a, b = with_one(a, b, together)
    squares = np.maximum(aa / a**2 - 2 * ab / (a * b) + bb / b**2, 0)
    return np.log(a / b), np.maximum(squares * factor, 1.25 * (1 / a + 1 / b))


def _leverage(size: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """(m/(m - 1))^2, m = size^2 / squares, the effective number of rows, at least 2."""
    m = np.maximum(np.where(squares > 0, size**2 / np.where(squares > 0, squares, 1), 2), 2)
    return (m / (m - 1)) ** 2


def autocorrelation(y: np.ndarray, x: np.ndarray, section: np.ndarray, lag: int) -> tuple[np.ndarray, int]:
    """The correlation of residuals from the section's ratio in rows of one document `lag` apart, less its expectation
    for rows in random order; and the number of pairs. There is a value for each column, NaN if all rows are equal.
    """
    x = x[:, np.newaxis] * np.ones_like(y) if x.ndim == 1 else x
    surplus, variance, pairs = np.zeros(y.shape[1]), np.zeros(y.shape[1]), 0
    for part in dict.fromkeys(section):
        rows = np.flatnonzero(section == part)
        number = len(rows)
        if number <= lag:
            continue
        total = x[rows].sum(axis=0)
        r = np.divide(y[rows].sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
        own = y[rows] - r * x[rows]
        mean_square = (own**2).sum(axis=0) / number
        surplus += (own[lag:] * own[:-lag]).sum(axis=0) + mean_square * (number - lag) / (number - 1)
        variance += mean_square * (number - lag)
        pairs += number - lag
    known = variance > 1e-9
    return np.divide(surplus, variance, out=np.full_like(surplus, np.nan), where=known), pairs


def design_effects(hits: np.ndarray, words: np.ndarray, document: np.ndarray, section: np.ndarray) -> np.ndarray:
    """For each row 1 + 2 (rho_1 + rho_2 + rho_3) of its document, at least 1.

    rho_h: the mean over themes of `autocorrelation`; 0 from the first lag on at which it is not above 0.
    """
    effects = np.ones(len(words))
    for name in dict.fromkeys(document):
        rows = document == name
        for lag in (1, 2, 3):
            rho, _ = autocorrelation(hits[rows], words[rows], section[rows], lag)
            mean = float(np.nanmean(rho)) if np.isfinite(rho).any() else 0.0
            if mean <= 0:
                break
            effects[rows] += 2 * mean
    return effects


def section_effects(
    y: np.ndarray,
    x: np.ndarray,
    counted: np.ndarray,
    hits: np.ndarray,
    words: np.ndarray,
    section: np.ndarray,
    length: int,
) -> np.ndarray:
    """1 + 4 rho + 12 rho^2 sqrt(n) of a section of n rows of one document, for each column of y.

    rho: the column's `autocorrelation`, shrunk towards the text's times m/(m + 1) with the weight of 120 pairs, where m
    is the mean of `counted`; at least 0. The text's is the slope through 0 of the autocorrelations of the themes in
    `hits` on their own m/(m + 1), shrunk towards 0.12 with the weight of 20 products.
    """
    among, pairs = autocorrelation(hits, words, section, 1)
    part = hits.mean(axis=0) / (hits.mean(axis=0) + 1)
    known = np.isfinite(among)
    slope = (pairs * (part * among)[known].sum() + 20 * 0.12) / (pairs * (part[known] ** 2).sum() + 20)
    own, pairs = autocorrelation(y, x, section, 1)
    due = slope * counted.mean(axis=0) / (counted.mean(axis=0) + 1)
    rho = np.where(np.isfinite(own), (pairs * np.nan_to_num(own) + 120 * due) / (pairs + 120), due)
    rho = np.maximum(rho, 0)
    return 1 + 4 * rho + 12 * rho**2 * math.sqrt(length)
