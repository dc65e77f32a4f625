"""Shares estimated from codes: right whatever the lexicon finds, and more certain the better it is."""

import numpy as np
import pandas as pd
import pytest

from framescope.compare.coders.estimation import (
    coded_units,
    estimated_contrasts,
    estimated_differences,
    estimated_shares,
)
from framescope.compare.coders.finding import Coded
from framescope.compare.coders.sampling import draw_sample
from framescope.compare.coders.survey import Survey, share_interval, stratified_variance, weight_classes
from framescope.compare.inputs import Tables

SIZE = 600
CODES = 150


def study(right: float, seed: int = 0) -> tuple[Tables, pd.DataFrame]:
    """Two documents, of which the second has twice as much defence, and a lexicon that is right in a part of them."""
    rng = np.random.default_rng(seed)
    sentences = pd.DataFrame({"document": np.repeat(["one", "two"], SIZE // 2)}).assign(
        section="01", sentence=np.tile(np.arange(1, SIZE // 2 + 1), 2), voice="author", text="A sentence."
    )
    share = np.where(sentences["document"] == "one", 0.15, 0.3)
    has = rng.random(SIZE) < share
    found = np.where(rng.random(SIZE) < right, has, rng.random(SIZE) < 0.4)
    hits = sentences[found].assign(theme="defence")
    sections = pd.DataFrame({"document": ["one", "two"], "section": "01", "role": "body", "role_source": "default"})
    documents = pd.DataFrame({"document": ["one", "two"], "group": ["x", "y"]})
    codes = sentences[["document", "sentence"]].assign(theme=np.where(has, "defence", ""))
    return Tables(sentences, hits, sections, documents), codes


def survey(tables: Tables, codes: pd.DataFrame, size: int = CODES, seed: int = 0) -> Survey:
    sample = draw_sample(tables.sentences, tables.hits, size, seed)[["document", "sentence", "weight"]]
    rows = sample.merge(codes, on=["document", "sentence"]).rename(columns={"sentence": "unit"})
    return Survey(Coded("sentence", rows.assign(coder="coder", round=1)), tables)


def of_study(table: pd.DataFrame) -> pd.Series:
    return table[table["unit"] == "study"].iloc[0]


def test_codes_of_all_sentences_are_the_share():
    tables, codes = study(0.7)
    row = of_study(estimated_shares(survey(tables, codes, SIZE), ["defence"], 0.95))
    truth = (codes["theme"] == "defence").mean()
    assert row["share_estimated"] == pytest.approx(truth)
    assert row["estimated_high"] - row["estimated_low"] < 0.005


@pytest.mark.parametrize("right", [1.0, 0.7, 0.0])
def test_intervals_have_the_true_share_however_wrong_the_lexicon_is(right):
    covered, errors = [], []
    for seed in range(50):
        tables, codes = study(right, seed)
        table = estimated_shares(survey(tables, codes, seed=seed), ["defence"], 0.95).set_index(["unit", "document"])
        for key, part in ((("study", ""), codes), (("document", "two"), codes[codes["document"] == "two"])):
            truth = (part["theme"] == "defence").mean()
            row = table.loc[key]
            covered.append(row["estimated_low"] <= truth <= row["estimated_high"])
            errors.append(row["share_estimated"] - truth)
    assert np.mean(covered) > 0.9
    assert abs(np.mean(errors)) < 0.01


def test_a_better_lexicon_gives_narrower_intervals():
    widths = []
    for right in (0.0, 0.7, 0.95):
        tables, codes = study(right)
        row = of_study(estimated_shares(survey(tables, codes), ["defence"], 0.95))
        widths.append(row["estimated_high"] - row["estimated_low"])
    assert widths[0] > widths[1] > widths[2]


def test_units_with_fewer_than_thirty_codes_have_no_row():
    tables, codes = study(0.7)
    assert [keys["unit"] for keys, _ in coded_units(survey(tables, codes, 40))] == ["study"]
    of_both = [keys for keys, _ in coded_units(survey(tables, codes))]
    assert [(keys["unit"], keys["document"], keys["group"]) for keys in of_both] == [
        ("study", "", ""),
        ("document", "one", "x"),
        ("document", "two", "y"),
        ("section", "one", "x"),
        ("section", "two", "y"),
        ("group", "", "x"),
        ("group", "", "y"),
    ]


def test_a_contrast_of_a_theme_with_itself_is_zero_without_error_and_a_difference_is_that_of_shares():
    tables, codes = study(0.9)
    sampled = survey(tables, codes)
    same = [{"name": "same", "a": ["defence"], "b": ["defence"]}, {"name": "none", "a": ["defence"], "b": ["economy"]}]
    contrasts = estimated_contrasts(sampled, same, 0.95)
    of_same = contrasts[contrasts["contrast"] == "same"]
    assert of_same[["log_ratio", "low", "high"]].to_numpy() == pytest.approx(0)
    assert set(of_same["lean"]) == {"neither"}
    shares = estimated_shares(sampled, ["defence"], 0.95).set_index(["unit", "document"])["share_estimated"]
    rows = estimated_differences(sampled, ["defence"], 0.95).set_index("unit")
    assert rows.loc["document", "difference"] == pytest.approx(shares["document", "one"] - shares["document", "two"])
    assert rows.loc["document", "high"] < 0


def test_coders_who_tie_count_half():
    tables, _ = study(0.7)
    rows = [("one", 1, "a", "defence", 1.0), ("one", 1, "b", "", 1.0), ("one", 2, "a", "defence", 1.0)]
    frame = pd.DataFrame(rows, columns=["document", "unit", "coder", "theme", "weight"]).assign(round=1)
    assert Survey(Coded("sentence", frame), tables).answers(["defence"]).tolist() == [0.5, 1.0]


def test_strata_are_classes_of_weights_and_a_whole_stratum_has_no_variance():
    assert weight_classes(np.repeat([1.0, 2.0, 9.0], [12, 3, 11])).tolist() == [0] * 12 + [1] * 14
    effects, strata = np.array([1.0, -1.0, 2.0, 2.0]), np.array([0, 0, 1, 1])
    assert stratified_variance(effects, np.ones(4), strata) == 0
    assert stratified_variance(effects, np.array([3.0, 3.0, 9.0, 9.0]), strata) == pytest.approx(2 * (1 - 1 / 3) * 2)


def test_an_interval_of_a_share_of_none_is_that_of_so_many_sentences():
    low, high = share_interval(0.0, 0.0, 100, 10_000)
    assert low == 0
    assert high == pytest.approx(1.96**2 / (100 + 1.96**2), abs=1e-3)
