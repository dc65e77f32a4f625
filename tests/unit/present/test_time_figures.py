from __future__ import annotations

import json

import pandas as pd
import pytest
from time_studies import yearly

from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.time.changes import changes
from framescope.compare.time.lookback import lookback
from framescope.compare.time.trends import trends
from framescope.present.figure_style import styled
from framescope.present.time_figures import trends_by_theme, years_talked_about


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    frames = yearly(60, 2.5, groups=["x", "y", ""] * 20)
    made = {"trends": trends(frames), "changes": changes(frames, focus_themes=["economy"])}
    return {**made, "theme_rates": theme_rates(frames)}


def rows_of(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    (rows,) = styled(trends_by_theme(tables))["datasets"].values()
    return pd.DataFrame(rows)


def test_every_drawn_estimate_is_one_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    rows = rows_of(tables).dropna(subset="estimate")
    known = set(zip(tables["trends"]["theme"], tables["trends"]["first"], tables["trends"]["estimate"], strict=True))
    assert set(zip(rows["theme"], rows["first"], rows["estimate"], strict=True)) <= known


def test_texts_stand_among_all_texts_and_in_the_column_of_their_group(tables: dict[str, pd.DataFrame]) -> None:
    rows = rows_of(tables)
    texts = rows[(rows["unit"] == "document") & (rows["theme"] == "economy")]
    assert texts.groupby("texts").size().to_dict() == {"all texts": 60, "x": 20, "y": 20}


def test_a_break_that_is_established_is_marked_and_no_other(tables: dict[str, pd.DataFrame]) -> None:
    rows = rows_of(tables)
    marked = rows[rows["unit"] == "break"]
    changed = tables["changes"]
    differs = changed[(changed["test"] == "break") & (changed["verdict"] == "differs") & (changed["theme"] != "")]
    assert len(marked) == len(differs) > 0
    assert "economy" in set(marked["theme"])


def test_few_dates_are_drawn_without_a_line_and_one_date_is_not_drawn() -> None:
    frames = yearly(9)
    few = {"trends": trends(frames), "changes": changes(frames), "theme_rates": theme_rates(frames)}
    assert "no smooth line" in json.dumps(styled(trends_by_theme(few)))
    one = {**few, "trends": few["trends"][few["trends"]["first"] == few["trends"]["first"].min()]}
    assert trends_by_theme(one) is None


def test_years_talked_about_stand_over_the_year_of_publication() -> None:
    columns = ["document", "period", "theme", "mentions", "weight", "series"]
    rows = [("a", "1990", "all", 1, 1.0, "years"), ("b", "1960", "all", 2, 2.0, "years")]
    rows += [("b", "0400", "all", 1, 1.0, "years"), ("b", "1960", "economy", 1, 1.0, "years")]
    timeline = pd.DataFrame(rows, columns=columns)
    documents = pd.DataFrame({"document": ["a", "b"], "published": ["2000", "2010"], "group": ""})
    drawn = styled(years_talked_about({"timeline": timeline, "lookback": lookback(timeline, documents)}))
    circles = next(rows for rows in drawn["datasets"].values() if "weight" in rows[0])
    assert [(row["published"], row["year"], row["weight"]) for row in circles] == [(2000, 1990, 1.0), (2010, 1960, 2.0)]
    assert drawn["title"]["text"] == "Mentions of years further away are not shown: 1."
