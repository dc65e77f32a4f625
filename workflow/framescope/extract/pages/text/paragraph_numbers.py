"""Numbers of paragraphs, as in laws and official reports, which dumps print on lines of their own.

They are not note markers: the line below them begins a paragraph and is as long as the next one, and not the rest of a
line that a raised number divided. They are not numbers of notes either, which markers in the text repeat.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from framescope.document import LeftOut
from framescope.extract.pages.lines import Line
from framescope.extract.pages.note_markers import candidates

NUMBER = re.compile(r"(\d{1,3})[.)]?")
# A number at the beginning of a line, which only continues a count of numbers that stand alone.
BEGINS = re.compile(r"(\d{1,3})[.)]?\s+(?=[“\"'‘(]?[^\W\d_a-z])")
OPENS = re.compile(r"[“\"'‘(]?[^\W\d_a-z]")
# At least this number of paragraphs are counted, at most so many numbers are missing between two of them, and most of
# the lines below the numbers are at least this part of the length of the next line.
FEWEST, MOST_MISSING, MOST = 6, 2, 0.75
FULL = 0.8
# If more of the numbers occur as markers, they are those of notes.
MOST_REPEATED = 1 / 3


def without_paragraph_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Lines without the numbers of paragraphs, and these; the line after a number begins a paragraph."""
    alone = _count(lines)
    full = sum(len(lines[i + 1].text) >= FULL * len(lines[i + 2].text) for i in alone if i + 2 < len(lines))
    if len(alone) < FEWEST or full < MOST * len(alone) or _repeated(lines, alone) > MOST_REPEATED * len(alone):
        return list(lines), []
    result: list[Line] = []
    left_out: list[LeftOut] = []
    last, opens = 0, False
    for i, line in enumerate(lines):
        begins = BEGINS.match(line.text)
        if i in alone or (begins and int(begins[1]) == last + 1):
            number = begins[1] if begins and i not in alone else line.text
            last = int(re.sub(r"\D", "", number))
            left_out.append(LeftOut("other", number, line.page))
            if i in alone:
                opens = True
                continue
            line, opens = line.with_text(line.text[begins.end() :] if begins else line.text), True
        result.append(replace(line, gap=max(1.0, line.gap or 1.0) if opens and line.gap is not None else line.gap))
        opens = False
    return result, left_out


def _repeated(lines: Sequence[Line], alone: Container[int]) -> int:
    """The number of counted lines whose number could be a marker elsewhere."""
    elsewhere = {str(found.number) for found in candidates(lines) if found.glued and found.line not in alone}
    return sum(i in alone and re.sub(r"\D", "", line.text) in elsewhere for i, line in enumerate(lines))


def _count(lines: Sequence[Line]) -> set[int]:
    """The longest count of numbers that stand alone above lines that begin like paragraphs."""
    places = [
        (i, int(found[1]))
        for i, line in enumerate(lines[:-1])
        if (found := NUMBER.fullmatch(line.text)) and OPENS.match(lines[i + 1].text) and lines[i + 1].page == line.page
    ]
    counts: list[list[int]] = []
    for at, (place, number) in enumerate(places):
        before = [counts[k] for k in range(at) if 0 < number - places[k][1] <= MOST_MISSING + 1]
        counts.append([*_longest(before), place])
    return set(_longest(counts))


def _longest(counts: Sequence[list[int]]) -> list[int]:
    return max(counts, key=len, default=[])
