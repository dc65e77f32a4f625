from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from time_studies import THEMES, dated_study

from framescope.compare.inputs import Tables
from framescope.compare.models.check import wrong_models
from framescope.compare.models.tables import model_tables

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
PARTIES = ("left", "right")
SPEAKERS = 16


def panel(effect: float = 2.0, slope: float = 1.0, seed: int = 1) -> Tables:
    """Texts of 64 years by sixteen speakers of two parties; the right has `effect` times the hits of economy, and the
    last year `slope` times those of the first.
    """
    place = np.arange(64)
    speaker = place // 4
    party = np.array(PARTIES)[speaker % 2]
    expected = np.tile([0.5, 0.4, 0.01], (64, 1))
    expected[:, 1] *= np.where(party == "right", effect, 1.0) * slope ** (place / 63)
    tables = dated_study([str(1950 + year) for year in place], expected, list(party), seed)
    further = [f'{{"speaker": "s{s}", "heat": "{y % 7}"}}' for s, y in zip(speaker, place, strict=True)]
    return dataclasses.replace(tables, documents=tables.documents.assign(metadata=further))


def fitted(tables: Tables, *models: Any, **settings: Any) -> dict[str, pd.DataFrame]:
    return model_tables(tables, models, themes=THEMES, contrasts=CONTRASTS, **settings)


def row_of(table: pd.DataFrame, **cells: str) -> pd.Series:
    own = table[np.logical_and.reduce([table[name] == value for name, value in cells.items()])]
    assert len(own) == 1
    return own.iloc[0]


def test_a_planted_effect_lies_in_its_interval_and_is_established() -> None:
    found = fitted(panel(), "economy ~ group + year + (1 | speaker)")
    row = row_of(found["models"], term="group: right")
    assert row["low"] < 2 < row["high"]
    assert (row["documents"], row["left_out"], row["clusters"]) == (64, 0, SPEAKERS)
    assert row_of(found["marginal_differences"], column="group")["verdict"] == "differs"
    assert row_of(found["marginal_differences"], column="year")["verdict"] == "not established"


def test_a_year_counts_in_decades_and_its_margins_are_the_first_and_last() -> None:
    found = fitted(panel(slope=3.0), "economy ~ year")
    row = row_of(found["models"], term="year")
    assert row["step"] == 10
    assert row["low"] < 3 ** (10 / 63) < row["high"]
    change = row_of(found["marginal_differences"], column="year")
    assert (change["value_a"], change["value_b"]) == ("2013", "1950")
    assert change["ratio"] == pytest.approx(row["ratio"] ** 6.3, rel=1e-3)
    assert change["ratio"] == pytest.approx(change["mean_a"] / change["mean_b"])


def test_a_mean_of_one_column_alone_is_the_rate_of_its_documents() -> None:
    tables = panel()
    even = dataclasses.replace(tables, sentences=tables.sentences.assign(words=20))
    found = fitted(even, "economy ~ group")["marginal_means"]
    hits = even.hits[even.hits["theme"] == "economy"]
    for party in PARTIES:
        own = even.documents.loc[even.documents["group"] == party, "document"]
        words = 20 * even.sentences["document"].isin(own).sum()
        row = row_of(found, value=party)
        assert row["estimate"] == pytest.approx(1000 * hits["document"].isin(own).sum() / words, rel=1e-6)
        assert row["documents"] == len(own)


def test_a_crossing_has_a_mean_for_each_pair_of_values() -> None:
    tables = panel()
    genres = [("spoken", "written", "printed")[place % 3] for place in range(64)]
    found = fitted(
        dataclasses.replace(tables, documents=tables.documents.assign(genre=genres)), "economy ~ genre * group"
    )
    crossed = found["marginal_means"][found["marginal_means"]["column"] == "genre and group"]
    assert len(crossed) == 3 * 2
    assert crossed["documents"].sum() == 64


def test_a_period_is_the_one_that_the_study_states() -> None:
    values = fitted(panel(), "economy ~ period", period="decade")["marginal_means"]["value"]
    assert values.tolist() == [f"{decade}s" for decade in range(1950, 2011, 10)]


def test_a_crossing_of_which_a_pair_of_values_is_missing_is_not_fitted() -> None:
    note = fitted(panel(), "economy ~ period * group", period="decade")["models"]["note"].iloc[0]
    assert "found 'period: 2010s × group: right', which follows from the terms before it" in note


def test_a_contrast_is_a_share_of_which_documents_without_hits_are_left_out() -> None:
    tables = panel()
    silent = tables.hits["document"] == "d000"
    found = fitted(tables.with_hits(tables.hits[~silent]), "arms v. money ~ group + (1 | speaker)")
    row = row_of(found["models"], term="group: right")
    assert (row["measure"], row["documents"], row["left_out"]) == ("share_a", 63, 1)
    assert row["high"] < 1
    assert found["marginal_means"]["estimate"].between(0, 1).all()


def test_documents_without_a_value_are_left_out_and_counted() -> None:
    tables = panel()
    documents = tables.documents.assign(group=[""] * 5 + tables.documents["group"].tolist()[5:])
    row = fitted(dataclasses.replace(tables, documents=documents), "economy ~ group")["models"].iloc[0]
    assert (row["documents"], row["left_out"]) == (59, 5)


def test_a_document_without_a_value_in_another_column_stays_in_the_model() -> None:
    tables = panel()
    documents = tables.documents.assign(genre=[""] + ["speech"] * 63)
    row = fitted(dataclasses.replace(tables, documents=documents), "economy ~ group")["models"].iloc[0]
    assert (row["documents"], row["left_out"]) == (64, 0)


def test_a_column_of_numbers_is_a_number_and_others_are_categories() -> None:
    terms = fitted(panel(), "economy ~ heat + group")["models"]["term"].tolist()
    assert terms == ["intercept", "heat", "group: right"]


def test_a_theme_with_few_hits_is_not_fitted_and_says_so() -> None:
    tables = panel()
    few = tables.hits[(tables.hits["theme"] != "energy")]
    found = fitted(tables.with_hits(few), "energy ~ group", "economy ~ group")
    note = found["models"]["note"].iloc[0]
    assert note == "not fitted: it needs 20 hits; found 0"
    assert set(found["marginal_means"]["theme"]) == {"economy"}


def test_clusters_widen_the_interval_of_speakers_who_keep_their_habits() -> None:
    random = np.random.default_rng(2)
    tables = panel(effect=1.0)
    habit = np.repeat(random.normal(0, 0.8, SPEAKERS), 4)
    expected = np.tile([0.5, 0.4, 0.1], (64, 1)) * np.exp(habit)[:, None]
    alike = dated_study([str(1950 + y) for y in range(64)], expected, tables.documents["group"].tolist())
    alike = dataclasses.replace(alike, documents=tables.documents)
    found = fitted(alike, "economy ~ group", "economy ~ group + (1 | speaker)")["models"]
    alone, clustered = found.loc[found["term"] == "group: right", "standard_error"]
    assert clustered > 1.4 * alone


def problems(*models: Any) -> list[str]:
    return wrong_models(models, panel().documents, THEMES, CONTRASTS, None)


def test_a_right_formula_has_no_problem() -> None:
    assert problems("economy ~ year + group + (1 | speaker)", {"formula": "energy ~ year", "cluster": "speaker"}) == []


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("econmy ~ year", "no theme or contrast 'econmy'. Did you mean economy?"),
        ("economy ~ yaer", "no column 'yaer' in the metadata of the documents. Did you mean year?"),
        (
            "economy ~ year + (1 | speeker)",
            "no column 'speeker' in the metadata of the documents. Did you mean speaker?",
        ),
        ("economy ~ group + (1 | group)", "expected at least 5 values of 'group', the clusters; found 2."),
        ("economy ~ speaker + group", "which follows from the terms before it"),
        ("economy ~ year +", "expected columns joined by +, : or *"),
    ],
)
def test_a_wrong_formula_is_answered_with_its_place_what_was_found_and_the_nearest_name(model: str, said: str) -> None:
    (message,) = problems("economy ~ year", model)
    assert message.startswith(f"config.yaml: models > 2 ({model}): ")
    assert said in message


def test_a_column_with_one_value_is_no_covariate() -> None:
    documents = panel().documents.assign(genre="speech")
    (message,) = wrong_models(["economy ~ genre"], documents, THEMES, CONTRASTS, None)
    assert "expected two values or more of 'genre'" in message
    assert "found only 'speech'" in message


def test_a_study_without_models_has_tables_without_rows() -> None:
    assert [len(table) for table in fitted(panel()).values()] == [0, 0, 0]
