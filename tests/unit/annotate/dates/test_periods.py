from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.annotate.dates import periods as values

YEARS = st.integers(-3000, 3000).filter(bool)


def interval(period):
    return values.iso(period.first), values.iso(period.last)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (values.decade(1950), "1950-01-01", "1959-12-31"),
        (values.century(20), "1900-01-01", "1999-12-31"),
        (values.century(1), "0001-01-01", "0099-12-31"),
        (values.century(-5), "-0499-01-01", "-0400-12-31"),
        (values.century(-1), "-0099-01-01", "-0001-12-31"),
        (values.millennium(3), "2000-01-01", "2999-12-31"),
        (values.month(2000, 2), "2000-02-01", "2000-02-29"),
        (values.month(1900, 2), "1900-02-01", "1900-02-28"),
        (values.part_of_year(2015, 3, 4), "2015-07-01", "2015-09-30"),
        (values.season(2014, "SU"), "2014-06-01", "2014-08-31"),
        (values.season(2014, "WI"), "2014-01-01", "2014-12-31"),
        (values.winter(1941), "1941-12-01", "1942-02-28"),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(period, first, last):
    assert interval(period) == (first, last)


@pytest.mark.parametrize(("part", "years"), [(1, (1950, 1953)), (2, (1953, 1956)), (3, (1956, 1959))])
def test_early_mid_and_late_are_thirds_of_a_decade(part, years):
    third = values.fraction(values.decade(1950), part, 3, None)
    assert (third.first[0], third.last[0]) == years


@given(YEARS, st.integers(2, 6))
def test_parts_of_a_year_follow_on_one_another_without_gap_or_overlap(number, parts):
    whole = values.year(number)
    pieces = [values.fraction(whole, part, parts, None) for part in range(1, parts + 1)]
    assert (pieces[0].first, pieces[-1].last) == (whole.first, whole.last)
    for before, after in pairwise(pieces):
        assert values.moved(before.last, 1, "day") == after.first


@given(YEARS, st.integers(-2000, 2000))
def test_shifting_years_there_and_back_returns_and_never_meets_a_year_zero(number, by):
    there = values.shift_year(number, by)
    assert there != 0
    assert values.shift_year(there, -by) == number


def test_the_year_before_the_first_is_the_first_before_christ():
    assert values.shift_year(1, -1) == -1
    assert values.year(0) is None


@given(
    YEARS, st.integers(1, 12), st.integers(1, 28), st.sampled_from(sorted({*values.LEANED_ON} - {"season", "range"}))
)
def test_the_unit_a_day_lies_in_contains_it(number, month, day, unit):
    if unit == "week" and number < 2:
        return
    period = values.containing((number, month, day), unit)
    assert period.first <= (number, month, day) <= period.last


@pytest.mark.parametrize("text", ["", "1954-13", "1954-02-30", "54", "1954-5-9", "0000", "x", "1954-05-09T"])
def test_text_that_is_no_iso_day_month_or_year_gives_nothing(text):
    assert values.from_text(text) is None


@pytest.mark.parametrize(("text", "value"), [("1954", "1954"), ("1954-05", "1954-05"), ("-0044-03-15", "BC0044-03-15")])
def test_iso_text_is_read_as_precisely_as_it_is_written(text, value):
    assert values.from_text(text).value == value


@pytest.mark.parametrize(
    ("count", "unit", "small"),
    [(0.5, "decade", (5, "year")), (0.5, "year", (6, "month")), (3, "quarter", (9, "month")), (2, "week", (2, "week"))],
)
def test_an_amount_is_counted_in_whole_units(count, unit, small):
    assert values.in_small_units(count, unit) == small


@given(YEARS, st.integers(1, 12), st.integers(1, 28), st.integers(-(10**5), 10**5))
def test_days_moved_there_and_back_return(number, month, day, by):
    assert values.moved(values.moved((number, month, day), by, "day"), -by, "day") == (number, month, day)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 1818, "1818-03-22"),
        ("easter", 2000, "2000-04-23"),
        ("easter", 2038, "2038-04-25"),
        ("labor_day", 2014, "2014-09-01"),
        ("labor_day", 2015, "2015-09-07"),
        ("memorial_day", 2014, "2014-05-26"),
        ("memorial_day", 2021, "2021-05-31"),
        ("columbus_day", 2018, "2018-10-08"),
        ("thanksgiving", 2018, "2018-11-22"),
        ("new_year", 2018, "2018-01-01"),
    ],
)
def test_a_holiday_is_on_its_day_of_the_calendar(name, year, day):
    feast = values.holiday(name, year)
    assert feast is not None
    assert feast.value == day


@pytest.mark.parametrize(("name", "year"), [("thanksgiving", 1862), ("labor_day", 1893), ("easter", -33)])
def test_a_holiday_has_no_day_in_a_year_before_it_existed(name, year):
    assert values.holiday(name, year) is None
