"""The tables of models: coefficients, marginal means, and differences between these."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.inference.families import adjust, verdicts
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Contrasts, Tables, Testing
from framescope.compare.models.clustered import Estimates, clustered_estimates
from framescope.compare.models.covariates import YEAR, YEARS_A_STEP, covariates, is_number, used_rows
from framescope.compare.models.design import CROSSED, Design, Margin, design_of, margins
from framescope.compare.models.fits import Fit, NoFitError, fit_counts
from framescope.compare.models.formulas import Formula, FormulaError, parse_formula
from framescope.compare.models.outcomes import Outcome, check_outcome, outcome_of
from framescope.table_schemas import table_schemas

RATE, SHARE = "rate_per_1000", "share_a"
PER_THOUSAND = 1000.0
ENDS = ("value", "low", "high")
# With fewer hits a model has more coefficients than facts.
FEWEST_HITS = 20
Stated = Sequence[str | Mapping[str, str]]


@dataclass(frozen=True)
class Fitted:
    """A model that was fitted to the documents of `counts`, whose covariates are `used`."""

    outcome: Outcome
    design: Design
    used: pd.DataFrame
    fit: Fit
    clusters: Codes

    def estimates(self, combinations: Array, confidence: float) -> Estimates:
        """Combinations of coefficients with their intervals."""
        return clustered_estimates(self.fit, self.clusters, combinations, confidence)


def model_tables(
    tables: Tables,
    models: Stated,
    *,
    themes: Sequence[str],
    contrasts: Contrasts | Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    period: str | None = None,
    testing: Testing = AS_CONFIGURED,
) -> dict[str, pd.DataFrame]:
    """Three tables by name, each with the rows of one model after another.

    - models: a row for each coefficient, and one row with a note for a model that could not be fitted. `ratio` is the
      exponential of the coefficient: the ratio of rates, or of odds for a share, for a step of `step`.
    - marginal_means: the rate (the share) that the documents would have with each value of a column, and as many words
      as any (`margins`).
    - marginal_differences: the ratio of two marginal means of a column (of the odds of shares), with p corrected over
      all of them in the column (Holm).

    `low` and `high` are ends of the interval of `clustered_estimates`.
    """
    known = covariates(tables.documents, period)
    parts: dict[str, list[pd.DataFrame]] = {"models": [], "marginal_means": [], "marginal_differences": []}
    for stated in models:
        formula = parse_formula(stated)
        check_outcome(formula, themes, contrasts)
        outcome = outcome_of(formula, tables.tested(testing), contrasts)
        facts = _facts(formula, outcome)
        try:
            fitted = _fitted(formula, outcome, known)
        except (FormulaError, NoFitError) as error:
            parts["models"].append(pd.DataFrame([facts | {"left_out": len(known), "note": f"not fitted: {error}"}]))
            continue
        means = margins(fitted.design, fitted.used)
        parts["models"].append(_coefficients(fitted, len(known), testing).assign(**facts))
        parts["marginal_means"].append(_means(fitted, means, testing).assign(**facts))
        parts["marginal_differences"].append(_differences(fitted, means, testing).assign(**facts))
    return {name: _joined(name, rows) for name, rows in parts.items()}


def _facts(formula: Formula, outcome: Outcome) -> dict[str, str]:
    """The columns that tell what a model explains."""
    share = outcome.share
    return {
        "model": formula.text,
        "measure": SHARE if share else RATE,
        "theme": "" if share else outcome.name,
        "contrast": outcome.name if share else "",
    }


def _fitted(formula: Formula, outcome: Outcome, known: pd.DataFrame) -> Fitted:
    """Raises: FormulaError or NoFitError if the documents with hits do not determine the model."""
    used = used_rows(formula, known.loc[known.index.isin(outcome.counts.index)])
    design, counts = design_of(formula, used), outcome.counts.loc[used.index]
    y, size = counts["y"].to_numpy(float), counts["size"].to_numpy(float)
    rarer = min(y.sum(), (size - y).sum()) if outcome.share else y.sum()
    if rarer < FEWEST_HITS:
        side = "hits of each side" if outcome.share else "hits"
        raise NoFitError(f"it needs {FEWEST_HITS} {side}; found {int(rarer)}")
    labels = used[formula.cluster].astype(str) if formula.cluster else pd.Series(used.index, used.index)
    clusters = pd.factorize(labels, sort=True)[0].astype(np.int64)
    return Fitted(outcome, design, used, fit_counts(y, size, design.matrix, outcome.share), clusters)


def _coefficients(fitted: Fitted, documents: int, testing: Testing) -> pd.DataFrame:
    found = fitted.estimates(np.eye(len(fitted.design.names)), testing.confidence)
    numbers = [column for column in fitted.design.formula.columns if is_number(fitted.used[column])]
    ends = {"ratio": np.exp(found.value), "low": np.exp(found.low), "high": np.exp(found.high)}
    return pd.DataFrame(
        {
            "term": fitted.design.names,
            "step": [step_of(name, numbers) for name in fitted.design.names],
            "coefficient": found.value,
            "standard_error": found.error,
            "degrees_of_freedom": found.freedom,
            **ends,
            "p": found.p,
            "documents": len(fitted.used),
            "left_out": documents - len(fitted.used),
            "cluster": fitted.design.formula.cluster or "document",
            "clusters": len(np.unique(fitted.clusters)),
            "dispersion": fitted.fit.dispersion,
            "note": "",
        }
    )


def step_of(term: str, numbers: Sequence[str]) -> float:
    """The step of the numbers in a term: 10 for a year and 1 for other numbers, multiplied; NaN for categories alone.

    That a year counts in decades is ours.

    >>> step_of("group: x × year", ["year"]), step_of("group: x", ["year"])
    (10.0, nan)
    """
    steps = [YEARS_A_STEP if part == YEAR else 1 for part in term.split(CROSSED) if part in numbers]
    return float(np.prod(steps)) if steps else np.nan


def _means(fitted: Fitted, means: Sequence[Margin], testing: Testing) -> pd.DataFrame:
    found = fitted.estimates(np.array([mean.row for mean in means]), testing.confidence)
    values = {"estimate": found.value, "low": found.low, "high": found.high}
    return pd.DataFrame(
        {
            "column": [mean.column for mean in means],
            "value": [mean.value for mean in means],
            "documents": [_having(fitted, mean) for mean in means],
            **{name: from_predictor(numbers, fitted.outcome.share) for name, numbers in values.items()},
            "degrees_of_freedom": found.freedom,
        }
    )


def from_predictor(predictor: Array, share: bool) -> Array:
    """A linear predictor as a share, 1 / (1 + exp(-predictor)), or as hits per 1,000 words, 1,000 exp(predictor).

    The inverses of the link functions (McCullagh and Nelder 1989, Generalized Linear Models, ch. 2).

    >>> from_predictor(np.zeros(1), True).tolist(), from_predictor(np.log([0.004]), False).round(3).tolist()
    ([0.5], [4.0])
    """
    return np.asarray(1 / (1 + np.exp(-predictor)) if share else PER_THOUSAND * np.exp(predictor))


def _having(fitted: Fitted, mean: Margin) -> int:
    """The number of documents that have the value of a margin; of a number all of them."""
    own = pd.Series(True, fitted.used.index)
    for column, value in zip(mean.columns, mean.values, strict=True):
        if not is_number(fitted.used[column]):
            own &= fitted.used[column].astype(str) == value
    return int(own.sum())


def _differences(fitted: Fitted, means: Sequence[Margin], testing: Testing) -> pd.DataFrame:
    """The ratio of every two marginal means of a single column, the second of them to the first."""
    single = [mean for mean in means if len(mean.columns) == 1]
    pairs = [(a, b) for a, b in itertools.combinations(single, 2) if a.columns == b.columns]
    found = fitted.estimates(np.array([b.row - a.row for a, b in pairs]), testing.confidence)
    table = pd.DataFrame(
        {
            "column": [a.column for a, _ in pairs],
            "value_a": [b.value for _, b in pairs],
            "value_b": [a.value for a, _ in pairs],
            "mean_a": _predicted(fitted, [b for _, b in pairs]),
            "mean_b": _predicted(fitted, [a for a, _ in pairs]),
            **{name: np.exp(getattr(found, part)) for name, part in zip(("ratio", "low", "high"), ENDS, strict=True)},
            "degrees_of_freedom": found.freedom,
            "p": found.p,
        }
    )
    families = table[["column"]]
    table["p_corrected"] = adjust(table["p"], families, "holm")
    table["verdict"] = verdicts(table["p_corrected"], testing.level)
    return table


def _predicted(fitted: Fitted, means: Sequence[Margin]) -> Array:
    rows = np.array([mean.row for mean in means]).reshape(len(means), -1)
    return from_predictor(rows @ fitted.fit.coefficients, fitted.outcome.share)


def _joined(name: str, rows: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all models in the columns of the table, which has no rows if there are no models."""
    columns = list(table_schemas()[name].columns)
    return pd.concat(rows, ignore_index=True).reindex(columns=columns) if rows else pd.DataFrame(columns=columns)
