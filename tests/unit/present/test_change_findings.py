from __future__ import annotations

import pandas as pd
import pytest
from time_studies import yearly

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inputs import Testing
from framescope.compare.time.changes import changes
from framescope.present.change_findings import statable_changes, stated_changes
from framescope.present.findings import findings, statable

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
SIDES = {"arms v. money": ("defence", "economy")}


@pytest.fixture(scope="module")
def doubled() -> pd.DataFrame:
    return changes(yearly(jump=2.5), contrasts=CONTRASTS, focus_themes=["economy"])


def together(table: pd.DataFrame) -> pd.DataFrame:
    rows = statable_changes(table)
    return rows.assign(p_together=rows["p"])


def test_a_break_is_told_with_its_rates_years_and_row(doubled: pd.DataFrame) -> None:
    rows = together(doubled)
    rows = rows[(rows["theme"] == "economy") & (rows["test"] == "break")]
    row = rows.iloc[0]
    (line,) = stated_changes(rows, SIDES, "tables", 0.95)[2:-1]
    before, after = (f"{row[side]:.1f}" for side in ("before", "after"))
    low, place, high = (row[f"break_{end}"][:4] for end in ("low", "at", "high"))
    assert line == (
        f"- Economy rises from {before} to {after} hits per 1,000 words between 1950 and 2009 (break {place}, "
        f"95 % {low} to {high}). ([row](tables/changes.csv#L{rows.index[0] + 2}))"
    )


def test_a_trend_is_told_by_what_it_rises_by_in_ten_years(doubled: pd.DataFrame) -> None:
    rows = together(doubled)
    (line,) = stated_changes(rows[(rows["theme"] == "economy") & (rows["test"] == "trend")], SIDES, "tables", 0.95)[
        2:-1
    ]
    assert "from the first to the last third of the texts of 1950 to 2009 (trend, +" in line


def test_a_measure_is_told_once_by_the_surer_of_trend_and_break(doubled: pd.DataFrame) -> None:
    lines = stated_changes(together(doubled), SIDES, "tables", 0.95)
    (economy,) = [line for line in lines if line.startswith("- Economy")]
    assert "fits too; the tests do not tell the two apart" in economy


def test_a_falling_share_is_told_in_percent(doubled: pd.DataFrame) -> None:
    lines = stated_changes(together(doubled), SIDES, "tables", 0.95)
    (share,) = [line for line in lines if line.startswith("- The share of")]
    assert share.startswith("- The share of defence in the hits of defence and of economy falls from 4")


def test_what_is_told_is_corrected_over_changes_and_differences_together(doubled: pd.DataFrame) -> None:
    frames, few = yearly(jump=2.5), Testing(permutations=99)
    made = {
        "contrast_differences": contrast_differences(frames, contrasts=CONTRASTS, testing=few),
        "section_differences": section_differences(frames, focus_themes=["economy"], testing=few),
        "document_differences": document_differences(frames, focus_themes=["economy"], testing=few),
    }
    without, with_changes = statable(*made.values()), statable(*made.values(), doubled)
    assert len(with_changes) == len(without) + 4
    over_time = with_changes[with_changes["table"] == "changes"]
    least = with_changes["p"].min()
    assert over_time["p_together"].min() >= min(len(with_changes) * least, 1) * 0.999 or least < over_time["p"].min()
    shares = contrasts(frames, contrasts=CONTRASTS, testing=few)
    text = findings(shares, *made.values(), frames.sections, frames.documents, changes=doubled, definitions=CONTRASTS)
    assert f"all {len(with_changes)} tests are corrected together" in text
    assert "## What changes over time" in text


def test_nothing_established_is_said_to_be_no_proof_that_nothing_changed() -> None:
    rows = statable_changes(changes(yearly(), contrasts=CONTRASTS, focus_themes=["economy"])).assign(p_together=1.0)
    (line,) = stated_changes(rows, SIDES, "tables", 0.95)[2:-1]
    assert line.startswith(
        "No trend and no break is established in economy, arms v. money: of 4 tests of changes none passes."
    )


def test_without_tests_over_time_nothing_is_said_of_it() -> None:
    rows = statable_changes(changes(yearly(12), contrasts=CONTRASTS)).assign(p_together=1.0)
    assert stated_changes(rows, SIDES, "tables", 0.95) == []
