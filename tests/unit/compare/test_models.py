from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from compare_frames import study

from framescope.compare.models import group_models, rate_model


def counts(ratio: float, each: int, seed: int):
    random = np.random.default_rng(seed)
    groups = np.repeat([0, 1], each)
    words = random.integers(400, 1200, 2 * each).astype(float)
    mean = words / 100 * np.where(groups == 0, ratio, 1.0) * random.gamma(4, 0.25, 2 * each)
    return random.poisson(mean).astype(float), words, groups


def test_the_ratio_and_its_error_are_near_those_of_maximum_likelihood():
    hits, words, groups = counts(2.0, 200, seed=3)
    model = rate_model(hits, words, groups)
    design = np.eye(2)[groups]
    likelihood = sm.NegativeBinomial(hits, design, offset=np.log(words)).fit(disp=0)
    assert model.log_rates == pytest.approx(likelihood.params[:2], abs=0.02)
    assert np.sqrt(model.covariance[0, 0]) == pytest.approx(likelihood.bse[0], rel=0.15)
    assert model.dispersion == pytest.approx(likelihood.params[2], rel=0.4)


def test_alike_groups_are_called_different_about_as_often_as_they_should():
    effects = np.array([rate_model(*counts(1.0, 40, seed)).difference(0, 1) for seed in range(300)])
    assert 0.02 <= np.mean(np.abs(effects[:, 0]) > 1.96 * effects[:, 1]) <= 0.09


def test_groups_of_thirty_documents_have_a_model_and_smaller_ones_none():
    random = np.random.default_rng(5)

    def document(rate: float) -> dict[str, list[list[dict[str, int]]]]:
        return {"01": [[{"defence": int(random.poisson(rate))}] for _ in range(3)]}

    groups = {f"d{i:02}": "east" if i < 30 else "west" if i < 60 else "south" for i in range(65)}
    frames = study({d: document(2.0 if g == "east" else 0.5) for d, g in groups.items()}, groups=groups)
    table = group_models(*frames)
    assert table[["unit_a", "unit_b", "theme"]].to_numpy().tolist() == [["east", "west", "defence"]]
    row = table.iloc[0]
    assert (row["documents_a"], row["documents_b"]) == (30, 30)
    assert row["low"] < 2 < row["high"]
    assert row["p"] < 0.001
