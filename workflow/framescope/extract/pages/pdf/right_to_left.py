"""Text of right-to-left scripts that a PDF stores from left to right, as it is drawn."""

from __future__ import annotations

import re
import unicodedata

# Common short words of Arabic, Persian, Urdu and Hebrew whose reverse is not another common word.
# fmt: off
COMMON = frozenset(
    (
        "في", "من", "على", "إلى", "هذا", "التي", "است", "این", "که", "را", "در", "برای",
        "کے", "میں", "کی", "سے", "של", "את", "על", "עם", "לא", "כי",
    )
)
# fmt: on
REVERSED = frozenset(word[::-1] for word in COMMON) - COMMON
# Letters that occur only at the end of words in Arabic and Hebrew.
FINAL = "\u0629\u0649\u05da\u05dd\u05df\u05e3\u05e5"
LETTERS = re.compile(r"[^\W\d_]+")
FEWEST = 5


def visual_order(text: str) -> bool:
    """Whether most letters of a text are of a right-to-left script, and common words and final letters are reversed."""
    words = LETTERS.findall(text)
    right = [word for word in words if unicodedata.bidirectional(word[0]) in ("R", "AL")]
    if sum(map(len, right)) < 0.5 * sum(map(len, words)):
        return False
    backwards = sum(word in REVERSED or (len(word) > 1 and word[0] in FINAL) for word in right)
    forwards = sum(word in COMMON or (len(word) > 1 and word[-1] in FINAL) for word in right)
    return backwards >= FEWEST and backwards > forwards / 2
