"""Sixty dated speeches end to end: the findings, tables and figures say what was planted, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.audit.__main__ import audit
from benchmarks.audit.checks import Checks
from benchmarks.audit.counts import Study
from benchmarks.audit.over_time import OverTime
from benchmarks.audit.units import Units
from tests.conftest import finish
from tests.study.dated_study import BREAK, FIRST, PARTIES, SPEECHES, TERM, WAR, write_dated_study


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = tmp_path_factory.mktemp("dated") / "study"
    write_dated_study(study)
    finish(study)
    return study


def table(study: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(study / "results" / "tables" / f"{name}.csv", keep_default_na=False, dtype={"period": str})


def test_the_planted_break_is_told_with_its_years(dated: Path):
    said = (dated / "results" / "findings.md").read_text(encoding="utf-8")
    told = re.search(
        r"- Economy rises from \S+ to \S+ hits .* between 1950 and 2009 \(break (\d+), 95 % (\d+) to", said
    )
    assert told, said
    assert int(told[2]) <= BREAK <= int(told[1]) + 3


def part(study: Path, heading: str) -> str:
    """The part of the findings under a heading."""
    return (study / "results" / "findings.md").read_text(encoding="utf-8").partition(heading)[2].partition("##")[0]


def test_what_fell_is_told_and_what_did_not_change_is_not(dated: Path):
    changes = part(dated, "## What changes over time")
    assert "- Energy falls from" in changes
    assert "- Defence" not in changes


def test_who_differs_is_told_by_the_models_with_everything_else_equal(dated: Path):
    models = part(dated, "## What the models say")
    assert re.search(
        r"texts with group \*Conservatives\* have about \S+ times as much on defence as those with group \*Liberals\*",
        models,
    )
    assert re.search(r"texts with year \*2009\* have about \S+ times as much on economy as those with year", models)
    assert "kind" not in re.sub("`.*?`", "", models)


def test_models_have_one_cluster_for_each_speaker(dated: Path):
    rows = table(dated, "models")
    assert set(rows.loc[rows["cluster"] == "speaker", "clusters"]) == {SPEECHES // TERM}


def test_every_number_of_groups_and_models_recomputes_from_hits_words_and_metadata(dated: Path):
    checks = audit(dated)
    assert checks.differences == []
    assert {"models", "marginal_means", "marginal_differences"} <= set(checks.counted)
    assert {"trends", "changes", "change_tests"} <= set(checks.counted)
    assert {"kind", "group * kind"} <= set(table(dated, "theme_rates")["unit"])


@pytest.mark.parametrize(
    ("name", "column", "unit"),
    [
        ("trends", "estimate", "smooth"),
        ("trends", "high", "period"),
        ("trends", "hits", "period"),
        ("trends", "segment", "period"),
        ("changes", "before", ""),
        ("changes", "slope", ""),
        ("changes", "p_corrected", ""),
        ("change_tests", "autocorrelation", ""),
        ("change_tests", "statistic", ""),
    ],
)
def test_a_changed_number_of_a_group_over_time_is_found(dated: Path, name: str, column: str, unit: str):
    path = dated / "results" / "tables" / f"{name}.csv"
    before = path.read_text(encoding="utf-8")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    chosen = rows["grouping"].eq("kind") & rows[column].ne("") & (rows["unit"].eq(unit) if unit else True)
    rows.loc[chosen.idxmax(), column] = f"{float(rows.loc[chosen.idxmax(), column]) * 1.01 + 1:.6g}"
    try:
        rows.to_csv(path, index=False)
        study = Study(dated)
        checks = Checks()
        OverTime(Units(study, list(dict.fromkeys(study.table("theme_rates")["theme"]))), checks).check()
    finally:
        path.write_text(before, encoding="utf-8")
    assert any(line.startswith(name) and f", {column}:" in line for line in checks.differences)


def test_what_groups_show_of_a_change_is_told_by_grouping(dated: Path):
    told = re.search(r"- Economy rises .*", part(dated, "## What changes over time"))
    assert told
    assert re.search(r" By group, exploratory: \*Liberals\* ", told[0])
    assert re.search(r" By kind, exploratory: \*spoken\* from", told[0])


def test_the_report_has_the_rates_of_each_grouping_and_draws_them(dated: Path):
    page = (dated / "results" / "report.html").read_text(encoding="utf-8")
    assert "Groups by kind" in page
    assert "Conservatives and written" in page
    assert "Coefficients of the models" in page


def test_speeches_are_listed_in_the_order_of_their_dates(dated: Path):
    assert table(dated, "documents")["published"].str[:4].astype(int).tolist() == [*range(FIRST, FIRST + SPEECHES)]


def test_rates_of_decades_and_parties_recompute_from_hits_and_sentences(dated: Path):
    documents, hits, sentences = (table(dated, name) for name in ("documents", "hits", "sentences"))
    facts = documents.set_index("document")[["published", "group"]]
    trends = table(dated, "trends")
    periods = trends[trends["grouping"].isin(["", "group"]) & (trends["unit"] == "period")]
    periods = periods[periods["theme"] == "economy"]
    assert set(periods["group"]) == {"", *PARTIES}
    for row in periods.to_dict("records"):
        own = facts[facts["published"].str[:3] == row["period"][:3]]
        own = own[own["group"] == row["group"]] if row["group"] else own
        words = sentences.loc[sentences["document"].isin(own.index), "words"].sum()
        found = (hits["document"].isin(own.index) & (hits["theme"] == "economy")).sum()
        assert row["documents"] == len(own)
        assert float(row["estimate"]) == pytest.approx(1000 * found / words, rel=1e-4)


def test_every_speech_looks_back_to_the_year_that_it_names(dated: Path):
    rows = table(dated, "lookback")
    everything = rows[rows["theme"] == "all"]
    assert len(everything) == SPEECHES
    assert (everything["back_median"].astype(float) == everything["year"].astype(int) - WAR).all()


def test_the_report_and_the_figures_show_emphasis_over_time(dated: Path):
    assert "Emphasis over time" in (dated / "results" / "report.html").read_text(encoding="utf-8")
    for name in ("trends", "lookback", "models", "groups"):
        assert "<path" in (dated / "results" / "figures" / f"{name}.svg").read_text(encoding="utf-8")
