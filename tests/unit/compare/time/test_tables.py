from __future__ import annotations

import dataclasses

import pandas as pd
from time_studies import yearly

from framescope.compare.inputs import DEFAULT_CONTRASTS, Tables, Testing
from framescope.compare.time.tables import OF_CHANGES, OF_TESTS, time_tables
from framescope.tables import conform

SETTINGS = {"themes": ["defence", "economy", "culture"], "contrasts": DEFAULT_CONTRASTS, "focus_themes": ["economy"]}
TIMELINE = conform([], "timeline")


def tables_of(frames: Tables) -> dict[str, pd.DataFrame]:
    made = time_tables(frames, TIMELINE, **SETTINGS, period=None, testing=Testing())
    return {name: pd.concat(list(parts)) for name, parts in made}


def test_each_test_of_a_change_has_a_row_of_its_own_table_and_changes_have_nothing_of_it() -> None:
    made = {
        name: pd.concat(list(parts))
        for name, parts in time_tables(yearly(), TIMELINE, **SETTINGS, period=None, testing=Testing())
    }
    tested = made["changes"]["p"].notna()
    rows, tests = made["changes"].loc[tested, OF_CHANGES], made["change_tests"]
    assert 0 < len(tests) < len(made["changes"])
    assert tests[OF_CHANGES].to_numpy().tolist() == rows.to_numpy().tolist()
    assert tests[OF_TESTS].notna().all(axis=None)
    assert not set(OF_TESTS) & set(made["changes"])


def test_tables_of_texts_without_dates_have_the_columns_of_any_other() -> None:
    frames = yearly(12)
    undated = dataclasses.replace(frames, documents=frames.documents.assign(published=""))
    made = {
        name: pd.concat(list(parts))
        for name, parts in time_tables(undated, TIMELINE, **SETTINGS, period=None, testing=Testing())
    }
    for name in ("changes", "change_tests"):
        pd.testing.assert_frame_equal(conform(made[name], name), conform([], name))
