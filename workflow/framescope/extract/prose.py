"""Whether what was read is prose: encoded data, scripts and scrambled letters are refused with that as their cause."""

from __future__ import annotations

import re
import unicodedata

# So many characters tell; fewer than the least are evidence of nothing.
ENOUGH, LEAST = 20_000, 400
# The longest words of languages that join them, and links, are shorter.
LONG_WORD = 40
LONG_SHARE = 0.5
# Half of a table's characters are letters, of prose nine tenths and more.
LETTERS_SHARE = 0.5
# In prose in Latin letters .36 to .5 are vowels; letters shifted or dealt anew have .15 to .3.
VOWELS_SHARE = 0.28
# Signs of code: one in a thousand characters of prose, 50 to 100 of scripts and style sheets.
CODE_SIGNS = frozenset("{}=<>;|\\")
CODE_SHARE = 0.03
INSIDE_CAPITAL = re.compile(r"[a-z][A-Z]")
INSIDE_SHARE = 0.3
WORD = re.compile(r"[^\W\d_]+")
VOWELS = frozenset("aeiouyıøæœ")


def is_no_prose(text: str) -> str | None:
    """Why a text is no prose in any language, as the end of a sentence; None where it may be some.

    Scripts without blanks between words, or without vowels, are judged by their letters alone.

    >>> is_no_prose("QUJDRA" * 100)
    'most of it are words of over 40 characters, as in encoded data or a script'
    """
    text = " ".join(text[:ENOUGH].split())
    characters = [c for c in text if c != " "]
    if len(characters) < LEAST:
        return None
    letters = [c for c in characters if c.isalpha() or unicodedata.category(c).startswith("M")]
    latin = [c.casefold() for c in letters if "LATIN" in unicodedata.name(c, "")]
    if len(letters) < LETTERS_SHARE * len(characters):
        return "most of it are digits and signs, not letters"
    if sum(c in CODE_SIGNS for c in characters) > CODE_SHARE * len(characters):
        return "it is full of the signs of code, as a script is"
    if len(latin) < len(letters) / 2:
        return None
    long = sum(len(token) for token in text.split() if len(token) > LONG_WORD)
    if long > LONG_SHARE * len(characters):
        return f"most of it are words of over {LONG_WORD} characters, as in encoded data or a script"
    vowels = sum(unicodedata.normalize("NFD", c)[0] in VOWELS for c in latin)
    mixed = len(INSIDE_CAPITAL.findall(text))
    if vowels < VOWELS_SHARE * len(latin) or mixed > INSIDE_SHARE * len(WORD.findall(text)):
        return "its letters are scrambled, as where a font does not say which letters its shapes are"
    return None
