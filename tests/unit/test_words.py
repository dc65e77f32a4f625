"""What a word is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framescope.words import WORD, count_words, word_spans


def words(text):
    return [text[start:end] for start, end in word_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan-Russia ties", ["Pakistan", "Russia", "ties"]),
        ("Russia's and Russia’s", ["Russia", "and", "Russia"]),
        ("the states' troops", ["the", "states", "troops"]),
        ("They don't, o'clock", ["They", "don't", "o'clock"]),
        ("the U.S. army", ["the", "U.S.", "army"]),
        ("US$2.5 billion, 1,400 men", ["US", "2.5", "billion", "1,400", "men"]),
        ("9/11 and the 21st", ["9", "11", "and", "the", "21st"]),
        ("naïve café cafe\u0301", ["naïve", "café", "cafe\u0301"]),
        ("F-16, JF17 — a.b", ["F", "16", "JF17", "a", "b"]),
        ("... — ‘’ &", []),
        ("", []),
    ],
)
def test_hyphens_split_and_a_possessive_is_part_of_no_word(text, expected):
    assert words(text) == expected


@given(st.text(alphabet="abSs.'’-,19_é\u0301 ", max_size=40))
def test_the_short_way_for_plain_words_finds_what_the_long_way_finds(text):
    shortcut = r"[A-Za-z]{2,}+(?![\w.'’\u0300-\u036f])|"
    assert WORD.pattern.startswith(shortcut)
    long_way = re.compile(WORD.pattern.removeprefix(shortcut))
    assert [match.span() for match in long_way.finditer(text)] == word_spans(text)


@given(st.text(max_size=60))
def test_words_are_counted_as_they_are_found_and_hold_a_letter_or_digit(text):
    assert count_words(text) == len(word_spans(text))
    assert all(any(map(str.isalnum, word)) for word in words(text))
