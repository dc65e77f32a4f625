"""Families of tests: corrections for how many were made, and verdicts in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

DIFFERS = "differs"
NOT_ESTABLISHED = "not established"
TOO_LITTLE = "too little text"
EXPLORATORY = "exploratory"


def adjust(p: pd.Series, families: pd.DataFrame, method: str) -> pd.Series:
    """p corrected within each family (rows with equal `families`); rows without p stay without.

    `method` is "holm" (Holm 1979: the chance of any false alarm in the family) or "fdr_bh" (Benjamini and Hochberg
    1995: the share of false alarms among the reported).

    >>> adjust(pd.Series([0.01, 0.04, None]), pd.DataFrame({"family": ["a"] * 3}), "holm").tolist()
    [0.02, 0.04, nan]
    """
    adjusted = np.full(len(p), np.nan)
    tested = np.flatnonzero(p.notna())
    if len(tested):
        codes = families.iloc[tested].groupby(list(families), sort=False, dropna=False).ngroup().to_numpy()
        order = np.argsort(codes, kind="stable")
        for rows in np.split(tested[order], np.flatnonzero(np.diff(codes[order])) + 1):
            adjusted[rows] = multipletests(p.to_numpy(float)[rows], method=method)[1]
    return pd.Series(adjusted, index=p.index)


def family_sizes(p: pd.Series, families: pd.DataFrame) -> pd.Series:
    """How many tests were made in each row's family."""
    return p.notna().groupby([families[column] for column in families], sort=False).transform("sum").astype(int)


def verdicts(adjusted: pd.Series, alpha: float, passed: pd.Series | None = None) -> pd.Series:
    """ "differs" below alpha (and where the omnibus passed), "not established", or "too little text" without a p."""
    significant = (adjusted < alpha) & (True if passed is None else passed)
    words = np.where(adjusted.isna(), TOO_LITTLE, np.where(significant, DIFFERS, NOT_ESTABLISHED))
    return pd.Series(words, index=adjusted.index, dtype=object)
