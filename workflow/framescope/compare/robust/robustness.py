"""Which findings hold if one choice in counting is changed, or one term, block or document is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from framescope.compare.counts.blocks import unit_kinds
from framescope.compare.counts.choices import PROPERTIES
from framescope.compare.emphasis.contrasts import contrast_rows, said_once
from framescope.compare.emphasis.identity import Identity
from framescope.compare.inputs import AS_CONFIGURED, DEFAULT_CONTRASTS, Tables, Testing
from framescope.compare.opinion.opinions import NO_OPINION
from framescope.compare.robust.established import Finding, established_differences, established_leans
from framescope.compare.robust.recount import Outcome, batches, recounts
from framescope.compare.robust.set_phrases import set_phrases
from framescope.compare.robust.variations import EVERYWHERE, variations

# The columns of sentences and hits that any variation uses.
READ = {
    "sentences": (
        *("document", "section", "block", "paragraph", "sentence", "start", "words", "quoted_words", "voice"),
    ),
    "hits": (
        *("document", "section", "block", "sentence", "start", "end", "theme", "term", "subject_term"),
        *PROPERTIES,
    ),
}
COLUMNS = ["finding", "variation", "estimate", "low", "high", "robust", "left_out", "inference", *Identity._fields]


def robustness(
    tables: Tables,
    *,
    contrasts: Sequence[Mapping[str, Any]] = DEFAULT_CONTRASTS,
    contrast_differences: pd.DataFrame | None = None,
    section_differences: pd.DataFrame | None = None,
    document_differences: pd.DataFrame | None = None,
    notes: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    opinion: pd.DataFrame = NO_OPINION,
    testing: Testing = AS_CONFIGURED,
    phrases: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A row for each finding and variation, the headline count first.

    Findings are the leans of sections, documents, roles and groups with at least `testing.min_blocks` blocks, each once
    (`said_once`), and every difference whose verdict in the given tables is "differs". `table` is the table of a
    finding's own row; the headline row repeats its estimate, low and high. Intervals are computed over blocks or
    documents, as in that row (`inference`). A finding is `robust` if its interval, at the level that remains after the
    correction for all tests of its family, is still on the same side of 0, or of the log-odds of the baseline of a
    lean; the headline row is therefore robust if the corrected p is below the level. "no lean" is robust if the
    baseline is still inside.

    "leave one term out", and "leave one block out" or "leave one document out" according to `inference`, show in
    `left_out` the thing without which the finding is nearest to not being robust. If a document is compared with the
    rest, only its own blocks are left out. Differences keep their critical number of standard errors
    (`corrected_critical`), also if only three documents are left of four. Leans count copied passages everywhere,
    differences as `testing.copied_passages` says; a variation counts them the other way, in which a finding on a unit
    without text of its own has no numbers and is not robust. `notes` are the sentences and hits of notes (with the
    columns of those of the body, and `number`), of which the notes without a citation are added; `opinion` is the table
    of `opinion.opinions`. `phrases` are the `set_phrases` of the sentences; without them these need their texts.
    """
    phrases = set_phrases([tables.sentences]) if phrases is None else phrases
    counted = contrast_rows(tables.headline(), contrasts, unit_kinds(tables), testing)
    leans = established_leans(said_once(counted, tables.documents), contrasts, testing.level)
    differences: list[Finding] = []
    for name, table in (
        ("contrast_differences", contrast_differences),
        ("section_differences", section_differences),
        ("document_differences", document_differences),
    ):
        differences += [] if table is None else established_differences(table, name, testing.level)
    found = []
    for findings, copies in ((leans, EVERYWHERE), (differences, testing.copied_passages)):
        if not findings:
            continue
        varied = partial(variations, contrasts=contrasts, notes=notes, copies=copies, opinion=opinion, phrases=phrases)
        outcomes = recounts(findings, batches(findings), tables.in_parts(), varied, testing.baseline)
        named = _named(findings)
        rows = [_rows(findings, named, name, outcome) for name, outcome in outcomes]
        found.append(pd.concat(rows).sort_index(kind="stable"))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def _named(findings: Sequence[Finding]) -> pd.DataFrame:
    """The columns of the table that say what each finding is."""
    return pd.DataFrame([finding.identity for finding in findings], columns=Identity._fields).assign(
        finding=[finding.text for finding in findings], inference=[finding.inference for finding in findings]
    )


def _rows(findings: Sequence[Finding], named: pd.DataFrame, variation: str, outcome: Outcome) -> pd.DataFrame:
    """Rows of the table, indexed by the finding's place; findings to which the variation does not apply have none."""
    # Ratios of rates are logarithms to base 2 in tables; estimators compute natural logarithms.
    scale = np.array([1 if finding.contrast else np.log(2) for finding in findings])
    direction = np.array([finding.direction for finding in findings])
    low, high = outcome.sure_low, outcome.sure_high
    robust = np.select([direction > 0, direction < 0], [low > 0, high < 0], (low <= 0) & (high >= 0)).astype(bool)
    # An interval of a share that ends at 0 or 1 has no finite end in log-odds.
    low, high = (np.where(np.isfinite(end), end, np.nan) / scale for end in (outcome.low, outcome.high))
    rows = named.assign(variation=variation, left_out=outcome.left_out)
    rows = rows.assign(estimate=outcome.estimate / scale, low=low, high=high, robust=robust)
    return rows.loc[outcome.varied, COLUMNS]
