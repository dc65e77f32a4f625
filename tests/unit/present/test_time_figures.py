from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest
from time_studies import yearly

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables
from framescope.compare.time.changes import changes
from framescope.compare.time.lookback import lookback
from framescope.compare.time.trends import trends
from framescope.present import time_figures
from framescope.present.figures import Drawing, Settings
from framescope.present.time_figures import trends_by_theme, years_talked_about
from framescope.tables import conform


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    frames = yearly(60, 2.5, groups=["x", "y", ""] * 20)
    metadata = [json.dumps({"genre": genre}) for genre in ["spoken", "written"] * 30]
    documents = with_groupings(frames.documents.assign(metadata=metadata), ["genre"])
    return tables_of(dataclasses.replace(frames, documents=documents), focus_themes=["economy"])


def tables_of(frames: Tables, **asked: list[str]) -> dict[str, pd.DataFrame]:
    """The tables that a figure of these texts reads; no two texts are compared."""
    others = ("contrast_differences", "section_differences", "document_differences", "marginal_differences")
    made = {name: conform([], name) for name in others}
    made |= {"trends": trends(frames), "changes": changes(frames, **asked), "theme_rates": theme_rates(frames)}
    return {**made, "documents": frames.documents.assign(title="")}


def drawings(tables: dict[str, pd.DataFrame]) -> dict[str, Drawing]:
    """The drawings of the trends by the texts that they show."""
    return {drawing.option: drawing for drawing in trends_by_theme(tables, Settings())}


def rows_of(drawing: Drawing) -> pd.DataFrame:
    return pd.DataFrame([row for rows in drawing.chart.to_dict()["datasets"].values() for row in rows])


def test_every_drawn_estimate_is_one_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    rows = rows_of(drawings(tables)["all texts"]).dropna(subset="estimate")
    known = set(zip(tables["trends"]["theme"], tables["trends"]["first"], tables["trends"]["estimate"], strict=True))
    assert set(zip(rows["theme"], rows["first"], rows["estimate"], strict=True)) <= known


def test_texts_stand_among_all_texts_and_beside_those_of_other_groups(tables: dict[str, pd.DataFrame]) -> None:
    texts = {name: drawing.rows.query("kind == 'document'") for name, drawing in drawings(tables).items()}
    assert {name: rows["text"].nunique() for name, rows in texts.items()} == {
        "all texts": 60,
        "contrasts": 60,
        "by group": 40,
        "by genre": 60,
    }
    assert texts["by group"].groupby("group")["text"].nunique().to_dict() == {"x": 20, "y": 20}
    assert texts["by genre"].groupby("group")["text"].nunique().to_dict() == {"spoken": 30, "written": 30}


def test_groups_stand_beside_one_another_with_the_same_dates_and_the_same_scale(
    tables: dict[str, pd.DataFrame],
) -> None:
    chart = drawings(tables)["by genre"].chart.to_dict()
    assert {row["title"]["text"] for row in chart["vconcat"]} == {"economy", "defence", "energy"}
    for row in chart["vconcat"]:
        assert row["facet"]["column"]["sort"] == ["spoken", "written"]
        assert "resolve" not in row
        points = row["spec"]["layer"][-1]
        assert points["encoding"]["x"]["scale"]["domain"] == ["1950-01-01", "2009-12-31"]


def test_a_mark_of_a_period_of_a_group_opens_the_sentences_of_this_group(tables: dict[str, pd.DataFrame]) -> None:
    rows = rows_of(drawings(tables)["by genre"])
    periods = rows[(rows["unit"] == "period") & (rows["group"] == "spoken")]
    assert len(periods)
    assert periods["address"].str.contains("group=genre%3Aspoken").all()


def test_of_many_groups_those_with_most_words_are_drawn_first() -> None:
    frames = yearly(60, groups=["a", "b", "c", "d", "e"] * 12)
    options = [option for option in drawings(tables_of(frames)) if option.startswith("by")]
    assert options == ["by group, 1 of 2", "by group, 2 of 2"]


def test_a_break_that_passes_its_test_is_marked_as_established_or_as_a_lead(tables: dict[str, pd.DataFrame]) -> None:
    changed = tables["changes"]
    differs = changed[(changed["test"] == "break") & (changed["verdict"] == "differs")]
    differs = differs.assign(unit=differs["family"].map(lambda family: "lead" if family == "exploratory" else "break"))
    for name, drawing in drawings(tables).items():
        rows = rows_of(drawing)
        own = differs[differs["grouping"] == ("" if name in ("all texts", "contrasts") else name.removeprefix("by "))]
        own = own[(own["contrast"] != "") == (name == "contrasts")]
        marked = rows[rows["unit"].isin(["break", "lead"])]
        assert sorted(marked["unit"] + marked["break_at"]) == sorted(own["unit"] + own["break_at"])
    assert set(differs["unit"]) == {"break", "lead"}


def test_the_title_of_groups_says_how_many_exploratory_tests_find_a_change(tables: dict[str, pd.DataFrame]) -> None:
    claim = drawings(tables)["by genre"].claim
    rows = tables["changes"].query("grouping == 'genre' and theme != ''").dropna(subset="p")
    found = int((rows["verdict"] == "differs").sum())
    assert claim.startswith(f"By genre, {found} of {len(rows)} exploratory tests find a change; the clearest: economy")


def test_the_title_states_a_change_that_stands_and_otherwise_that_none_does(tables: dict[str, pd.DataFrame]) -> None:
    assert drawings(tables)["all texts"].claim.startswith("Economy rises from")
    steady = drawings(tables_of(yearly(60, 1.0), focus_themes=["economy"]))["all texts"]
    assert steady.claim == "No trend and no break is established"


def test_few_dates_are_drawn_without_a_line_and_one_date_is_not_drawn() -> None:
    few = tables_of(yearly(9))
    drawn = drawings(few)["all texts"]
    assert "no smooth line" in drawn.note
    assert drawn.claim == "Emphasis over time; too few dates for a test"
    one = {**few, "trends": few["trends"][few["trends"]["first"] == few["trends"]["first"].min()]}
    assert trends_by_theme(one, Settings()) == []


def test_of_very_many_texts_the_periods_are_drawn_in_place_of_single_ones(
    tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_figures, "MOST_TEXTS", 50)
    made = drawings(tables)
    points = rows_of(made["all texts"]).query("unit == 'document'")
    periods = tables["trends"].query("unit == 'period' and group == ''")
    assert set(points["first"]) <= set(periods["first"])
    assert set(points["address"].str.contains("published")) == {True}
    assert "Single texts are not drawn" in made["all texts"].note
    assert (rows_of(made["by group"]).query("unit == 'document'")["address"].str.contains("document")).all()


def test_of_very_many_texts_and_periods_the_smooth_lines_are_drawn_and_the_note_says_so(
    tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_figures, "MOST_TEXTS", 50)
    monkeypatch.setattr(time_figures, "MOST_PERIODS", 5)
    drawn = drawings(tables)["all texts"]
    assert set(rows_of(drawn)["unit"]) <= {"smooth", "break", "break interval", "lead"}
    assert "Texts and periods are too many to be drawn: trends.csv has them." in drawn.note
    assert drawn.rows.empty


def test_years_talked_about_stand_over_the_year_of_publication() -> None:
    columns = ["document", "period", "theme", "mentions", "weight", "series"]
    rows = [("a", "1990", "all", 1, 1.0, "years"), ("b", "1960", "all", 2, 2.0, "years")]
    rows += [("b", "0400", "all", 1, 1.0, "years"), ("b", "1960", "economy", 1, 1.0, "years")]
    timeline = pd.DataFrame(rows, columns=columns)
    documents = pd.DataFrame({"document": ["a", "b"], "published": ["2000", "2010"], "group": ""})
    tables = {"timeline": timeline, "lookback": lookback(timeline, documents)}
    (drawn,) = years_talked_about(tables, Settings())
    circles = drawn.rows[["year of publication", "year talked about", "mentions"]].to_numpy().tolist()
    assert circles == [[2000, 1990, 1.0], [2010, 1960, 2.0]]
    assert drawn.note.endswith("Not shown: 1 mention of years further away, or of dates of very many years.")
    assert drawn.claim == "100% of the mentions of years are of years before the text's own"


def test_years_with_a_small_part_of_a_mention_are_not_drawn_and_counted_in_the_note() -> None:
    columns = ["document", "period", "theme", "mentions", "weight", "series"]
    century = [("a", str(year), "all", 1, 0.01, "years") for year in range(1900, 2000)]
    rows = [*century, *century, ("b", "2005", "all", 1, 1.0, "years")]
    timeline = pd.DataFrame(rows, columns=columns)
    documents = pd.DataFrame({"document": ["a", "b"], "published": ["2000", "2010"], "group": ""})
    (drawn,) = years_talked_about({"timeline": timeline, "lookback": lookback(timeline, documents)}, Settings())
    assert drawn.rows["mentions"].tolist() == [1.0]
    assert "Not shown: 2 mentions" in drawn.note
