"""How far coders agree: Krippendorff's alpha for any number of coders, Cohen's kappa for two."""

from __future__ import annotations

from itertools import combinations
from math import nan

import numpy as np
import pandas as pd


def krippendorff_alpha(ratings: pd.DataFrame) -> float:
    """Krippendorff's alpha for nominal values; a row a unit, a column a coder, missing where a coder skipped a unit.

    alpha = 1 - D_o / D_e from the coincidences of values within units (Krippendorff 2011, Computing Krippendorff's
    Alpha-Reliability). Units with one value do not count; not a number where only one value occurs or none can be
    paired.

    >>> krippendorff_alpha(pd.DataFrame({"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}))
    0.095...
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
    """Cohen's kappa, (p_o - p_e) / (1 - p_e), of two coders over the units both coded; both Series share an index.

    Not a number where no unit is shared or chance alone explains everything.

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
    """Cohen's kappa averaged over the pairs of coders that share a unit; a column a coder."""
    kappas = [cohen_kappa(ratings[a], ratings[b]) for a, b in combinations(ratings.columns, 2)]
    known = [kappa for kappa in kappas if not np.isnan(kappa)]
    return float(np.mean(known)) if known else nan
