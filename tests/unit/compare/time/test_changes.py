from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from time_studies import dated_study, yearly

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.time.changes import CHANGE_COLUMNS, changes
from framescope.compare.time.simulated import bank
from framescope.compare.time.trends import trends

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
OPTIONS = {"contrasts": CONTRASTS}


@pytest.fixture(scope="module")
def doubled() -> pd.DataFrame:
    return changes(yearly(jump=2.0), **OPTIONS, focus_themes=["economy"])


def row_of(table: pd.DataFrame, theme: str, test: str, group: str = "") -> pd.Series:
    chosen = (table["theme"] + table["contrast"] == theme) & (table["test"] == test) & (table["group"] == group)
    return table[chosen].iloc[0]


def test_a_doubling_is_found_with_its_year_and_both_rates(doubled: pd.DataFrame) -> None:
    row = row_of(doubled, "economy", "break")
    assert row["verdict"] == "differs"
    assert row["break_low"] <= "1980-03-01" <= row["break_high"]
    assert row["after"] / row["before"] == pytest.approx(2, rel=0.25)
    assert row["before"] == pytest.approx(1000 * 0.6 / 20, rel=0.2)


def test_what_does_not_change_is_not_called_a_change(doubled: pd.DataFrame) -> None:
    assert (doubled.loc[doubled["theme"].isin(["defence", "energy"]), "verdict"] == "not established").all()


def test_a_contrast_changes_the_other_way_when_its_second_side_doubles(doubled: pd.DataFrame) -> None:
    row = row_of(doubled, "arms v. money", "break")
    assert row["verdict"] == "differs"
    assert row["after"] < row["before"] < 1


def test_a_rise_has_a_slope_whose_interval_holds_it() -> None:
    expected = np.tile([0.5, 0.6, 0.4], (60, 1))
    expected[:, 1] = np.linspace(0.5, 1.5, 60)
    rising = changes(dated_study([f"{1950 + i}" for i in range(60)], expected), **OPTIONS, focus_themes=["economy"])
    row = row_of(rising, "economy", "trend")
    assert row["verdict"] == "differs"
    assert row["low"] < 10 * 1000 / 20 / 59 < row["high"]


def test_an_interval_of_a_slope_leaves_out_0_just_where_p_is_below_the_level(doubled: pd.DataFrame) -> None:
    trends_found = doubled[doubled["test"] == "trend"]
    assert ((trends_found["low"] > 0) | (trends_found["high"] < 0)).tolist() == (trends_found["p"] < 0.05).tolist()


def test_likeness_of_neighbours_makes_the_same_step_less_sure() -> None:
    random = np.random.default_rng(3)
    waves = np.repeat(np.exp(random.normal(0, 0.5, (12, 3))), 5, axis=0)
    dates = [f"{1950 + place}" for place in range(60)]
    step = np.where(np.arange(60) >= 30, 1.6, 1.0)[:, np.newaxis]
    in_waves = changes(dated_study(dates, 0.6 * step * waves), **OPTIONS)
    mixed = changes(dated_study(dates, 0.6 * step * random.permuted(waves, axis=0)), **OPTIONS)
    autocorrelation = [table["autocorrelation"].mean() for table in (in_waves, mixed)]
    assert autocorrelation[0] > autocorrelation[1] + 0.2
    assert in_waves["critical"].mean() > mixed["critical"].mean() + 0.5


def test_focus_themes_and_contrasts_are_families_and_all_else_is_exploratory(doubled: pd.DataFrame) -> None:
    assert set(doubled["family"]) == {"focus themes, over time", "contrast: arms v. money, over time", "exploratory"}
    focus = doubled[doubled["family"] == "focus themes, over time"]
    assert focus["tests_in_family"].tolist() == [2, 2]
    least = focus["p"].min()
    assert focus["p_corrected"].min() == pytest.approx(2 * least)


def test_groups_are_followed_each_by_itself_and_explore() -> None:
    table = changes(yearly(80, 2.0, groups=["x", "y"] * 40), **OPTIONS, focus_themes=["economy"])
    assert set(table["group"]) == {"", "x", "y"}
    assert row_of(table, "economy", "break", "x")["points"] == 40
    assert row_of(table, "economy", "break", "x")["family"] == "exploratory"


def test_every_grouping_is_followed_and_a_grouping_of_one_group_is_not() -> None:
    frames = yearly(80, 2.0, groups=["x", "y"] * 40)
    metadata = [json.dumps({"genre": genre, "land": "z"}) for genre in ["spoken", "written", "", "written"] * 20]
    groupings = ["genre", "group * genre", "land"]
    documents = with_groupings(frames.documents.assign(metadata=metadata), groupings)
    table = changes(dataclasses.replace(frames, documents=documents), **OPTIONS, focus_themes=["economy"])
    of_economy = table[(table["theme"] == "economy") & (table["test"] == "break")]
    assert of_economy.set_index(["grouping", "group"])["documents"].to_dict() == {
        ("", ""): 80,
        ("group", "x"): 40,
        ("group", "y"): 40,
        ("genre", "spoken"): 20,
        ("genre", "written"): 40,
        ("group * genre", "x and spoken"): 20,
        ("group * genre", "y and written"): 40,
    }
    pd.testing.assert_series_equal(
        *(row[["p", "before", "after"]] for _, row in of_economy.iloc[[2, 4]].iterrows()), check_names=False
    )


def test_few_dates_or_few_hits_have_rows_without_a_test() -> None:
    few = changes(yearly(19), **OPTIONS)
    assert (few["verdict"] == "too little text").all()
    assert few["p"].isna().all()
    assert (few["break_at"] == "").all()
    rare = changes(dated_study([str(1950 + i) for i in range(40)], np.tile([0.5, 0.5, 0.005], (40, 1))), **OPTIONS)
    assert row_of(rare, "energy", "trend")["verdict"] == "too little text"
    assert row_of(rare, "economy", "trend")["verdict"] == "not established"


def test_a_study_without_dates_has_empty_tables() -> None:
    undated = yearly(20)
    undated = dataclasses.replace(undated, documents=undated.documents.assign(published=""))
    assert changes(undated, **OPTIONS).columns.tolist() == CHANGE_COLUMNS
    assert changes(undated, **OPTIONS).empty
    assert trends(undated, **OPTIONS).empty


def test_the_order_of_texts_within_a_date_decides_nothing() -> None:
    dates = [str(1950 + place // 3) for place in range(90)]
    frames = dated_study(dates, np.tile([0.5, 0.6, 0.4], (90, 1)))
    names = {old: f"e{89 - number:03}" for number, old in enumerate(frames.documents["document"])}
    turned = type(frames)(*(frame.assign(document=frame["document"].map(names)) for frame in vars(frames).values()))
    pd.testing.assert_frame_equal(changes(frames, **OPTIONS), changes(turned, **OPTIONS))


def test_the_same_study_has_the_same_rows() -> None:
    bank.cache_clear()
    first = changes(yearly(30), **OPTIONS)
    bank.cache_clear()
    pd.testing.assert_frame_equal(first, changes(yearly(30), **OPTIONS))
