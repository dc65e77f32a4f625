import pandas as pd

from framescope.compare.suggest.suggestions import COLUMNS
from framescope.present.coding.suggestions import suggestions_page


def test_the_page_names_each_term_under_its_theme_with_numbers_and_examples() -> None:
    row = (
        "trade",
        "harbour",
        6,
        3,
        5,
        0.412,
        0.2,
        0.5,
        0,
        1.25,
        2.0,
        "a v. b",
        "d0 3: A harbour came. | d1 4: Harbours.",
    )
    page = suggestions_page(pd.DataFrame([row], columns=COLUMNS))
    assert "## trade" in page
    assert "`harbour`: expected precision 0.41 (0.20 to 0.50), 6 hits in 3 document(s), 5 new sentence(s)" in page
    assert "2.00 instead of 1.25 per 1,000 words" in page
    assert "would change: a v. b" in page
    assert "  - d1 4: Harbours." in page


def test_a_page_without_terms_says_so() -> None:
    assert "No term was found" in suggestions_page(pd.DataFrame(columns=COLUMNS))
