from __future__ import annotations

import pandas as pd

from framescope.present.figures import Drawing, Settings
from framescope.present.finding_figures import MOST_FINDINGS, leading_findings, robustness_of_findings


def varied(kind: str, findings: list[str], left: str = "leave one block out") -> pd.DataFrame:
    table, unit, role = kind.split("/")
    rows = [(finding, variation) for finding in findings for variation in ("headline", left, "without names")]
    named = pd.DataFrame(rows, columns=["finding", "variation"]).assign(table=table, unit=unit, role=role)
    named = named.assign(document="", measure="war", unit_a="d1", unit_b="d2" if "differences" in table else "")
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


UNCONFIGURED = Settings()


def drawn(robustness: pd.DataFrame, settings: Settings = UNCONFIGURED) -> Drawing:
    """The figure of these findings about two documents with titles."""
    documents = pd.DataFrame({"document": ["d1", "d2"], "title": ["The Mole", "The " + "Very " * 20 + "Long Report"]})
    sections = pd.DataFrame({"document": [], "section": [], "title": []})
    tables = {"robustness": robustness, "documents": documents, "sections": sections}
    (drawing,) = robustness_of_findings(tables, settings)
    return drawing


def test_a_figure_says_how_many_findings_it_leaves_out():
    assert drawn(MANY).note == "30 of 103 findings are drawn, some of each kind."
    assert not drawn(ROLES).note


def test_the_title_counts_the_findings_that_hold_under_every_variation():
    assert drawn(ROLES).claim == "Of 2 findings all hold under every variation"
    falling = ROLES.assign(robust=[True] * 5 + [False])
    assert drawn(falling).claim == "Of 2 findings 1 holds under every variation"


def test_leaving_a_block_or_a_document_out_stand_side_by_side():
    assert drawn(MANY).chart.to_dict()["encoding"]["x"]["sort"] == [
        "headline",
        "leave one block out",
        "leave one document out",
        "without names",
    ]


def test_a_finding_is_told_with_titles_in_several_lines_and_in_full():
    label = drawn(ROLES).chart.to_dict()["encoding"]["y"]["sort"][0]
    assert label.count("\n") >= 1
    assert label.replace("\n", " ") == f"war, role method: The Mole more than The {'Very ' * 20}Long Report"


def test_a_lean_of_a_group_by_any_column_leads_to_its_sentences_and_a_difference_to_both_sides():
    lean = varied("contrasts/party/", ["peace v. war: party x: no lean"]).assign(unit_a="x", measure="peace v. war")
    settings = Settings(contrasts=[{"name": "peace v. war", "a": ["peace"], "b": ["war"]}])
    assert marks_of(drawn(lean, settings)) == {"#view=validity&theme=peace%7Cwar&unit=party%3Ax"}
    assert marks_of(drawn(ROLES)) == {"#view=compare&a=part%3Ad1%2Fmethod&b=part%3Ad2%2Fmethod&theme=war"}


def marks_of(drawing: Drawing) -> set[str]:
    """The addresses to which the cells lead."""
    return {row["address"] for rows in drawing.chart.to_dict()["datasets"].values() for row in rows}
