"""Shares put right by measured errors."""

from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from framescope.compare.coders.correction import corrected_shares, rogan_gladen


def test_a_perfect_measure_needs_no_correction():
    assert rogan_gladen(0.3, 100, (1.0, 50), (1.0, 50))[0] == pytest.approx(0.3)


def test_the_estimate_undoes_known_errors():
    apparent = 0.25 * 0.8 + 0.75 * 0.1
    assert rogan_gladen(apparent, 1000, (0.8, 100), (0.9, 100))[0] == pytest.approx(0.25)


def test_a_measure_no_better_than_chance_corrects_nothing():
    assert all(map(isnan, rogan_gladen(0.3, 100, (0.4, 50), (0.6, 50))))
    assert all(map(isnan, rogan_gladen(0.3, 100, (nan, 0), (0.6, 50))))


def test_shares_stay_between_nothing_and_all():
    assert rogan_gladen(0.01, 100, (0.8, 50), (0.9, 50))[0] == 0
    assert rogan_gladen(0.99, 100, (0.8, 50), (0.9, 50))[2] == 1


@pytest.mark.parametrize(("share", "sensitivity", "specificity"), [(0.2, 0.7, 0.95), (0.4, 0.6, 0.9)])
def test_the_interval_holds_the_true_share_about_as_often_as_it_says(share, sensitivity, specificity):
    rng = np.random.default_rng(1)
    apparent = share * sensitivity + (1 - share) * (1 - specificity)
    held = 0
    draws = [rng.binomial(n, p, 1000) for n, p in ((300, apparent), (60, sensitivity), (140, specificity))]
    for found, right, wrong in zip(*draws, strict=True):
        _, low, high = rogan_gladen(found / 300, 300, (right / 60, 60), (wrong / 140, 140))
        held += low <= share <= high
    assert 0.93 <= held / 1000 <= 0.98


def test_a_unit_takes_the_figures_of_its_role_where_that_was_validated():
    rates = pd.DataFrame(
        {
            "unit": ["document", "section"],
            "role": ["", "analysis"],
            "theme": "defence",
            "sentences": 100,
            "share_sentences": 0.5,
        }
    )
    figures = {"theme": "defence", "coded": 100, "coded_with_theme": 50, "recall": 1.0, "specificity": 1.0}
    accuracy = pd.DataFrame(
        [{"unit": "study", "role": "", **figures}, {"unit": "role", "role": "analysis", **figures, "specificity": 0.8}]
    )
    table = corrected_shares(rates, accuracy)
    assert table["validated_on"].tolist() == ["study", "analysis"]
    assert table["share_corrected"].tolist() == pytest.approx([0.5, 0.375])
    assert (table["corrected_low"] < table["share_corrected"]).all()


@pytest.mark.parametrize(("found", "sentences"), [(30, 100), (3, 40)])
def test_the_interval_of_a_measure_known_to_be_perfect_is_agresti_and_coulls_in_statsmodels(found, sentences):
    _, low, high = rogan_gladen(found / sentences, sentences, (1.0, 1e12), (1.0, 1e12))
    assert (low, high) == pytest.approx(proportion_confint(found, sentences, method="agresti_coull"), abs=1e-9)
