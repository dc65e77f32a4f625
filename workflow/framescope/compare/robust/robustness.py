"""Which findings stand when one choice in counting is changed, or one term, block or document is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import UNITS
from framescope.compare.emphasis.contrasts import contrast_rows
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing
from framescope.compare.robust.established import Finding, Identity, established_differences, established_leans
from framescope.compare.robust.recount import Outcome, batches, recount
from framescope.compare.robust.variations import variations

COLUMNS = ["finding", "variation", "estimate", "low", "high", "stands", "left_out", "inference", *Identity._fields]


def robustness(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    contrast_differences: pd.DataFrame | None = None,
    section_differences: pd.DataFrame | None = None,
    document_differences: pd.DataFrame | None = None,
    notes: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    testing: Testing = AS_CONFIGURED,
) -> pd.DataFrame:
    """A row for each finding and variation, the headline count first.

    Findings are the leans of sections, documents, roles and groups with at least `testing.min_blocks` blocks, and every
    difference that the given tables call "differs". `table` names the table of a finding's own row, whose estimate, low
    and high the headline row repeats. Intervals are made over blocks or documents as there (`inference`). A finding
    stands where an interval at the level that the correction of its family leaves it is still on the same side of 0, so
    that the headline row stands where the corrected p is below the level; no lean stands where 0 is still inside.

    "leave one term out" and, by what the interval runs over, "leave one block out" or "leave one document out" show the
    thing (`left_out`) whose loss threatens the finding most. Of a document against the rest only its own blocks are
    left out. Differences keep their critical number of standard errors (`corrected_critical`). One over documents stays
    so with three. `notes` are sentences and hits of notes (columns as in the body's, with `number`), of which those
    without a citation are added.
    """
    main = next(iter(variations(tables, contrasts))).tables
    leans = contrast_rows(main, contrasts, UNITS, testing)
    found = established_leans(leans, contrasts, testing.level)
    for name, table in (
        ("contrast_differences", contrast_differences),
        ("section_differences", section_differences),
        ("document_differences", document_differences),
    ):
        found += [] if table is None else established_differences(table, name, testing.level)
    grouped = batches(found)
    parts = [
        _rows(found, name, outcome)
        for variation in variations(tables, contrasts, notes)
        for name, outcome in recount(found, grouped, variation).items()
    ]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _rows(found: Sequence[Finding], variation: str, outcome: Outcome) -> pd.DataFrame:
    """Rows of the table, indexed by the finding's place; those the variation does not vary are left out."""
    told = pd.DataFrame([finding.identity for finding in found], columns=Identity._fields).assign(
        finding=[finding.text for finding in found],
        inference=[finding.inference for finding in found],
        variation=variation,
        left_out=outcome.left_out,
    )
    # Tables tell ratios to base 2, measures are natural logarithms.
    scale = np.array([1 if finding.contrast else np.log(2) for finding in found])
    direction = np.array([finding.direction for finding in found])
    low, high = outcome.sure_low, outcome.sure_high
    stands = np.select([direction > 0, direction < 0], [low > 0, high < 0], (low <= 0) & (high >= 0)).astype(bool)
    # A share that ends at 0 or 1 has log-odds without an end.
    low, high = (np.where(np.isfinite(end), end, np.nan) / scale for end in (outcome.low, outcome.high))
    rows = told.assign(estimate=outcome.estimate / scale, low=low, high=high, stands=stands)
    return rows.loc[outcome.varied, COLUMNS]
