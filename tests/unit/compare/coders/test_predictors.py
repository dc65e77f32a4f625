"""Predictors of codes with a second opinion; test_survey.py has estimates from those of the hits."""

from __future__ import annotations

import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.coders.predictors import Predictors
from framescope.compare.opinion.opinions import COLUMNS

TABLES = study({"a": {"01": [[{"defence": 1}, {"economy": 1}, {}]]}})
OPINION = pd.DataFrame(
    [
        ("a", 1, "defence", 1, 0.9, "agrees", ""),
        ("a", 3, "defence", 0, 0.4, "filled", ""),
        ("a", 3, "economy", 0, 0.6, "filled", ""),
        ("a", 2, "energy", 1, None, "agrees", ""),
        ("b", 2, "defence", 0, 0.8, "filled", ""),
    ],
    columns=COLUMNS,
).astype({"probability": float})


def test_the_probability_of_a_second_opinion_is_one_more_predictor_and_that_of_a_set_is_the_largest():
    with_opinion = Predictors(TABLES.sentences, TABLES.hits, OPINION)
    assert with_opinion.of(["defence"])[:, -1].tolist() == [0.9, 0, 0.4]
    assert with_opinion.of(["defence", "economy"])[:, -1].tolist() == [0.9, 0, 0.6]
    assert with_opinion.of(["energy"])[:, -1].tolist() == [0, 0, 0]


def test_without_a_second_opinion_the_predictors_are_those_of_the_hits():
    plain, asked = Predictors(TABLES.sentences, TABLES.hits), Predictors(TABLES.sentences, TABLES.hits, OPINION)
    assert asked.of(["defence"])[:, :-1] == pytest.approx(plain.of(["defence"]))
