"""Note markers in plain text: the numbers that could be markers, and those that are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from framescope.extract.pages.lines import MARK, Line, mark

# A number right after a word or a stop, in brackets, set off after a stop, or at the beginning of a line.
MARKER = re.compile(
    r"(?P<glued>(?<=[^\W\d_]|[.,;:!?)\]”’\"'»])\d{1,3}(?=[\s,.;:)”’—–]|$))|\[(?P<bracketed>\d{1,3})\]"
    r"|(?<=[.,;:!?)\]”’\"'»]) (?P<apart>\d{1,3})(?= \S|$)|^(?P<first>\d{1,3})(?= +[^\W\d_]| +[“‘\"(\[])"
)
DIGIT, BARE = re.compile(r"\d"), re.compile(r"\d{1,3}")
# What may precede a number that is not a marker: an abbreviation, as in "No. 7", a single capital, as in "the G20",
# the hours of a time, or, at the beginning of a line, the number of a section, as in "1.2".
ABBREVIATED = re.compile(
    r"\b(?i:nos?|nrs?|arts?|pa?ras?|pp?|vols?|secs?|sects?|chs?|chaps?|figs?|eqs?|anns?|apps?|cf|docs?|res|reg|approx"
    r"|ca?|tab)\.$|(?<![^\W_])[A-Z]$|(?<!\d)\d{1,2}:$|^(?:\d{1,2}\.)+$"
)
# At least this number of markers in order without notes are those of notes that are missing from a dump.
FEWEST_UNANSWERED = 3


class Numbered(Protocol):
    """What identifies the marker of a note: its number and the page on which it begins, 0 for an endnote."""

    number: str
    page: int


@dataclass
class Candidate:
    """A number that could be a marker: its line, its position there, and whether it follows text without a space.

    `strong` says that it follows punctuation without a space, like most raised numbers.
    """

    line: int
    start: int
    end: int
    number: int
    glued: bool
    strong: bool


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """The numbers in lines that could be note markers, in order."""
    found = []
    for i, line in enumerate(lines):
        if DIGIT.search(line.text) is None:
            continue
        if BARE.fullmatch(line.text):
            found.append(Candidate(i, 0, len(line.text), int(line.text), glued=True, strong=True))
            continue
        for match in MARKER.finditer(line.text):
            if not match["bracketed"] and ABBREVIATED.search(line.text, 0, match.start()):
                continue
            number = next(group for group in match.groups() if group)
            glued = bool(match["glued"] or match["bracketed"])
            strong = glued and match.start() > 0 and line.text[match.start() - 1] in '.,;:!?”’"»)'
            found.append(Candidate(i, match.start(), match.end(), int(number), glued, strong))
    return found


def numbers_in(lines: Sequence[Line]) -> list[str]:
    """The numbers in lines that could be note markers."""
    marked = [number for line in lines for number in MARK.findall(line.text)]
    return marked + [str(candidate.number) for candidate in candidates(lines)]


def place_markers(lines: list[Line], notes: Sequence[Numbered]) -> list[Line]:
    """Lines with the markers of notes, searched in order, and markers without notes that continue their count."""
    found = candidates(lines)
    chosen: list[Candidate] = []
    at = 0
    for note in notes:
        near = [
            k
            for k in range(at, len(found))
            if str(found[k].number) == note.number
            and (note.page == 0 or 0 <= note.page - lines[found[k].line].page <= 1)
        ]
        best = next((k for k in near if found[k].glued), near[0] if near else None)
        if best is not None:
            chosen.append(found[best])
            at = best + 1
    last = chosen[-1].number if chosen else 0
    unanswered = []
    for candidate in found[at:]:
        if candidate.strong and candidate.number == last + 1:
            unanswered.append(candidate)
            last += 1
    if chosen or len(unanswered) >= FEWEST_UNANSWERED:
        chosen += unanswered
    return _marked(lines, chosen)


def _marked(lines: list[Line], chosen: Sequence[Candidate]) -> list[Line]:
    """Lines with the chosen numbers as markers; printed lines that were divided at raised numbers are joined."""
    result: list[Line] = []
    by_line: dict[int, list[Candidate]] = {}
    for candidate in chosen:
        by_line.setdefault(candidate.line, []).append(candidate)
    for i, line in enumerate(lines):
        text = line.text
        for candidate in reversed(by_line.get(i, [])):
            text = text[: candidate.start] + mark(str(candidate.number)) + text[candidate.end :]
        leading = MARK.match(text)
        if result and leading and i in by_line:
            result[-1] = result[-1].with_text(result[-1].text + leading.group())
            rest = text[leading.end() :].strip()
            if rest:
                result.append(replace(line, text=rest, gap=0.0, left=0.0, fragment=True))
        elif line.fragment and i - 1 in by_line and result and line.gap == 0.0:
            whole = f"{result[-1].text} {text}"
            result[-1] = replace(result[-1], text=whole, right=result[-1].left + len(MARK.sub("", whole)))
        else:
            result.append(line.with_text(text))
    return result
