from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from framescope.compare.coders.accuracy import effective_size, f1_score, weighted_share

UNITS = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 9)), min_size=1, max_size=30)


def columns(units: list[tuple[bool, bool, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    first, second, weight = zip(*units, strict=True)
    return np.array(first), np.array(second), np.array(weight, dtype=float)


def test_units_of_equal_weight_are_worth_their_number_and_one_heavy_unit_little_more_than_one():
    assert effective_size(np.full(12, 3.0)) == pytest.approx(12)
    assert effective_size(np.array([1000.0, 1, 1])) == pytest.approx(1.004, abs=1e-3)


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_with_equal_weights_the_share_and_its_interval_are_statsmodels_wilson(right: list[bool]):
    among = np.ones(len(right), dtype=bool)
    share, *interval = weighted_share(np.array(right), among, np.full(len(right), 2.0))
    assert share == pytest.approx(np.mean(right))
    assert interval == pytest.approx(proportion_confint(sum(right), len(right), method="wilson"), abs=1e-12)


@given(UNITS)
def test_a_unit_of_weight_two_is_two_units_to_the_share_and_to_f1(units: list[tuple[bool, bool, int]]):
    gold, lexicon, weight = columns(units)
    times = weight.astype(int)
    repeated = [np.repeat(values, times) for values in (gold, lexicon)]
    ones = np.ones(times.sum())
    assert weighted_share(gold, lexicon, weight)[0] == pytest.approx(weighted_share(*repeated, ones)[0], nan_ok=True)
    assert f1_score(gold, lexicon, weight)[0] == pytest.approx(f1_score(*repeated, ones)[0], nan_ok=True)


@given(UNITS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall_and_lies_in_its_interval(units: list[tuple[bool, bool, int]]):
    gold, lexicon, weight = columns(units)
    f1, low, high = f1_score(gold, lexicon, weight)
    precision, recall = weighted_share(gold, lexicon, weight)[0], weighted_share(lexicon, gold, weight)[0]
    if (gold & lexicon).any():
        assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
        assert low <= f1 + 1e-9
        assert f1 <= high + 1e-9
    else:
        assert f1 == 0 or isnan(f1)


def test_nothing_found_has_no_share_and_nothing_found_or_coded_no_f1():
    none, some, weight = np.array([False, False]), np.array([True, False]), np.ones(2)
    assert all(map(isnan, weighted_share(some, none, weight)))
    assert all(map(isnan, f1_score(none, none, weight)))
    assert f1_score(some, none, weight)[0] == 0
