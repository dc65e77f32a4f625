from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.models.formulas import FormulaError, parse_formula


def test_a_formula_has_an_outcome_columns_and_clusters() -> None:
    found = parse_formula("defence v. economy ~ period * party + genre + (1 | speaker)")
    assert (found.outcome, found.columns, found.cluster) == (
        "defence v. economy",
        ("period", "party", "genre"),
        "speaker",
    )


def test_clusters_may_be_named_beside_the_formula() -> None:
    assert parse_formula({"formula": "economy ~ year", "cluster": "home town"}).cluster == "home town"


def test_a_formula_of_clusters_alone_has_an_intercept() -> None:
    assert parse_formula("economy ~ (1 | speaker)").right == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("economy", "expected a theme or contrast, one ~, and columns"),
        ("~ year", "expected a theme or contrast"),
        ("economy ~ year ~ party", "one ~"),
        ("economy ~ year +", "expected columns joined by +, : or *; found 'year +'"),
        ("economy ~ year party", "Missing operator"),
        (
            "economy ~ np.log(year)",
            "expected names of columns (in backticks if they have spaces); found 'np.log(year)'",
        ),
        ("economy ~ {__import__('os')}", "expected names of columns"),
        ("economy ~ year - 1", "expected a formula with an intercept"),
        ("economy ~ (year | speaker)", "expected (1 | column) as the only term with a bar"),
        ("economy ~ (1 | a) + (1 | b)", "expected one column of clusters; found a, b"),
    ],
)
def test_what_is_no_formula_is_answered_with_what_was_expected_and_found(text: str, said: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse_formula(text)
    assert said in str(error.value)
    assert "\x1b" not in str(error.value)


@given(st.text(alphabet="ab~+*:|()1 {}`.^-/%", max_size=24))
def test_any_text_is_a_formula_of_named_columns_or_a_formula_error(text: str) -> None:
    try:
        found = parse_formula(text)
    except FormulaError:
        return
    assert found.outcome
    assert all(column in text for column in found.columns)
