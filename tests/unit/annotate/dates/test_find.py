import datetime
import doctest
from pathlib import Path

import pytest

from framescope.annotate.dates import find_dates, find_dates_in_paragraphs


def only(text, published=None, **options):
    found = find_dates(text, published, **options)
    assert len(found) == 1
    return found[0]


def test_that_year_leans_on_a_paragraph_before():
    found = find_dates_in_paragraphs(["The pact was signed in 1954.", "Later that year, aid doubled."])
    assert (found[1][0].text, found[1][0].value, found[1][0].anchor) == ("that year", "1954", "text 1954")


def test_a_citation_is_no_anchor():
    found = find_dates_in_paragraphs(["The pact was signed in 1954 (Jones, 1987).", "That year, aid doubled."])
    assert found[1][0].value == "1954"


def test_an_era_is_no_anchor():
    found = find_dates_in_paragraphs(["The pact was signed in 1954, in the Cold War.", "That year, aid doubled."])
    assert found[1][0].value == "1954"


@pytest.mark.parametrize("published", ["2014-11-20", "2014-11-20T08:00:00Z", datetime.date(2014, 11, 20)])
def test_publication_may_be_text_or_a_date(published):
    date = only("Last year, talks failed.", published)
    assert (date.first, date.anchor) == ("2013-01-01", "publication 2014-11-20")


@pytest.mark.parametrize(("published", "first"), [("2014", "2013-01-01"), ("2014-11", "2013-01-01")])
def test_a_year_or_month_of_publication_is_enough_for_last_year(published, first):
    assert only("Last year, talks failed.", published).first == first


def test_a_publication_before_christ_is_a_day_too():
    assert only("Last year, talks failed.", "-0044-03-15").first == "-0045-01-01"


def test_a_month_after_that_year_leans_on_the_same_year():
    found = find_dates("War began in 1954. That year, in mid-February, the army met.")
    assert [(date.text, date.first) for date in found] == [
        *(("1954", "1954-01-01"), ("That year", "1954-01-01"), ("mid-February", "1954-02-10")),
    ]


@pytest.mark.parametrize("published", ["yesterday", "2014-13", "2014-02-30", ""])
def test_a_publication_that_is_no_date_is_refused_by_name(published):
    with pytest.raises(ValueError, match="published: expected an ISO date"):
        find_dates("Last year, talks failed.", published)


def test_a_month_without_a_year_belongs_to_the_story_in_a_narrative():
    text = (
        "War began in 1941 and went on in 1942. A long siege followed. The city fell. It was looted. In July, it ended."
    )
    assert find_dates(text, "2014-11-20")[-1].first == "1942-07-01"


def test_a_month_without_a_year_belongs_to_publication_in_a_report():
    text = "On Tuesday, the minister resigned. He was elected in 1999. He had been ill. He was tired. He left in July."
    assert find_dates(text, "2014-11-20")[-1].first == "2014-07-01"


@pytest.mark.parametrize(
    "opening",
    [
        "On Tuesday, the founders of 1949 were praised.",
        "The ministers said today that 1949 was long ago.",
        "KARACHI, February 26 - The founders of 1949 were praised.",
    ],
)
def test_a_report_of_another_year_counts_its_months_from_the_publication(opening):
    assert find_dates(f"{opening} The pact will be signed on March 12.", "1999-02-27")[-1].first == "1999-03-12"


def test_an_essay_of_another_year_counts_its_months_from_that_year():
    essay = "The pact was debated in 1949. It was to be signed in March, and its critics are forgotten today."
    assert find_dates(essay, "1999-02-27")[1].first == "1949-03-01"


def test_in_a_report_a_month_beside_another_year_is_of_that_year():
    report = "On Tuesday, the founders were praised, who met in 1949 and signed the pact in April."
    assert find_dates(report, "1999-02-27")[-1].first == "1949-04-01"


def test_an_hour_of_a_report_is_on_the_day_of_its_sentence_or_of_publication():
    report = "They met on Friday, at 9 a.m. and alone. At noon the talks failed."
    found = [(date.value, date.first) for date in find_dates(report, "1999-02-27")]
    assert found == [
        ("1999-02-26", "1999-02-26"),
        ("1999-02-26T09:00", "1999-02-26"),
        ("1999-02-27T12:00", "1999-02-27"),
    ]


def test_a_newspaper_is_no_repetition():
    assert find_dates("The daily Morning Voice appears weekly.")[0].text == "weekly"


def test_today_is_the_day_of_publication_in_a_report_and_the_present_in_an_essay():
    report = find_dates("Yesterday the talks failed. Today the minister resigned.", "2014-11-20")
    essay = find_dates("Terrorism threatens both states today.", "2014-11-20")
    assert (report[1].value, report[1].first) == ("2014-11-20", "2014-11-20")
    assert (essay[0].value, essay[0].first) == ("PRESENT_REF", None)


def test_three_digits_are_a_year_only_in_a_document_that_has_named_such_years():
    assert [date.text for date in find_dates("He was born c. 314. In 348 he died.")] == ["314", "348"]
    assert find_dates("In 348 cases he was right.") == []
    assert find_dates("In 348 he was right.") == []


def test_a_proposal_is_read_where_the_grammar_saw_nothing():
    text = "May was quiet, and 1954 was not."
    assert [date.text for date in find_dates(text)] == ["1954"]
    proposed = find_dates("It began in 1954. May was quiet.", proposals=[(18, 21)])
    assert [(date.text, date.first) for date in proposed] == [("1954", "1954-01-01"), ("May", "1954-05-01")]


def test_a_proposal_adds_nothing_to_a_date_already_found_and_cannot_make_a_quantity_a_date():
    text = "The parade of May 1954 showed 1500 tanks."
    assert find_dates(text, proposals=[(14, 22), (30, 40)]) == find_dates(text)


@pytest.mark.parametrize(
    ("sentence", "mod"),
    [
        ("Relations since 2000 are good.", "ON_OR_AFTER"),
        ("Aid flowed until 1971.", "ON_OR_BEFORE"),
        ("By 1971 aid had stopped.", "ON_OR_BEFORE"),
        ("After 1971 aid stopped.", "AFTER"),
        ("Before 1971 aid flowed.", "BEFORE"),
        ("Around 1971 aid stopped.", "APPROX"),
        ("In early 1971 aid stopped.", "START"),
        ("In mid-1971 aid stopped.", "MID"),
        ("In late 1971 aid stopped.", "END"),
        ("In 1971 aid stopped.", None),
    ],
)
def test_the_preposition_or_part_is_the_modifier(sentence, mod):
    assert only(sentence).mod == mod


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("in 1954", "1954"),
        ("in May 1954", "1954-05"),
        ("on 9 May 1954", "1954-05-09"),
        ("in the 1950s", "195"),
        ("in the 20th century", "19"),
        ("in the third millennium", "2"),
        ("in summer 2014", "2014-SU"),
        ("in Q3 2015", "2015-Q3"),
        ("in H1 2015", "2015-H1"),
        ("in FY 2015-16", "FY2015"),
        ("in 753 BC", "BC0753"),
        ("from 1954 to 1972", "1954/1972"),
        ("during the Cold War", "Cold War"),
        ("three years", "P3Y"),
        ("every year", "P1Y"),
        ("every other month", "P2M"),
        ("every Monday", "XXXX-WXX-1"),
        ("monthly", "P1M"),
        ("twice a day", "P1D"),
        ("for two and a half years", "P2Y6M"),
        ("for 5 1/2 hours", "PT5H30M"),
        ("for two decades", "P20Y"),
        ("for several weeks", "PXW"),
        ("at 3 p.m.", "T15:00"),
        ("at 12:30 a.m.", "T00:30"),
        ("at 4 in the morning", "T04:00"),
        ("at 15:30", "T15:30"),
        ("at 8:30 last night", "T20:30"),
        ("at 6:30 this morning", "T06:30"),
        ("these days", "PRESENT_REF"),
        ("these decades", "PAST_REF"),
        ("currently", "PRESENT_REF"),
    ],
)
def test_values_are_those_of_timex3_and_of_an_era_its_name(sentence, value):
    assert only(f"It was {sentence}.").value == value


def test_years_in_web_addresses_are_found_and_flagged():
    found = find_dates("See https://example.org/2014/05/a-1999.html now or www.example.org/x2014.")
    assert [(date.text, date.citation) for date in found] == [("2014", True), ("1999", True), ("now", False)]


def test_blank_lines_separate_dates():
    assert [date.text for date in find_dates("It ended in May\n\n1954 was quiet.")] == ["May", "1954"]
    assert [date.text for date in find_dates("It ended in May\n1954.")] == ["May\n1954"]


def test_a_note_mark_after_a_full_stop_is_no_decimal():
    assert [date.text for date in find_dates("Limits came by 1915.1 The corps left in 1916.22")] == ["1915", "1916"]


def test_the_example_of_the_documentation_is_true():
    text = (Path(__file__).parents[4] / "docs" / "dates.md").read_text(encoding="utf-8")
    example = doctest.DocTestParser().get_doctest(text, {}, "dates.md", "docs/dates.md", 0)
    assert example.examples
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


def test_years_after_names_are_citations_where_the_document_cites_in_that_style():
    essay = "It is known (Jones 1987; Lee 1990). It is doubted (Ali and Roy 2001, 23). It is denied (Wu et al. 2004)."
    assert [date.citation for date in find_dates(essay + " It ended (Zapad 2017).")] == [True, True, True, True, True]
    assert [date.citation for date in find_dates("It ended (Zapad 2017).")] == [False]


def test_a_place_and_a_month_in_brackets_are_no_citation():
    assert [date.citation for date in find_dates("It was signed there (Karachi, May 1954).")] == [False]


def test_a_month_without_a_year_leans_past_a_decade_on_the_last_year_named():
    found = find_dates("It was signed in 1954. The 1940s had been harder. In March, it lapsed.")
    assert (found[-1].first, found[-1].anchor) == ("1954-03-01", "text 1954")
