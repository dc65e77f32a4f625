"""Which tables the page shows row by row."""

from __future__ import annotations

import pandas as pd

from framescope.present.page.views import further_tables, shown_columns, shown_rows
from framescope.tables import conform


def test_what_was_copied_is_not_counted_by_document_if_nothing_was():
    reuse, documents = pd.DataFrame({"document": ["a"]}), pd.DataFrame({"document": ["a", "b"]})
    shown = further_tables({"reuse": reuse, "reuse_by_document": documents})
    assert [table.name for tables in shown.values() for table in tables] == ["reuse_by_document"]
    assert further_tables({"reuse": reuse.head(0), "reuse_by_document": documents}) == {}


def test_of_changes_only_those_that_were_tested_are_shown_and_only_columns_with_values():
    values = {"theme": ["war", "trade"], "test": ["trend", "break"], "p": [0.2, None], "verdict": "not established"}
    changes = pd.DataFrame(values).reindex(columns=list(conform([], "changes")))
    rows = shown_rows({"changes": changes}, "changes")
    assert rows["theme"].tolist() == ["war"]
    assert shown_columns(rows, "changes") == ["theme", "test", "verdict"]
    assert further_tables({"changes": changes.tail(1)}) == {}
