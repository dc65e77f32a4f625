"""How far coders agree."""

from math import isnan, nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from framescope.compare.coders.agreement import cohen_kappa, krippendorff_alpha, mean_kappa

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
