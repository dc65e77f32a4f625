"""Agreement of coders: Krippendorff's alpha for any number of coders, Cohen's kappa for two."""

from __future__ import annotations

from itertools import combinations
from math import nan

import numpy as np
import pandas as pd

from framescope.compare.coders.accuracy import RESAMPLES
from framescope.compare.counts.blocks import Array
from framescope.compare.inputs import CONFIDENCE, SEED


def krippendorff_alpha(ratings: pd.DataFrame) -> float:
    """Krippendorff's alpha for nominal values; rows are units, columns coders, and values that were not given are NaN.

    alpha = 1 - D_o / D_e (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). D_o is the sum of
    n_c (m - n_c) / (m - 1) over values c and units with m values, where n_c is the number of coders who gave c; D_e is
    the sum of N_c (n - N_c) / (n - 1) over values, where N_c is the number of times that c was given among all n
    values. 1 is perfect agreement, 0 agreement by chance, and below 0 less than by chance. Units with one value do not
    count; NaN if only one value occurs or no unit has two.

    By hand: coders differ on one unit of three, D_o = 1 + 1; 0 and 1 were each given 3 times of 6, D_e = 2 x 3 x 3 / 5.

    >>> round(krippendorff_alpha(pd.DataFrame({"a": [0, 1, 0], "b": [0, 1, 1]})), 3)  # 1 - 2 / 3.6
    0.444
    """
    values, codes = np.unique(ratings.to_numpy()[ratings.notna().to_numpy()], return_inverse=True)
    table = np.zeros((len(ratings), len(values)))
    np.add.at(table, (np.nonzero(ratings.notna().to_numpy())[0], codes), 1)
    table = table[table.sum(axis=1) >= 2]
    if not len(table):
        return nan
    in_unit = table.sum(axis=1)
    total = table.sum(axis=0)
    observed = ((in_unit**2 - (table**2).sum(axis=1)) / (in_unit - 1)).sum()
    expected = (total.sum() ** 2 - (total**2).sum()) / (total.sum() - 1)
    return float(1 - observed / expected) if expected else nan


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Cohen's kappa of two coders over the units that both coded; both Series have the same index.

    kappa = (p_o - p_e) / (1 - p_e), where p_o is the share of units on which they agree and p_e the sum over values of
    the product of their shares (Cohen 1960, Educational and Psychological Measurement 20). 1 is perfect agreement, 0
    agreement by chance. NaN if no unit was coded by both or p_e is 1.

    By hand: they agree on 3 of 4; chance gives 1/2 x 1/4 + 1/2 x 3/4 = 1/2.

    >>> cohen_kappa(pd.Series([1, 1, 0, 0]), pd.Series([1, 0, 0, 0]))
    0.5
    """
    both = pd.concat([first, second], axis=1, keys=["first", "second"]).dropna()
    if both.empty:
        return nan
    observed = float((both["first"] == both["second"]).mean())
    shares = [both[column].value_counts(normalize=True) for column in ("first", "second")]
    expected = float(shares[0].mul(shares[1], fill_value=0).sum())
    return (observed - expected) / (1 - expected) if expected < 1 else nan


def mean_kappa(ratings: pd.DataFrame) -> float:
    """The mean of Cohen's kappa over the pairs of coders with a unit in common (Light 1971, Psychological Bulletin 76).

    Columns are coders; NaN if no pair has a kappa. By hand: kappas of 1, 1/2 and 1/2.

    >>> round(mean_kappa(pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 0, 0], "c": [1, 0, 0, 0]})), 3)
    0.667
    """
    kappas = [cohen_kappa(ratings[a], ratings[b]) for a, b in combinations(ratings.columns, 2)]
    known = [kappa for kappa in kappas if not np.isnan(kappa)]
    return float(np.mean(known)) if known else nan


def alpha_interval(ratings: pd.DataFrame, confidence: float = CONFIDENCE, seed: int = SEED) -> tuple[float, float]:
    """The interval of `krippendorff_alpha` from the percentiles of 2,000 resamples of units.

    Resampling of units is what Zapf, Castell, Morawietz and Karch (2016), BMC Medical Research Methodology 16,
    recommend for nominal values. NaN where alpha is NaN; resamples in which it is are left out.

    By hand: coders who always agree do so in every resample.

    >>> alpha_interval(pd.DataFrame({"a": [0, 1] * 20, "b": [0, 1] * 20}))
    (1.0, 1.0)
    """
    patterns, draws = _resampled(ratings, seed)
    values = np.unique(patterns[~np.isnan(patterns)])
    table = np.stack([(patterns == value).sum(axis=1) for value in values], axis=1) if len(values) else patterns[:, :0]
    in_unit = table.sum(axis=1)
    paired = in_unit >= 2
    table, in_unit, draws = table[paired], in_unit[paired], draws[:, paired]
    observed = draws @ ((in_unit**2 - (table**2).sum(axis=1)) / (in_unit - 1))
    total = draws @ table
    given = total.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        resampled = 1 - observed / ((given**2 - (total**2).sum(axis=1)) / (given - 1))
    return _percentiles(resampled, krippendorff_alpha(ratings), confidence)


def kappa_interval(ratings: pd.DataFrame, confidence: float = CONFIDENCE, seed: int = SEED) -> tuple[float, float]:
    """The interval of `mean_kappa` from the percentiles of 2,000 resamples of units, as for `alpha_interval` (2016).

    By hand: coders who always agree do so in every resample.

    >>> kappa_interval(pd.DataFrame({"a": [0, 1] * 20, "b": [0, 1] * 20}))
    (1.0, 1.0)
    """
    patterns, draws = _resampled(ratings, seed)
    kappas = [
        _resampled_kappa(patterns[:, a], patterns[:, b], draws) for a, b in combinations(range(patterns.shape[1]), 2)
    ]
    known = np.ma.masked_invalid(kappas) if kappas else np.ma.masked_all((1, len(draws)))
    return _percentiles(known.mean(axis=0).filled(nan), mean_kappa(ratings), confidence)


def _resampled(ratings: pd.DataFrame, seed: int) -> tuple[Array, Array]:
    """The distinct rows of ratings, and in each resample of units how often each of them was drawn."""
    rows = ratings.to_numpy(dtype=float)
    patterns, counts = np.unique(rows, axis=0, return_counts=True)
    if not len(rows):
        return patterns, np.zeros((RESAMPLES, 0))
    draws = np.random.default_rng(seed).multinomial(len(rows), counts / len(rows), size=RESAMPLES)
    return patterns, draws.astype(float)


def _resampled_kappa(first: Array, second: Array, draws: Array) -> Array:
    both = ~(np.isnan(first) | np.isnan(second))
    first, second, draws = first[both], second[both], draws[:, both]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = draws / draws.sum(axis=1, keepdims=True)
        observed = share @ (first == second)
        values = np.union1d(first, second)
        expected = sum((share @ (first == value)) * (share @ (second == value)) for value in values)
        return np.asarray((observed - expected) / (1 - expected), dtype=float)


def _percentiles(resampled: Array, estimate: float, confidence: float) -> tuple[float, float]:
    known = resampled[np.isfinite(resampled)]
    if np.isnan(estimate) or not len(known):
        return nan, nan
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
