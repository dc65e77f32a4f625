from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from time_studies import dated_study, yearly

from framescope.compare.counts.groupings import group_column, with_groupings
from framescope.compare.emphasis import rates
from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.time.trends import trends

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
OPTIONS = {"contrasts": CONTRASTS}


def test_rows_of_documents_and_periods_are_those_of_rates_and_contrasts() -> None:
    frames = yearly(30, 2.0)
    table = trends(frames, **OPTIONS, period="decade")
    own = theme_rates(frames, units=["document"])
    texts = table[(table["unit"] == "document") & (table["theme"] != "")]
    both = texts.merge(own, on=["document", "theme"], suffixes=("", "_own"))
    assert both["estimate"].tolist() == both["rate_per_1000"].tolist()
    decades = dataclasses.replace(frames, documents=frames.documents.assign(group=lambda d: d["published"].str[:3]))
    shares = contrasts(decades, contrasts=CONTRASTS, units=["group"])
    periods = table[(table["unit"] == "period") & (table["contrast"] != "")]
    assert periods["period"].tolist() == ["1950s", "1960s", "1970s"]
    assert periods["estimate"].tolist() == shares["share_a"].tolist()
    assert periods["low"].tolist() == shares["share_low"].tolist()
    assert (periods["inference"] == "document").all()
    assert (periods["documents"] == 10).all()


def test_a_period_of_one_text_has_an_interval_over_blocks() -> None:
    table = trends(yearly(30), **OPTIONS, period="year")
    assert set(table.loc[table["unit"] == "period", "inference"]) == {"block"}


def test_gaps_part_periods_and_smooth_lines() -> None:
    dates = [str(year) for year in [*range(1900, 1925), *range(1970, 1995)]]
    table = trends(dated_study(dates, np.full((50, 3), 0.5)), **OPTIONS, period="year")
    for unit in ("period", "smooth"):
        rows = table[(table["unit"] == unit) & (table["theme"] == "economy")]
        assert rows.groupby("segment")["first"].max().str[:4].tolist() == ["1924", "1994"]


def test_a_smooth_line_lies_inside_its_band_and_follows_a_doubling() -> None:
    table = trends(yearly(jump=3.0), **OPTIONS)
    line = table[(table["unit"] == "smooth") & (table["theme"] == "economy")]
    assert len(line) == 60
    assert ((line["low"] <= line["estimate"]) & (line["estimate"] <= line["high"])).all()
    assert line["estimate"].iloc[-1] > 2 * line["estimate"].iloc[0]


def test_intervals_of_texts_are_those_of_rates_where_some_texts_have_no_date() -> None:
    uneven = np.random.default_rng(1).dirichlet([2, 2, 2], 12)
    frames = dated_study([*(str(year) for year in range(1990, 1998)), *[""] * 4], uneven)
    table = trends(frames, **OPTIONS)
    texts = table[(table["unit"] == "document") & (table["theme"] != "")]
    both = texts.merge(theme_rates(frames, units=["document"]), on=["document", "theme"])
    assert len(both) == len(texts) > 0
    assert both["low"].tolist() == both["rate_low"].tolist()
    assert both["high"].tolist() == both["rate_high"].tolist()


def test_texts_without_a_date_or_with_one_that_is_too_coarse_stand_in_no_period() -> None:
    frames = dated_study(["2018-01", "2018-02", "2018", ""], np.full((4, 3), 0.5))
    table = trends(frames, **OPTIONS, period="month")
    periods = table[(table["unit"] == "period") & (table["theme"] == "economy")]
    assert periods["period"].tolist() == ["2018-01", "2018-02"]
    assert table.loc[table["unit"] == "document", "document"].nunique() == 3


def test_periods_and_lines_of_a_grouping_are_those_of_its_texts_alone() -> None:
    frames = yearly(60, 2.0, groups=["x", "y"] * 30)
    metadata = [json.dumps({"genre": genre}) for genre in ["spoken", "", "written", ""] * 15]
    documents = with_groupings(frames.documents.assign(metadata=metadata), ["genre", "group * genre"])
    table = trends(dataclasses.replace(frames, documents=documents), **OPTIONS, period="decade")
    assert list(dict.fromkeys(table["grouping"])) == ["", "group", "genre", "group * genre"]
    spoken = documents.loc[documents["metadata"].str.contains("spoken"), "document"]
    tables = vars(dataclasses.replace(frames, documents=documents))
    only = {name: table[table["document"].isin(spoken)].reset_index(drop=True) for name, table in tables.items()}
    alone = trends(dataclasses.replace(frames, **only), **OPTIONS, period="decade")
    for grouping, group in (("genre", "spoken"), ("group * genre", "x and spoken")):
        own = table[(table["grouping"] == grouping) & (table["group"] == group) & (table["unit"] == "period")]
        whole = alone[(alone["unit"] == "period") & (alone["grouping"] == "")]
        kept = ["unit", "period", "theme", "contrast", "documents", "hits", "estimate"]
        pd.testing.assert_frame_equal(own[kept].reset_index(drop=True), whole[kept].reset_index(drop=True))


def test_periods_that_no_text_lies_in_have_no_rows() -> None:
    frames = yearly(30)
    coarse = dataclasses.replace(frames, documents=frames.documents.assign(published="1955"))
    table = trends(coarse, **OPTIONS, period="month")
    assert set(table["unit"]) == {"document"}


def test_rows_made_in_many_parts_are_those_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = yearly(30, 2.0)
    genre = ["speech", "address", ""] * 10
    documents = frames.documents.iloc[::-1].assign(group=["North", "South"] * 15, **{group_column("genre"): genre})
    frames = dataclasses.replace(frames, documents=documents)
    whole = trends(frames, **OPTIONS, period="year")
    monkeypatch.setattr(rates, "UNITS_AT_ONCE", 1)
    monkeypatch.setattr(rates, "THEMES_AT_ONCE", 1)
    assert trends(frames, **OPTIONS, period="year").equals(whole)
