"""Whether the formulas of a study can be fitted, as far as its settings and metadata tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framescope.compare.models.covariates import covariates, used_rows
from framescope.compare.models.design import design_of
from framescope.compare.models.formulas import FormulaError, parse_formula
from framescope.compare.models.outcomes import check_outcome
from framescope.compare.models.tables import Stated


def wrong_models(
    models: Stated,
    documents: pd.DataFrame,
    themes: Sequence[str],
    contrasts: Sequence[Mapping[str, Any]],
    period: str | None,
) -> list[str]:
    """A message for each formula that cannot be fitted; `documents` has a row of metadata for each document."""
    known, problems = covariates(documents, period), []
    for number, stated in enumerate(models, start=1):
        try:
            formula = parse_formula(stated)
            check_outcome(formula, themes, contrasts)
            design_of(formula, used_rows(formula, known))
        except FormulaError as error:
            text = stated if isinstance(stated, str) else stated["formula"]
            problems.append(f"config.yaml: models > {number} ({text}): {error}")
    return problems
