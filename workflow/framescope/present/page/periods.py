"""Periods of publication as units of the page: the period of each document, and the rates of each period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framescope.compare.time.periods import first_and_last_days
from framescope.present.figure_style import Tables


def _of_all_texts(tables: Tables) -> pd.DataFrame:
    trends = tables["trends"]
    rows = trends[(trends["unit"] == "period") & (trends["measure"] == "rate_per_1000")]
    return rows[rows["group"].fillna("") == ""]


def period_of(tables: Tables) -> dict[str, str]:
    """The period, named as in the table `trends`, in which each document whose date lies in one was published."""
    periods = _of_all_texts(tables).drop_duplicates("period").sort_values("first")
    dated = tables["documents"][tables["documents"]["published"].fillna("") != ""]
    if periods.empty or dated.empty:
        return {}
    first, last = first_and_last_days(dated["published"].astype(str).tolist())
    begins, ends = (periods[end].astype(str).to_numpy("M8[D]") for end in ("first", "last"))
    # Periods do not overlap, so that only the last one that has begun can contain a date.
    place = np.searchsorted(begins, first, side="right") - 1
    inside = (place >= 0) & (last <= ends[place])
    return dict(zip(dated["document"][inside], periods["period"].iloc[place[inside]], strict=True))


def period_rates(tables: Tables) -> pd.DataFrame:
    """Rows for each period and theme with the columns of `theme_rates` that the page uses, and the column period."""
    rows = _of_all_texts(tables)
    return pd.DataFrame(
        {
            "unit": "period",
            "period": rows["period"],
            "theme": rows["theme"],
            "level": 1 + rows["theme"].astype(str).str.count(r"\."),
            **{column: rows[column] for column in ("words", "hits")},
            "rate_per_1000": rows["estimate"],
            "rate_low": rows["low"],
            "rate_high": rows["high"],
        }
    )
