from __future__ import annotations

import pandas as pd

from framescope.present.figure_style import styled
from framescope.present.finding_figures import MOST_FINDINGS, leading_findings, robustness_of_findings


def varied(kind: str, findings: list[str], left: str = "leave one block out") -> pd.DataFrame:
    table, unit, role = kind.split("/")
    rows = [(finding, variation) for finding in findings for variation in ("headline", left, "without names")]
    named = pd.DataFrame(rows, columns=["finding", "variation"]).assign(table=table, unit=unit, role=role)
    return named.assign(left_out="", inference="block", estimate=1.0, low=0.5, high=1.5, robust=True)


LEANS = varied("contrasts/document/", [f"peace v. war: d{number:03}: no lean" for number in range(100)])
GROUPS = varied("contrast_differences/group/", ["peace v. war: group x > group y"], "leave one document out")
ROLES = varied("document_differences/document/method", ["war: d1 > d2 (method)", "war: d1 > d3 (method)"])
MANY = pd.concat([LEANS, GROUPS, ROLES], ignore_index=True)


def test_of_many_findings_each_kind_has_its_turn_and_the_order_is_the_tables():
    chosen = leading_findings(MANY)
    assert len(chosen) == MOST_FINDINGS
    assert {*GROUPS["finding"], *ROLES["finding"]} <= set(chosen)
    assert chosen == [finding for finding in dict.fromkeys(MANY["finding"]) if finding in chosen]


def test_a_figure_says_how_many_findings_it_leaves_out():
    drawn = styled(robustness_of_findings({"robustness": MANY}))
    assert drawn["title"]["text"] == "30 of 103 findings, some of each kind"
    assert not styled(robustness_of_findings({"robustness": ROLES}))["title"]["text"]


def test_leaving_a_block_or_a_document_out_stand_side_by_side():
    assert styled(robustness_of_findings({"robustness": MANY}))["encoding"]["x"]["sort"] == [
        "headline",
        "leave one block out",
        "leave one document out",
        "without names",
    ]


def test_a_long_finding_is_told_in_several_lines_and_in_full():
    long = "peace v. war: " + "-".join(["a-very-long-name-of-a-document"] * 4) + " > d2"
    drawn = robustness_of_findings({"robustness": varied("contrast_differences/document/", [long])})
    label = styled(drawn)["encoding"]["y"]["sort"][0]
    assert label.count("\n") >= 1
    assert label.replace("\n", "").replace(" ", "") == long.replace(" ", "")
