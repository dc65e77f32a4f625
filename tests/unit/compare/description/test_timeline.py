import numpy as np
import pandas as pd
import pytest

from framescope.compare.description.timeline import timeline, timeline_in_parts, year_weights

SENTENCES = pd.DataFrame(
    {
        "document": ["a", "a", "a", "b"],
        "paragraph": [1, 1, 2, 1],
        "sentence": [1, 2, 3, 1],
        "voice": ["author", "author", "quoted", "author"],
    }
)


def dates(*rows, anchor=None):
    columns = ["document", "paragraph", "sentence", "type", "value", "first", "last", "citation"]
    return pd.DataFrame(rows, columns=columns).assign(anchor=anchor)


def hits(*rows):
    return pd.DataFrame(rows, columns=["document", "paragraph", "sentence", "theme", "voice"])


def row(table, **wanted):
    chosen = table
    for column, value in wanted.items():
        chosen = chosen[chosen[column] == value]
    assert len(chosen) == 1
    return chosen.iloc[0]


MAY = ("a", 1, 1, "DATE", "1954-05", "1954-05-01", "1954-05-31", False)
FIFTIES = ("a", 1, 2, "DATE", "195", "1950-01-01", "1959-12-31", False)


def test_a_decade_weighs_as_much_as_a_month_spread_over_its_ten_years():
    table = timeline(dates(MAY, FIFTIES), hits(), SENTENCES)
    assert table.groupby("years")["weight"].sum().to_dict() == pytest.approx({1: 1.0, 10: 1.0})
    assert row(table, period="1954", years=10)["weight"] == pytest.approx(0.1)


def test_a_decade_and_a_month_stay_apart_in_the_year_they_share():
    table = timeline(dates(MAY, FIFTIES), hits(), SENTENCES)
    assert sorted(table.loc[table["period"] == "1954", "years"]) == [1, 10]


def test_a_date_counts_for_the_themes_hit_in_its_sentence_and_their_parents_and_for_all():
    table = timeline(dates(MAY, FIFTIES), hits(("a", 1, 1, "defence.threat", "author")), SENTENCES)
    assert set(table.loc[table["years"] == 1, "theme"]) == {"all", "defence", "defence.threat"}
    assert set(table.loc[table["years"] == 10, "theme"]) == {"all"}


@pytest.mark.parametrize(("most", "series"), [(10, "years"), (9, "undated")])
def test_a_date_of_as_many_years_as_may_be_has_years_and_a_longer_one_none(most, series):
    assert set(timeline(dates(FIFTIES), hits(), SENTENCES, max_years=most)["series"]) == {series}


def test_two_hits_of_a_theme_in_a_sentence_count_its_date_once():
    twice = hits(("a", 1, 1, "defence", "author"), ("a", 1, 1, "defence", "author"))
    assert row(timeline(dates(MAY), twice, SENTENCES), theme="defence")["mentions"] == 1


def test_a_quoted_hit_gives_its_sentence_no_theme():
    table = timeline(dates(MAY), hits(("a", 1, 1, "defence", "quoted")), SENTENCES)
    assert set(table["theme"]) == {"all"}


def test_a_date_counts_once_in_all_however_many_themes_its_sentence_has_and_where_it_has_none():
    found = hits(("a", 1, 1, "defence", "author"), ("a", 1, 1, "economy", "author"), ("a", 1, 1, "energy", "author"))
    table = timeline(dates(MAY, FIFTIES), found, SENTENCES)
    assert table.loc[table["theme"] == "all", "weight"].sum() == pytest.approx(2)
    assert set(table.loc[table["theme"] == "all", "years"]) == {1, 10}


@pytest.mark.parametrize(
    ("value", "first", "last", "anchor", "series"),
    [
        ("1944-01-11", "1944-01-11", "1944-01-11", "publication 1944-01-11", "own days"),  # today
        ("1944-01-11TNI", "1944-01-11", "1944-01-11", "publication 1944-01-11", "own days"),  # tonight
        ("1944", "1944-01-01", "1944-12-31", "publication 1944-01-11", "own days"),  # this year
        ("1944-W02", "1944-01-10", "1944-01-16", "publication 1944-01-11", "own days"),  # this week
        ("2017", "2017-01-01", "2017-12-31", "publication 2017-09", "own days"),  # this year, published in a month
        ("2017-09", "2017-09-01", "2017-09-30", "publication 2017-09", "own days"),  # this month
        ("1943", "1943-01-01", "1943-12-31", "publication 1944-01-11", "years"),  # last year
        ("1944-01-10", "1944-01-10", "1944-01-10", "publication 1944-01-11", "years"),  # yesterday
        ("194", "1940-01-01", "1949-12-31", "publication 1944-01-11", "years"),  # this decade
        ("1943-12-29/1944-01-11", "1943-12-29", "1944-01-11", "publication 1944-01-11", "years"),  # past two weeks
        ("1944", "1944-01-01", "1944-12-31", None, "years"),  # in 1944
        ("1944", "1944-01-01", "1944-12-31", "text 1944-01-11", "years"),  # that same year
    ],
)
def test_dates_of_the_speechs_own_day_are_a_series_of_their_own(value, first, last, anchor, series):
    table = timeline(dates(("a", 1, 1, "DATE", value, first, last, False), anchor=anchor), hits(), SENTENCES)
    assert set(table["series"]) == {series}
    assert table["period"].iloc[-1] == last[:4]


def test_a_date_in_a_quoted_sentence_is_left_out():
    assert timeline(dates(("a", 2, 3, "DATE", "1954", "1954-01-01", "1954-12-31", False)), hits(), SENTENCES).empty


@pytest.mark.parametrize(
    ("kind", "value", "citation"),
    [
        ("DATE", "1954", True),
        ("DATE", "PRESENT_REF", False),
        ("DATE", "PAST_REF", False),
        ("DATE", "FUTURE_REF", False),
        ("DURATION", "P3Y", False),
        ("SET", "P1Y", False),
    ],
)
def test_citations_references_durations_and_sets_stay_out(kind, value, citation):
    interval = ("1954-01-01", "1954-12-31") if citation else (None, None)
    assert timeline(dates(("a", 1, 1, kind, value, *interval, citation)), hits(), SENTENCES).empty


def test_a_length_of_time_that_lies_at_known_days_is_counted_there():
    table = timeline(dates(("a", 1, 1, "DURATION", "P2Y", "1953-05-09", "1954-05-09", False)), hits(), SENTENCES)
    assert table[["period", "weight"]].to_numpy().tolist() == [["1953", 0.5], ["1954", 0.5]]


def test_an_era_is_counted_by_its_name():
    era = ("a", 1, 1, "ERA", "Cold War", "1947-03-12", "1991-12-26", False)
    found = row(timeline(dates(era, era), hits(), SENTENCES), series="era")
    assert (found["period"], found["mentions"], found["weight"], found["sentences"], found["years"]) == (
        "Cold War", 2, 2.0, 1, 45,
    )  # fmt: skip


def test_a_date_without_an_interval_or_open_on_one_side_is_undated():
    unknown = ("a", 1, 1, "DATE", "XXXX-03", None, None, False)
    open_end = ("a", 1, 1, "DATE", "2005", "2005-01-01", None, False)
    found = row(timeline(dates(unknown, open_end), hits(), SENTENCES), series="undated")
    assert (found["period"], found["mentions"], found["weight"]) == ("undated", 2, 2.0)


def test_years_before_christ_run_up_to_the_year_one_without_a_year_zero():
    span = ("a", 1, 1, "DATE", "BC0002/0002", "-0002-01-01", "0002-12-31", False)
    table = timeline(dates(span), hits(), SENTENCES)
    assert table["period"].tolist() == ["-0002", "-0001", "0001", "0002"]
    assert table["weight"].sum() == pytest.approx(1)


def test_documents_are_kept_apart():
    other = ("b", 1, 1, "DATE", "1954", "1954-01-01", "1954-12-31", False)
    table = timeline(dates(MAY, other), hits(("a", 1, 1, "defence", "author")), SENTENCES)
    assert set(table.loc[table["document"] == "b", "theme"]) == {"all"}


def test_the_order_of_the_input_does_not_matter():
    many = dates(MAY, FIFTIES, ("b", 1, 1, "DATE", "1951", "1951-01-01", "1951-12-31", False))
    pd.testing.assert_frame_equal(timeline(many, hits(), SENTENCES), timeline(many[::-1], hits(), SENTENCES[::-1]))


def test_no_dates_give_an_empty_table_with_all_columns():
    table = timeline(dates(), hits(), SENTENCES)
    assert table.empty
    assert list(table.columns) == ["document", "period", "theme", "years", "mentions", "weight", "sentences", "series"]


def test_the_years_of_a_date_weigh_one_together():
    years = np.arange(1, 200)
    assert years * year_weights(years) == pytest.approx(1)


@pytest.mark.parametrize("most", [1, 2])
def test_the_rows_are_the_same_however_many_documents_are_counted_at_a_time(most):
    tables = dates(("b", *MAY[1:]), MAY, FIFTIES), hits(("a", 1, 1, "defence", "author")), SENTENCES
    parts = list(timeline_in_parts(*tables, most))
    assert len(parts) == 2 // most
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), timeline(*tables))
