"""The design of a model: a row for each document, a column for each coefficient, and rows for marginal means."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from formulaic import ModelSpec, model_matrix

from framescope.compare.counts.blocks import Array
from framescope.compare.models.covariates import YEAR, YEARS_A_STEP, is_number
from framescope.compare.models.formulas import Formula, FormulaError

INTERCEPT = "intercept"
BETWEEN, CROSSED = " and ", " × "


@dataclass(frozen=True)
class Design:
    """The matrix of a formula for some documents; `names` are the coefficients, `data` the covariates as coded."""

    formula: Formula
    names: tuple[str, ...]
    matrix: Array
    data: pd.DataFrame
    spec: ModelSpec


def design_of(formula: Formula, used: pd.DataFrame) -> Design:
    """The design of the documents `used`.

    Categories are coded by their differences from the first value in alphabetical order. Numbers are differences from
    their mean, a year in decades.

    Raises: FormulaError if a coefficient follows from others, or if there are not more documents than coefficients.
    """
    data = pd.DataFrame({name: _coded(used[name]) for name in formula.columns}, index=used.index)
    made = model_matrix(formula.right, data, context={})
    matrix = made.to_numpy(dtype=np.float64)
    names = tuple(_named(name) for name in made.columns)
    for column, name in enumerate(names):
        if np.linalg.matrix_rank(matrix[:, : column + 1]) <= column:
            raise FormulaError(
                f"expected terms that vary independently; found {name!r}, which follows from the terms before it in "
                f"the {len(matrix)} documents that have a value in every column. Leave out one of the terms."
            )
    if len(matrix) <= len(names):
        raise FormulaError(f"expected more documents than coefficients ({len(names)}); found {len(matrix)}.")
    return Design(formula, names, matrix, data, made.model_spec)


def _coded(column: pd.Series) -> pd.Series:
    if not is_number(column):
        return column.astype(str).astype(pd.CategoricalDtype(sorted(column.astype(str).unique())))
    step = YEARS_A_STEP if column.name == YEAR else 1
    return (column - column.mean()) / step


def _named(name: str) -> str:
    """The name of a coefficient, from that of formulaic.

    >>> _named("Intercept"), _named("group[T.Liberals]:year")
    ('intercept', 'group: Liberals × year')
    """
    if name == "Intercept":
        return INTERCEPT
    parts = [part.replace("[T.", ": ").removesuffix("]") for part in re.split(r":(?![^\[]*\])", name)]
    return CROSSED.join(parts)


@dataclass(frozen=True)
class Margin:
    """A combination of coefficients: the linear predictor of all documents if they had one value of a column, or one
    pair of values of two columns, on average over the documents' own values of all others.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    row: Array

    @property
    def column(self) -> str:
        """The column or columns as text."""
        return BETWEEN.join(self.columns)

    @property
    def value(self) -> str:
        """The value or values as text."""
        return BETWEEN.join(self.values)


def margins(design: Design, used: pd.DataFrame) -> list[Margin]:
    """The margins of each column and of each interaction of two: every category, and of numbers the lowest and highest.

    These are the population marginal means of Searle, Speed and Milliken (1980, American Statistician 34), where the
    population is the documents of the model. Numbers are the linear predictor; `tables.from_predictor` converts them.

    By hand: the group has the mean 1/2 over four documents, and the number, whose mean is 2, goes from -2 to 3.

    >>> from framescope.compare.models.formulas import parse_formula
    >>> used = pd.DataFrame({"group": list("xxyy"), "staff": [0.0, 1.0, 2.0, 5.0]})
    >>> found = margins(design_of(parse_formula("economy ~ group + staff"), used), used)
    >>> [(margin.value, margin.row.tolist()) for margin in found[1:]]
    [('y', [1.0, 1.0, 0.0]), ('0', [1.0, 0.5, -2.0]), ('5', [1.0, 0.5, 3.0])]
    """
    found = []
    for columns in _sets(design):
        values = [list(_values(used[name], design.data[name])) for name in columns]
        for chosen in itertools.product(*values):
            coded = {name: code for name, (_, code) in zip(columns, chosen, strict=True)}
            data = design.data.assign(**{name: _constant(design.data[name], code) for name, code in coded.items()})
            row = design.spec.get_model_matrix(data, context={}).to_numpy(dtype=np.float64).mean(axis=0)
            found.append(Margin(columns, tuple(said for said, _ in chosen), row))
    return found


def _sets(design: Design) -> Iterator[tuple[str, ...]]:
    """Each column, then each pair of columns that interact."""
    yield from ((name,) for name in design.formula.columns)
    for term in design.spec.terms:
        names = tuple(factor.expr for factor in term.factors)
        if len(names) == 2:
            yield names


def _values(column: pd.Series, coded: pd.Series) -> Iterator[tuple[str, object]]:
    if is_number(column):
        for place in (column.argmin(), column.argmax()):
            value = column.iloc[place]
            yield (f"{int(value)}" if column.name == YEAR else f"{value:g}"), coded.iloc[place]
    else:
        yield from ((str(value), value) for value in coded.cat.categories)


def _constant(column: pd.Series, value: object) -> pd.Series:
    return pd.Series([value] * len(column), column.index, dtype=column.dtype)
