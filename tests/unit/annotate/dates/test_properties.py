import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from framescope.annotate.dates import find_dates, find_dates_in_paragraphs
from framescope.annotate.dates.units import WORDS

WORDS_OF_DATES = [word for word in sorted(WORDS) if not word[0].isdigit()]
NUMBERS = ["0", "00", "2", "9", "30", "31", "314", "999", "1900", "1954", "2014a", "999999999999", "1/2", "1.5", "21st"]
DATES = [
    "1950s",
    "1900s",
    "50s",
    "9/11",
    "2014-02-30",
    "12/25/2014",
    "32/32/0000",
    "Cold War",
    "WWII",
    "\n\n",
    "https://a.b/2014",
]
PIECES = st.sampled_from(WORDS_OF_DATES) | st.sampled_from(NUMBERS) | st.sampled_from(DATES)
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
