"""Which tables the page shows row by row."""

from __future__ import annotations

import pandas as pd

from framescope.present.page.views import further_tables


def test_what_was_copied_is_not_counted_by_document_if_nothing_was():
    reuse, documents = pd.DataFrame({"document": ["a"]}), pd.DataFrame({"document": ["a", "b"]})
    shown = further_tables({"reuse": reuse, "reuse_by_document": documents})
    assert [table.name for tables in shown.values() for table in tables] == ["reuse_by_document"]
    assert further_tables({"reuse": reuse.head(0), "reuse_by_document": documents}) == {}
