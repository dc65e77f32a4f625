from __future__ import annotations

import pandas as pd
import pytest
from time_studies import yearly

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inputs import Testing
from framescope.compare.time.changes import CHANGE_COLUMNS, changes
from framescope.present.change_findings import statable_changes, stated_changes
from framescope.present.findings import findings, statable

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
NO_GROUPS = pd.DataFrame(columns=CHANGE_COLUMNS)
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
    (line,) = stated_changes(rows, NO_GROUPS, SIDES, "tables", 0.95)[2:-1]
    before, after = (f"{row[side]:.1f}" for side in ("before", "after"))
    low, place, high = (row[f"break_{end}"][:4] for end in ("low", "at", "high"))
    assert line == (
        f"- Economy rises from {before} to {after} hits per 1,000 words between 1950 and 2009 (break {place}, "
        f"95 % {low} to {high}). ([row](tables/changes.csv#L{rows.index[0] + 2}))"
    )


def test_a_trend_is_told_by_what_it_rises_by_in_ten_years(doubled: pd.DataFrame) -> None:
    rows = together(doubled)
    rows = rows[(rows["theme"] == "economy") & (rows["test"] == "trend")]
    (line,) = stated_changes(rows, NO_GROUPS, SIDES, "tables", 0.95)[2:-1]
    assert "from the first to the last third of the texts of 1950 to 2009 (trend, +" in line


def test_a_measure_is_told_once_by_the_surer_of_trend_and_break(doubled: pd.DataFrame) -> None:
    lines = stated_changes(together(doubled), doubled, SIDES, "tables", 0.95)
    (economy,) = [line for line in lines if line.startswith("- Economy")]
    assert "fits too; the tests do not tell the two apart" in economy


def test_a_falling_share_is_told_in_percent(doubled: pd.DataFrame) -> None:
    lines = stated_changes(together(doubled), doubled, SIDES, "tables", 0.95)
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
    # Four changes and many differences have half of the level each.
    assert over_time["p"].min() * 4 < with_changes["p"].min() * len(without)
    assert over_time["p_together"].min() == pytest.approx(2 * 4 * over_time["p"].min())
    shares = contrasts(frames, contrasts=CONTRASTS, testing=few)
    text = findings(shares, *made.values(), frames.sections, frames.documents, changes=doubled, definitions=CONTRASTS)
    assert f"all {len(with_changes)} tests are corrected together" in text
    assert "## What changes over time" in text


def test_nothing_established_is_said_to_be_no_proof_that_nothing_changed() -> None:
    rows = statable_changes(changes(yearly(), contrasts=CONTRASTS, focus_themes=["economy"])).assign(p_together=1.0)
    (line,) = stated_changes(rows, NO_GROUPS, SIDES, "tables", 0.95)[2:-1]
    assert line.startswith(
        "No trend and no break is established in economy, arms v. money: of 4 tests of changes none passes."
    )


def test_without_tests_over_time_nothing_is_said_of_it() -> None:
    rows = statable_changes(changes(yearly(12), contrasts=CONTRASTS)).assign(p_together=1.0)
    assert stated_changes(rows, NO_GROUPS, SIDES, "tables", 0.95) == []


def test_what_groups_show_of_a_change_stands_after_it_as_exploratory() -> None:
    table = changes(yearly(80, 2.5, groups=["x", "y"] * 40), contrasts=CONTRASTS, focus_themes=["economy"])
    rows = together(table)
    (line,) = [line for line in stated_changes(rows, table, SIDES, "tables", 0.95) if line.startswith("- Economy")]
    stated = rows[rows["theme"] == "economy"].sort_values("p", kind="stable").iloc[0]["test"]
    said = []
    for group in ("x", "y"):
        row = table.query(f"theme == 'economy' and test == '{stated}' and group == '{group}'").iloc[0]
        assert row["verdict"] == "differs"
        said.append(f"*{group}* from {row['before']:.1f} to {row['after']:.1f}")
    assert f" By group, exploratory: {said[0]}; {said[1]}. ([row]" in line


def test_exploratory_changes_are_counted_as_leads(doubled: pd.DataFrame) -> None:
    rest = doubled[(doubled["family"] == "exploratory") & doubled["p"].notna()]
    found = int((rest["verdict"] == "differs").sum())
    (line,) = [line for line in stated_changes(together(doubled), doubled, SIDES, "tables", 0.95) if "leads" in line]
    assert line.startswith(
        f"Of {len(rest)} exploratory tests of changes in other themes and in groups {found} find one at a false "
    )
