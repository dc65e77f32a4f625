"""The definition of a word, which word counts and the matching of terms share."""

from __future__ import annotations

import re

# Dotted abbreviations, decimals and thousands stay whole; hyphens split; a possessive "'s" belongs to no word.
# The first branch matches nothing that the last would not match; it makes plain words, which are most words, faster.
WORD = re.compile(
    r"[A-Za-z]{2,}+(?![\w.'’\u0300-\u036f])"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)*[^\W_]*"
    r"|(?!(?<=['’])[sS]\b)[^\W_][\w\u0300-\u036f]*(?:['’](?![sS]\b)[^\W_]+)*"
)


def word_spans(text: str) -> list[tuple[int, int]]:
    """The start and end of each word of a text, in order, as offsets into the text."""
    return [match.span() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """The number of words in a text."""
    return len(WORD.findall(text))
