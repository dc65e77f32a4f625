from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from framescope.compare.inference.families import adjust, attainable, family_sizes, verdicts

P = pd.Series([0.01, 0.04, np.nan, 0.03, 0.2], index=[7, 8, 9, 10, 11])
FAMILIES = pd.DataFrame({"family": ["a", "a", "a", "b", "b"]}, index=P.index)


def test_each_family_is_corrected_on_its_own_and_rows_without_p_are_no_tests():
    got = adjust(P, FAMILIES, "holm")
    assert got.iloc[:2].to_numpy() == pytest.approx(multipletests([0.01, 0.04], method="holm")[1])
    assert got.iloc[3:].to_numpy() == pytest.approx(multipletests([0.03, 0.2], method="holm")[1])
    assert np.isnan(got.iloc[2])
    assert family_sizes(P, FAMILIES).tolist() == [2, 2, 2, 2, 2]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.sampled_from(["holm", "fdr_bh"]))
@settings(deadline=None)
def test_any_family_is_corrected_as_statsmodels_would(p: list[float], method: str):
    got = adjust(pd.Series(p), pd.DataFrame({"family": ["a"] * len(p)}), method)
    assert got.to_numpy() == pytest.approx(multipletests(p, method=method)[1])


def test_benjamini_and_hochberg_is_that_of_statsmodels():
    got = adjust(P, FAMILIES, "fdr_bh")
    assert got.iloc[3:].to_numpy() == pytest.approx(multipletests([0.03, 0.2], method="fdr_bh")[1])


def test_verdicts_are_words():
    adjusted = pd.Series([0.01, 0.05, np.nan])
    assert verdicts(adjusted, 0.05).tolist() == ["differs", "not established", "too little text"]


def test_what_no_p_could_establish_is_said_to_be_so_and_never_not_established():
    families = pd.DataFrame({"family": ["a"] * 3 + ["b"] * 2})
    p, least = pd.Series([0.001, 0.5, 0.9, 0.03, 0.9]), pd.Series([0.0005] * 3 + [2 / 70] * 2)
    best = attainable(least, p, families, "holm")
    assert best.tolist() == pytest.approx([0.0015] * 3 + [4 / 70] * 2)
    told = verdicts(adjust(p, families, "holm"), 0.05, least=best)
    assert told.tolist() == ["differs", "not established", "not established", *["cannot be established"] * 2]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12), st.sampled_from(["holm", "fdr_bh"])
)
@settings(deadline=None)
def test_no_corrected_p_is_below_the_attainable_one(pairs: list[tuple[float, float]], method: str):
    least, p = pd.Series([min(pair) for pair in pairs]), pd.Series([max(pair) for pair in pairs])
    families = pd.DataFrame({"family": ["a"] * len(p)})
    assert (attainable(least, p, families, method) <= adjust(p, families, method) + 1e-12).all()
