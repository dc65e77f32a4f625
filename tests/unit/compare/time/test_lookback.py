from __future__ import annotations

import pandas as pd

from framescope.compare.time.lookback import lookback


def test_lookback_counts_years_from_the_year_of_publication() -> None:
    timeline = pd.DataFrame(
        [
            ("a", "1990", "all", 1, 1.0, "years"),
            ("a", "1980", "all", 1, 2.0, "years"),
            ("a", "2010", "all", 1, 1.0, "years"),
            ("a", "2000", "all", 1, 1.0, "own days"),
            ("a", "Cold War", "all", 1, 1.0, "era"),
            ("b", "1990", "all", 1, 1.0, "years"),
        ],
        columns=["document", "period", "theme", "mentions", "weight", "series"],
    )
    documents = pd.DataFrame({"document": ["a", "b"], "published": ["2000-05", ""], "group": ["x", ""]})
    (row,) = lookback(timeline, documents).to_dict("records")
    assert (row["past"], row["same_year"], row["ahead"]) == (0.6, 0.2, 0.2)
    assert (row["back_quarter"], row["back_median"], row["back_three_quarters"]) == (0, 10, 20)
    assert (row["year"], row["mentions"], row["weight"]) == (2000, 4, 5.0)
