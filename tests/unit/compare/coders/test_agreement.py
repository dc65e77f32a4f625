"""How far coders agree."""

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from framescope.compare.coders.agreement import (
    alpha_interval,
    cohen_kappa,
    kappa_interval,
    krippendorff_alpha,
    mean_kappa,
)

# Four coders, twelve units, some skipped: the worked example of Krippendorff (2011), whose nominal alpha is .743.
EXAMPLE = pd.DataFrame(
    {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
        "c": [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    }
)


def test_alpha_is_that_of_the_worked_example():
    assert krippendorff_alpha(EXAMPLE) == pytest.approx(0.743, abs=5e-4)


def test_full_agreement_is_one_and_one_value_alone_says_nothing():
    assert krippendorff_alpha(pd.DataFrame({"a": [0, 1, 1], "b": [0, 1, 1]})) == 1
    assert isnan(krippendorff_alpha(pd.DataFrame({"a": [1, 1], "b": [1, 1]})))
    assert isnan(krippendorff_alpha(pd.DataFrame({"a": [1, 0]})))


def test_kappa_takes_out_what_chance_explains():
    first = pd.Series([1] * 25 + [0] * 25)
    second = pd.Series([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    assert cohen_kappa(first, second) == pytest.approx(0.4)
    assert isnan(cohen_kappa(pd.Series([1, 1]), pd.Series([1, 1])))
    assert isnan(cohen_kappa(pd.Series([nan]), pd.Series([1])))


def test_the_mean_is_over_pairs_of_coders_that_share_units():
    ratings = pd.DataFrame({"a": [1, 0, nan], "b": [1, 0, 1], "c": [nan, nan, 1]})
    assert mean_kappa(ratings) == 1
    assert isnan(mean_kappa(ratings[["a"]]))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30))
def test_neither_measure_depends_on_who_is_first(pairs):
    table = pd.DataFrame(pairs, columns=["a", "b"])
    for left, right in (
        (krippendorff_alpha(table), krippendorff_alpha(table[["b", "a"]])),
        (cohen_kappa(table["a"], table["b"]), cohen_kappa(table["b"], table["a"])),
    ):
        assert left == pytest.approx(right, nan_ok=True)
        assert isnan(left) or left <= 1


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30))
def test_kappa_is_that_of_statsmodels(pairs):
    table = pd.DataFrame(pairs, columns=["a", "b"])
    kappa = cohen_kappa(table["a"], table["b"])
    if not isnan(kappa):
        expected = cohens_kappa(to_table(table.to_numpy(), bins=3)[0], return_results=False)
        assert kappa == pytest.approx(expected)


def two_coders(rng, units=80, agree=0.8):
    first = rng.random(units) < 0.3
    second = np.where(rng.random(units) < agree, first, rng.random(units) < 0.3)
    return pd.DataFrame({"a": first.astype(float), "b": second.astype(float)})


def test_intervals_of_agreement_have_the_true_value_as_often_as_they_say():
    rng = np.random.default_rng(1)
    covered = {"alpha": 0, "kappa": 0}
    for seed in range(200):
        ratings = two_coders(rng)
        for name, interval in (("alpha", alpha_interval), ("kappa", kappa_interval)):
            low, high = interval(ratings, 0.95, seed)
            covered[name] += low <= 0.8 <= high
    assert all(180 <= times <= 198 for times in covered.values()), covered


def test_an_interval_is_that_of_resampled_tables():
    ratings = two_coders(np.random.default_rng(2)).mask(np.random.default_rng(3).random((80, 2)) < 0.1)
    rng = np.random.default_rng(4)
    samples = [ratings.iloc[rng.integers(0, 80, 80)].reset_index(drop=True) for _ in range(400)]
    for statistic, interval in ((krippendorff_alpha, alpha_interval), (mean_kappa, kappa_interval)):
        expected = np.quantile([statistic(sample) for sample in samples], [0.025, 0.975])
        assert interval(ratings) == pytest.approx(expected, abs=0.06)


def test_where_there_is_no_agreement_to_measure_there_is_no_interval():
    for ratings in (pd.DataFrame({"a": [1.0, 0.0]}), pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 1.0]})):
        assert np.isnan(alpha_interval(ratings)).all()
        assert np.isnan(kappa_interval(ratings)).all()
