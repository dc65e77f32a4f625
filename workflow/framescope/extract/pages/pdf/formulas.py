"""Displayed formulas, which a PDF draws in pieces: fractions, indices and limits are lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framescope.extract.pages.lines import FUNCTION_WORDS, Line, ends_sentence, finished

# Signs of relations and operations that hardly occur in a line of running text without a function word.
RELATION = re.compile(r"[=≤≥≈≠≡∈∉∩∪⊂⊆∀∃∑∏∫√∂∝∧∨⇒⇔]")
# The number of a formula at the edge of its column.
COUNTED = re.compile(r"\(\d{1,3}(?:\.\d{1,3})?[a-z]?\)$")
# Signs of program code, of which a line or two would otherwise be left out.
CODE = re.compile(r"[\"']|<-|#|\$\w")
# Letters that are names of variables rather than words.
VARIABLES = frozenset({"a", "as", "at", "if", "in", "is", "or"})
# A formula has fewer words, and a piece of one has fewer words and smaller type than this part of the body's.
LONGEST, LONGEST_PIECE, SMALL = 14, 4, 0.8
# A line that ends with a sentence is a formula if it is set in by this number of ems.
SET_IN = 1.5
# A formula leaves this part of the line's width empty.
EMPTY = 0.1
# Pieces are within this distance of their formula, in type sizes of the body.
NEAR = 1.4


def without_formulas(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """A document's lines without displayed formulas, and the lines of these; `size` is the body's type size.

    Edges of lines are measured from the margin of their column.
    """
    sure = {i for i, line in enumerate(lines) if _is_formula(lines[i - 1] if i else None, line, size)}
    found: set[int] = set()
    for first in sure:
        found.add(first)
        for step in (1, -1):
            i = first + step
            while 0 <= i < len(lines) and (i in sure or _is_piece(lines[i], lines[i - step], size)):
                found.add(i)
                i += step
    kept = [line for i, line in enumerate(lines) if i not in found]
    return kept, [line for i, line in enumerate(lines) if i in found]


def _is_formula(before: Line | None, line: Line, size: float) -> bool:
    """Whether a line states a relation without a function word, and stands apart from the paragraph above it."""
    text = line.plain
    if line.bold or not RELATION.search(text) or CODE.search(text) or not _wordless(text, LONGEST):
        return False
    if line.right > (1 - EMPTY) * line.width and not COUNTED.search(text):
        return False
    if line.left >= SET_IN * size:
        return True
    apart = before is None or (line.gap or 1.0) > 0.25 or finished(before.text) or before.right < 0.7 * before.width
    return apart and not ends_sentence(text)


def _is_piece(line: Line, beside: Line, size: float) -> bool:
    """Whether a line next to one of a formula is a part of it: a few small signs, close to it."""
    close = line.page == beside.page and line.column == beside.column and abs(line.top - beside.top) < NEAR * size
    return close and line.size < SMALL * size and _wordless(line.plain, LONGEST_PIECE) and not finished(line.text)


def _wordless(text: str, longest: int) -> bool:
    """Whether a text has at most a number of words, and no function word among them."""
    words = text.casefold().split()
    return len(words) <= longest and not any(word.strip(",.;:()") in FUNCTION_WORDS - VARIABLES for word in words)
