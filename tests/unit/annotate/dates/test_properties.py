import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from framescope.annotate.dates import find_dates, find_dates_in_paragraphs

PIECES = st.sampled_from(
    "the a of in and to from between since until before after about 1954 1950s 9 31 0 00 30 Feb February May 2014-02-30"
    " 9/11 12/25/2014 Monday last next this that same year years month months decade decades century centuries half"
    " quarter first second twentieth 21st 20th early mid late end beginning turn ago earlier later two three million"
    " billion 999 999999999999 BC AD AH post pre - – / , . ( ) ' ’ Cold War WWII https://a.b/2014/05 2014a Q3 FY summer"
    " fall today yesterday now recent every 1/2 several few past following same 1900s '50s fifties \n\n".split(" ")
)
SENTENCES = st.lists(PIECES, max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "-", "\n"]).map(lambda gap: gap.join(pieces))
)
PUBLISHED = st.none() | st.dates(datetime.date.min, datetime.date.max)


def order(day: str) -> tuple[int, int, int]:
    year, month, number = day.lstrip("-").split("-")
    return (-int(year) if day.startswith("-") else int(year), int(month), int(number))


def check(text: str, published: datetime.date | None) -> None:
    end = 0
    for date in find_dates(text, published):
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text
        end = date.end
        if date.first and date.last:
            assert order(date.first) <= order(date.last)
        for day in (date.first, date.last):
            if day:
                year, month, number = order(day)
                assert year != 0
                assert 1 <= month <= 12
                assert 1 <= number <= 31


@settings(max_examples=400)
@given(st.text(), PUBLISHED)
def test_any_text_is_read_without_failure_and_with_right_offsets(text, published):
    check(text, published)


@settings(max_examples=1000)
@given(SENTENCES, PUBLISHED)
@example("the 99th century BC", None)
def test_text_made_of_the_words_of_dates_is_read_without_failure_and_with_right_offsets(text, published):
    check(text, published)


@settings(max_examples=300)
@given(st.lists(SENTENCES, max_size=5), PUBLISHED)
def test_every_paragraph_gets_its_own_list_with_offsets_into_itself(texts, published):
    found = find_dates_in_paragraphs(texts, published)
    assert len(found) == len(texts)
    for text, dates in zip(texts, found, strict=True):
        assert all(text[date.start : date.end] == date.text for date in dates)


@settings(max_examples=200)
@given(SENTENCES, PUBLISHED)
def test_the_same_text_gives_the_same_dates(text, published):
    assert find_dates(text, published) == find_dates(text, published)
