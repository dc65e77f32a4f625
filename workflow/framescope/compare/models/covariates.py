"""The columns that formulas may name: the metadata of documents, and the year and period of their publication."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framescope.compare.counts.groupings import metadata_columns
from framescope.compare.models.formulas import Formula, FormulaError
from framescope.compare.time.periods import (
    chosen_period,
    first_and_last_days,
    holds,
    period_days,
    period_label,
    period_numbers,
    years,
)
from framescope.problems import nearest

YEAR, PERIOD = "year", "period"
# Of a year's coefficient, what the ratio is for.
YEARS_A_STEP = 10
# With fewer clusters a standard error says nothing, whatever its correction.
FEWEST_CLUSTERS = 5


def covariates(documents: pd.DataFrame, period: str | None) -> pd.DataFrame:
    """A row for each document, and a column for each one of its metadata that formulas may name.

    `year` is the middle of the date of publication in years, and `period` the name of the period that it lies in:
    `period`, or else the one that suits the dates (`chosen_period`). A column whose values are all numbers is a number,
    any other a category. Documents without a value have none (NaN or None).
    """
    columns = metadata_columns(documents)
    table = {name: _values(columns[name]) for name in columns}
    published = documents["published"].fillna("").astype(str).to_numpy(str)
    dated = published != ""
    if dated.any():
        first, last = first_and_last_days(published[dated].tolist())
        year, label = np.full(len(published), np.nan), np.full(len(published), None, dtype=object)
        year[dated] = 1970 + years(first, last)
        length = period or chosen_period(first, last)
        numbers = period_numbers(first, length)
        names = [period_label(day, length) for day in period_days(numbers, length)[0]]
        label[dated] = pd.Series(names, dtype=object).where(holds(first, last, length), None)
        table |= {YEAR: pd.Series(year, columns.index), PERIOD: pd.Series(label, columns.index)}
    return pd.DataFrame(table, index=columns.index)


def _values(column: pd.Series) -> pd.Series:
    """Numbers if all stated values are numbers, else text; None where there is no value."""
    stated = column.str.strip()
    numbers = pd.to_numeric(stated.where(stated != ""), errors="coerce")
    if numbers[stated != ""].notna().all() and np.isfinite(numbers[stated != ""]).all():
        return numbers
    return stated.astype(object).where(stated != "", None)


def is_number(column: pd.Series) -> bool:
    """Whether a covariate is a number and not a category."""
    return bool(pd.api.types.is_numeric_dtype(column))


def used_rows(formula: Formula, table: pd.DataFrame) -> pd.DataFrame:
    """The documents that have a value in every column of the formula.

    Raises: FormulaError for a column that no document has, or that has one value only, and for too few clusters.
    """
    named = [*formula.columns, *([formula.cluster] if formula.cluster else [])]
    known = [str(name) for name in table if table[name].notna().any()]
    for name in named:
        if name not in known:
            raise FormulaError(f"no column {name!r} in the metadata of the documents. {_nearest(name, known)}")
    used = table.dropna(subset=named)
    for name in formula.columns:
        values = used[name].unique()
        if len(values) < 2:
            said = f"only {values[0]!r}" if len(values) else "none"
            raise FormulaError(
                f"expected two values or more of {name!r} among the {len(used)} documents that have a value in every "
                f"column of the formula; found {said}."
            )
    clusters = used[formula.cluster].nunique() if formula.cluster else len(used)
    if clusters < FEWEST_CLUSTERS:
        unit = f"values of {formula.cluster!r}" if formula.cluster else "documents"
        raise FormulaError(f"expected at least {FEWEST_CLUSTERS} {unit}, the clusters; found {clusters}.")
    return used


def _nearest(name: str, known: Sequence[str]) -> str:
    return nearest(name, list(known)) if known else "The documents have no metadata."
