import datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.time.periods import PERIODS, first_and_last_days, period_days, period_label
from framescope.present.page.periods import period_of, period_rates

TRENDS = pd.DataFrame(
    {
        "unit": ["period", "period", "period", "document"],
        "measure": ["rate_per_1000", "rate_per_1000", "share_a", "rate_per_1000"],
        "group": ["", "press", "", ""],
        "period": ["2020", "2021", "2021", "2020-03-01"],
        "first": ["2020-01-01", "2021-01-01", "2021-01-01", "2020-03-01"],
        "last": ["2020-12-31", "2021-12-31", "2021-12-31", "2020-03-01"],
        "theme": ["war.arms", "war", "", "war"],
        "words": [500, 400, 900, 500],
        "hits": [5, 4, 9, 5],
        "estimate": [10.0, 10.0, 0.5, 10.0],
        "low": [5.0, 4.0, 0.1, 5.0],
        "high": [20.0, 21.0, 0.9, 20.0],
    }
)


def tables(*published: str) -> dict[str, pd.DataFrame]:
    return {"trends": TRENDS, "documents": pd.DataFrame({"document": list("abcd"), "published": list(published)})}


def test_a_document_is_in_the_period_in_which_its_whole_date_lies():
    assert period_of(tables("2020", "2020-03-04", "2021-02", "")) == {"a": "2020", "b": "2020"}


@given(
    st.lists(st.dates(datetime.date(1960, 1, 1), datetime.date(1975, 1, 1)).map(str), min_size=1, max_size=9),
    st.lists(st.sampled_from([10, 7, 4]), min_size=9, max_size=9),
    st.sets(st.integers(-12, 12), min_size=1),
    st.sampled_from(PERIODS),
)
def test_the_period_of_a_text_is_the_one_among_all_that_contains_both_ends_of_its_date(days, lengths, numbers, period):
    dates = [day[:length] for day, length in zip(days, lengths, strict=False)]
    ends = [ends.astype(str) for ends in period_days(np.array(sorted(numbers, reverse=True)), period)]
    labels = [period_label(np.datetime64(first), period) for first in ends[0]]
    trends = pd.DataFrame({"unit": "period", "measure": "rate_per_1000", "group": "", "period": labels})
    trends = trends.assign(first=ends[0], last=ends[1])
    documents = pd.DataFrame({"document": [f"d{place}" for place in range(len(dates))], "published": dates})
    contained = {
        document: label
        for document, first, last in zip(documents["document"], *first_and_last_days(dates), strict=True)
        for label, begins, end in zip(labels, *ends, strict=True)
        if begins <= str(first) and str(last) <= end
    }
    assert period_of({"trends": trends, "documents": documents}) == contained


def test_rates_of_periods_are_those_of_all_texts_with_their_intervals_and_the_level_of_the_theme():
    rates = period_rates(tables("", "", "", ""))
    assert rates.to_dict("records") == [
        {
            "unit": "period",
            "period": "2020",
            "theme": "war.arms",
            "level": 2,
            "words": 500,
            "hits": 5,
            "rate_per_1000": 10.0,
            "rate_low": 5.0,
            "rate_high": 20.0,
        }
    ]


def test_a_study_without_dates_has_no_periods():
    none = {"trends": TRENDS[:0], "documents": pd.DataFrame({"document": ["a"], "published": [None]})}
    assert period_of(none) == {}
    assert period_rates(none).empty
