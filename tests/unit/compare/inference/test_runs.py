from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.counts.blocks import BlockCounts, count_blocks, theme_sets
from framescope.compare.emphasis.differences import document_differences
from framescope.compare.inference.estimators import LogOdds, LogRates
from framescope.compare.inference.runs import count_themes, design_effects, section_effects, section_p, signal


def blocks_of(hits: list[int]) -> dict[str, list[list[dict[str, int]]]]:
    return {"01": [[{"defence": h}] for h in hits]}


def section_effect(hits: list[int]) -> float:
    counts = count_blocks(study({"a": blocks_of(hits)}), theme_sets(["defence"]))
    return section_effects(counts, LogRates(), counts)[0, 0]


def test_runs_raise_the_variance_of_a_section_and_shuffled_blocks_hardly():
    assert section_effect([5] * 10 + [0] * 10) > 4 * section_effect([5, 0] * 10)
    assert section_effect([5, 0] * 10) == 1


def test_the_variance_of_a_stretch_grows_with_its_length():
    themes = chain(0.3, 40, 1, 8)
    short = themes.blocks.assign(section=["a"] * 8 + ["b"] * 32)
    effects = section_effects(replace(themes, blocks=short), LogRates(), replace(themes, blocks=short))
    assert (effects[-1] > effects[0]).all()


def test_a_theme_of_which_a_text_says_little_borrows_the_likeness_of_the_others():
    themes = chain(0.5, 20, 1, 8)
    rare = np.zeros((20, 1))
    rare[4] = 1
    counts = replace(themes, names=("rare",), hits=rare, sentences_with_hit=rare)
    alone, among = (section_effects(counts, LogRates(), of)[0, 0] for of in (counts, themes))
    assert among > alone


def test_p_at_the_level_stays_and_smaller_ones_become_larger():
    p = section_p(np.array([0.2, 0.05, 0.01, 1e-6]), 0.05)
    assert p[1] == pytest.approx(0.05)
    assert p[2] > 0.01
    assert p[3] > 1e-4


def chain(rho: float, blocks: int, documents: int, themes: int) -> BlockCounts:
    """Documents of one section whose themes follow an autoregression."""
    random = np.random.default_rng(8)
    noise = random.normal(size=(documents, blocks, themes))
    values = noise.copy()
    for i in range(1, blocks):
        values[:, i] = rho * values[:, i - 1] + np.sqrt(1 - rho**2) * noise[:, i]
    frames = study({f"d{i:03}": {"01": [[{}]] * blocks} for i in range(documents)})
    counts = count_blocks(frames, theme_sets(["defence"]))
    hits = 10 + values.reshape(-1, themes)
    names = tuple(f"theme {i}" for i in range(themes))
    return BlockCounts(counts.blocks, np.full(len(hits), 10.0), counts.sentences, names, hits, hits)


@pytest.mark.parametrize(("rho", "low", "high"), [(0.0, 1.0, 1.1), (0.3, 1.6, 1.85), (0.5, 2.2, 2.75)])
def test_the_design_effect_of_an_autoregression_is_that_of_its_first_three_lags(rho: float, low: float, high: float):
    # 1 + 2 (rho + rho^2 + rho^3): 1, 1.83 and 2.75; an estimate from forty blocks falls somewhat short.
    effects = design_effects(chain(rho, 40, 60, 8))
    assert low <= effects.mean() <= high
    assert effects.min() >= 1


def test_a_design_effect_is_that_of_the_document_wherever_its_block_stands():
    frames = study({"a": blocks_of([5] * 10 + [0] * 10), "b": blocks_of([5, 0] * 10)})
    effects = design_effects(count_themes(frames))
    assert len(set(effects[:20, 0])) == 1
    assert effects[0, 0] > 2
    assert set(effects[20:, 0]) == {1.0}


def test_sections_that_differ_are_no_runs():
    parts = {"01": [[{"defence": 3}]] * 10, "02": [[{}]] * 10}
    assert set(design_effects(count_themes(study({"a": parts})))[:, 0]) == {1.0}


def test_the_same_hits_in_runs_tell_two_texts_apart_less_surely():
    few, many = [1] * 6 + [0] * 14, [2] * 12 + [0] * 8
    random = np.random.default_rng(3)
    shuffled = [random.permutation(hits).tolist() for hits in (few, many)]
    rows = []
    for first, second in ((few, many), shuffled):
        table = document_differences(study({"a": blocks_of(first), "b": blocks_of(second)}))
        rows.append(table[table["unit"] == "document"].iloc[0])
    in_runs, mixed = rows
    assert in_runs["log2_ratio"] == mixed["log2_ratio"]
    assert in_runs["p"] > 2 * mixed["p"]
    assert in_runs["critical"] > 1.3 * mixed["critical"]
    assert [(row["high"] < 0) == (row["p"] < 0.05) for row in rows] == [True, True]


def test_blocks_three_apart_that_are_alike_count_and_none_further_apart():
    blocks = pd.DataFrame({"document": ["a"] * 16, "section": ["01"] * 16})
    hits, words = np.array([[2.0]] * 8 + [[0.0]] * 8), np.full(16, 10.0)
    counts = BlockCounts(blocks, words, np.ones(16), ("defence",), hits, hits / 2)
    alike = [(16 - 3 * lag) / (16 - lag) + 1 / 15 for lag in (1, 2, 3)]
    assert design_effects(counts) == pytest.approx(1 + 2 * sum(alike))


def test_a_frequent_theme_is_taken_for_more_correlated_than_a_rare_one_of_the_same_text():
    assert signal(np.array([[9.0, 1.0]] * 4), np.zeros(4, dtype=np.int64))[0] == pytest.approx([0.9, 0.5])
    themes = chain(0.5, 20, 1, 8)
    # Both have hits in every block alike, so that nothing is known of either but how frequent it is.
    alike = np.tile([[9.0, 1.0]], (20, 1))
    counts = replace(themes, names=("frequent", "rare"), hits=alike, sentences_with_hit=alike)
    frequent, rare = section_effects(counts, LogRates(), themes)[0]
    assert frequent > rare > 1


def test_a_contrast_counts_the_hits_of_both_its_sides():
    themes = chain(0.5, 20, 1, 8)
    sides = np.tile([[4.0, 4.0]], (20, 1))
    counts = replace(themes, names=("c: a", "c: b"), hits=sides, sentences_with_hit=sides)
    both = replace(themes, names=("theme",), hits=sides[:, :1] * 2, sentences_with_hit=sides[:, :1])
    contrast, theme = (section_effects(c, e, themes)[0, 0] for c, e in ((counts, LogOdds()), (both, LogRates())))
    assert contrast == pytest.approx(theme)
