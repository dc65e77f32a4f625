"""What counts as a word: the one splitting that word counts and matching share."""

from __future__ import annotations

import re

# Dotted abbreviations, decimals and thousands stay whole; hyphens split; a possessive "'s" is part of no word.
# The first branch adds no word: it takes plain words, which are most words, by the short way.
WORD = re.compile(
    r"[A-Za-z]{2,}+(?![\w.'’\u0300-\u036f])"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)*[^\W_]*"
    r"|(?!(?<=['’])[sS]\b)[^\W_][\w\u0300-\u036f]*(?:['’](?![sS]\b)[^\W_]+)*"
)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each word of a text, in order, as offsets into the text."""
    return [match.span() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in WORD.finditer(text))
