from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.compare.time.periods import (
    PERIODS,
    chosen_period,
    first_and_last_days,
    holds,
    period_days,
    period_label,
    period_numbers,
)

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31))


@given(day=DAYS, period=st.sampled_from(PERIODS))
def test_every_day_lies_in_the_days_of_its_period(day: datetime.date, period: str) -> None:
    days = np.array([day.isoformat()], dtype="M8[D]")
    first, last = period_days(period_numbers(days, period), period)
    assert first[0] <= days[0] <= last[0]
    assert (period_numbers(np.array([first[0], last[0]]), period) == period_numbers(days, period)).all()


@given(day=DAYS, period=st.sampled_from(PERIODS))
def test_periods_that_follow_one_another_have_neighbouring_days_and_numbers(day: datetime.date, period: str) -> None:
    number = period_numbers(np.array([day.isoformat()], dtype="M8[D]"), period)
    _, last = period_days(number, period)
    assert period_days(number + 1, period)[0][0].astype(int) == last[0].astype(int) + 1


@given(day=DAYS)
def test_a_month_and_a_year_last_as_long_as_in_the_calendar(day: datetime.date) -> None:
    first, last = first_and_last_days([day.isoformat()[:7], day.isoformat()[:4]])
    assert [str(end) for end in first] == [f"{day:%Y-%m}-01", f"{day:%Y}-01-01"]
    after = datetime.date.fromisoformat(str(last[0])) + datetime.timedelta(days=1)
    assert (after.day, (after.month - day.month) % 12) == (1, 1)
    assert str(last[1]) == f"{day:%Y}-12-31"


def test_a_date_of_a_year_lies_in_no_single_month() -> None:
    dates = first_and_last_days(["2018", "2018-06", "2018-06-30"])
    assert holds(*dates, "month").tolist() == [False, True, True]
    assert holds(*dates, "year").all()


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ([f"{year}" for year in range(1990, 2010)], "year"),
        ([f"{year}" for year in range(1860, 2010, 2)], "decade"),
        ([f"2018-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 8, 15, 22)], "month"),
        (["2018-06-30", "2018-07-01"], "year"),
    ],
)
def test_the_period_is_the_shortest_that_is_full_and_leaves_several(dates: list[str], period: str) -> None:
    assert chosen_period(*first_and_last_days(dates)) == period


def test_quarters_are_named_by_their_number() -> None:
    assert [period_label(f"2018-{month:02}-01", "quarter")[-2:] for month in (1, 4, 7, 10)] == ["Q1", "Q2", "Q3", "Q4"]
