from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from compare_frames import study

from framescope.compare.inference.models import NUMBERS_AT_ONCE, group_models, rate_ratios, score_test


def counts(ratio: float, each: int, seed: int, themes: int = 1):
    random = np.random.default_rng(seed)
    first = np.repeat([True, False], each)
    words = random.integers(400, 1200, 2 * each).astype(float)
    mean = words / 100 * np.where(first, ratio, 1.0) * random.gamma(4, 0.25, (themes, 2 * each))
    return random.poisson(mean).T.astype(float), words, first


def binomial_model(hits: np.ndarray, alpha: float, design: np.ndarray, offset: np.ndarray):
    family = sm.families.NegativeBinomial(alpha=alpha)
    return sm.GLM(hits, design, family=family, offset=offset)


def test_the_score_is_that_of_statsmodels_at_the_same_dispersion():
    hits, words, first = counts(1.5, 40, seed=2)
    z, alpha = score_test(hits, words, first, 0.0)
    model = binomial_model(hits[:, 0], alpha.item(), np.ones((80, 1)), np.log(words))
    constrained = model.fit(tol=1e-12).params
    found = model.score_test(constrained, exog_extra=first.astype(float)[:, np.newaxis], observed=False)
    assert z.item() ** 2 == pytest.approx(np.ravel(found[0]).item(), rel=1e-5)


def test_the_dispersion_brings_pearsons_statistic_to_its_degrees_of_freedom():
    hits, words, first = counts(1.0, 40, seed=4)
    alpha = score_test(hits, words, first, 0.0)[1].item()
    mean = binomial_model(hits[:, 0], alpha, np.ones((80, 1)), np.log(words)).fit(tol=1e-12).mu
    assert ((hits[:, 0] - mean) ** 2 / (mean + alpha * mean**2)).sum() == pytest.approx(79, rel=1e-4)


def test_the_ratio_is_near_that_of_maximum_likelihood():
    hits, words, first = counts(2.0, 200, seed=3)
    likelihood = sm.NegativeBinomial(hits[:, 0], np.eye(2)[first.astype(int)], offset=np.log(words)).fit(disp=0)
    found = rate_ratios(hits, words, first)
    assert found.log_ratio.item() == pytest.approx(likelihood.params[1] - likelihood.params[0], abs=0.02)
    error = np.hypot(*likelihood.bse[:2])
    assert (found.high - found.low).item() == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_the_interval_leaves_out_nought_where_p_is_below_its_level():
    found = [rate_ratios(*counts(1.25, 30, seed, themes=5)) for seed in range(20)]
    excluded = np.concatenate([(ratios.low > 0) | (ratios.high < 0) for ratios in found])
    assert 0.1 < excluded.mean() < 0.9
    assert (excluded == (np.concatenate([ratios.p for ratios in found]) < 0.05)).all()


def test_alike_groups_are_called_different_about_as_often_as_they_should():
    p = np.concatenate([rate_ratios(*counts(1.0, 40, seed, themes=5)).p for seed in range(100)])
    assert 0.03 <= np.mean(p < 0.05) <= 0.07


def test_a_theme_whose_counts_vary_less_than_chance_has_no_dispersion():
    words, first = np.full(60, 500.0), np.repeat([True, False], 30)
    assert score_test(np.full((60, 1), 4.0), words, first, 0.0)[1].item() == 0


def test_the_score_of_a_theme_is_the_same_alone_and_among_more_themes_than_are_worked_on_at_a_time():
    hits, words, first = counts(1.5, 1000, seed=6, themes=NUMBERS_AT_ONCE // 2000 + 2)
    together = score_test(hits, words, first, 0.2)
    alone = [score_test(hits[:, [theme]], words, first, 0.2) for theme in range(hits.shape[1])]
    assert np.array_equal(together, np.concatenate(alone, axis=1))


def test_groups_of_thirty_documents_have_a_model_and_smaller_ones_none():
    random = np.random.default_rng(5)

    def document(rate: float) -> dict[str, list[list[dict[str, int]]]]:
        return {"01": [[{"defence": int(random.poisson(rate))}] for _ in range(3)]}

    groups = {f"d{i:02}": "east" if i < 30 else "west" if i < 60 else "south" for i in range(65)}
    frames = study({d: document(2.0 if g == "east" else 0.5) for d, g in groups.items()}, groups=groups)
    table = group_models(frames)
    assert table[["unit_a", "unit_b", "theme"]].to_numpy().tolist() == [["east", "west", "defence"]]
    row = table.iloc[0]
    assert (row["documents_a"], row["documents_b"]) == (30, 30)
    assert row["low"] < 2 < row["high"]
    assert row["p"] < 0.001


def test_a_document_without_words_leaves_the_model_as_it_is_without_the_document():
    random = np.random.default_rng(5)
    groups = {f"d{i:02}": "east" if i < 31 else "west" for i in range(61)}
    documents = {d: {"01": [[{"defence": int(random.poisson(2.0))}] for _ in range(3)]} for d in groups}
    frames = study(documents, groups=groups)
    sentences, hits = (table[table["document"] != "d00"] for table in (frames.sentences, frames.hits))
    silent = frames.sentences["words"].where(frames.sentences["document"] != "d00", 0)
    without_words = replace(frames, sentences=frames.sentences.assign(words=silent, quoted_words=0), hits=hits)
    expected = group_models(replace(frames, sentences=sentences, hits=hits))
    assert expected[["documents_a", "documents_b"]].to_numpy().tolist() == [[30, 30]]
    assert expected["p"].notna().all()
    pd.testing.assert_frame_equal(group_models(without_words), expected)
