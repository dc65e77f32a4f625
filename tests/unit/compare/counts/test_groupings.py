"""Groupings of a study are kinds of units, in all tables that have groups."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from time_studies import yearly

from framescope.compare.counts.groupings import with_groupings, wrong_groupings
from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences
from framescope.compare.emphasis.keyness import keywords
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inputs import Tables, Testing
from framescope.compare.robust.robustness import robustness

CONTRASTS = [{"name": "arms v. money", "a": ["defence"], "b": ["economy"]}]
TESTING = Testing(permutations=199)


def grouped(*groupings: str) -> Tables:
    """Twenty-four texts, of which the later twelve have three times the hits of economy, with an era, a kind and a
    party; one has no kind.
    """
    tables = yearly(24, 3.0)
    further = [
        f'{{"era": "{"late" if n >= 12 else "early"}", "kind": "{"" if n == 5 else "ab"[n % 2]}"}}' for n in range(24)
    ]
    documents = tables.documents.assign(metadata=further, group=["left", "right"] * 12)
    return dataclasses.replace(tables, documents=with_groupings(documents, groupings))


def test_groups_of_a_grouping_have_the_rates_that_they_would_have_as_the_column_group() -> None:
    tables = grouped("era")
    rates = theme_rates(tables)
    era = rates[rates["unit"] == "era"]
    plain = dataclasses.replace(
        tables, documents=tables.documents.assign(group=tables.documents["group by era"]).drop(columns="group by era")
    )
    alone = theme_rates(plain)
    expected = alone[alone["unit"] == "group"].assign(unit="era")
    pd.testing.assert_frame_equal(era.reset_index(drop=True), expected.reset_index(drop=True))


def test_the_column_group_keeps_its_rows() -> None:
    with_era, without = theme_rates(grouped("era")), theme_rates(grouped())
    pd.testing.assert_frame_equal(with_era[with_era["unit"] != "era"].reset_index(drop=True), without)


def test_a_crossing_has_a_group_for_each_pair_of_values_and_leaves_out_texts_without_one() -> None:
    rates = theme_rates(grouped("era * kind"), units=["era * kind"])
    assert sorted(rates["group"].unique()) == ["early and a", "early and b", "late and a", "late and b"]
    words = rates[rates["theme"] == "economy"]["words"].sum()
    everything = theme_rates(grouped(), units=["document"])
    everything = everything[(everything["theme"] == "economy") & (everything["document"] != "d005")]
    assert words == everything["words"].sum()


def test_differences_between_groups_of_a_grouping_are_tested_over_documents() -> None:
    tables = grouped("era")
    rates = document_differences(tables, focus_themes=["economy"], testing=TESTING)
    (row,) = rates[(rates["unit"] == "era") & (rates["theme"] == "economy")].to_dict("records")
    assert (row["unit_a"], row["unit_b"], row["inference"]) == ("early", "late", "document")
    assert row["verdict"] == "differs"
    shares = contrast_differences(tables, contrasts=CONTRASTS, testing=TESTING)
    (row,) = shares[shares["unit"] == "era"].to_dict("records")
    assert row["delta_log_odds"] > 0


def test_leans_and_robustness_of_groupings_are_those_of_their_rows() -> None:
    tables = grouped("era")
    differences = document_differences(tables, focus_themes=["economy"], testing=TESTING)
    rows = robustness(tables, document_differences=differences, contrasts=CONTRASTS, testing=TESTING)
    own = rows[(rows["unit"] == "era") & (rows["table"] == "document_differences") & (rows["measure"] == "economy")]
    shown = differences[(differences["unit"] == "era") & (differences["theme"] == "economy")].iloc[0]
    assert own.iloc[0]["estimate"] == pytest.approx(shown["log2_ratio"])
    leans = contrasts(tables, contrasts=CONTRASTS, testing=TESTING)
    assert set(leans.loc[leans["unit"] == "era", "group"]) == {"early", "late"}


def test_keywords_of_a_grouping_compare_its_groups() -> None:
    documents = grouped("era").documents
    terms = pd.DataFrame(
        {
            "document": documents["document"],
            "section": "01",
            "block": 1,
            "term": ["plough" if era == "early" else "rocket" for era in documents["group by era"]],
            "count": 4,
        }
    )
    found = keywords([terms], documents)
    own = found[found["unit"] == "era"]
    assert dict(zip(own["group"], own["term"], strict=True)) == {"early": "plough", "late": "rocket"}


@pytest.mark.parametrize(
    ("groupings", "said"),
    [
        (
            ["erra"],
            "config.yaml: groups > 1 (erra): no column 'erra' in the metadata of the documents. Did you mean era?",
        ),
        (
            ["era", "era * knd"],
            "groups > 2 (era * knd): no column 'knd' in the metadata of the documents. Did you mean",
        ),
        (["group"], "`group` is compared without being named"),
        (["era * kind * group"], "expected a column of metadata, or two"),
        (["era", "era"], "each grouping once"),
        (["genre"], "expected two groups or more; found speech."),
    ],
)
def test_a_wrong_grouping_is_answered_with_its_place_and_the_nearest_name(groupings: list[str], said: str) -> None:
    documents = grouped().documents.assign(genre="speech")
    assert said in wrong_groupings(groupings, documents)[-1]


def test_right_groupings_have_no_problem() -> None:
    assert wrong_groupings(["era", "era * kind", "group * kind"], grouped().documents) == []


@pytest.mark.parametrize("name", ["period", "section", "document", "role"])
def test_a_grouping_with_the_name_of_a_kind_of_unit_is_refused_with_another_name(name: str) -> None:
    documents = grouped().documents.assign(
        metadata=[f'{{"{name}": "{n % 2}"}}' for n in range(len(grouped().documents))]
    )
    (said,) = wrong_groupings([name], documents)
    assert said.startswith(f"config.yaml: groups > 1 ({name}): {name} is a kind of unit in every study")
    assert f"such as {name}_group" in said
    assert wrong_groupings([f"group * {name}"], documents) == []
