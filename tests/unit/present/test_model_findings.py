from __future__ import annotations

import pandas as pd
import pytest

from framescope.compare.models.design import INTERCEPT
from framescope.present.figures import Settings
from framescope.present.files import models_for_latex
from framescope.present.model_figures import coefficients_of_models
from framescope.present.model_findings import statable_model_differences, stated_models

FORMULA = "economy ~ group + (1 | speaker)"
SIDES = {"arms v. money": ("defence", "economy")}


def model(**cells: object) -> dict[str, object]:
    facts = {"model": FORMULA, "theme": "economy", "contrast": "", "term": "group: right", "note": ""}
    numbers = {"ratio": 0.5, "low": 0.4, "high": 0.625, "p": 0.0004, "degrees_of_freedom": 7.25}
    return facts | numbers | {"documents": 40, "left_out": 2, "cluster": "speaker", "clusters": 12} | cells


def difference(**cells: object) -> dict[str, object]:
    facts = {"model": FORMULA, "theme": "economy", "contrast": "", "column": "group"}
    values = {"value_a": "right", "value_b": "left", "mean_a": 6.0, "mean_b": 12.0}
    return facts | values | {"ratio": 0.5, "low": 0.4, "high": 0.625, "p": 0.0004} | cells


def stated(differences: list[dict[str, object]], models: list[dict[str, object]]) -> list[str]:
    rows = statable_model_differences(pd.DataFrame(differences))
    return stated_models(rows.assign(p_together=rows["p"]), pd.DataFrame(models), SIDES, "tables", 0.95)


def test_a_difference_is_told_from_the_side_that_has_more() -> None:
    lines = stated([difference()], [model()])
    assert lines[2] == (
        f"- The model `{FORMULA}` is fitted to 40 texts in 12 clusters (speaker); 2 texts without a value or hits "
        "left out."
    )
    assert lines[3] == (
        f"- With everything else in `{FORMULA}` equal, texts with group *left* have about 2.0 times as much on economy "
        "as those with group *right* (95 % 1.6 to 2.5): 12.0 against 6.0 hits per 1,000 words. "
        "([row](tables/marginal_differences.csv#L2))"
    )


def test_a_difference_of_a_contrast_is_told_in_shares() -> None:
    row = difference(contrast="arms v. money", theme="", mean_a=0.2, mean_b=0.333)
    (line,) = [line for line in stated([row], [model()]) if "times as" in line]
    assert "times as many hits of defence for each of economy" in line
    assert "33% against 20% of the hits of both sides" in line


def test_of_a_column_the_surest_difference_is_told_and_the_others_are_counted() -> None:
    lines = stated([difference(p=0.01), difference(value_a="middle", p=0.001), difference(p=0.4)], [model()])
    assert len([line for line in lines if "times as" in line]) == 1
    assert "*middle*" in lines[3]
    assert "1 more such difference" in lines[4]


def test_a_model_without_differences_says_so() -> None:
    assert "of 1 test of marginal means none passes" in stated([difference(p=0.4)], [model()])[3]


def test_a_model_that_was_not_fitted_is_told_with_its_reason() -> None:
    rows = statable_model_differences(pd.DataFrame([difference()]).iloc[:0])
    failed = pd.DataFrame([model(note="not fitted: it needs 20 hits; found 3")])
    lines = stated_models(rows.assign(p_together=0.0), failed, SIDES, "tables", 0.95)
    assert lines[2] == f"- The model `{FORMULA}` was not fitted: it needs 20 hits; found 3."


def test_a_study_without_models_has_no_part_on_them() -> None:
    empty = pd.DataFrame([model()]).iloc[:0]
    rows = statable_model_differences(pd.DataFrame([difference()]).iloc[:0])
    assert stated_models(rows, empty, SIDES, "tables", 0.95) == []


def test_the_figure_has_a_point_for_each_coefficient_but_the_intercept() -> None:
    (drawn,) = coefficients_of_models({"models": pd.DataFrame([model(term="intercept"), model()])}, Settings())
    assert drawn.rows["term"].tolist() == ["group: right"]
    assert coefficients_of_models({"models": pd.DataFrame([model(ratio=float("nan"))])}, Settings()) == []


def test_the_table_for_a_paper_names_each_model_once() -> None:
    table = models_for_latex(pd.DataFrame([model(), model(term="year", p=0.25)]))
    assert table["model"].tolist() == [FORMULA, ""]
    assert table["ratio"].tolist() == ["0.5 [0.4, 0.625]"] * 2
    assert table["p"].tolist() == ["< .001", "0.250"]
    assert pytest.approx(7.25, abs=0.06) == float(table["df"].iloc[0])


def test_a_mark_of_the_figure_says_its_coefficient_and_leads_to_its_row_of_the_table() -> None:
    rows = pd.DataFrame([model(term="(intercept)"), model(), model(term="year", ratio=None)]).assign(
        term=["x", "y", "z"]
    )
    rows.loc[0, "term"] = INTERCEPT
    (drawn,) = coefficients_of_models({"models": rows}, Settings())
    [data] = [data for data in drawn.chart.to_dict()["datasets"].values() if "address" in data[0]]
    assert [(row["said"], row["address"]) for row in data] == [
        (f"y in {FORMULA}: ratio 0.5 (interval 0.4 to 0.62)", "#view=texts&row=models%3A1")
    ]
