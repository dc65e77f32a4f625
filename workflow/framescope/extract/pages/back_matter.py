"""Back matter: endnotes and lists of references, under a heading of their own or at the end of a document."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from framescope.extract.pages.headings import ENDNOTES, REFERENCES, heading_like
from framescope.extract.pages.lines import MARK, Block, Line
from framescope.extract.pages.note_markers import place_markers
from framescope.extract.pages.notes import Draft, citing, note_start
from framescope.extract.private_marks import RULE

# A heading that ends endnotes or references in a plain text.
AFTER = re.compile(r"(?:appendix|annex|acknowledge?ments?|about the authors?)\b.{0,60}", re.IGNORECASE)
# The sign that leads from a note back to the text in printed web pages.
RETURN = re.compile(r"[↩⤴][\ufe0e\ufe0f]?")

# The number of lines below a title by which it is decided whether it heads references, and the share of words with a
# capital or a digit that references exceed: usually about half, compared with a sixth in running text.
LOOKED_AT, LEAST_CITING = 12, 0.3
# The number of lines, from the end, that are tried as the first line of the closing notes.
TRIES = 5
# A longer text, in words, is not a note.
MOST_WORDS = 400

Mode = Literal["text", "endnotes", "references"]


@dataclass
class Tracker:
    """Follows lines in reading order and decides which of them are endnotes or references.

    `size` is the body's type size. `running` are the ids of lines that are worded as a title of notes or references,
    and head running text.
    """

    size: float
    mode: Mode = "text"
    look: tuple[float, bool] = (0.0, False)
    running: Container[int] = ()

    def runs(self, lines: Sequence[Line]) -> list[tuple[Mode, list[Line]]]:
        """Lines in runs of the same mode."""
        result: list[tuple[Mode, list[Line]]] = []
        for line in lines:
            self._switch(line)
            if not result or result[-1][0] != self.mode:
                result.append((self.mode, []))
            result[-1][1].append(line)
        return result

    def _switch(self, line: Line) -> None:
        plain = self.size == 1.0
        standing = id(line) not in self.running and (
            plain or line.bold or line.size > 1.06 * self.size or line.isolated or line.plain.isupper()
        )
        if standing and REFERENCES.fullmatch(line.plain):
            self.mode, self.look = "references", (line.size, line.bold)
        elif standing and ENDNOTES.fullmatch(line.plain):
            self.mode, self.look = "endnotes", (line.size, line.bold)
        elif self.mode != "text" and plain:
            self.mode = "text" if AFTER.match(line.plain) else self.mode
        elif (line.size, line.bold) == self.look != (self.size, False) and heading_like(line.plain):
            self.mode = "text"


def running_titles(lines: Sequence[Line]) -> set[int]:
    """The ids of the lines of a plain text that are worded as a title of notes or references and head running text.

    A title heads notes if one of the next lines begins with a number or a sign, and references if many words of the
    next lines begin with a capital or contain a digit.
    """
    found = set()
    for i, line in enumerate(lines):
        after = [other for other in lines[i + 1 : i + 1 + LOOKED_AT] if other.text != RULE]
        notes, references = ENDNOTES.fullmatch(line.plain), REFERENCES.fullmatch(line.plain)
        if notes and after and not any(note_start(other) for other in after[:3]):
            found.add(id(line))
        if references and after and mean(citing(other.text) for other in after) < LEAST_CITING:
            found.add(id(line))
    return found


def closing_lines(lines: Sequence[Line]) -> int:
    """The line at which numbered notes without a heading begin at the end of a plain text, or its length.

    They count from 1 to the end, and the text above has a marker for each.
    """
    tried = 0
    for start in range(len(lines) - 1, 0, -1):
        found = note_start(lines[start])
        if not found or found[0] != "1":
            continue
        tried += 1
        if tried > TRIES:
            break
        count, longest, length = 0, 0, 0
        for line in lines[start:]:
            entry = note_start(line)
            begins = bool(entry and entry[0] == str(count + 1))
            count += begins
            length = len(line.text.split()) + (0 if begins else length)
            longest = max(longest, length)
        if longest > MOST_WORDS:
            continue
        called = place_markers(list(lines[:start]), [Draft(str(n), 0) for n in range(1, count + 1)])
        marked = sum(len(MARK.findall(line.text)) for line in called)
        if count and marked >= count and (count > 1 or RETURN.search(lines[-1].text)):
            return start
    return len(lines)


def closing_notes(blocks: list[Block], earlier: Sequence[Draft]) -> tuple[list[Block], list[Draft]]:
    """Blocks without the numbered entries at the end, and these as notes.

    Their numbers are those of the markers that no earlier note answers.
    """
    called = {number for block in blocks for number in MARK.findall(" ".join(line.text for line in block.lines))}
    called -= {draft.number for draft in earlier}
    for start in range(len(blocks) - 1, -1, -1):
        if blocks[start].kind == "heading":
            break
        found = note_start(blocks[start].lines[0])
        if not found or found[0] != "1":
            continue
        drafts: list[Draft] = []
        for block in blocks[start:]:
            first, entry = block.lines[0], note_start(block.lines[0])
            if entry and entry[0] == str(len(drafts) + 1):
                drafts.append(Draft(entry[0], first.page, [first.with_text(entry[1]), *block.lines[1:]]))
            else:
                drafts[-1].lines += block.lines
        if {draft.number for draft in drafts} == called:
            return blocks[:start], drafts
    return blocks, []
