"""How far texts look back and ahead: the years they talk about against the year in which they were published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, Codes

BY_YEAR = ("years", "own days")
LOOKBACK_COLUMNS = ["document", "published", "year", "group", "theme", "mentions", "weight"]
LOOKBACK_COLUMNS += ["past", "same_year", "ahead", "back_quarter", "back_median", "back_three_quarters"]
QUARTILES = {"back_quarter": 0.25, "back_median": 0.5, "back_three_quarters": 0.75}


def weighted_quantile(values: Array, weights: Array, unit: Codes, share: float) -> Array:
    """For each unit the least value up to which the weights are at least this share of the unit's total weight.

    The inverse of the weighted distribution (Hyndman and Fan 1996, American Statistician 50, definition 1). `unit`
    gives the unit of each value, by numbers from 0 without a gap.

    >>> weighted_quantile(np.array([3.0, 1, 10, 7]), np.array([1.0, 2, 1, 1]), np.array([0, 0, 0, 1]), 0.5).tolist()
    [1.0, 7.0]
    """
    order = np.lexsort((values, unit))
    totals = np.bincount(unit, weights)
    reached = weights[order].cumsum() - (totals.cumsum() - totals)[unit[order]]
    # Weights are fractions such as a tenth, whose sums have rounding errors.
    enough = np.flatnonzero(reached >= share * totals[unit[order]] * (1 - 1e-9))
    _, first = np.unique(unit[order][enough], return_index=True)
    return np.asarray(values[order][enough[first]])


def share_of_weight(weight: Array, chosen: Array, unit: Codes) -> Array:
    """For each unit the share of the weight that the chosen mentions have, 0 to 1; aoristic weights (Ratcliffe 2000).

    >>> share_of_weight(np.array([1.0, 0.5, 0.5]), np.array([True, False, False]), np.zeros(3, dtype=int)).tolist()
    [0.5]
    """
    return np.asarray(np.bincount(unit, weight * chosen) / np.bincount(unit, weight))


def lookback(timeline: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """A row for each dated document and theme with mentions of years: their distance from the year of publication.

    `weight` is that of `timeline`, in which a date of ten years counts a tenth for each. past, same_year and ahead are
    shares of it. back_quarter, back_median and back_three_quarters are quartiles of the year of publication less the
    year that is talked about, in years: above 0 in the past, below 0 in the future (`weighted_quantile`). Eras and
    undated mentions are left out. Rows are in the order of publication.
    """
    dated = documents[documents["published"].fillna("") != ""]
    known = dated[["document", "published", "group"]].assign(year=dated["published"].str[:4].astype(int))
    rows = timeline[timeline["series"].isin(BY_YEAR)].merge(known, on="document").reset_index(drop=True)
    if rows.empty:
        return pd.DataFrame(columns=LOOKBACK_COLUMNS)
    groups = rows.groupby(["published", "document", "theme"], sort=True)
    unit, weight = np.array(groups.ngroup(), dtype=np.int64), rows["weight"].to_numpy(float)
    back = (rows["year"] - rows["period"].astype(int)).to_numpy(float)
    table = groups.agg(year=("year", "first"), group=("group", "first"), mentions=("mentions", "sum")).reset_index()
    numbers = {"weight": np.bincount(unit, weight)}
    parts = {"past": back > 0, "same_year": back == 0, "ahead": back < 0}
    numbers |= {name: share_of_weight(weight, chosen, unit) for name, chosen in parts.items()}
    numbers |= {name: weighted_quantile(back, weight, unit, share) for name, share in QUARTILES.items()}
    return table.assign(**numbers)[LOOKBACK_COLUMNS]
