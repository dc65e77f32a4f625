"""Dates of publication as days, and the periods that they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Numbers = NDArray[np.int64]

# The number of months in each period, 0 for a day. Month 0 is January 1970, with which a quarter, a year and a decade
# begin.
MONTHS = {"day": 0, "month": 1, "quarter": 3, "year": 12, "decade": 120}
PERIODS = tuple(MONTHS)
# A period that Framescope chooses has at least this number of texts, which an interval over texts needs, in the median,
# and there are at least this number of periods.
TEXTS_A_PERIOD, FEWEST_PERIODS = 4, 5
DAYS_A_YEAR = 365.2425


def first_and_last_days(published: Sequence[str]) -> tuple[Days, Days]:
    """The first and the last day of each date, which is an ISO day, month or year.

    >>> [str(ends[0]) for ends in first_and_last_days(["2018-02"])]
    ['2018-02-01', '2018-02-28']
    """
    dates = [np.datetime64(date) for date in published]
    # A date of a month or year is counted in months or years, so that the next one begins on the day after it ends.
    after = [(date.astype(np.int64) + np.int64(1)).astype(date.dtype) for date in dates]
    first, beyond = (np.array(ends, dtype="M8[D]") for ends in (dates, after))
    return first, _day_before(beyond)


def _day_before(days: Days) -> Days:
    return np.asarray((days.astype(np.int64) - 1).astype("M8[D]"))


def years(first: Days, last: Days) -> NDArray[np.float64]:
    """The middle of each range of days, in years since the beginning of 1970.

    >>> round(years(*first_and_last_days(["2018"]))[0].item(), 1)
    48.5
    """
    middle = (first.astype(np.int64) + last.astype(np.int64)) / 2
    return np.asarray(middle / DAYS_A_YEAR)


def period_numbers(days: Days, period: str) -> Numbers:
    """The number of the period in which each day lies; consecutive periods have consecutive numbers.

    >>> period_numbers(first_and_last_days(["1970-05", "1969-12"])[0], "quarter").tolist()
    [1, -1]
    """
    if period == "day":
        return days.astype(np.int64)
    return np.asarray(days.astype("M8[M]").astype(np.int64) // MONTHS[period])


def period_days(numbers: Numbers, period: str) -> tuple[Days, Days]:
    """The first and the last day of the periods of these numbers.

    >>> [str(ends[0]) for ends in period_days(np.array([4]), "decade")]
    ['2010-01-01', '2019-12-31']
    """
    if period == "day":
        days = numbers.astype("M8[D]")
        return days, days
    first, after = (((numbers + more) * MONTHS[period]).astype("M8[M]").astype("M8[D]") for more in (0, 1))
    return first, _day_before(after)


def period_label(first: Any, period: str) -> str:
    """The name of the period that begins on this day.

    >>> [period_label(np.datetime64("2010-04-01"), period) for period in PERIODS]
    ['2010-04-01', '2010-04', '2010-Q2', '2010', '2010s']
    """
    day = str(first)
    if period == "quarter":
        return f"{day[:-6]}-Q{(int(day[-5:-3]) + 2) // 3}"
    return {"day": day, "month": day[:-3], "year": day[:-6], "decade": f"{day[:-6]}s"}[period]


def holds(first: Days, last: Days, period: str) -> NDArray[np.bool_]:
    """Which dates lie in a single period: a year does not lie in a month.

    >>> holds(*first_and_last_days(["2018", "2018-06"]), "month").tolist()
    [False, True]
    """
    return np.asarray(period_numbers(first, period) == period_numbers(last, period))


def chosen_period(first: Days, last: Days) -> str:
    """The period by which texts of these dates are best shown.

    It is the shortest period such that every date lies in one, the median number of texts in a period with texts is at
    least four, and there are at least five such periods; else the longest with at least five; else the year. The rule
    is ours.

    >>> monthly = [f"{year}-{month:02}" for year in range(2001, 2009) for month in range(1, 13)]
    >>> chosen_period(*first_and_last_days(monthly)), chosen_period(*first_and_last_days(monthly[:30]))
    ('year', 'quarter')
    """
    fitting = [period for period in PERIODS if holds(first, last, period).all()]
    sizes = {period: np.unique(period_numbers(first, period), return_counts=True)[1] for period in fitting}
    enough = [period for period in fitting if len(sizes[period]) >= FEWEST_PERIODS]
    full = [period for period in enough if np.median(sizes[period]) >= TEXTS_A_PERIOD]
    return full[0] if full else enough[-1] if enough else "year"
