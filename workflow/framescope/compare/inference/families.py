"""Families of tests: corrections for multiple testing, and verdicts in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

DIFFERS = "differs"
NOT_ESTABLISHED = "not established"
CANNOT = "cannot be established"
TOO_LITTLE = "too little text"
FOCUS = "focus themes"
EXPLORATORY = "exploratory"


def adjust(p: pd.Series, families: pd.DataFrame, method: str) -> pd.Series:
    """p corrected within each family (rows with equal `families`); rows without p have no corrected p.

    With p_i the i-th smallest of m tests, "holm" is the largest of (m - j + 1) p_j over j <= i, which controls the
    probability of any false positive in the family (Holm 1979, Scandinavian Journal of Statistics 6); "fdr_bh" is the
    smallest of m p_j / j over j >= i, which controls the expected share of false positives among those reported
    (Benjamini and Hochberg 1995, J. R. Statist. Soc. B 57). Both are 0 to 1.

    >>> p, family = pd.Series([0.03, 0.04, None]), pd.DataFrame({"family": ["a"] * 3})
    >>> adjust(p, family, "holm").tolist(), adjust(p, family, "fdr_bh").tolist()
    ([0.06, 0.06, nan], [0.04, 0.04, nan])
    """
    if method not in ("holm", "fdr_bh"):
        raise ValueError(f"method: expected holm or fdr_bh, found {method!r}")
    # All families at once: statsmodels' multipletests collects garbage on each call, a tenth of a second a family.
    tested = p[p.notna()].sort_values(kind="stable")
    family = families.loc[tested.index].groupby(list(families), sort=False, dropna=False).ngroup()
    rank = tested.groupby(family).cumcount() + 1
    size = tested.groupby(family).transform("size")
    if method == "holm":
        adjusted = (tested * (size - rank + 1)).groupby(family).cummax()
    else:
        adjusted = (tested * size / rank)[::-1].groupby(family[::-1]).cummin()
    return adjusted.clip(upper=1).reindex(p.index)


def weighted_holm(p: pd.Series, weights: pd.Series) -> pd.Series:
    """p of tests that are corrected together, of which those with larger weights keep more of the level.

    With the tests in the order of p_i / w_i, the largest of (w_j + w_(j+1) + ...) p_j / w_j over j <= i, at most 1. The
    probability of any false positive is controlled; with equal weights this is Holm's method (Holm 1979, Scandinavian
    Journal of Statistics 6, section 4).

    By hand: 0.02 x 1 / 0.5, then 0.02 x (1/4 + 1/4) / (1/4).

    >>> weighted_holm(pd.Series([0.02, 0.02, 0.5]), pd.Series([0.5, 0.25, 0.25])).tolist()
    [0.04, 0.04, 0.5]
    """
    order = (p / weights).sort_values(kind="stable").index
    ordered = weights[order]
    adjusted = (p[order] * ordered[::-1].cumsum()[::-1] / ordered).cummax()
    return adjusted.clip(upper=1).reindex(p.index)


def family_sizes(p: pd.Series, families: pd.DataFrame) -> pd.Series:
    """The number of tests in each row's family, which is the number of its rows with a p (m in Holm 1979).

    >>> family_sizes(pd.Series([0.01, 0.04, None, 0.2]), pd.DataFrame({"family": ["a", "a", "a", "b"]})).tolist()
    [2, 2, 2, 1]
    """
    return p.notna().groupby([families[column] for column in families], sort=False).transform("sum").astype(int)


def attainable(least: pd.Series, p: pd.Series, families: pd.DataFrame, method: str) -> pd.Series:
    """The smallest corrected p that each test could have had, if every test of its family had its own least p.

    A corrected p never falls if a p of the family rises, so none can be smaller (for discrete tests in families:
    Tarone 1990, Biometrics 46). Rows without p have none.

    By hand: two tests of two groups of four documents; 2 of the 70 permutations are the most extreme, and 2 x 2/70 is
    above .05.

    >>> families = pd.DataFrame({"family": ["a", "a"]})
    >>> attainable(pd.Series([2 / 70] * 2), pd.Series([0.3, 0.1]), families, "holm").round(3).tolist()
    [0.057, 0.057]
    """
    return adjust(least.where(p.notna()), families, method)


def verdicts(adjusted: pd.Series, alpha: float, least: pd.Series | None = None) -> pd.Series:
    """A verdict for each corrected p: "differs" if it is below alpha, otherwise "not established".

    "cannot be established" if no result could have been below alpha (`least` is `attainable`), and "too little text"
    without a p. The words are ours.

    >>> verdicts(pd.Series([0.01, 0.2, 0.2, None]), 0.05, least=pd.Series([0.001, 0.001, 0.057, None])).tolist()
    ['differs', 'not established', 'cannot be established', 'too little text']
    """
    significant = adjusted < alpha
    cannot = np.zeros(len(adjusted), dtype=bool) if least is None else (least >= alpha).to_numpy(bool)
    words = np.select([adjusted.isna(), significant, cannot], [TOO_LITTLE, DIFFERS, CANNOT], NOT_ESTABLISHED)
    return pd.Series(words, index=adjusted.index, dtype=object)
