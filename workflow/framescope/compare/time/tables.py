"""The tables about time, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from framescope.compare.inputs import Tables, Testing
from framescope.compare.time.changes import changes
from framescope.compare.time.lookback import lookback
from framescope.compare.time.trends import trends

OF_CHANGES = ["theme", "contrast", "grouping", "group", "test"]
OF_TESTS = ["autocorrelation", "statistic", "critical", "tests_in_family"]


def time_tables(
    tables: Tables,
    timeline: pd.DataFrame,
    *,
    themes: Sequence[str],
    contrasts: Sequence[Mapping[str, Any]],
    focus_themes: Sequence[str],
    period: str | None,
    testing: Testing,
) -> dict[str, pd.DataFrame]:
    """Trends, changes and their tests, and lookback; empty where no document is dated."""
    measured: dict[str, Any] = {"themes": themes, "contrasts": contrasts, "testing": testing}
    complete = changes(tables, **measured, focus_themes=focus_themes)
    return {
        "trends": trends(tables, **measured, period=period),
        "changes": complete.drop(columns=OF_TESTS),
        "change_tests": complete.loc[complete["p"].notna(), [*OF_CHANGES, *OF_TESTS]],
        "lookback": lookback(timeline, tables.documents),
    }
