"""Notes at the end of a plain text whose numbers are in round brackets, here and in the text: "(1)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framescope.extract.pages.headings import ENDNOTES
from framescope.extract.pages.lines import Line

ENTRY = re.compile(r"\((\d{1,3})\)\s")
# Right after a word or a stop; numbers of list items have a space before them.
CALL = re.compile(r"(?<=[\w.,;:!?”\"'’])\((\d{1,3})\)(?!\w)")
FEWEST, CITED_SHARE = 3, 2 / 3


def with_square_brackets(lines: Sequence[Line]) -> list[Line]:
    """Lines in which the numbers of such notes, and those that cite them, have square brackets, as most dumps have.

    The notes are below a title such as "Notes", count from 1, and the text above cites most of them.
    """
    title = max((i for i, line in enumerate(lines) if ENDNOTES.fullmatch(line.plain)), default=None)
    if title is None:
        return list(lines)
    numbers = [int(found[1]) for line in lines[title:] if (found := ENTRY.match(line.text))]
    cited = {int(number) for line in lines[:title] for number in CALL.findall(line.text)}
    counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= FEWEST
    if not counted or len(cited & set(numbers)) < CITED_SHARE * len(numbers):
        return list(lines)
    above = [line.with_text(CALL.sub(r"[\1]", line.text)) for line in lines[:title]]
    return above + [line.with_text(ENTRY.sub(r"[\1] ", line.text, count=1)) for line in lines[title:]]
