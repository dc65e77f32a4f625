"""The tables about time, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from framescope.compare.inputs import Tables, Testing
from framescope.compare.time.changes import changes
from framescope.compare.time.lookback import lookback
from framescope.compare.time.trends import trends_in_parts

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
) -> Iterator[tuple[str, Iterable[pd.DataFrame]]]:
    """Trends, changes and their tests, and lookback, by name and in parts; empty where no document is dated."""
    measured: dict[str, Any] = {"themes": themes, "contrasts": contrasts, "testing": testing}
    complete = changes(tables, **measured, focus_themes=focus_themes)
    yield "changes", [complete.drop(columns=OF_TESTS)]
    yield "change_tests", [complete.loc[complete["p"].notna(), [*OF_CHANGES, *OF_TESTS]]]
    yield "lookback", [lookback(timeline, tables.documents)]
    yield "trends", trends_in_parts(tables, **measured, period=period)
