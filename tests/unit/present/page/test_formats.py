import pandas as pd

from framescope.present.page.formats import number, plain, records, shown, thousands


def test_absent_values_are_shown_as_nothing():
    assert number(None) == number(float("nan")) == thousands(pd.NA) == shown(None) == shown(float("nan")) == ""
    assert number(1.25) == "1.2"
    assert thousands(1234567) == "1,234,567"


def test_years_have_no_separator_and_large_counts_have_one():
    assert (shown(2021), shown(1234567), shown(0.123456), shown(True)) == ("2021", "1,234,567", "0.1235", "yes")


def test_records_have_none_where_a_value_is_absent():
    frame = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": ["x", ""]})
    assert records(frame) == [{"a": 1, "b": "x"}, {"a": None, "b": ""}]


def test_names_of_themes_are_shown_in_words():
    assert plain("law_crime.drug_trade") == "law crime: drug trade"
