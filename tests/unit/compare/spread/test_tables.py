from __future__ import annotations

import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables
from framescope.compare.spread.tables import spread_tables

THEMES = {"c": "energy", "a": "defence", "b": "economy"}
FRAMES = study({name: {"01": [[{theme: 1}, {}]] * 9} for name, theme in THEMES.items()})


@pytest.mark.parametrize("most", [1, 2])
def test_tables_of_few_documents_at_a_time_are_those_of_all_documents_at_once(monkeypatch, most):
    rates = theme_rates(FRAMES)
    whole = {name: pd.concat(parts, ignore_index=True) for name, parts in spread_tables(FRAMES, rates)}
    in_parts = Tables.in_parts
    monkeypatch.setattr(Tables, "in_parts", lambda tables: in_parts(tables, most))
    parted = {name: list(parts) for name, parts in spread_tables(FRAMES, rates)}
    assert len(parted["trajectory"]) == -(-3 // most)
    for name, parts in parted.items():
        pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole[name])


def test_parts_of_a_study_have_all_rows_of_their_documents_in_the_order_of_ids():
    parts = list(FRAMES.in_parts(2))
    assert [sorted(part.documents["document"]) for part in parts] == [["a", "b"], ["c"]]
    for field in ("sentences", "hits", "sections"):
        assert sum(len(getattr(part, field)) for part in parts) == len(getattr(FRAMES, field))
        assert all(set(getattr(part, field)["document"]) <= set(part.documents["document"]) for part in parts)
