"""What a model explains: the hits of a theme in the words of each document, or side a's share of a contrast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import by_document, count_blocks, units_of
from framescope.compare.inference.estimators import contrast_sets
from framescope.compare.inputs import Tables
from framescope.compare.models.formulas import Formula, FormulaError
from framescope.problems import nearest


@dataclass(frozen=True)
class Outcome:
    """An outcome: a theme's rate or a contrast's share, and `counts`, a row for each document with `y` and `size`.

    Of a rate y are hits and size is words; of a share y are the hits of side a and size those of both sides. Documents
    whose size is 0 have no row.
    """

    name: str
    share: bool
    counts: pd.DataFrame


def check_outcome(formula: Formula, themes: Sequence[str], contrasts: Sequence[Mapping[str, Any]]) -> None:
    """Raises: FormulaError if the outcome is neither a theme nor a contrast."""
    known = [*themes, *(str(contrast["name"]) for contrast in contrasts)]
    if formula.outcome not in known:
        raise FormulaError(f"no theme or contrast {formula.outcome!r}. {nearest(formula.outcome, known)}")


def outcome_of(formula: Formula, tables: Tables, contrasts: Sequence[Mapping[str, Any]]) -> Outcome:
    """The outcome of a formula in the headline count."""
    chosen = [contrast for contrast in contrasts if str(contrast["name"]) == formula.outcome]
    sets = contrast_sets(chosen) if chosen else {formula.outcome: [formula.outcome]}
    counts = count_blocks(tables.headline(), sets)
    rows, _ = by_document(counts, units_of(counts, "document"))
    size = rows.hits.sum(axis=1) if chosen else rows.words
    index = pd.Index(rows.blocks["document"].astype(str), name="document")
    table = pd.DataFrame({"y": rows.hits[:, 0], "size": size.astype(np.float64)}, index=index)
    return Outcome(formula.outcome, bool(chosen), table[table["size"] > 0])
