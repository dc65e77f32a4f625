"""Recognition of texts that are not prose, such as encoded data, scripts and scrambled letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# The first ENOUGH characters are examined; a text of fewer than LEAST characters is not judged.
ENOUGH, LEAST = 20_000, 400
# Links, and compound words in languages that have them, are nearly always shorter.
LONG_WORD = 40
LONG_SHARE = 0.5
# About half of the characters of a table are letters, but at least nine tenths of those of prose.
LETTERS_SHARE = 0.5
# In prose in the Latin alphabet .36 to .5 of the letters are vowels; in shifted or permuted letters .15 to .3.
VOWELS_SHARE = 0.28
# Signs of code make up one in a thousand characters of prose, but 50 to 100 in scripts and style sheets.
CODE_SIGNS = frozenset("{}=<>;|\\")
CODE_SHARE = 0.03
INSIDE_CAPITAL = re.compile(r"[a-z][A-Z]")
INSIDE_SHARE = 0.3
WORD = re.compile(r"[^\W\d_]+")
VOWELS = frozenset("aeiouyıøæœ")


def is_no_prose(text: str) -> str | None:
    """The reason why a text is not prose in any language, as the end of a sentence; None if it may be prose.

    Writing systems without spaces between words, or without vowels, are judged only by their share of letters.

    >>> is_no_prose("QUJDRA" * 100)
    'most of it are words of over 40 characters, as in encoded data or a script'
    """
    text = " ".join(text[:ENOUGH].split())
    # A text has few different characters, so that looking up each of them once takes little of the time of reading.
    characters = Counter(text.replace(" ", ""))
    total = characters.total()
    if total < LEAST:
        return None
    letters = Counter({c: n for c, n in characters.items() if c.isalpha() or unicodedata.category(c).startswith("M")})
    latin = Counter({c: n for c, n in letters.items() if "LATIN" in unicodedata.name(c, "")})
    if letters.total() < LETTERS_SHARE * total:
        return "most of it are digits and signs, not letters"
    if sum(characters[sign] for sign in CODE_SIGNS) > CODE_SHARE * total:
        return "it is full of the signs of code, as a script is"
    if latin.total() < letters.total() / 2:
        return None
    long = sum(len(token) for token in text.split() if len(token) > LONG_WORD)
    if long > LONG_SHARE * total:
        return f"most of it are words of over {LONG_WORD} characters, as in encoded data or a script"
    vowels = sum(n for c, n in latin.items() if unicodedata.normalize("NFD", c.casefold())[0] in VOWELS)
    mixed = len(INSIDE_CAPITAL.findall(text))
    if vowels < VOWELS_SHARE * latin.total() or mixed > INSIDE_SHARE * len(WORD.findall(text)):
        return "its letters are scrambled, as where a font does not say which letters its shapes are"
    return None
